package config

import (
	"strings"
	"testing"

	"cadensa/model/netsafe"
)

// The registers are public, but an answer that was forged on its way would end on an invoice.
func TestAddressesOfTheRegisters(t *testing.T) {
	settings, err := Load(write(t, "[registry]\nanaf_url = \"http://127.0.0.1:8080/anaf/\"\nbnr_url = \"https://rates.example.com/bnr/\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := Registry{ANAFURL: "http://127.0.0.1:8080/anaf", VIESURL: netsafe.VIESURL, BNRURL: "https://rates.example.com/bnr"}
	if settings.Registry != want {
		t.Errorf("registry %+v, want %+v", settings.Registry, want)
	}
	for _, line := range []string{`vies_url = "http://example.com"`, `anaf_url = "example"`, `bnr_url = "http://example.com"`} {
		_, err := Load(write(t, "[registry]\n"+line+"\n"))
		key, _, _ := strings.Cut(line, " ")
		if err == nil || !strings.Contains(err.Error(), "line 2") || !strings.Contains(err.Error(), "registry."+key) {
			t.Errorf("%s: error %v", line, err)
		}
	}
}
