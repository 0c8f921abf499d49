package model_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/taxid"
)

func TestReferencesArePrintedBehindTheirWord(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "Ref: CAD-7F3K4Q": 1, "ref : cad- 7f3\nK4Q": 1, "Ref: CAD-7F3K4Q, Ref: CAD-7F3K4Q": 1, "Ref: CAD-7F3K4Q Ref: CAD-AAAAAA": 2,
		// Words of a document may look like a reference.
		"CAD-CENTER": 0, "CAD-7F3K4Q": 0, "Proiectare CAD-FREEMAN": 0, "Ref: CAD-7F3": 0, "Ref: CAD-B00SLI": 0,
	} {
		if got := model.PrintedReferences(text); len(got) != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestClientIsNamedByNameOrTaxNumber(t *testing.T) {
	client := model.Client{Name: "Brutăria Morii SRL", VATNumber: "RO14399840"}
	for text, want := range map[string]bool{
		"Client: BRUTARIA MORII S.R.L.": false, "Client: brutaria\nmorii srl": true, "Brutăria  Morii SRL": true,
		"CIF: RO 14399840": true, "CUI 14.399.840": true, "1439984": false, "Alt client SRL": false, "": false,
	} {
		if got := model.MentionsClient(text, client); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	for _, nothing := range []model.Client{{}, {Name: "ING"}, {VATNumber: "12"}, {VATNumber: taxid.AnonymousCNP}} {
		if model.MentionsClient("ING 12 0000000000000", nothing) {
			t.Errorf("%+v is named by chance", nothing)
		}
	}
}

func TestAmountIsShownInAnyWriting(t *testing.T) {
	amount := decimal.RequireFromString("1210")
	for text, want := range map[string]bool{
		"Total 1210.00": true, "Total: 1.210,00 RON": true, "1,210.00": true, "1 210,00": true, "-1.210,00": true,
		"1210": false, "11210.00": false, "1.121,00": false, "21.210,00": false, "121 0,00 lei": true, "": false,
	} {
		if got := model.MentionsAmount(text, amount); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if model.MentionsAmount("Total 1.121,00", decimal.RequireFromString("121")) {
		t.Error("the end of an amount is taken for it")
	}
}

func TestTypedTextIsFoundAsItIsPrinted(t *testing.T) {
	for typed, want := range map[string]bool{"Moara Noua": true, "moara nouă srl": true, "RO14399840": true, "a": false, "": false, " ": false, "ING": false} {
		if got := model.MentionsText("Cumpărător: Moara Nouă SRL, RO14399840", typed); got != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

func TestNumbersOfDocuments(t *testing.T) {
	for text, want := range map[string]bool{
		"1": true, "0001": true, "12345678901234567890": true, "": false, "123456789012345678901": false, "-1": false, "+1": false, "1a": false,
		"../1": false, "1 2": false, "１": false,
	} {
		if got := model.IsDocumentNumber(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
