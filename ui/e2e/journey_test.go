//go:build e2e && unix

package e2e

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An hour becomes an invoice and is free again after its cancellation: with the real program in a real terminal, the
// real timewarrior, and the simulator in a process of its own.
func TestE2EJourney(t *testing.T) {
	t.Parallel()
	for _, renderer := range []string{"paint", "bubbletea"} {
		t.Run(renderer, func(t *testing.T) {
			t.Parallel()
			journey(t, "renderer = \""+renderer+"\"\n")
		})
	}
}

func journey(t *testing.T, settings string) {
	t.Helper()
	u := newUser(t)
	u.track(3, "11:00", "Ședință: plată și facturi", "client:Morii", "project:Atlas")
	u.track(2, "10:30", "Interfață în limba română", "client:Morii", "project:Atlas")
	u.track(1, "12:10", "Țintă atinsă", "client:Morii", "project:Atlas")
	service := startSandbox(t, u, "")
	u.write(u.settingsFile(), settings+service.address()+fromTimewarrior)
	s := openTerminal(t, u, 80, 24)
	s.Command("echo still here; stty -a > before")
	s.Sees("still here")

	s.Start("")
	connect(s, u, service)
	tickAtTwoHundredFifty(s)
	fillBillTo(s)
	issue(s, service)
	checkPDF(s, u)
	checkIssued(u, service)
	cancel(s, service)
	checkCancelled(u)

	s.Press("q")
	s.Ends(0)
	s.Sees("still here")
	s.Command("stty -a > after")
	s.Ends(0)
	if diff := cmp.Diff(u.read(u.path("before")), u.read(u.path("after"))); diff != "" {
		t.Errorf("the terminal is not as it was (-before +after):\n%s", diff)
	}
}

// connect tests and saves a token on Setup, which a user without one sees first.
func connect(s *terminal, u *user, service sandbox) {
	s.t.Helper()
	s.Sees("▸5 Setup", "Enter the API token")
	s.Type(service.token)
	s.Sees("new, unsaved")
	s.Press("Tab")
	s.Type(service.email)
	s.Press("Tab")
	s.Type(service.cif)
	s.Sees(service.email, service.cif)
	s.Press("C-t")
	s.Sees("✓ SmartBill reached", "✓ token and e-mail", "✓ company", "✓ series", "✓ VAT", "not saved yet")
	s.keepScreens("setup")
	s.Press("C-s")
	s.Sees("The connection is saved", "settings file")
	saved := u.read(u.settingsFile())
	if !strings.Contains(saved, "# mine") || !strings.Contains(saved, "# the simulator") || !strings.Contains(saved, service.token) {
		s.t.Errorf("the settings after saving:\n%s", saved)
	}
	if info, err := os.Stat(u.settingsFile()); err != nil || info.Mode().Perm() != 0o600 {
		s.t.Errorf("the settings are open to others: %v, %v", info.Mode(), err)
	}
	s.Press("Escape")
	s.Sees("enter edit")
}

// tickAtTwoHundredFifty says what the hours cost and ticks all of them.
func tickAtTwoHundredFifty(s *terminal) {
	s.t.Helper()
	s.Press("1")
	s.Sees("▸1 Time")
	// On the first days of a month the hours lie in the one before.
	s.Press("p")
	s.Sees("this month")
	s.Type("all")
	s.Sees("▸ all time")
	s.Press("Enter")
	s.Sees(" all time ", "3 entries", "Ședință: plată și", "no rate")
	s.Press("R")
	s.Sees("What do such hours cost?", "Morii")
	s.Type("250")
	s.Press("Tab", "Tab", "Tab", "C-u")
	s.Type("15")
	s.Sees("Round to   ▸ 15")
	s.keepScreens("rate")
	s.Press("C-s")
	s.Sees("3.25 h")
	s.Lacks("no rate", "What do such hours cost?")
	s.Press("a")
	s.Sees("3 ticked   6:40 → 6.75 h   1,687.50 RON net")
	s.keepScreens("time")
}

// fillBillTo types a client into the empty form and goes to the review.
func fillBillTo(s *terminal) {
	s.t.Helper()
	s.Press("2")
	s.Sees("▸2 Bill To", "Company name  ▸")
	s.Type("Morii Software SRL")
	s.Press("Tab", "Tab", "Tab")
	s.Type("romn")
	s.Sees("▸ RO  Románia (Romania)")
	s.keepScreens("country")
	s.Press("Enter")
	s.Sees("County")
	s.Type("Str. Morii 14")
	s.Press("Tab")
	s.Type("400001")
	s.Press("Tab")
	s.Type("cluj")
	s.Sees("▸ Cluj")
	s.Press("Enter")
	s.Type("Cluj-Napoca")
	s.Press("Tab")
	s.Type("RO14399840")
	s.Sees("✓ VAT payer")
	s.keepScreens("billto")
	s.Press("C-s")
	s.Sees("▸3 Review", "Morii Software SRL", "Str. Morii 14, 400001", "RO14399840 · Cluj-Napoca")
}

// issue reads the totals on Review and confirms them.
func issue(s *terminal, service sandbox) {
	s.t.Helper()
	s.SeesRow("Atlas", "6.75 ora", "250.00", "1,687.50")
	s.SeesRow("net", "1,687.50")
	s.SeesRow("TVA 21 % Normala", "354.38")
	s.SeesRow("total", "2,041.88 RON")
	s.Sees("✓ ready for e-Factura", "next number 0001")
	s.keepScreens("review")
	s.Press("i")
	s.Sees("Issue this invoice?", "2,041.88 RON, in 1 line", "series FCT, next number 0001")
	s.keepScreens("confirm")
	s.Press("y")
	s.Sees("▸4 History", "FCT-0001 is issued")
	s.SeesRow("FCT-0001", "Morii Software SRL · RO", "2,041.88", "issued")
	s.keepScreens("history")
	if calls := service.calls("POST", "/invoice"); len(calls) != 1 {
		s.t.Errorf("%d requests to make an invoice", len(calls))
	}
}

// checkPDF saves the invoice's PDF and reads it with another program.
func checkPDF(s *terminal, u *user) {
	s.t.Helper()
	s.Press("p")
	s.Sees("The PDF of FCT-0001 is saved")
	saved := u.files("downloads")
	if len(saved) != 1 {
		s.t.Fatalf("the download folder has %q", saved)
	}
	text, words, code := u.run("pdftotext", "-layout", u.path("downloads", saved[0]), "-")
	if code != 0 {
		s.t.Fatalf("pdftotext: %s", words)
	}
	for _, want := range []string{"Seria FCT nr. 0001", "Morii Software SRL", "2041.88", "Atlas", "6.75"} {
		if !strings.Contains(text, want) {
			s.t.Errorf("the PDF has no %q:\n%s", want, text)
		}
	}
	if !regexp.MustCompile(`Ref: CAD-[0-9A-Z]{6}\b`).MatchString(text) {
		s.t.Errorf("the PDF has no reference:\n%s", text)
	}
}

// invoice and entry are what the command line promises to scripts.
type invoice struct {
	Reference, Status, Client, Net, VAT, Total, Currency string
	Entries                                              []string
}

type entry struct{ Fingerprint, State, Invoice, Client, Project, Description string }

func history(u *user) []invoice {
	u.t.Helper()
	return decoded[invoice](u, u.cadensa("history", "--json"))
}

func entries(u *user) []entry {
	u.t.Helper()
	return decoded[entry](u, u.cadensa("entries", "--json"))
}

func decoded[T any](u *user, text string) []T {
	u.t.Helper()
	var list []T
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		u.t.Fatalf("%v in\n%s", err, text)
	}
	return list
}

// checkIssued compares what was sent, and what the ledger says, with what the review showed.
func checkIssued(u *user, service sandbox) {
	u.t.Helper()
	var sent struct {
		SeriesName, Currency string
		Client               struct{ Name, Country, County, City, Address, VatCode string }
		Products             []struct {
			Name            string
			Quantity, Price json.Number
			TaxPercentage   json.Number
		}
	}
	if err := json.Unmarshal(service.calls("POST", "/invoice")[0].Body, &sent); err != nil {
		u.t.Fatal(err)
	}
	if sent.SeriesName != "FCT" || sent.Client.Name != "Morii Software SRL" || sent.Client.Country != "Romania" ||
		sent.Client.County != "Cluj" ||
		len(sent.Products) != 1 || sent.Products[0].Quantity != "6.75" || sent.Products[0].Price.String() != "250" ||
		sent.Products[0].TaxPercentage != "21" {
		u.t.Errorf("sent was %+v", sent)
	}
	tracked := entries(u)
	want := invoice{
		Reference: "FCT-0001", Status: "issued", Client: "Morii Software SRL", Net: "1687.50", VAT: "354.38", Total: "2041.88", Currency: "RON",
	}
	for _, one := range tracked {
		want.Entries = append(want.Entries, one.Fingerprint)
		if one.State != "billed" || one.Invoice != "FCT-0001" || one.Client != "Morii" || one.Project != "Atlas" {
			u.t.Errorf("an entry is %+v", one)
		}
	}
	if diff := cmp.Diff([]invoice{want}, history(u)); diff != "" || len(tracked) != 3 {
		u.t.Errorf("%d entries, and the history (-want +got):\n%s", len(tracked), diff)
	}
}

// cancel cancels the invoice on History, and sees its hours free again on Time.
func cancel(s *terminal, service sandbox) {
	s.t.Helper()
	s.Press("c")
	s.Sees("has ANAF or the client got it?", "▸ keep it")
	s.Press("Tab")
	s.Sees("▸ cancel it")
	s.keepScreens("cancel")
	s.Press("Enter")
	s.Sees("FCT-0001 is cancelled")
	s.SeesRow("FCT-0001", "cancelled")
	calls := service.calls("PUT", "/invoice/cancel")
	if len(calls) != 1 || calls[0].query(s.t, "seriesname") != "FCT" || calls[0].query(s.t, "number") != "0001" {
		s.t.Errorf("the requests to cancel: %v", calls)
	}
	s.Press("1")
	s.Sees("▸1 Time", "1.50 h", "nothing ticked")
	s.Lacks("FCT-0001  ")
	s.Press("a")
	s.Sees("3 ticked")
}

func checkCancelled(u *user) {
	u.t.Helper()
	if list := history(u); len(list) != 1 || list[0].Status != "cancelled" {
		u.t.Errorf("the history after the cancellation: %+v", list)
	}
	for _, one := range entries(u) {
		if one.State != "free" || one.Invoice != "" {
			u.t.Errorf("an entry is %+v", one)
		}
	}
}
