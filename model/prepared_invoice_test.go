package model_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cadensa/model"
	"cadensa/model/text"
)

// goodInvoice is an invoice that nothing is wrong with: October's work, issued in November.
func goodInvoice() model.PreparedInvoice {
	issued := model.NewDate(2026, time.November, 22)
	line := row("5.75", "250", tax("Normala", "21"))
	line.Details, line.Entries, line.Supply = "2026-10", []string{"a", "b"}, model.MonthPeriod(2026, time.October)
	return model.PreparedInvoice{
		Kind: model.KindInvoice, CIF: "RO4221306", Client: romanian(), SaveClient: true, Series: "FCT", Currency: "RON",
		IssueDate: issued, DueDate: issued.AddDays(30), Lines: []model.Line{line},
		Treatment: model.Treatment{Reason: model.ReasonDomestic, Setting: "Normala"}, PrintIntent: true,
	}
}

func TestValidInvoiceHasNoFindings(t *testing.T) {
	if findings := goodInvoice().Validate(); len(findings) > 0 {
		t.Error(findings)
	}
	free := goodInvoice() // A proforma of a non-payer for an item, without hours.
	free.Kind, free.Treatment = model.KindProforma, model.Treatment{Reason: model.ReasonNonPayer}
	free.Lines = []model.Line{row("1", "99", model.VATRate{})}
	if findings := free.Validate(); len(findings) > 0 {
		t.Error(findings)
	}
}

func TestInvoiceFindings(t *testing.T) {
	const fails, warns = model.SeverityError, model.SeverityWarning
	tests := []struct {
		name     string
		change   func(*model.PreparedInvoice)
		field    string
		rule     string
		severity model.Severity
	}{
		{"the client's", func(p *model.PreparedInvoice) { p.Client.Street = "" }, "street", "required", fails},
		{"no series", func(p *model.PreparedInvoice) { p.Series = "" }, "series", "required", fails},
		{"no CIF", func(p *model.PreparedInvoice) { p.CIF = "" }, "cif", "required", fails},
		{"unknown currency", func(p *model.PreparedInvoice) { p.Currency = "BTC"; p.Lines[0].Currency = "BTC" }, "currency", "currency", fails},
		{"euros between Romanians", func(p *model.PreparedInvoice) {
			p.Currency, p.Lines[0].Currency = "EUR", "EUR"
		}, "currency", "currency", warns},
		{"no issue date", func(p *model.PreparedInvoice) { p.IssueDate = model.Date{} }, "issue_date", "required", fails},
		{"due before issued", func(p *model.PreparedInvoice) { p.DueDate = p.IssueDate.AddDays(-1) }, "due_date", "BR-CO-25", fails},
		{"no due date", func(p *model.PreparedInvoice) { p.DueDate = model.Date{} }, "due_date", "BR-CO-25", fails},
		{"long line name", func(p *model.PreparedInvoice) { p.Lines[0].Name = runes(101) }, "lines[0].name", "BR-RO-L1024", fails},
		{"long details", func(p *model.PreparedInvoice) { p.Lines[0].Details = runes(201) }, "lines[0].details", "BR-RO-L212", fails},
		{"hours after the issue", func(p *model.PreparedInvoice) { p.IssueDate = model.NewDate(2026, 10, 30) }, "issue_date", "supply", warns},
		{"long mentions", func(p *model.PreparedInvoice) { p.Note = runes(300) }, "mentions", "BR-RO-L302", fails},
		{"no lines", func(p *model.PreparedInvoice) { p.Lines = nil }, "lines", "required", fails},
		{"too many lines", func(p *model.PreparedInvoice) { p.Lines = manyLines(401) }, "lines", "410", fails},
		{"line without a name", func(p *model.PreparedInvoice) { p.Lines[0].Name = " \n" }, "lines[0].name", "required", fails},
		{"line whose name has no width", func(p *model.PreparedInvoice) { p.Lines[0].Name = "\u200b\u0301" }, "lines[0].name", "required", fails},
		{"cut line", func(p *model.PreparedInvoice) { p.Lines[0].Cut = true }, "lines[0].name", "BR-RO-L1024", warns},
		{"line of one word", func(p *model.PreparedInvoice) { p.Lines[0].Name, p.Lines[0].Details = "api", "" }, "lines[0].name", "art. 319", warns},
		{"negative price", func(p *model.PreparedInvoice) { p.Lines[0].Price = amount("-1") }, "lines[0].price", "BR-27", fails},
		{"no quantity", func(p *model.PreparedInvoice) { p.Lines[0].Quantity = amount("0") }, "lines[0].quantity", "quantity", fails},
		{"line in another currency", func(p *model.PreparedInvoice) { p.Lines[0].Currency = "EUR" }, "lines", "currency", fails},
		{"VAT not decided", func(p *model.PreparedInvoice) { p.Lines[0].VAT = model.VATRate{} }, "lines[0].vat", "VAT", fails},
		{"VAT of a non-payer", func(p *model.PreparedInvoice) { p.Treatment.Setting = "" }, "lines[0].vat", "VAT", fails},
		{"VAT that the law has replaced", func(p *model.PreparedInvoice) { p.Lines[0].VAT = tax("Normala", "19") }, "lines[0].vat", "art. 291", fails},
		{"VAT that the law has replaced, on purpose", func(p *model.PreparedInvoice) {
			p.Lines[0].VAT, p.ConfirmedRates = tax("Normala", "19"), []model.VATRate{tax("Normala", "19.0")}
		}, "lines[0].vat", "art. 291", warns},
		{"VAT that the law does not know", func(p *model.PreparedInvoice) { p.Lines[0].VAT = tax("Normala", "22") }, "lines[0].vat", "art. 291", fails},
		{"no VAT for a Romanian", func(p *model.PreparedInvoice) { p.Lines[0].VAT = tax("SFDD", "0") }, "lines[0].vat", "art. 292", warns},
		{"the fault of a later line", func(p *model.PreparedInvoice) {
			p.Lines = append(p.Lines, model.Line{Name: "x", Currency: "RON", VAT: p.Lines[0].VAT})
		}, "lines[1].quantity", "quantity", fails},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			changed := goodInvoice()
			test.change(&changed)
			finding, found := changed.Validate().For(test.field)
			if !found || finding.Rule != test.rule || finding.Severity != test.severity || finding.Code == "" {
				t.Errorf("found %+v, want %s of %s by %s", changed.Validate(), test.severity, test.field, test.rule)
			}
		})
	}
}

func manyLines(n int) []model.Line {
	lines := make([]model.Line, n)
	for i := range lines {
		lines[i] = row("1", "1", tax("Normala", "21"))
	}
	return lines
}

func TestInvoiceLimits(t *testing.T) {
	most := goodInvoice()
	most.Lines = manyLines(model.MaxLines)
	if findings := most.Validate(); len(findings) > 0 {
		t.Errorf("%d lines: %v", model.MaxLines, findings)
	}
	today := goodInvoice()
	today.DueDate, today.Lines[0].Supply.To = today.IssueDate, today.IssueDate
	if findings := today.Validate(); len(findings) > 0 {
		t.Errorf("due at once for today's work: %v", findings)
	}
	old := goodInvoice()
	old.Lines[0].Supply, old.Lines[0].VAT, old.SupplyDate = model.MonthPeriod(2025, time.July), tax("Normala", "19"), model.SupplyByWork
	if findings := old.Validate(); len(findings) > 0 {
		t.Errorf("work of July 2025 at 19 %%: %v", findings)
	}
}

// The mentions' room is 300 runes with the reference, which is there only when the invoice is sent.
func TestMentionsLeaveRoomForTheReference(t *testing.T) {
	full := goodInvoice()
	full.Note = runes(300 - len(" | Ref: CAD-7F3K4Q"))
	if findings := full.Validate(); len(findings) > 0 {
		t.Errorf("a note that leaves just enough room: %v", findings)
	}
	sent := full
	sent.Intent = "CAD-7F3K4Q"
	if got := text.Length(sent.Mentions()); got != model.MaxMentions {
		t.Errorf("with the reference the mentions have %d runes, want %d", got, model.MaxMentions)
	}
	if findings := sent.Validate(); len(findings) > 0 {
		t.Error(findings)
	}
	full.Note += "ș"
	if _, found := full.Validate().Errors().For("mentions"); !found {
		t.Error("a note that leaves no room for the reference is accepted")
	}
	full.PrintIntent, full.Note = false, runes(300)
	if findings := full.Validate(); len(findings) > 0 {
		t.Errorf("without a reference: %v", findings)
	}
}

func TestMentions(t *testing.T) {
	tests := []struct {
		name, legal, note, intent string
		print                     bool
		want                      string
	}{
		{"nothing", "", "", "", true, ""},
		{"all", "Taxare inversă", "Contract 7", "CAD-7F3K4Q", true, "Taxare inversă | Contract 7 | Ref: CAD-7F3K4Q"},
		{"a note of several lines", "", " Contract 7\nfrom\x1b May ", "", true, "Contract 7 from May"},
		{"the reference alone", "", "", "CAD-7F3K4Q", true, "Ref: CAD-7F3K4Q"},
		{"the reference not printed", "", "Contract 7", "CAD-7F3K4Q", false, "Contract 7"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			invoice := model.PreparedInvoice{Note: test.note, Intent: test.intent, PrintIntent: test.print}
			invoice.Treatment.Mention = test.legal
			if got := invoice.Mentions(); got != test.want {
				t.Errorf("Mentions() = %q, want %q", got, test.want)
			}
		})
	}
}

// The delivery date is the last day of work when it is earlier than the issue date (Cod fiscal art. 319).
func TestSupplyAndDeliveryDate(t *testing.T) {
	supplied := func(from, to string) model.Line {
		return model.Line{Supply: model.Period{From: date(t, from), To: date(t, to)}}
	}
	tests := []struct {
		name              string
		lines             []model.Line
		supply, delivered string
	}{
		{"no hours", []model.Line{{}}, "all time", ""},
		{"earlier", []model.Line{supplied("2026-10-05", "2026-10-09")}, "2026-10-05 – 2026-10-09", "2026-10-09"},
		{
			"several lines", []model.Line{supplied("2026-10-05", "2026-10-09"), {}, supplied("2026-09-01", "2026-10-31"), supplied("2026-10-01", "2026-10-01")},
			"2026-09-01 – 2026-10-31", "2026-10-31",
		},
		{"the day of issue", []model.Line{supplied("2026-11-20", "2026-11-22")}, "2026-11-20 – 2026-11-22", ""},
		{"later", []model.Line{supplied("2026-11-20", "2026-11-25")}, "2026-11-20 – 2026-11-25", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			invoice := model.PreparedInvoice{IssueDate: date(t, "2026-11-22"), Lines: test.lines}
			if got := invoice.Supply().String(); got != test.supply {
				t.Errorf("Supply() = %s, want %s", got, test.supply)
			}
			if got := invoice.DeliveryDate().String(); got != test.delivered {
				t.Errorf("DeliveryDate() = %s, want %s", got, test.delivered)
			}
		})
	}
}

func TestInvoiceEntriesAndTotals(t *testing.T) {
	two := goodInvoice()
	second := row("1", "100", tax("Normala", "21"))
	second.Entries = []string{"c"}
	two.Lines = append(two.Lines, row("1", "50", tax("Normala", "21")), second)
	if diff := cmp.Diff([]string{"a", "b", "c"}, two.Entries()); diff != "" {
		t.Error(diff)
	}
	if got := model.FormatAmount(two.Totals().Total); got != "1,920.88" { // (1437.50 + 50 + 100) × 1.21.
		t.Errorf("total %s", got)
	}
}

// What the ledger keeps of an invoice reads back as it was, to the last ban.
func TestPreparedInvoiceInJSON(t *testing.T) {
	want := goodInvoice()
	want.Intent, want.Treatment = "CAD-7F3K4Q", model.ProposeTreatment(model.Issuer{Rate: "Normala"}, want.Client)
	written, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got model.PreparedInvoice
	if err := json.Unmarshal(written, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(model.Date{})); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(string(written), `"quantity":"5.75"`) {
		t.Errorf("hours are not text, which another program may read as a float: %s", written)
	}
}

// The words of VAT on collection take of the room for mentions that a note has.
func TestWordsOfVATOnCollectionCountInTheLimit(t *testing.T) {
	invoice := goodInvoice()
	room := model.MaxMentions - len(" | Ref: CAD-7F3K4Q")
	invoice.Treatment = model.ProposeTreatment(model.Issuer{OnCollection: true, Rate: "Normala"}, invoice.Client)
	longest := room - len([]rune("TVA la încasare | "))
	for _, test := range []struct{ length, findings int }{{longest, 0}, {longest + 1, 1}} {
		invoice.Note = runes(test.length)
		if got := invoice.Validate(); len(got) != test.findings {
			t.Errorf("a note of %d: %v", test.length, got)
		}
	}
}
