package registry_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

const viesValid = `{"countryCode":"EL","vatNumber":"094501040","requestDate":"2026-11-22T12:00:00.544Z","valid":true,` +
	`"requestIdentifier":"WAPIAAAAaDxc","name":"MOARA AE","address":"ODOS 1\n11526 - ATHINA","traderName":"---"}`

func TestVATNumberIsProved(t *testing.T) {
	vies := newHarness(t, says(200, viesValid))
	registers := vies.registers(t, withRequester("RO 14399840"))
	proof, err := registers.VATNumber(t.Context(), "GR", "gr 094.501.040")
	if err != nil {
		t.Fatal(err)
	}
	want := model.VATProof{
		Country: "EL", Number: "094501040", Valid: true, Name: "MOARA AE", Address: "ODOS 1 11526 - ATHINA", RequestID: "WAPIAAAAaDxc",
		Asked: noon,
	}
	if diff := cmp.Diff(want, proof); diff != "" {
		t.Error(diff)
	}
	asked := []question{{
		path: "POST /vies/check-vat-number", contentType: "application/json", agent: "Mozilla/5.0 (compatible; cadensa)",
		body: `{"countryCode":"EL","vatNumber":"094501040","requesterMemberStateCode":"RO","requesterNumber":"14399840"}`,
	}}
	if diff := cmp.Diff(asked, vies.questions(), cmp.AllowUnexported(question{})); diff != "" {
		t.Error(diff)
	}
}

func TestVIESAnswers(t *testing.T) {
	tests := map[string]struct {
		answer string
		want   model.VATProof
	}{
		"valid, nothing told": {`{"valid":true,"name":"---","address":"---","requestIdentifier":""}`, model.VATProof{Valid: true}},
		"invalid":             {`{"valid":false,"name":"---","address":"---"}`, model.VATProof{}},
		"invalid by word":     {`{"valid":false,"userError":"INVALID","name":"---"}`, model.VATProof{}},
		"other form, valid":   {`{"isValid":true,"userError":"VALID","name":"MÜHLE"}`, model.VATProof{Valid: true, Name: "MÜHLE"}},
		"other form, invalid": {`{"isValid":false,"userError":"INVALID"}`, model.VATProof{}},
		"action succeeded":    {`{"actionSucceed":true,"valid":true,"errorWrappers":[]}`, model.VATProof{Valid: true}},
		"controls": {`{"valid":true,"name":"M\u001b[1mÜ\u202eHLE\u0007","address":null}`,
			model.VATProof{Valid: true, Name: "M[1mÜHLE"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			proof, err := newHarness(t, says(200, test.answer)).registers(t).VATNumber(t.Context(), "DE", "DE136695976")
			if err != nil {
				t.Fatal(err)
			}
			test.want.Country, test.want.Number, test.want.Asked = "DE", "136695976", noon
			if diff := cmp.Diff(test.want, proof); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Whatever VIES says beside its two verdicts, "valid": false among it, the number is not called invalid.
func TestVIESOutages(t *testing.T) {
	broken := outages()
	broken["no verdict"] = says(200, `{"countryCode":"DE","name":"---"}`)
	broken["verdict of a word"] = says(200, `{"valid":"perhaps"}`)
	broken["verdict of an object"] = says(200, `{"valid":{"valid":false}}`)
	broken["verdict of null"] = says(200, `{"valid":null}`)
	broken["contradiction of valid"] = says(200, `{"valid":true,"userError":"INVALID"}`)
	broken["contradiction"] = says(200, `{"isValid":false,"userError":"VALID"}`)
	broken["verdict with 500"] = says(500, `{"valid":false}`)
	broken["action failed"] = says(200, `{"actionSucceed":false,"valid":false}`)
	broken["failure without one"] = says(200, `{"valid":false,"errorWrappers":[{}]}`)
	for _, code := range []string{
		"MS_UNAVAILABLE", "MS_MAX_CONCURRENT_REQ", "MS_MAX_CONCURRENT_REQ_TIME", "GLOBAL_MAX_CONCURRENT_REQ",
		"GLOBAL_MAX_CONCURRENT_REQ_TIME", "SERVICE_UNAVAILABLE", "TIMEOUT", "INVALID_INPUT", "INVALID_REQUESTER_INFO", "VAT_BLOCKED",
		"IP_BLOCKED", "SERVER_BUSY", "NEVER_SEEN",
	} {
		broken["code "+code] = says(200, `{"isValid":false,"userError":"`+code+`","name":"---"}`)
		broken["wrapped code "+code] = says(400, `{"actionSucceed":false,"errorWrappers":[{"error":"`+code+`","message":"x"}]}`)
	}
	for name, answer := range broken {
		t.Run(name, func(t *testing.T) {
			vies := newHarness(t, answer)
			proof, err := vies.registers(t).VATNumber(t.Context(), "DE", "DE136695976")
			assertDown(t, err, "VIES")
			if _, code, _ := strings.Cut(name, "code "); code != "" && !strings.Contains(err.Error(), "("+code+")") {
				t.Errorf("%q does not tell %s", err, code)
			}
			if diff := cmp.Diff(model.VATProof{}, proof); diff != "" {
				t.Error(diff)
			}
			if asked := vies.questions(); len(asked) != 1 {
				t.Errorf("asked %d times", len(asked))
			}
		})
	}
}

// An asker whom VIES does not know gets an answer all the same, without a consultation number.
func TestUnknownRequesterIsLeftOut(t *testing.T) {
	vies := newHarness(t,
		says(200, `{"actionSucceed":false,"errorWrappers":[{"error":"INVALID_REQUESTER_INFO"}]}`),
		says(200, `{"valid":true,"name":"MÜHLE"}`),
	)
	registers := vies.registers(t, withRequester("RO14399840"))
	proof, err := registers.VATNumber(t.Context(), "DE", "136695976")
	if err != nil || !proof.Valid || proof.RequestID != "" {
		t.Fatalf("%+v, %v", proof, err)
	}
	if asked := vies.questions(); len(asked) != 2 || strings.Contains(asked[1].body, "requester") {
		t.Errorf("asked %v", asked)
	}
}

func TestRequesterMustBeAVATNumber(t *testing.T) {
	for _, number := range []string{"", "14399840", "RO", "US123456"} {
		vies := newHarness(t, says(200, `{"valid":true}`))
		registers := vies.registers(t, withRequester(number))
		if _, err := registers.VATNumber(t.Context(), "DE", "136695976"); err != nil {
			t.Fatal(err)
		}
		if asked := vies.questions(); strings.Contains(asked[0].body, "requester") {
			t.Errorf("%q asks as %s", number, asked[0].body)
		}
	}
}

func TestNoVATNumberAsksNothing(t *testing.T) {
	vies := newHarness(t, says(200, viesValid))
	for _, test := range []struct{ country, number string }{
		{"US", "123456789"}, {"GB", "GB123456789"}, {"DE", ""}, {"DE", "DE"}, {"DE", "ATU13585627"}, {"", "DE136695976"}, {"DE", `1"2`},
	} {
		if _, err := vies.registers(t).VATNumber(t.Context(), test.country, test.number); !errors.Is(err, model.ErrInvalidField) {
			t.Errorf("%s %s: %v", test.country, test.number, err)
		}
	}
	if asked := vies.questions(); len(asked) > 0 {
		t.Errorf("asked %v", asked)
	}
}

func TestNorthernIrishNumberIsAskedAsXI(t *testing.T) {
	vies := newHarness(t, says(200, `{"valid":true}`))
	proof, err := vies.registers(t).VATNumber(t.Context(), "GB", "XI 123456789")
	if err != nil || proof.String() != "XI123456789" {
		t.Errorf("%s, %v", proof, err)
	}
}
