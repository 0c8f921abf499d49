package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/text"
)

// What the settings say of services holds where the table of treatments has them taxed in Romania, whoever the buyer is, and nowhere
// else. One row for each kind of buyer, with tax, words, buyer's code, flags and findings. Sources: Cod fiscal art. 278, 291, 292, 319.
func TestTreatmentTableOfSupplies(t *testing.T) {
	american := model.Client{Name: "Mill", Country: "US", Street: "Mill 1", PostalCode: "-", City: "Town"}
	american.Private = true
	slip, person := german(), german()
	slip.VATNumber, person.VATNumber, person.Private = "DE136695977", "", true
	const reverse = "0 % Taxare inversa | reverse charge | DE136695976 | not for e-Factura, taxpayer | "
	tests := []struct {
		name   string
		client model.Client
		// rest is what follows tax and words where the service is taxed in Romania; abroad is all of it where it is not.
		rest, abroad string
	}{
		{"Romanian payer", romanian(), "RO14399840 | taxpayer | ", ""},
		{"EU person", person, zeros + " |  | consumer-in-eu", ""},
		{"person outside the EU", american, zeros + " |  | consumer-outside-eu", ""},
		{"EU company with a wrong number", slip, zeros + " | ask | check-digits, vat-number-invalid", ""},
		{"EU company", confirmed(german()), "", reverse},
	}
	supplies := []struct {
		reason     model.Reason
		rate       string
		tax, words string
		// found is a finding of the reason itself.
		found string
	}{
		{"", "Normala", "21 % Normala", "", ""},
		{"", "SFDD", "0 % SFDD", "art. 292", "exemption-unnamed"},
		{model.ReasonStandard, "Normala", "21 % Normala", "", ""},
		{model.ReasonStandard, "SFDD", "21 % Normala", "", ""},
		{model.ReasonReduced, "Normala", "11 % Redusa", "", ""},
		{model.ReasonEducation, "Normala", "0 % SFDD", "(f)", ""},
		{model.ReasonEducation, "sfdd", "0 % SFDD", "(f)", ""},
		{model.ReasonTuition, "Normala", "0 % SFDD", "(h)", ""},
		{model.ReasonMedical, "Normala", "0 % SFDD", "(a)", ""},
		{model.ReasonTherapy, "Normala", "0 % SFDD", "(c)", ""},
		{model.ReasonExempt, "Normala", "0 % SFDD", "art. 292", "exemption-unnamed"},
	}
	for _, test := range tests {
		for _, supply := range supplies {
			t.Run(test.name+", "+string(supply.reason)+" "+supply.rate, func(t *testing.T) {
				payer := issuer(model.VATPayer)
				payer.Usual, payer.Rate = supply.reason, supply.rate
				want := test.abroad
				if want == "" {
					want = supply.tax + " | " + supply.words + " | " + test.rest
					if supply.found != "" {
						want = strings.TrimSuffix(want+", "+supply.found, ", ")
						want = strings.Replace(want, "| , ", "| ", 1)
					}
				}
				if got := outcomeOf(t, payer, test.client); got != want {
					t.Errorf("%s, want %s", got, want)
				}
				// An issuer who pays no VAT has none of it.
				for _, status := range []model.VATStatus{model.VATNonPayer, model.VATNonPayerIntraEU} {
					other := issuer(status)
					other.Usual, other.Rate = supply.reason, supply.rate
					if got := outcomeOf(t, other, test.client); got != outcome(t, status, test.client) {
						t.Errorf("%s gets %s", status, got)
					}
				}
			})
		}
	}
}

// The same reason can be chosen for an invoice, or kept with the client. Only what was chosen once is doubted.
func TestSuppliesAreChosenOrKept(t *testing.T) {
	for reason, want := range map[model.Reason]struct {
		tax   string
		found model.FindingCode
	}{
		model.ReasonReduced: {"11 % Redusa", model.FindingReducedRate}, model.ReasonEducation: {"0 % SFDD", ""},
		model.ReasonExempt: {"0 % SFDD", model.FindingExemptionUnnamed}, model.ReasonStandard: {"21 % Normala", ""},
	} {
		p := preparation()
		p.Preferences.Issuer, p.Edits.Reason = issuer(model.VATPayer), reason
		invoice := prepared(t, p)
		if got := invoice.Lines[0].VAT.String(); got != want.tax {
			t.Errorf("%s, chosen: %s", reason, got)
		}
		found(t, invoice.Validate(), "vat_reason", "", want.found)
		p.Edits.Reason, p.Buyer.Client.VATReason, p.Edits.Note = "", reason, "lit. i)"
		invoice = prepared(t, p)
		if got := invoice.Lines[0].VAT.String(); got != want.tax || reason != model.ReasonStandard && invoice.Treatment.Basis != model.BasisKept {
			t.Errorf("%s, kept: %s, %+v", reason, got, invoice.Treatment)
		}
		if findings := invoice.Validate(); len(findings) > 0 {
			t.Errorf("%s, kept: %v", reason, findings)
		}
	}
	exempt := preparation()
	exempt.Preferences.Issuer = issuer(model.VATPayer)
	exempt.Preferences.Issuer.Usual = model.ReasonEducation
	exempt.Edits.Reason = model.ReasonStandard
	if got := prepared(t, exempt).Lines[0].VAT.String(); got != "21 % Normala" {
		t.Errorf("the standard rate beside exempt services is %s", got)
	}
	exempt.Edits.Reason = model.ReasonDomestic
	if got := prepared(t, exempt).Lines[0].VAT.String(); got != "0 % SFDD" {
		t.Errorf("services in Romania bear %s", got)
	}
}

func freeLine(id int, vat model.Reason) model.FreeLine {
	return model.FreeLine{ID: id, Name: "Line", Quantity: amount("1"), Unit: model.UnitItem, Price: amount("100"), VAT: vat}
}

// A line has its own VAT beside the hours; the words of all lines stand on the invoice once.
func TestLinesWithTheirOwnVAT(t *testing.T) {
	p := preparation()
	p.Preferences.Issuer = issuer(model.VATPayer)
	p.Preferences.Issuer.OnCollection = true
	p.Edits.Note = "Contract 7"
	for i, reason := range append([]model.Reason{""}, model.LineReasons()...) {
		p.Free = append(p.Free, freeLine(i+1, reason))
	}
	p.Edits.Lines = []model.LineEdit{{Entries: []string{"b"}, VAT: model.ReasonEducation, VATSet: true}, {Free: 3, VATSet: true}}
	invoice := prepared(t, p)
	var got []string
	for _, line := range invoice.Lines {
		got = append(got, line.VAT.String())
	}
	want := []string{
		"21 % Normala", "0 % SFDD", "21 % Normala", "21 % Normala", "21 % Normala", "0 % SFDD", "0 % SFDD", "0 % SFDD", "0 % SFDD", "0 % SFDD",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("taxes (-want +got):\n%s", diff)
	}
	const words = "TVA la încasare | Scutit de TVA – art. 292 alin. (1) lit. f) Cod fiscal | Scutit de TVA – art. 292 alin. (1) lit. h) Cod fiscal" +
		" | Scutit de TVA – art. 292 alin. (1) lit. a) Cod fiscal | Scutit de TVA – art. 292 alin. (1) lit. c) Cod fiscal" +
		" | Scutit de TVA – art. 292 Cod fiscal | Contract 7"
	if invoice.Mentions() != words || !invoice.IsOnCollection() {
		t.Errorf("the mentions are %s", invoice.Mentions())
	}
	invoice.Note, invoice.Intent = "", "CAD-7F3K4Q"
	if length := text.Length(invoice.Mentions()); length > model.MaxMentions {
		t.Errorf("the law's words and the reference are %d characters", length)
	}
	invoice.Lines = invoice.Lines[5:]
	if invoice.IsOnCollection() || strings.Contains(invoice.Mentions(), "încasare") {
		t.Errorf("without a taxed line the mentions are %s", invoice.Mentions())
	}
}

// Abroad, and for who pays no VAT, all lines follow the invoice, and it is said of those that would not.
func TestLinesFollowWhatIsNotTaxedInRomania(t *testing.T) {
	for name, test := range map[string]struct {
		status model.VATStatus
		client model.Client
		tax    string
		found  model.FindingCode
	}{
		"reverse charge":  {model.VATPayer, confirmed(german()), "0 % Taxare inversa", model.FindingLineVATFollows},
		"not registered":  {model.VATNonPayer, romanian(), "no VAT", model.FindingLineVATFollows},
		"Romanian client": {model.VATPayer, romanian(), "11 % Redusa", model.FindingLineVATReduced},
	} {
		p := preparation()
		p.Preferences.Issuer, p.Buyer.Client, p.Hours = issuer(test.status), test.client, nil
		p.Free = []model.FreeLine{freeLine(1, model.ReasonReduced)}
		invoice := prepared(t, p)
		if got := invoice.Lines[0].VAT.String(); got != test.tax {
			t.Errorf("%s: %s", name, got)
		}
		found(t, invoice.Validate(), "lines[0].vat", "", test.found)
	}
}

// The rate of a line is that of the law on its own day of supply, and refused like the invoice's where the account lacks it.
func TestReducedRateFollowsTheDay(t *testing.T) {
	p := preparation()
	p.Preferences.Issuer, p.Hours, p.Free = issuer(model.VATPayer), nil, []model.FreeLine{freeLine(1, model.ReasonReduced)}
	p.Edits.IssueDate = date(t, "2025-07-31")
	if got := prepared(t, p).Lines[0].VAT.Percent.String(); got != "9" {
		t.Errorf("before the change it is %s", got)
	}
	p.Edits.IssueDate, p.Account.Rates = model.Date{}, model.VATRates{tax("Normala", "21"), tax("Redusa", "9"), tax("SFDD", "0")}
	if _, err := p.Invoice(); err == nil {
		t.Error("a repealed reduced rate was taken")
	}
}

// Whatever is chosen for the invoice and its lines: each line bears a rate of the law on its day, or one of 0 % whose words stand on
// the invoice, or the invoice is held up.
func TestNothingBearsARateThatWasNotTheLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reasons := append(model.VATReasons(), "")
		p := preparation()
		p.Preferences.Issuer = issuer(rapid.SampledFrom(model.VATStatuses()).Draw(t, "status"))
		p.Preferences.Issuer.Usual = rapid.SampledFrom(append(model.LineReasons(), "")).Draw(t, "usual")
		p.Preferences.Issuer.Rate = rapid.SampledFrom([]string{"Normala", "21", "SFDD", "Redusa", "Veche"}).Draw(t, "rate")
		p.Account.Rates = append(rapid.Permutation(accountRates()).Draw(t, "rates"), tax("Veche", "19"), tax("Redusa", "9"))
		p.Buyer.Client = rapid.SampledFrom([]model.Client{
			romanian(), german(), {Country: "US"}, {Country: "DE", Private: true},
		}).Draw(t, "client")
		p.Buyer.Client.VATReason = rapid.SampledFrom(reasons).Draw(t, "kept")
		p.Edits.Reason = rapid.SampledFrom(reasons).Draw(t, "chosen")
		p.Edits.IssueDate = model.NewDate(2025, 6, rapid.IntRange(1, 500).Draw(t, "day"))
		for id := range rapid.IntRange(0, 4).Draw(t, "lines") {
			p.Free = append(p.Free, freeLine(id+1, rapid.SampledFrom(append(model.LineReasons(), "")).Draw(t, "own")))
		}
		p.Edits.Lines = []model.LineEdit{{Entries: []string{"a"}, VATSet: true, VAT: rapid.SampledFrom(append(model.LineReasons(), "")).Draw(t, "edited")}}
		invoice, err := p.Invoice()
		if err != nil {
			return
		}
		held := len(invoice.Validate().Errors()) > 0
		for _, line := range invoice.Lines {
			supplied := line.Supply.To
			if line.Free > 0 {
				supplied = invoice.IssueDate
			}
			own := invoice.TreatmentOf(line)
			switch {
			case held:
			case line.VAT.IsNone() != (p.Preferences.Issuer.Status != model.VATPayer):
				t.Fatalf("%s of %s for a %s", line.VAT, own.Reason, p.Preferences.Issuer.Status)
			case line.VAT.Percent.IsPositive() && !line.VAT.IsLegalOn(supplied):
				t.Fatalf("%s on %s", line.VAT, supplied)
			case line.VAT.Percent.IsZero() && (own.Mention == "" || !strings.Contains(invoice.Mentions(), own.Mention)):
				t.Fatalf("%s of %s without words in %q", line.VAT, own.Reason, invoice.Mentions())
			case line.VAT.Percent.IsPositive() && own.Reason.IsExempt():
				t.Fatalf("%s is exempt", line.VAT)
			}
		}
		var sum decimal.Decimal
		for _, group := range invoice.Totals().Groups {
			sum = sum.Add(group.Base).Add(group.Tax)
		}
		if !sum.Equal(invoice.Totals().Total) {
			t.Fatalf("the rates come to %s, the total is %s", sum, invoice.Totals().Total)
		}
	})
}

// A ledger of before knows lines without a VAT of their own.
func TestOlderLinesFollowTheirInvoice(t *testing.T) {
	invoice := model.PreparedInvoice{
		Treatment: model.Treatment{Reason: model.ReasonDomestic, Setting: "Normala", Mention: "TVA la încasare", OnCollection: true},
		Lines:     []model.Line{{VAT: tax("Normala", "21")}},
	}
	if !invoice.IsOnCollection() || invoice.Mentions() != "TVA la încasare" || len(invoice.Treatments()) != 1 {
		t.Errorf("%v, %q", invoice.Treatments(), invoice.Mentions())
	}
	if !slices.Equal(model.LineReasons(), model.VATReasons()[3:]) {
		t.Error("a client keeps other reasons than a line")
	}
}

// What is taken back or deducted bears the VAT and the words that it bore.
func TestMinusKeepsTheVATOfItsLine(t *testing.T) {
	p := preparation()
	p.Preferences.Issuer = issuer(model.VATPayer)
	p.Free = []model.FreeLine{freeLine(1, model.ReasonTuition), freeLine(2, "")}
	p.Edits.Discount.Percent = amount("10")
	detail := model.InvoiceDetail{Prepared: prepared(t, p), Invoice: model.Invoice{
		Intent: "CAD-7F3K4Q", Kind: model.KindInvoice, Series: "FCT", Number: "0023", Status: model.StatusIssued, IssueDate: p.Today,
	}}
	const words = "Scutit de TVA – art. 292 alin. (1) lit. h) Cod fiscal"
	storno, err := detail.PartialStorno([]model.Reversal{{Line: 3, Quantity: amount("1")}}, p.Today)
	if err != nil || !strings.Contains(storno.Mentions(), words) || len(storno.Lines) != 2 {
		t.Fatalf("the storno says %q, %v", storno.Mentions(), err)
	}
	for i, line := range storno.Lines {
		if own := storno.TreatmentOf(line); line.VAT.String() != "0 % SFDD" || own.Reason != model.ReasonTuition {
			t.Errorf("line %d bears %s of %s", i+1, line.VAT, own.Reason)
		}
	}
	found(t, storno.Validate(), "lines[0].vat", "", "")
	detail.Prepared.Discount = model.Discount{}
	final := preparation()
	final.Preferences.Issuer = issuer(model.VATPayer)
	for i, advance := range detail.Advances() {
		final.Free = append(final.Free, advance.Deduct(i+1, ""))
	}
	invoice := prepared(t, final)
	if exempt, taxed := invoice.Lines[2].VAT.String(), invoice.Lines[3].VAT.String(); !strings.Contains(invoice.Mentions(), words) ||
		exempt != "0 % SFDD" || taxed != "21 % Normala" {
		t.Errorf("the final invoice says %q, its lines are %v", invoice.Mentions(), summary(invoice.Lines))
	}
}
