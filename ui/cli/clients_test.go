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
	s := newStage(t)
	if data := s.succeed(t, "clients", "--json"); data != "[]\n" {
		t.Errorf("an empty address book is %q", data)
	}
	taken := decoded[[]object](t, s.succeed(t, "clients", "import", s.path("clients.json"), "--json"))
	exported := s.succeed(t, "clients", "export")
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
		if data := s.succeed(t, command...); data != exported {
			t.Errorf("%q prints another list than export", command)
		}
	}
	other := newStage(t)
	other.stdin = exported
	other.succeed(t, "clients", "import", "-")
	if data := other.succeed(t, "clients", "export"); data != exported {
		t.Errorf("through standard input it becomes\n%s", data)
	}
}

func TestClientsForPeople(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	for _, command := range [][]string{{"clients"}, {"clients", "list"}, {"clients", "show", "Morii"}, {"clients", "show", "brutaria morii srl"}} {
		data := s.succeed(t, command...)
		for _, text := range []string{moriiClient, "Cluj-Napoca", "RO14399840", "Morii*"} {
			if !strings.Contains(data, text) {
				t.Errorf("%q does not show %q:\n%s", command, text, data)
			}
		}
	}
	client := decoded[object](t, s.succeed(t, "clients", "show", "Nordlicht", "--json"))
	checkKeys(t, client, clientKeys...)
	s.fail(t, 1, []string{"Nobody"}, "clients", "show", "Nobody")
}

func TestBadClientsAreNamedByRow(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	good := strings.TrimSuffix(strings.TrimPrefix(book, "["), "]")
	s.write(t, "mixed.json", `[{"name":"No Address SRL","country":"RO"},`+good+`,{"name":5},null,
		{"name":"Far Ltd","country":"ZZ","street":"1 Road","postal_code":"-","city":"Town"}]`)
	words := []string{"row 1:", "street is needed", "row 4:", "row 5:", "row 6:", `"ZZ" is no country code`, "2 of 6"}
	s.fail(t, 0, words, "clients", "import", s.path("mixed.json"))
	if clients := decoded[[]object](t, s.succeed(t, "clients", "export")); len(clients) != 2 {
		t.Errorf("%d clients were kept, want 2", len(clients))
	}
}

func TestImportWithoutOneGoodClientFails(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for name, content := range map[string]string{
		"no name at all": strings.NewReplacer("Brutăria Morii SRL", "\u200b\u0301", "Nordlicht Beispiel GmbH", "\u3164").Replace(book),
		"bad rows":       `[{"name":"No Address SRL"}]`, "empty array": `[]`, "object": `{"name":"x"}`, "no JSON": `name;street`, "nothing": ``,
	} {
		t.Run(name, func(t *testing.T) {
			s.fail(t, 1, nil, "clients", "import", s.write(t, "bad.json", content))
		})
	}
	s.fail(t, 1, []string{"read clients"}, "clients", "import", s.path("gone.json"))
	s.fail(t, 2, []string{"file"}, "clients", "import")
	if data := s.succeed(t, "clients", "export"); data != "[]\n" {
		t.Errorf("something was kept: %s", data)
	}
}
