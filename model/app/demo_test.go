package app

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/taxid"
)

// days on which the demo is looked at: the edges of months, a leap day, and the beginning of a year.
func days() []time.Time {
	var days []time.Time
	for _, day := range []string{
		"2026-11-22 12:00", "2026-12-01 00:05", "2026-12-14 09:00", "2026-12-16 18:00", "2026-12-31 23:59", "2027-01-01 08:00",
		"2028-02-29 12:00", "2027-03-31 12:00", "2025-12-02 12:00",
	} {
		parsed, err := time.ParseInLocation("2006-01-02 15:04", day, noon().Location())
		if err != nil {
			panic(err)
		}
		days = append(days, parsed)
	}
	return days
}

// Whatever the day, the demo has something of everything, and nothing that a look at it would stumble over.
func TestTheDemoIsRichEveryDay(t *testing.T) {
	for _, day := range days() {
		t.Run(day.Format(time.DateTime), func(t *testing.T) {
			t.Parallel()
			a := openDemoAt(t, func() time.Time { return day }, true)
			if got := a.Today(); got != model.DateOf(day) {
				t.Errorf("today is %s", got)
			}
			checkDemoHours(t, a)
			invoices, err := a.Invoices(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]int{}
			for _, invoice := range invoices {
				seen[string(invoice.Kind)]++
				seen[string(invoice.Status)]++
				seen[fmt.Sprintf("paid %t", invoice.Payment == model.PaymentPaid)]++
				if invoice.Overdue(a.Today()) {
					seen["overdue"]++
				}
				if invoice.Series == "FCT" && invoice.Status == model.StatusUnknown {
					t.Error("an uncertain invoice keeps FCT back")
				}
				if invoice.IssueDate.After(a.Today()) {
					t.Errorf("%s is of tomorrow", invoice.Reference())
				}
			}
			for _, kind := range []string{"proforma", "storno", "cancelled", "reversed", "overdue", "paid true", "unknown"} {
				if seen[kind] == 0 {
					t.Errorf("none is %s: %v", kind, seen)
				}
			}
		})
	}
}

// checkDemoHours looks for hours of five clients in the month to bill, of whom three are known, one is billed in euros and one has no
// price.
func checkDemoHours(t *testing.T, a *App) {
	t.Helper()
	hours, err := a.Hours(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	preferences, err := a.Preferences(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	clients, err := a.Clients(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	own, _ := taxid.ParseCIF(preferences.CIF)
	for _, client := range clients {
		if code, _ := taxid.ParseCIF(client.VATNumber); code.Digits == own.Digits {
			t.Errorf("%s has the company's own number", client.Name)
		}
	}
	rules, last := model.NewRules(preferences.Rules), model.MonthPeriod(a.Today().Year, a.Today().Month).Shift(-1)
	currencies := map[string]string{}
	for i := range hours.Entries {
		entry := &hours.Entries[i]
		if !last.Contains(entry.Day(a.Location())) || entry.Block(hours.Statuses[entry.Fingerprint]) != "" {
			continue
		}
		rule, _ := rules.For(*entry)
		currencies[entry.Client] = rule.Currency
	}
	known := 0
	for name := range currencies {
		if slices.ContainsFunc(clients, func(client model.Client) bool { return client.Matches(name) }) {
			known++
		}
	}
	if len(currencies) != 5 || known != 3 || len(clients) != 3 || currencies["Nordlicht"] != "EUR" || currencies["Brisk"] != "" {
		t.Errorf("hours of %v, %d clients of them known, %d in the address book", currencies, known, len(clients))
	}
}

// BenchmarkOpenDemo is how long the demo keeps its user waiting.
func BenchmarkOpenDemo(b *testing.B) {
	for b.Loop() {
		openDemoAt(b, noon, true)
	}
}
