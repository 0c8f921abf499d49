package filter_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/filter"
)

var today = model.NewDate(2026, 11, 22)

// listed are invoices that tell every field apart.
func listed() []model.Invoice {
	day := func(text string) model.Date {
		var date model.Date
		if err := date.UnmarshalText([]byte(text)); err != nil {
			panic(err)
		}
		return date
	}
	invoice := func(number, client string, total int64, currency, issued, due string) model.Invoice {
		return model.Invoice{
			Intent: "CAD-" + number, Kind: model.KindInvoice, Series: "FCT", Number: number, Status: model.StatusIssued, ClientName: client,
			ClientCountry: "RO", Total: decimal.NewFromInt(total), Currency: currency, IssueDate: day(issued), DueDate: day(due),
		}
	}
	paid := invoice("0021", "Brisk Kft", 1000, "EUR", "2026-10-05", "2026-11-04")
	paid.Payment = model.PaymentPaid
	proforma := invoice("0007", "Nordlicht GmbH", 500, "RON", "2026-11-20", "2026-12-20")
	proforma.Kind, proforma.Series = model.KindProforma, "PRF"
	cancelled := invoice("0024", "Atelier Cireș", 1250, "RON", "2026-11-21", "2026-12-21")
	cancelled.Status = model.StatusCancelled
	unknown := invoice("", "Brisk Kft", 80, "RON", "2026-11-22", "2027-01-10")
	unknown.Intent, unknown.Status = "CAD-7F3K4Q", model.StatusUnknown
	return []model.Invoice{invoice("0023", "Atelier Cireș", 2041, "RON", "2026-10-15", "2026-11-14"), paid, proforma, cancelled, unknown}
}

// kept are the numbers of the invoices that a filter chooses, from 1.
func kept(wanted filter.Invoices, invoices []model.Invoice) []int {
	found := []int{}
	for i, text := range filter.NewInvoiceTexts(invoices) {
		status := string(invoices[i].DisplayStatus(today))
		if wanted.Matches(&filter.InvoiceSubject{Invoice: &invoices[i], Text: text.All, Client: text.Client, Status: status, Today: today}) {
			found = append(found, i+1)
		}
	}
	return found
}

func TestInvoicesAreFiltered(t *testing.T) {
	for text, want := range map[string][]int{
		"": {1, 2, 3, 4, 5}, "cires": {1, 4}, "2,041.00": {1}, "2041": {1}, "eur": {2}, "overdue": {1}, "CAD-7f3k4q": {5}, `"brisk kft"`: {2, 5},
		"client:cireș": {1, 4}, "client:a*": {1, 4}, "client:RO": {}, "-client:brisk": {1, 3, 4}, `client:"brisk k"`: {2, 5},
		"number:0023": {1}, "number:fct": {1, 2, 4}, "number:prf-*": {3}, "number:002?": {1, 2, 4}, "number:7f3": {5},
		"status:paid": {2}, "status:overdue": {1}, "status:cancelled": {4}, "status:proforma": {3}, "status:Unknown": {5},
		"is:overdue": {1}, "is:paid": {2}, "is:unpaid": {1}, "is:proforma": {3}, "is:invoice": {1, 2, 4, 5}, "is:cancelled": {4},
		"is:unknown": {5}, "is:storno": {}, "-is:proforma amount:>1000": {1, 4},
		"amount:>1000": {1, 4}, "amount:>=1000": {1, 2, 4}, "amount:<500": {5}, "amount:<=500": {3, 5}, "amount:=1250": {4}, "amount:1,250.00": {4},
		">1000": {1, 4}, "-<=500": {1, 2, 4}, `amount:>"1 000"`: {1, 4},
		"due:<2026-12": {1, 2}, "due:2026-12": {3, 4}, "due:>2026": {5}, "due:<=14.11.2026": {1, 2}, "due:>=2026-12-21": {4, 5}, "due:2026-q4": {1, 2, 3, 4},
		"due:2026-12-01..": {3, 4, 5}, "issued:2026-10": {1, 2}, "issued:>2026-10-15": {3, 4, 5}, "currency:eur": {2}, "currency:ron is:unpaid": {1},
		"client:": {1, 2, 3, 4, 5}, "due:": {1, 2, 3, 4, 5},
	} {
		wanted, err := filter.ParseInvoices(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if diff := cmp.Diff(want, kept(wanted, listed())); diff != "" {
			t.Errorf("%q chooses others (-want +got):\n%s", text, diff)
		}
	}
}

func TestMisspeltFiltersOfInvoicesNameTheNearest(t *testing.T) {
	for text, want := range map[string]string{
		"is:overdu": "is:overdu → is:overdue", "is:foo": "is:foo → state", "status:payed": "status:payed → status:paid", "cilent:morii": "cilent:morii → client:morii",
		"num:23": "num:23 → number:23", ">abc": ">abc → amount", "amount:>1.250": "amount:>1.250 → amount", "due:<soon": "due:<soon → day",
		"due:<": "due:< → day", "amount:x": "amount:x → amount", "project:atlas": `project:atlas → "project:atlas"`, "-": `- → "-"`,
	} {
		_, err := filter.ParseInvoices(text)
		checkMistake(t, text, want, err)
	}
	_, err := filter.ParseInvoices("amount:>1.250")
	if _, ambiguous := errors.AsType[*model.AmbiguousAmount](err); !ambiguous {
		t.Errorf("both readings are not given: %v", err)
	}
	for text, sound := range map[string]bool{
		"is:over": true, "status:pay": true, "amount:>": true, "amount:>1.250": true, "due:<2026-1": true, "due:<": true, "is:foo": false, "amount:>a": false,
	} {
		if _, err := filter.ParseInvoicesTyping(text); (err == nil) != sound {
			t.Errorf("while %q is typed: %v", text, err)
		}
	}
	for _, nothing := range []string{"", " ", "client:"} {
		if filter.CheckInvoices(nothing) == nil {
			t.Errorf("%q is taken", nothing)
		}
	}
}

func FuzzParseInvoices(f *testing.F) {
	for _, seed := range []string{
		"client:morii number:0023 status:paid", "due:<2026-12 amount:>1000", "is:overdue -is:storno", `"a b" client:"x y"`, ">1 000", "=", "status:\"partly paid\"",
	} {
		f.Add(seed)
	}
	invoices := listed()
	f.Fuzz(func(t *testing.T, text string) { checkInvoicesReadBack(t, text, invoices) })
}

func TestFiltersOfInvoicesReadBack(t *testing.T) {
	words := rapid.SampledFrom([]string{
		"client:cireș", `client:"brisk k"`, "number:00*", "status:partly-paid", "is:paid", "-is:proforma", "due:<=2026-12", "issued:2026-10..", "amount:>1000",
		`amount:"1 250,00"`, "<50.5", "cires", `"a:b"`, `-"x y"`, "currency:eur",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for range rapid.IntRange(0, 4).Draw(t, "words") {
			text += words.Draw(t, "word") + " "
		}
		checkInvoicesReadBack(t, text, listed())
	})
}

func checkInvoicesReadBack(t interface {
	Helper()
	Errorf(format string, values ...any)
}, text string, invoices []model.Invoice) {
	t.Helper()
	wanted, err := filter.ParseInvoices(text)
	if err != nil {
		return
	}
	again, err := filter.ParseInvoices(wanted.String())
	if err != nil || again.String() != wanted.String() || !cmp.Equal(kept(wanted, invoices), kept(again, invoices)) {
		t.Errorf("%q is %q, which reads back as %q (%v)", text, wanted, again, err)
	}
}
