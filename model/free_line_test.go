package model_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

func TestFreeLinesAsTyped(t *testing.T) {
	for typed, want := range map[string]model.FreeLine{
		"Licence; 1; buc; 100.00":               {Name: "Licence", Quantity: amount("1"), Unit: model.UnitItem, Price: amount("100")},
		"Licence;1;ITEM;0":                      {Name: "Licence", Quantity: amount("1"), Unit: model.UnitItem, Price: amount("0")},
		" Ședințe \t ; 0,3333 ; Ora ; 1,687.5 ": {Name: "Ședințe", Quantity: amount("0.3333"), Unit: model.UnitHour, Price: amount("1687.5")},
		`"One; two"; 0.333333; zi; 0.0375; "Cluj; back"`: {
			Name: "One; two", Details: "Cluj; back", Quantity: amount("0.333333"), Unit: model.UnitDay, Price: amount("0.0375"),
		},
		"Book; 1; buc; 80; ; 11%":         {Name: "Book", Quantity: amount("1"), Unit: model.UnitItem, Price: amount("80"), VAT: model.ReasonReduced},
		"Book; 1; buc; 80; ; 21":          {Name: "Book", Quantity: amount("1"), Unit: model.UnitItem, Price: amount("80"), VAT: model.ReasonStandard},
		"Book; 1; buc; 80; Paper; ":       {Name: "Book", Details: "Paper", Quantity: amount("1"), Unit: model.UnitItem, Price: amount("80")},
		"Course; 2; zi; 900; ; Education": {Name: "Course", Quantity: amount("2"), Unit: model.UnitDay, Price: amount("900"), VAT: model.ReasonEducation},
		"A\x1b[31m; 2; day; 1;":           {Name: "A[31m", Quantity: amount("2"), Unit: model.UnitDay, Price: amount("1")},
	} {
		got, err := model.ParseFreeLine(typed)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%q: %v (-want +got):\n%s", typed, err, diff)
		}
	}
	for typed, words := range map[string]string{
		"": "NAME; QUANTITY", "Licence; 1; buc": "NAME; QUANTITY", "Licence; 1; buc; 1; x; reduced; y": "NAME; QUANTITY", `"Licence; 1; buc; 1`: "NAME; QUANTITY",
		"; 1; buc; 1": "a name", "-; 1; buc; 1": "a name",
		"Licence; 0; buc; 1": "Licence needs a number other than 0", "Licence; 0.3333333; buc; 1": "at most 6 decimals",
		"Book; 1; buc; 1; ; 9%": "a VAT that is a rate of the law", "Book; 1; buc; 1; ; 0%": "a VAT", "Book; 1; buc; 1; ; reverse-charge": "a VAT",
		"Licence; 1; litre; 1": "a unit", "Licence; 1; ; 1": "a unit", "Licence; 1; buc; -1": "a price", "Licence; 1; buc; 1e3": "a price",
	} {
		if line, err := model.ParseFreeLine(typed); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%q gives %+v, %v; want %q", typed, line, err, words)
		}
	}
}

// What is taken stands on an invoice without a failure of its own.
func FuzzParseFreeLine(f *testing.F) {
	for _, seed := range []string{"Licence; 1; buc; 100.00", `"a;b"; 0.5; zi; 1,5; c`, "; ; ;", "x;1;ora;0.0001", "x;1;ora;1;;11%", "x;1;ora;1;;exempt"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		line, err := model.ParseFreeLine(typed)
		if err != nil {
			return
		}
		line.ID = 1
		p := preparation()
		p.Hours, p.Free = nil, []model.FreeLine{line}
		invoice, err := p.Invoice()
		if err != nil {
			t.Fatal(err)
		}
		for _, finding := range invoice.Validate().Errors() {
			if strings.HasPrefix(finding.Field, "lines") {
				t.Errorf("%q: %s", typed, finding.Code)
			}
		}
	})
}

// The currency that was chosen holds for lines that name none, and converts nothing.
func TestCurrencyThatWasChosen(t *testing.T) {
	p := preparation()
	p.Edits.Currency = "EUR"
	p.Free = []model.FreeLine{{ID: 1, Name: "Licence", Quantity: amount("1"), Unit: model.UnitItem, Price: amount("10")}}
	invoice := prepared(t, p)
	if invoice.Currency != "EUR" || invoice.Lines[2].Currency != "EUR" {
		t.Errorf("the invoice is in %s, its free line in %s", invoice.Currency, invoice.Lines[2].Currency)
	}
	found(t, invoice.Validate(), "lines", model.FindingSeveralCurrencies, "")
	p.Hours = nil
	if invoice = prepared(t, p); invoice.Currency != "EUR" {
		t.Errorf("without hours it is in %s", invoice.Currency)
	}
}
