package app

import (
	"errors"
	"os"
	"strings"
	"testing"

	"cadensa/model"
)

// The tax of a reason is asked once: the choice goes into the settings file, whose comments stay, and is known as chosen.
func TestNameTax(t *testing.T) {
	a := openOver(t, t.TempDir(), "[invoice]\nvat_outside_eu = \"SDD\" # as the accountant said\n", noon)
	before, err := a.Preferences(t.Context())
	if err != nil || before.Issuer.NamesTax(model.ReasonReverseCharge) || !before.Issuer.NamesTax(model.ReasonOutsideEU) ||
		!before.Issuer.NamesTax(model.ReasonDomestic) {
		t.Errorf("chosen before: %+v, %v", before.Issuer, err)
	}
	after, err := a.NameTax(t.Context(), model.ReasonReverseCharge, "taxare inversă")
	if err != nil || !after.Issuer.NamesTax(model.ReasonReverseCharge) || after.Issuer.ReverseChargeRate != "Taxare inversa" {
		t.Errorf("chosen: %+v, %v", after.Issuer, err)
	}
	if after, err = a.NameTax(t.Context(), model.ReasonOutsideEU, "Scutit"); err != nil || after.Issuer.OutsideRate != "Scutit" {
		t.Errorf("chosen: %+v, %v", after.Issuer, err)
	}
	if _, err := a.NameTax(t.Context(), model.ReasonOutsideEU, "Normala"); !errors.Is(err, model.ErrVATRateMissing) {
		t.Errorf("a tax of 21 %% was taken: %v", err)
	}
	if _, err := a.NameTax(t.Context(), model.ReasonDomestic, "SDD"); !errors.Is(err, model.ErrInvalidField) {
		t.Errorf("a tax was named for Romanian clients: %v", err)
	}
	text, err := os.ReadFile(a.SettingsFile())
	if want := "vat_outside_eu = \"Scutit\" # as the accountant said"; err != nil || !strings.Contains(string(text), want) {
		t.Errorf("the file says %s, %v", text, err)
	}
}
