package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/ui/uitest"
)

// The tax of a reason is asked once: the choice goes into the settings file, whose comments stay, and is known as chosen.
func TestNameTax(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "config.toml")
	if err := os.WriteFile(path, []byte("[invoice]\nvat_outside_eu = \"SDD\" # as the accountant said\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := openSession(t.Context(), Options{Now: uitest.Env(t.Context()).Now}, place{
		paths:   config.Paths{Settings: path, Ledger: filepath.Join(folder, "ledger.db")},
		secrets: config.Secrets{Getenv: func(string) string { return "" }, Keyring: config.NoKeyring{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	before, err := a.Preferences(t.Context())
	if err != nil || before.Issuer.NamesTax(model.ReasonReverseCharge) || !before.Issuer.NamesTax(model.ReasonOutsideEU) || !before.Issuer.NamesTax(model.ReasonDomestic) {
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
	text, err := os.ReadFile(path)
	if want := "vat_outside_eu = \"Scutit\" # as the accountant said"; err != nil || !strings.Contains(string(text), want) {
		t.Errorf("the file says %s, %v", text, err)
	}
}
