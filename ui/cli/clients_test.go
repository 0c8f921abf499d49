package cli_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var clientKeys = []string{
	"name", "contact", "email", "country", "street", "postal_code", "city", "county", "vat_number", "private", "tracker_names",
}

func TestClientsComeAndGoAsJSON(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	if data := h.succeed(t, "clients", "--json"); data != "[]\n" {
		t.Errorf("an empty address book is %q", data)
	}
	taken := decoded[[]object](t, h.succeed(t, "clients", "import", h.path("clients.json"), "--json"))
	exported := h.succeed(t, "clients", "export")
	clients := decoded[[]object](t, exported)
	if diff := cmp.Diff(taken, clients); diff != "" {
		t.Errorf("what was taken in is not what is given out (-in +out):\n%s", diff)
	}
	for _, client := range clients {
		checkKeys(t, client, clientKeys...)
	}
	if diff := cmp.Diff([]string{moriiClient, nordClient}, values(clients, "name")); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	if country := clients[0]["country"]; country != "RO" {
		t.Errorf("the country is %q", country)
	}
	for _, command := range [][]string{{"clients", "--json"}, {"clients", "list", "--json"}} {
		if data := h.succeed(t, command...); data != exported {
			t.Errorf("%q prints another list than export", command)
		}
	}
	other := newHarness(t)
	other.stdin = exported
	other.succeed(t, "clients", "import", "-")
	if data := other.succeed(t, "clients", "export"); data != exported {
		t.Errorf("through standard input it becomes\n%s", data)
	}
}

func TestClientsForPeople(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	for _, command := range [][]string{{"clients"}, {"clients", "list"}, {"clients", "show", "Morii"},
		{"clients", "show", "brutaria morii srl"}, {"clients", "show", "BRUT"}, {"clients", "show", "14399840"},
		{"clients", "show", "ro 14399840"}} {
		data := h.succeed(t, command...)
		for _, text := range []string{moriiClient, "Cluj-Napoca", "RO14399840", "Morii*"} {
			if !strings.Contains(data, text) {
				t.Errorf("%q does not show %q:\n%s", command, text, data)
			}
		}
	}
	client := decoded[object](t, h.succeed(t, "clients", "show", "Nordlicht", "--json"))
	checkKeys(t, client, clientKeys...)
	h.fail(t, 1, []string{"Nobody"}, "clients", "show", "Nobody")
	h.fail(t, 1, []string{`no client "Brutarie Morii SRL" (did you mean ` + moriiClient + `?)`}, "clients", "show", "Brutarie Morii SRL")
	h.fail(t, 1, []string{`no client ""`}, "clients", "show", "")
}

func TestBadClientsAreNamedByRow(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	good := strings.TrimSuffix(strings.TrimPrefix(book, "["), "]")
	h.write(t, "mixed.json", `[{"name":"No Address SRL","country":"RO"},`+good+`,{"name":5},null,
		{"name":"Far Ltd","country":"ZZ","street":"1 Road","postal_code":"-","city":"Town"}]`)
	words := []string{`row 1: "No Address SRL": error: the street is needed`, "row 4: it has no name", "row 5: not a client but null",
		`row 6: "Far Ltd": error: "ZZ" is no country`, "4 of 6 clients taken in", "2 clients cannot stand on an invoice yet"}
	h.fail(t, 0, words, "clients", "import", h.path("mixed.json"))
	if clients := decoded[[]object](t, h.succeed(t, "clients", "export")); len(clients) != 4 {
		t.Errorf("%d clients were kept, want 4", len(clients))
	}
	h.fail(t, 1, []string{"not every client can stand on an invoice"}, "clients", "check")
}

func TestImportWithoutOneGoodClientFails(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for name, content := range map[string]string{
		"no name at all": strings.NewReplacer("Brutăria Morii SRL", "\u200b\u0301", "Nordlicht Beispiel GmbH", "\u3164").Replace(book),
		"bad rows":       `[{"country":"RO"},"x"]`, "empty array": `[]`, "object": `{"name":"x"}`, "no JSON": `name;street`, "nothing": ``,
	} {
		t.Run(name, func(t *testing.T) {
			h.fail(t, 1, nil, "clients", "import", h.write(t, "bad.json", content))
		})
	}
	h.fail(t, 1, []string{"read clients"}, "clients", "import", h.path("gone.json"))
	h.fail(t, 2, []string{"file"}, "clients", "import")
	if data := h.succeed(t, "clients", "export"); data != "[]\n" {
		t.Errorf("something was kept: %s", data)
	}
}

// Places are written as people write them, and one field that is wrong costs itself only.
func TestPlacesAreUnderstoodAtImport(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.write(t, "places.csv", "name,country,street,postal_code,city,county,payment_terms_days\n"+
		"One,Romania,Str. 1,400001,Cluj-Napoca,RO-CJ,\nTwo,RO,Str. 1,320001,Reșița,Caras Severin,\nThree,RO,Str. 1,440001,Satu Mare,Satu-Mare,\n"+
		"Four,RO,Str. 1,030011,București,Municipiul București,\nFive,RO,Str. 1,030011,\"București, Sector 3\",,\n"+
		"Six,RO,Str. 1,500001,Brașov,,soon\nSeven,RO,Str. 1,500001,Cluj-Napoca,jud. Cluj,\n")
	h.fail(t, 0, []string{`row 4: "Four": Sector 3 is taken from the postal code 030011`, `row 6: "Six": county Brașov is taken from the postal code`,
		`row 6: "Six": error: payment_terms_days cannot be "soon"`, `row 7: "Seven": warning: this is a postal code of county Brașov`,
		"7 of 7 clients taken in."}, "clients", "import", h.path("places.csv"))
	clients := decoded[[]object](t, h.succeed(t, "clients", "--json"))
	want := []string{"Cluj", "Caraș-Severin", "Satu Mare", "București", "București", "Brașov", "Cluj"}
	if diff := cmp.Diff(want, values(clients, "county")); diff != "" {
		t.Errorf("counties (-want +got):\n%s", diff)
	}
	if clients[3]["city"] != "Sector 3" || clients[4]["city"] != "Sector 3" {
		t.Errorf("the sectors are %v and %v", clients[3]["city"], clients[4]["city"])
	}
}

// TestAClientsOwnPriceComesBeforeTheRules bills hours at what the address book says of their client.
func TestAClientsOwnPriceComesBeforeTheRules(t *testing.T) {
	h := newHarnessWithClients(t)
	priced := strings.Replace(book, `"tracker_names":["Morii*"]`, `"tracker_names":["Morii*"],"price":"300.00"`, 1)
	h.succeed(t, "clients", "import", h.write(t, "priced.json", priced))
	request := h.succeed(t, "issue", "--client", moriiClient, "--period", "2026-10", "--dry-run")
	if !strings.Contains(request, `"price": 300`) && !strings.Contains(request, `"price":300`) {
		t.Errorf("the request bills at another price:\n%s", request)
	}
}

// Files are written by programs: a price as only people write it is not taken, and one with two readings is shown with both.
func TestPricesInFilesOfClientsHaveAPoint(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.write(t, "prices.csv", "name;country;price\nOne;DE;850.50\nTwo;DE;850,50\nThree;DE;1.250\n")
	h.fail(t, 0, []string{`row 2: "Two": error: price "850,50" is not a number with a point before its decimals`, "it is left empty",
		`row 3: "Three": error: 1.250 can mean 1250 or 1.25; type one of these (price)`}, "clients", "import", h.path("prices.csv"))
	clients := decoded[[]object](t, h.succeed(t, "clients", "--json"))
	if diff := cmp.Diff([]any{"850.50", nil, "1.250"}, []any{clients[0]["price"], clients[1]["price"], clients[2]["price"]}); diff != "" {
		t.Errorf("prices (-want +got):\n%s", diff)
	}
}

// TestAClientsOwnRuleBillsDays bills days, though the settings' rule for the client bills hours.
func TestAClientsOwnRuleBillsDays(t *testing.T) {
	h := newHarnessWithClients(t)
	ruled := strings.Replace(book, `"tracker_names":["Morii*"]`,
		`"tracker_names":["Morii*"],"price":"1600","unit":"day","day_thresholds":"1 from 1s"`, 1)
	h.succeed(t, "clients", "import", h.write(t, "ruled.json", ruled))
	request := h.succeed(t, "issue", "--client", moriiClient, "--period", "2026-10", "--dry-run")
	for _, text := range []string{`"measuringUnitName":"zi"`, `"price":1600`} {
		if !strings.Contains(request, text) {
			t.Errorf("%s is not in the request:\n%s", text, request)
		}
	}
	if shown := h.succeed(t, "clients", "show", moriiClient); !strings.Contains(shown, "1600 a day (1 from 1s)") {
		t.Errorf("the rule is not shown:\n%s", shown)
	}
}
