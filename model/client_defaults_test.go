package model_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

func keptDefaults() model.ClientDefaults {
	return model.ClientDefaults{
		PaymentTermsDays: new(14), Currency: "eur", Language: "de", VATReason: model.ReasonOutsideEU, Note: " Contract\t7 ",
		SupplyDate: " Report",
	}
}

func TestClientDefaultsShapeTheInvoice(t *testing.T) {
	prepared := preparation()
	prepared.Preferences.Issuer.OutsideRate = "SDD"
	prepared.Buyer.Client.ClientDefaults = keptDefaults()
	invoice, err := prepared.Invoice()
	if err != nil {
		t.Fatal(err)
	}
	if invoice.DueDate.String() != "2026-12-06" || invoice.Language != "DE" || invoice.Note != "Contract 7" {
		t.Errorf("due %s, language %q, note %q", invoice.DueDate, invoice.Language, invoice.Note)
	}
	if got := invoice.Lines[0].VAT.Name; got != "SDD" || invoice.Treatment.Basis != model.BasisKept {
		t.Errorf("VAT %s by %q", got, invoice.Treatment.Basis)
	}
	finding, found := invoice.Validate().For("currency")
	if !found || finding.Severity != model.SeverityWarning || !slices.Equal(finding.Values, []any{"EUR", "RON"}) {
		t.Errorf("the other currency is no warning: %v", invoice.Validate())
	}
	prepared.Edits = model.InvoiceEdits{Note: "Order 9", DueDate: model.NewDate(2026, time.November, 30)}
	if invoice, err = prepared.Invoice(); err != nil || invoice.Note != "Order 9" || invoice.DueDate.String() != "2026-11-30" {
		t.Errorf("an edit gives note %q, due %s, %v", invoice.Note, invoice.DueDate, err)
	}
	prepared.Edits = model.InvoiceEdits{}
	prepared.Buyer.Client.PaymentTermsDays = new(0)
	if invoice, err = prepared.Invoice(); err != nil || invoice.DueDate != invoice.IssueDate {
		t.Errorf("due %s for a client who pays at once, %v", invoice.DueDate, err)
	}
	prepared.Buyer.Client.PaymentTermsDays = new(-1)
	if invoice, err = prepared.Invoice(); err != nil || len(invoice.Validate().Errors()) != 1 {
		t.Errorf("terms that are no number are found as %v, %v", invoice.Validate(), err)
	}
}

// An issuer who is not registered has no tax to name: the kept reason decides its words.
func TestKeptVATReasonOfEveryIssuer(t *testing.T) {
	tests := []struct {
		status model.VATStatus
		kept   model.Reason
		want   model.Reason
	}{
		{model.VATPayer, model.ReasonDomestic, model.ReasonDomestic},
		{model.VATPayer, model.ReasonReverseCharge, model.ReasonReverseCharge},
		{model.VATPayer, model.ReasonOutsideEU, model.ReasonOutsideEU},
		{model.VATPayer, "", model.ReasonReverseCharge},
		{model.VATPayer, "nonsense", model.ReasonReverseCharge},
		{model.VATNonPayer, model.ReasonDomestic, model.ReasonNonPayer},
		{model.VATNonPayerIntraEU, model.ReasonReverseCharge, model.ReasonNonPayerEU},
		{model.VATNonPayer, model.ReasonOutsideEU, model.ReasonNonPayerThird},
	}
	for _, test := range tests {
		client := german()
		client.VATReason = test.kept
		issuer := model.Issuer{Status: test.status, Rate: "Normala", ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD"}
		got := client.Treatment(issuer)
		if got.Reason != test.want {
			t.Errorf("%s keeping %q: reason %s, want %s", test.status, test.kept, got.Reason, test.want)
		}
		if test.status != model.VATPayer && got.Setting != "" {
			t.Errorf("%s keeping %q: the tax %s", test.status, test.kept, got.Setting)
		}
	}
}

func TestWrongDefaultsAreFound(t *testing.T) {
	tests := []struct {
		name, field string
		severity    model.Severity
		spoil       func(client *model.Client)
	}{
		{"terms", "payment_terms_days", model.SeverityError, func(c *model.Client) { c.PaymentTermsDays = new(367) }},
		{"negative terms", "payment_terms_days", model.SeverityError, func(c *model.Client) { c.PaymentTermsDays = new(-1) }},
		{"currency", "currency", model.SeverityError, func(c *model.Client) { c.Currency = "XXX" }},
		{"language", "language", model.SeverityError, func(c *model.Client) { c.Language = "HU" }},
		{"day of supply", "supply_date", model.SeverityError, func(c *model.Client) { c.SupplyDate = "invoice" }},
		{"reason", "vat_reason", model.SeverityError, func(c *model.Client) { c.VATReason = "because" }},
		{"decimals", "quantity_decimals", model.SeverityError, func(c *model.Client) { c.QuantityDecimals = 7 }},
		{"one decimal", "quantity_decimals", model.SeverityError, func(c *model.Client) { c.QuantityDecimals = 1 }},
		{"domestic reverse charge", "vat_reason", model.SeverityWarning, func(c *model.Client) { c.VATReason = model.ReasonReverseCharge }},
		{"reverse charge to nobody", "vat_reason", model.SeverityWarning, func(c *model.Client) {
			*c = german()
			c.VATReason, c.VATNumber = model.ReasonReverseCharge, ""
		}},
		{"note", "note", model.SeverityError, func(c *model.Client) { c.Note = runes(301) }},
	}
	for _, test := range tests {
		client := romanian()
		test.spoil(&client)
		if finding, found := client.Validate().For(test.field); !found || finding.Severity != test.severity {
			t.Errorf("%s: %v", test.name, client.Validate())
		}
	}
	fine := romanian()
	fine.ClientDefaults = keptDefaults()
	if findings := fine.Validate(); len(findings) > 0 {
		t.Errorf("good defaults: %v", findings)
	}
}

func TestPostalCodesOfBucharestTellTheSector(t *testing.T) {
	tests := []struct {
		code, county, city string
		warned             model.FindingCode
		sector             []any
	}{
		{"010061", "București", "Sector 1", "", nil},
		{"061344", "București", "Sector 6", "", nil},
		{"-", "București", "Sector 6", "", nil},
		{"077190", "Ilfov", "Voluntari", "", nil},
		{"030167", "București", "Sector 4", model.FindingPostalCodeOfSector, []any{"Sector 3"}},
		{"400001", "București", "Sector 4", model.FindingPostalCodeNotOfBucharest, nil},
		{"020335", "Cluj", "Cluj-Napoca", model.FindingPostalCodeOfBucharest, []any{"Sector 2"}},
	}
	for _, test := range tests {
		client := romanian()
		client.PostalCode, client.County, client.City = test.code, test.county, test.city
		finding, found := client.Validate().For("postal_code")
		if finding.Code != test.warned || !slices.Equal(finding.Values, test.sector) || found && finding.Severity != model.SeverityWarning {
			t.Errorf("%+v: %v", test, finding)
		}
	}
}

// An invoice's buyer who comes without defaults must not wipe out those of the address book.
func TestKeepingFillsInWhatTheBookKnows(t *testing.T) {
	proof := &model.VATProof{Country: "DE", Number: "136695976", Valid: true, RequestID: "WAPIAAAAW1234567"}
	known := german()
	known.ClientDefaults, known.VATProof, known.TrackerNames = keptDefaults(), proof, []string{"muehle*"}
	given := german()
	given.Language, given.TrackerNames = "EN", []string{"muehle*", "mill"}
	got := given.Keeping(known)
	want := german()
	want.ClientDefaults, want.VATProof, want.TrackerNames = keptDefaults(), proof, []string{"muehle*", "mill"}
	want.Language = "EN"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	given.VATNumber = "DE999999999"
	if given.Keeping(known).VATProof != nil {
		t.Error("the proof of one number is kept with another")
	}
}

// Scripts that know only the eleven fields of a client see no others until they are used.
func TestDefaultsAreLeftOutOfJSONWhileUnused(t *testing.T) {
	written := func(client model.Client) map[string]any {
		text, err := json.Marshal(client)
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]any
		if err := json.Unmarshal(text, &fields); err != nil {
			t.Fatal(err)
		}
		return fields
	}
	if fields := written(romanian()); len(fields) != 11 {
		t.Errorf("%d fields: %v", len(fields), fields)
	}
	client := romanian()
	client.ClientDefaults = keptDefaults().Cleaned()
	fields := written(client)
	for key, want := range map[string]any{
		"payment_terms_days": 14.0, "currency": "EUR", "language": "DE", "vat_reason": "outside-eu", "note": "Contract 7",
		"supply_date": "report",
	} {
		if fields[key] != want {
			t.Errorf("%s is %v, want %v", key, fields[key], want)
		}
	}
}

// What VIES says of a number outweighs what a table of patterns says.
func TestProofOutweighsThePattern(t *testing.T) {
	client := german()
	client.VATNumber = "DE136695970"
	if _, found := client.Validate().For("vat_number"); !found {
		t.Fatal("the check digit is not looked at")
	}
	client.VATProof = &model.VATProof{Country: "DE", Number: "136695970", Valid: true}
	if finding, found := client.Validate().For("vat_number"); found {
		t.Errorf("a confirmed number: %v", finding)
	}
	client.VATProof = &model.VATProof{Country: "DE", Number: "136695970"}
	if finding, _ := client.Validate().For("vat_number"); finding.Severity != model.SeverityWarning {
		t.Errorf("a denied number: %v", finding)
	}
}
