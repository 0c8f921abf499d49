package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"cadensa/model"
)

// The demo touches no network: it knows its own clients, and says so of all others.
func TestDemoAsksNoRegister(t *testing.T) {
	a := openDemo(t)
	record, err := a.Company(t.Context(), "RO99120340")
	if err != nil || record.Fill(model.Client{}).Name != "Atelier Cireș SRL" {
		t.Errorf("%+v, %v", record, err)
	}
	proof, err := a.VATNumber(t.Context(), "DE", "136695976")
	if err != nil || !proof.Valid {
		t.Errorf("%+v, %v", proof, err)
	}
	_, companyErr := a.Company(t.Context(), "14399840")
	_, numberErr := a.VATNumber(t.Context(), "DE", "123456789")
	for _, err := range []error{companyErr, numberErr} {
		if !errors.Is(err, model.ErrUnavailable) || errors.Is(err, model.ErrNotFound) || !strings.Contains(err.Error(), "demo") {
			t.Errorf("error %v", err)
		}
	}
}

// The settings say where the registers answer, and the account's own VAT number asks VIES.
func TestLookUpsGoWhereTheSettingsSay(t *testing.T) {
	asked := make(chan string, 2)
	service := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(request.Body)
		if err != nil {
			t.Error(err)
		}
		asked <- request.URL.Path + " " + string(body)
		if strings.HasPrefix(request.URL.Path, "/anaf") {
			answer.WriteHeader(http.StatusNotFound)
			fmt.Fprint(answer, `{"cod":200,"message":"SUCCESS","found":[],"notFound":[14399840]}`)
			return
		}
		fmt.Fprint(answer, `{"valid":true,"userError":"VALID","requestIdentifier":"WAPIAAAA1"}`)
	}))
	defer service.Close()
	settings := fmt.Sprintf("[smartbill]\ncif = \"RO4221306\"\n[registry]\nanaf_url = %q\nvies_url = %q\n", service.URL+"/anaf",
		service.URL+"/vies")
	a := openOver(t, t.TempDir(), settings, noon)
	if _, err := a.Company(t.Context(), "14399840"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("ANAF's word that there is none is %v", err)
	}
	if path := <-asked; !strings.HasPrefix(path, "/anaf/") {
		t.Errorf("ANAF was asked at %s", path)
	}
	proof, err := a.VATNumber(t.Context(), "DE", "136695976")
	if err != nil || proof.RequestID != "WAPIAAAA1" {
		t.Errorf("%+v, %v", proof, err)
	}
	if question := <-asked; !strings.HasPrefix(question, "/vies/") || !strings.Contains(question, "4221306") {
		t.Errorf("VIES was asked %s", question)
	}
}

// What Bill To shows is what the adapter writes: the sector, the county without diacritics, the code in the address.
func TestClientRequestIsTheAdaptersOwn(t *testing.T) {
	a := openDemo(t)
	body, err := a.ClientRequest(t.Context(), model.Buyer{SaveClient: true, Client: model.Client{
		Name: "Nord SRL", Country: "RO", Street: "Bd. Unirii 5", PostalCode: "030167", City: "3", County: "București", VATNumber: "ro 18547290",
	}})
	if err != nil {
		t.Fatal(err)
	}
	var client map[string]any
	if err := json.Unmarshal(body, &client); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"name": "Nord SRL", "vatCode": "RO18547290", "isTaxPayer": true, "address": "Bd. Unirii 5, 030167", "city": "Sector 3",
		"county": "Bucuresti", "country": "Romania", "saveToDb": true,
	} {
		if client[key] != want {
			t.Errorf("%s is %v, want %v", key, client[key], want)
		}
	}
}

func TestKeptClientIsRenamedAndForgotten(t *testing.T) {
	a := openDemo(t)
	for _, step := range []struct{ name, formerly, want string }{
		{"Nord SRL", "", "Nord SRL"}, {"Nord Est SRL", "Nord SRL", "Nord Est SRL"}, {"Nord Est SRL", "Nord Est SRL", "Nord Est SRL"},
	} {
		if err := a.KeepClient(t.Context(), model.Client{Name: step.name}, step.formerly); err != nil {
			t.Fatal(err)
		}
		if clients, err := a.Clients(t.Context()); err != nil || len(clients) != 1 || clients[0].Name != step.want {
			t.Errorf("after %+v the book has %v, %v", step, clients, err)
		}
	}
	if err := a.ForgetClient(t.Context(), "NORD EST SRL"); err != nil {
		t.Fatal(err)
	}
	if clients, err := a.Clients(t.Context()); err != nil || len(clients) != 0 {
		t.Errorf("the book has %v, %v", clients, err)
	}
}
