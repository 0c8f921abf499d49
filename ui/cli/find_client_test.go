package cli_test

import "testing"

// TestClientIsNamedInSeveralWays checks what names a client, and what may mean several, or none.
func TestClientIsNamedInSeveralWays(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.succeed(t, "clients", "import", h.write(t, "book.json", `[
		{"name": "Țîrlea Studio SRL", "country": "RO", "vat_number": "RO18547290", "tracker_names": ["tirlea", "web*"]},
		{"name": "Țîrlea Software SRL", "country": "RO", "vat_number": "14399840"},
		{"name": "Nordwind GmbH", "country": "DE", "vat_number": "DE136695976"},
		{"name": "Ana Pop", "country": "RO", "private": true, "vat_number": "2940101080019"}
	]`))
	for typed, want := range map[string]string{
		"Țîrlea Studio SRL": "Țîrlea Studio SRL", "tirlea studio srl": "Țîrlea Studio SRL", "tirlea st": "Țîrlea Studio SRL",
		"tirlea": "Țîrlea Studio SRL", "web-shop": "Țîrlea Studio SRL", "18547290": "Țîrlea Studio SRL", "RO 18547290": "Țîrlea Studio SRL",
		"RO14399840": "Țîrlea Software SRL", "de136695976": "Nordwind GmbH", "n": "Nordwind GmbH", "ana": "Ana Pop",
	} {
		if client := decoded[object](t, h.succeed(t, "clients", "show", typed, "--json")); client["name"] != want {
			t.Errorf("%q is %v, want %s", typed, client["name"], want)
		}
	}
	h.fail(t, 2, []string{`"tirlea s" could be any of "Țîrlea Software SRL", "Țîrlea Studio SRL"; give the legal name`}, "clients", "show", "tirlea s")
	for typed, want := range map[string]string{
		"2940101080019": `no client "2940101080019": add it`, "136695976": `no client "136695976": add it`, "Nordwint": "no client",
		"Nordwimd GmbH": "(did you mean Nordwind GmbH?)", "tirlaa": "(did you mean tirlea?)",
	} {
		h.fail(t, 1, []string{want}, "clients", "show", typed)
	}
}

// TestHoursOfANameThatBeginsAClients checks that the hours under a tracker's own name are listed though the name also begins a legal one.
func TestHoursOfANameThatBeginsAClients(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.succeed(t, "clients", "import", h.write(t, "book.json", `[{"name": "Acme Holding SRL", "country": "RO"}]`))
	h.succeed(t, "import", h.write(t, "acme.csv", "Date,Hours,Client\n2026-10-14,1.5,Acme\n2026-10-15,1,Acme Holding SRL\n"))
	if found := h.entriesOf(t, "--period", "all", "--client", "acme"); len(found) != 2 {
		t.Errorf("%d entries", len(found))
	}
}
