package registry_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"cadensa/model"
	"cadensa/model/registry"
)

// told returns registers for which every answer is the body.
func told(t *testing.T, body string) *registry.Registers {
	registers, err := registry.New(registry.Options{Transport: answering(body, func() {})})
	if err != nil {
		t.Fatal(err)
	}
	return registers
}

func assertPlain(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) || strings.ContainsAny(text, "\u202e\u2066\ufeffşţ") ||
			text != strings.TrimSpace(text) {
			t.Errorf("%q is not plain", text)
		}
	}
}

func FuzzANAFAnswer(f *testing.F) {
	for _, seed := range []string{
		`{"cod":200,"found":[{"date_generale":{"cui":14399840,"denumire":"MORII ŞI FIII","adresa":"JUD. ILFOV, SAT ROŞU, COM. CHIAJNA, STR. X"}}]}`,
		`{"found":[{"date_generale":{"cui":"14399840","denumire":"\u001b[2J"},"adresa_sediu_social":{"sdenumire_Localitate":"Sector 1 Mun. Bucureşti","scod_JudetAuto":"B","scod_Postal":60787}}]}`,
		`{"found":[],"notFound":[{"cui":14399840}]}`, wall, `{"found":{}}`, `[`, "", "null", `{"found":[null]}`,
		`{"found":[{"date_generale":{"cui":14399840,"denumire":"A","stare_inregistrare":"RADIERE din data 29.03.2024"},"adresa_sediu_social":{"sdenumire_Localitate":"com. , sat."}}]}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		record, err := told(t, body).Company(context.Background(), "14399840")
		if err != nil {
			if !errors.Is(err, model.ErrNotFound) && !errors.Is(err, model.ErrUnavailable) {
				t.Errorf("%v is neither a negative answer nor an outage", err)
			}
			assertPlain(t, err.Error())
			return
		}
		if record.Name == "" || record.CUI != "14399840" {
			t.Errorf("no company: %+v", record)
		}
		if _, known := model.CountyNamed(record.County); record.County != "" && !known {
			t.Errorf("no county: %s", record.County)
		}
		if record.PostalCode != "" && len(record.PostalCode) != 6 {
			t.Errorf("no postal code: %s", record.PostalCode)
		}
		assertPlain(t, record.Name, record.Street, record.City, record.PostalCode, record.TradeRegister)
	})
}

func FuzzVIESAnswer(f *testing.F) {
	for _, seed := range []string{
		viesValid, `{"valid":false,"name":"---"}`, `{"isValid":false,"userError":"MS_UNAVAILABLE"}`, wall, "", "[]",
		`{"actionSucceed":false,"errorWrappers":[{"error":"\u001b]0;x\u0007"}]}`, `{"valid":"true","name":7}`,
		`{"errorWrappers":["X"],"valid":false}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		proof, err := told(t, body).VATNumber(context.Background(), "DE", "DE136695976")
		if err != nil {
			if !errors.Is(err, model.ErrUnavailable) || proof.Number != "" {
				t.Errorf("%v with %+v", err, proof)
			}
			assertPlain(t, err.Error())
			return
		}
		if !proof.Valid && !strings.Contains(strings.ToLower(body), "false") {
			t.Errorf("called invalid by %q", body)
		}
		assertPlain(t, proof.Name, proof.Address, proof.RequestID)
	})
}
