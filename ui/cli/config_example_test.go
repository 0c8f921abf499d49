package cli

import (
	"os"
	"path/filepath"
	"testing"

	"cadensa/model/config"
)

// TestTheFileToBeginWithIsNobodys keeps the example's account, files and prices out of the user's settings.
func TestTheFileToBeginWithIsNobodys(t *testing.T) {
	example, err := os.ReadFile("../../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, toBeginWith(example), 0o600); err != nil {
		t.Fatal(err)
	}
	settings, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if settings.SmartBill.Email != "" || settings.SmartBill.CIF != "" || len(settings.Sources) > 0 || len(settings.Rules) > 0 {
		t.Errorf("it begins with %+v", settings)
	}
	if settings.Invoice.Series != "FCT" {
		t.Errorf("the defaults are gone: %+v", settings.Invoice)
	}
}
