package app

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cadensa/model"
)

// otherAccount writes its numbers without zeros, and its PDFs are pictures.
type otherAccount struct{}

func (otherAccount) Simulated() bool { return false }

func (otherAccount) Look(_ context.Context, path string, query url.Values) (model.Reading, error) {
	switch exists := query.Get("number") == "23" && query.Has("seriesname"); {
	case path == pathStatus && exists:
		return model.Reading{Path: path, Status: http.StatusOK, Body: []byte(`{"errorText":"","invoiceTotalAmount":"119.79"}`)}, nil
	case path == pathStatus:
		return model.Reading{Path: path, Status: http.StatusBadRequest, ErrorText: "Factura nu a fost gasita"}, nil
	case exists:
		return model.Reading{Path: path, Status: http.StatusOK, Form: "PDF", Body: []byte("%PDF-1.4 a picture")}, nil
	}
	return model.Reading{Path: path, Status: http.StatusBadGateway, Form: "HTML"}, nil
}

// mark shows whether a check passed.
func mark(f Finding) string {
	if f.OK == nil {
		return "?"
	}
	return map[bool]string{true: "✓", false: "✗"}[*f.OK]
}

func TestAccountOfAnotherSort(t *testing.T) {
	t.Parallel()
	var told []string
	check := &accountCheck{reader: otherAccount{}, tell: func(f Finding) { told = append(told, mark(f)+" "+f.Check) }}
	number, text := check.numbers(t.Context(), "FCT", 24)
	want := []string{"✓ " + absentStatus.check, "✓ " + absentPDF.check, "✓ " + lastStatus.check, "✓ " + misspelt.check,
		"✗ " + fourDigits.check, "✗ " + lastPDF.check}
	if strings.Join(told, "\n") != strings.Join(want, "\n") || number != "23" || text != "" || check.outcome() == nil {
		t.Errorf("number %q, text %q, outcome %v:\n%s", number, text, check.outcome(), strings.Join(told, "\n"))
	}
}

func TestMaskedTexts(t *testing.T) {
	t.Parallel()
	secrets := []string{"office@sandbox.example", "RO18547290", "FCT", ""}
	for text, want := range map[string]string{
		"Factura nu a fost gasita":                                    "Factura nu a fost gasita",
		"Factura cu seria si numarul FCT0023 nu a fost gasita!":       "Factura cu seria si numarul …#### nu a fost gasita!",
		"Ciful clientului de pe factura fac3802 difera":               "… clientului de pe factura fac#### difera",
		"Nu s-a gasit casa de marcat pentru userul Ana ana@x.example": "Nu s-a gasit casa de marcat pentru userul … …",
		"Produsul Țesături (Livada SRL) nu are codul":                 "Produsul … … … nu are codul",
		"Internal Server Error!":                                      "Internal Server Error!",
		"dupa 10 min de la momentul blocarii 24/05/2026 09:32:48":     "dupa ## min de la momentul blocarii ##/##/#### ##:##:##",
		"firma RO18547290 a userului office@sandbox.example":          "firma … a userului …",
	} {
		if got := masked(text, secrets); got != want {
			t.Errorf("%q is told as %q, want %q", text, got, want)
		}
	}
	for kind, want := range map[string]string{"application/json": "application/json", "": "of no type", "text/Livada 12": hidden,
		"Livada": hidden} {
		if got := maskedType(kind); got != want {
			t.Errorf("%q is told as %q", kind, got)
		}
	}
}
