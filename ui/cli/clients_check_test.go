package cli_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// particular is a client with everything of its own.
const particular = `[{"name":"Fjord; \"Nord\" AS","contact":"Åse","email":"","country":"DE","street":"Hafenweg 3","postal_code":"20457",
"city":"Köln",
"county":"","vat_number":"DE136695976","private":false,"tracker_names":["fjord*","nord","Fjord; Oslo, \"N\""],"payment_terms_days":0,
"currency":"EUR",
"language":"DE","vat_reason":"reverse-charge","note":"Vertrag 7, größte Sorgfalt","price":"850.50","unit":"day","rounding_step":"15m",
"rounding_direction":"nearest","rounding_minimum":"30","rounding_scope":"line","day_thresholds":"0.5 from 1s, 1 from 5h30m",
"supply_date":"report","quantity_decimals":4,
"trade_register":"HRB 12345","phone":"+49 40 123456","iban":"DE89370400440532013000","bank":"Hanse; Bank","delegate":"Jan Petersen",
"delegate_identity_card":"L01X00T47","delegate_car":"HH AB 123"}]`

func TestClientsTravelThroughCSV(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.stdin = particular
	h.succeed(t, "clients", "import", "-")
	exported := h.succeed(t, "clients", "export")
	sheet := h.succeed(t, "clients", "export", "--csv")
	if listed := h.succeed(t, "clients", "list", "--csv"); listed != sheet || h.succeed(t, "clients", "--csv") != sheet {
		t.Error("the list as CSV is not what is exported")
	}
	if header, _, _ := strings.Cut(sheet, "\n"); header != "name,contact,email,country,street,postal_code,city,county,vat_number,private,"+
		"tracker_names,payment_terms_days,currency,language,vat_reason,note,price,unit,rounding_step,rounding_direction,"+
		"rounding_minimum,rounding_scope,day_thresholds,supply_date,quantity_decimals,trade_register,phone,iban,bank,delegate,"+
		"delegate_identity_card,delegate_car" {
		t.Errorf("header %s", header)
	}
	other := newHarness(t)
	other.succeed(t, "clients", "import", other.write(t, "clients.csv", "\ufeff"+sheet))
	if diff := cmp.Diff(exported, other.succeed(t, "clients", "export")); diff != "" {
		t.Errorf("through CSV it becomes (-want +got):\n%s", diff)
	}
	h.fail(t, 2, []string{"exclude"}, "clients", "--csv", "--json")
}

func TestSpreadsheetsSemicolonsAreRead(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.write(t, "book.csv", "Name;Country;Street;Postal_Code;City;Private;payment_terms_days\r\n"+
		"Nordlicht;DE;Hafenweg 3, Hof;20457;Hamburg;false;14\r\nIrina;DE;Weg 1;1;Bonn;perhaps;\r\nLang;DE;Weg 1;1;Bonn;true;;;\r\nOla;DE;Weg "+
		"1;1;Bonn;true;soon\r\n")
	h.fail(t, 0, []string{`row 2: "Irina": error: private cannot be "perhaps"`, "row 3: it has 9 fields",
		`row 4: "Ola": error: payment_terms_days cannot be "soon"`, "3 of 4"},
		"clients", "import", h.path("book.csv"))
	client := decoded[object](t, h.succeed(t, "clients", "show", "Nordlicht", "--json"))
	if client["street"] != "Hafenweg 3, Hof" || client["payment_terms_days"] != 14.0 {
		t.Errorf("it became %v", client)
	}
	for name, content := range map[string]string{
		"unknown column": "name,fax\nNordlicht,1\n", "no name": "country\nDE\n", "torn quotes": "name\n\"Nordlicht\n",
	} {
		t.Run(name, func(t *testing.T) {
			h.fail(t, 1, []string{"read clients"}, "clients", "import", h.write(t, "bad.csv", content))
		})
	}
}

func TestClientsAreShownWithTheirDefaults(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.stdin = particular
	h.succeed(t, "clients", "import", "-")
	data := h.succeed(t, "clients", "show", "fjord 9")
	for _, text := range []string{"pays within        0 days", "currency           EUR", "VAT                reverse-charge",
		"Vertrag 7, größte Sorgfalt", "costs              850.50 a day (0.5 from 1s, 1 from 5h30m)"} {
		if !strings.Contains(data, text) {
			t.Errorf("%q is not shown in\n%s", text, data)
		}
	}
}

// The contract of scripts: every client by name, and of each finding these three and no more.
func TestCheckNamesFieldRuleAndCure(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.stdin = `[{"name":"Slip SRL","country":"RO","street":"Str. Morii 14","postal_code":"010061","city":"Sector 2","county":"București",
"vat_number":"RO18547291"}]`
	h.succeed(t, "clients", "import", "-")
	checked := decoded[[]object](t, h.succeed(t, "clients", "check", "--json"))
	if diff := cmp.Diff([]string{"Slip SRL", moriiClient, nordClient}, values(checked, "name")); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	want := []any{
		map[string]any{"field": "postal_code", "rule": "postal code",
			"message": "this is a postal code of Sector 1; check the code or the sector"},
		map[string]any{"field": "vat_number", "rule": "CUI", "message": "the check digit of this CUI is wrong, and ANAF will reject the invoice: look for a typing slip"},
	}
	if diff := cmp.Diff(want, checked[0]["findings"]); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{}, checked[1]["findings"]); diff != "" {
		t.Errorf("findings of a good client (-want +got):\n%s", diff)
	}
	for _, client := range checked {
		checkKeys(t, client, "name", "findings")
	}
	people := h.succeed(t, "clients", "check")
	for _, text := range []string{"! Slip SRL", "warning: vat_number: the check digit", "(CUI)", "✓ " + moriiClient} {
		if !strings.Contains(people, text) {
			t.Errorf("%q is not in\n%s", text, people)
		}
	}
	if data := newHarness(t).succeed(t, "clients", "check", "--json"); data != "[]\n" {
		t.Errorf("an empty book is checked as %q", data)
	}
}

// A list may be seen by others; a personal code is for the invoice only.
func TestPersonalCodesAreNotListed(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.stdin = `[{"name":"Irina Manea","country":"RO","street":"Str. Mare 1","postal_code":"700001","city":"Iași","county":"Iași",
"vat_number":"1630615123457","private":true}]`
	h.succeed(t, "clients", "import", "-")
	if data := h.succeed(t, "clients"); strings.Contains(data, "1630615123457") || !strings.Contains(data, "Irina Manea") {
		t.Errorf("the list is\n%s", data)
	}
}

// A file may have a client twice, written differently: the last row holds, as a later file would.
func TestAClientThatStandsTwiceIsTakenOnce(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.stdin = "name,country,street,postal_code,city\nBrisk Kft,HU,Fő utca 3,1011,Budapest\nNordlicht,DE,Weg 1,1,Bonn\nBRISK  kft,HU,Másik " +
		"utca 9,1012,Győr\n"
	h.fail(t, 0, []string{`row 1: "BRISK kft" stands again in row 3`, "2 of 3 clients taken in"}, "clients", "import", "-")
	if streets := values(decoded[[]object](t, h.succeed(t, "clients", "--json")), "street"); !cmp.Equal(streets,
		[]string{"Weg 1", "Másik utca 9"}) {
		t.Errorf("the book has %v", streets)
	}
}

// A note fits by itself and not beside the words that the law wants: no invoice to this client could be issued.
func TestANoteWithoutRoomIsFound(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.stdin = strings.Replace(particular, "Vertrag 7, größte Sorgfalt", strings.Repeat("Vertrag 7 ", 20), 1)
	h.succeed(t, "clients", "import", "-")
	told := h.fail(t, 1, []string{"not every client"}, "clients", "check")
	if !strings.Contains(told, "error: note: the note has 199 characters; beside the words that the law wants e-Factura has room for") {
		t.Errorf("it says\n%s", told)
	}
}
