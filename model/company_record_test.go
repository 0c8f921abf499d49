package model_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

func TestCompanyRecordFillsAClient(t *testing.T) {
	record := model.CompanyRecord{
		CUI: "14399840", PaysVAT: true, Name: "MORII ȘI FIII SRL", Street: "Str. Morii 14", City: "Sector 2", County: model.Bucharest,
	}
	client := model.Client{Name: "morii", Email: "ana@morii.example", Country: "DE", Private: true, PostalCode: "400001", City: "Cluj"}
	want := model.Client{
		Name: "MORII ȘI FIII SRL", Email: "ana@morii.example", Country: "RO", Street: "Str. Morii 14", PostalCode: "400001",
		City: "Sector 2", County: model.Bucharest, VATNumber: "RO14399840",
	}
	if diff := cmp.Diff(want, record.Fill(client)); diff != "" {
		t.Error(diff)
	}
	record.PaysVAT = false
	if got := record.Fill(client); got.VATNumber != "14399840" || got.PaysVAT() {
		t.Errorf("who pays no VAT has the number %s", got.VATNumber)
	}
	if got := (model.CompanyRecord{}).Fill(want); got.VATNumber != want.VATNumber || got.Name != want.Name {
		t.Errorf("a record that knows nothing changed the client: %+v", got)
	}
}

func TestCompanyRecordWarns(t *testing.T) {
	day := model.NewDate(2020, time.December, 2)
	for want, record := range map[string]model.CompanyRecord{
		"": {Name: "Morii SRL", InactiveSince: day},
		"this company is inactive since 2020-12-02: it cannot deduct the VAT of an invoice": {Inactive: true, InactiveSince: day},
		"this company is inactive: it cannot deduct the VAT of an invoice":                  {Inactive: true},
		"this company was struck off on 2020-12-02: it cannot be invoiced any more":         {Inactive: true, Removed: true, RemovedOn: day},
		"this company was struck off: it cannot be invoiced any more":                       {Removed: true},
	} {
		if got := record.Warning(); got != want {
			t.Errorf("warns %q, want %q", got, want)
		}
	}
}

func TestVATProofNamesItsNumber(t *testing.T) {
	if got := (model.VATProof{Country: "EL", Number: "094501040"}).String(); got != "EL094501040" {
		t.Errorf("the number is %s", got)
	}
}

func TestTheSectorComesFromThePostalCode(t *testing.T) {
	record := model.CompanyRecord{CUI: "14399840", Name: "Foișor SRL", City: "București", County: model.Bucharest, PostalCode: "030011"}
	if got := record.Fill(model.Client{}); got.City != "Sector 3" || got.County != model.Bucharest {
		t.Errorf("it lies in %q, %q", got.City, got.County)
	}
	record.City, record.County, record.PostalCode = "Dej", "", "405200"
	if got := record.Fill(model.Client{}); got.City != "Dej" || got.County != "Cluj" {
		t.Errorf("it lies in %q, %q", got.City, got.County)
	}
}
