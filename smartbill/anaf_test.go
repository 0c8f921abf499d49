package smartbill_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// TestWhatIsFoundIsWhatANAFRefuses holds our own findings against the rules of ANAF that the simulator has: an invoice in which nothing
// is found passes, and whatever is refused was found before, in the field that the rule is about.
func TestWhatIsFoundIsWhatANAFRefuses(t *testing.T) {
	refused := map[string]int{}
	passed := 0
	rapid.Check(t, func(rt *rapid.T) {
		issuer := model.Issuer{
			Status: rapid.SampledFrom(model.VATStatuses()).Draw(rt, "status"), Rate: "Normala", ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD",
			ExemptRate: "SFDD",
		}
		issuer.OnCollection = issuer.Status == model.VATPayer && rapid.Bool().Draw(rt, "on collection")
		server, client := inspecting(rt, issuer)
		for range invoicesOfACheck {
			invoice := unusualInvoice(rt, server, issuer)
			findings := invoice.Validate()
			body, err := client.Request(invoice)
			if err != nil {
				rt.Fatal(err)
			}
			_, err = client.Issue(t.Context(), invoice.Kind, body)
			rules := brokenRules(err)
			if err != nil && len(rules) == 0 && len(findings.Errors()) == 0 {
				rt.Fatalf("nothing is found, and it is refused: %v", err)
			}
			for _, rule := range rules {
				refused[rule]++
				fields, known := fieldsOfRules[rule]
				about := func(finding model.Finding) bool { return slices.Contains(fields, fieldOf(finding)) }
				if !known || !slices.ContainsFunc(findings, about) {
					rt.Fatalf("%s is refused for %s, and found is only %v\n%+v", body, rule, findings, invoice.Client)
				}
			}
			if err == nil {
				passed++
			}
		}
	})
	for rule := range fieldsOfRules {
		if refused[rule] == 0 {
			t.Errorf("%s was never broken", rule)
		}
	}
	if passed == 0 {
		t.Error("no invoice passed")
	}
}

// fieldsOfRules are the fields of the findings that foresee a refusal.
var fieldsOfRules = map[string][]string{
	"BR-RO-L203": {"name"}, "BR-RO-L1009": {"contact"}, "BR-RO-L1010": {"phone"}, "BR-RO-L1011": {"email"},
	"ERRIdentif": {"vat_number"}, "cod cumparator": {"vat_number"},
	"BR-RO-082": {"street"}, "BR-RO-L152": {"street"}, "BR-RO-092": {"city"}, "BR-RO-L0502": {"city"},
	"BR-RO-111": {"county"}, "BR-RO-101": {"city"},
	"BR-CO-25": {"due_date"}, "BR-RO-L1024": {"lines.name"}, "BR-RO-L212": {"lines.details"}, "BR-27": {"lines.price"},
	"BR-RO-L302": {"mentions"},
}

var lineNumber = regexp.MustCompile(`\[\d+\]`)

func fieldOf(finding model.Finding) string { return lineNumber.ReplaceAllString(finding.Field, "") }

var ruleNames = regexp.MustCompile(`\[([^\]]+)\]`)

// brokenRules are the rules by which ANAF's inspector refused a document, none where it did not.
func brokenRules(err error) []string {
	failure, ok := errors.AsType[*smartbill.Error](err)
	if !ok || !strings.HasPrefix(failure.Message, "ANAF: ") {
		return nil
	}
	var rules []string
	for _, found := range ruleNames.FindAllStringSubmatch(failure.Message, -1) {
		rules = append(rules, found[1])
	}
	if len(rules) == 0 {
		return []string{failure.Message}
	}
	return rules
}

// inspecting is an account of an issuer at a simulator that refuses what ANAF would.
func inspecting(t *rapid.T, issuer model.Issuer) (*sandbox.Server, *smartbill.Client) {
	account := sandbox.DefaultAccount()
	company := &account.Companies[0]
	if company.VATOnCollection = issuer.OnCollection; issuer.Status != model.VATPayer {
		company.VATPayer, company.Taxes = false, nil
	}
	server := sandbox.New(sandbox.Config{Accounts: []sandbox.Account{account}, CallsPerWindow: 10_000, ANAF: true})
	client, err := smartbill.New(sandboxCredentials(server, server.BaseURL()), smartbill.WithTransport(sandbox.Transport(server)),
		smartbill.WithCountryNames(func(code string) string { return "Tara " + code }))
	if err != nil {
		t.Fatal(err)
	}
	return server, client
}

// unusualInvoice is an invoice to any client of any kind, with texts of any length, and mostly nothing wrong with it.
func unusualInvoice(t *rapid.T, server *sandbox.Server, issuer model.Issuer) model.PreparedInvoice {
	invoice := sandboxInvoice(server)
	invoice.SaveClient = false
	invoice.Client = anyClient(t)
	treatments := issuer.Treatments(invoice.Client)
	invoice.Treatment = rapid.SampledFrom(treatments).Draw(t, "treatment")
	var rates model.VATRates
	for _, tax := range sandbox.DefaultAccount().Companies[0].Taxes {
		rates = append(rates, model.VATRate{Name: tax.Name, Percent: tax.Percentage})
	}
	rate, err := invoice.Treatment.RateOn(rates, invoice.IssueDate)
	if err != nil {
		t.Fatal(err)
	}
	invoice.Note = seldom(t, "note", "Mulțumim", 260)
	if rapid.IntRange(0, 9).Draw(t, "no due date") == 0 {
		invoice.DueDate = model.Date{}
	}
	for i := range invoice.Lines {
		line := &invoice.Lines[i]
		line.VAT = rate
		line.Name, line.Details = seldom(t, "line", "Consultanță tehnică", 101), seldom(t, "details", "Atlas, octombrie", 201)
		if rapid.IntRange(0, 15).Draw(t, "sign") == 0 {
			line.Price = line.Price.Neg()
		}
		if rapid.IntRange(0, 7).Draw(t, "minus") == 0 {
			line.Quantity = decimal.NewFromInt(-1)
		}
	}
	return invoice
}

// seldom is the usual text, or seldom one that is empty, as long as a limit allows, or longer.
func seldom(t *rapid.T, label, usual string, limit int) string {
	switch rapid.IntRange(0, 24).Draw(t, label) {
	case 0:
		return " "
	case 1:
		return strings.Repeat("ș", limit-1)
	case 2:
		return strings.Repeat("ș", limit)
	case 3:
		return strings.Repeat("ș", limit/2) + "  \t " + strings.Repeat("ș", (limit-1)/2)
	}
	return usual
}

func anyClient(t *rapid.T) model.Client {
	client := model.Client{
		Name: seldom(t, "name", "Atelier SRL", 201), Contact: seldom(t, "contact", "Ana Pop", 101),
		Country: rapid.SampledFrom([]string{"RO", "RO", "RO", "DE", "FR", "GR", "MC", "GB", "CH", "US"}).Draw(t, "country"),
		Private: rapid.IntRange(0, 3).Draw(t, "private") == 0,
		Street:  seldom(t, "street", "Str. Morii 14", 151), City: seldom(t, "city", "Cluj-Napoca", 51),
		PostalCode: rapid.SampledFrom([]string{"400001", "-", "010011"}).Draw(t, "postal code"),
		County:     rapid.SampledFrom([]string{"Cluj", "Caraș-Severin", "jud. Vâlcea", "CJ", "București", "Pest", ""}).Draw(t, "county"),
		VATNumber: rapid.SampledFrom([]string{
			"RO14399840", "14399840", "RO 12345678", "14399841", "19", "1630615123457", "1630615123458", "0000000000000", "",
			"DE136695976", "DE136695977", "FR83404833048", "EL094259216", "XI123456789", "CHE-123.456.789", "ROX",
		}).Draw(t, "number"),
	}
	client.Email = rapid.SampledFrom([]string{"", "ana@atelier.example", strings.Repeat("a", 95) + "@x.example"}).Draw(t, "e-mail")
	client.Phone = seldom(t, "phone", "0744111222", 101)
	if county, found := model.CountyNamed(client.County); found && county.Name == model.Bucharest {
		client.City = rapid.SampledFrom([]string{"Sector 3", "sect. 1", "București", "Sector 7"}).Draw(t, "sector")
	}
	return client
}
