package cli_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"cadensa/smartbill/sandbox"
)

// newExaminedStage has a cancelled invoice, one in force, and one that somebody issued on the web.
func newExaminedStage(t *testing.T, account sandbox.Config) *harness {
	t.Helper()
	h := newHarnessOn(t, account)
	h.succeed(t, "clients", "import", h.path("clients.json"))
	h.issued(t)
	h.succeed(t, "cancel", "FCT-0001", "--yes")
	h.issued(t)
	if _, err := h.server.IssueForeign(h.server.CIF(), sandbox.Foreign{Series: "FCT", Client: "Livada SRL"}); err != nil {
		t.Fatal(err)
	}
	return h
}

func TestAccountThatIsAsExpected(t *testing.T) {
	t.Parallel()
	h := newExaminedStage(t, sandbox.Config{})
	before := h.server.CallCounts()
	data := h.succeed(t, "doctor", "--account")
	findings, transcript, _ := strings.Cut(data, "\nWhat was asked and answered, without names, amounts and numbers:\n")
	for _, check := range []string{
		"✓ the series of invoices are listed\n", "✓ invoice series: FCT (next 0004)\n", "✓ domestic VAT: 21 % Normala\n",
		"✓ reverse charge: 0 % Taxare inversa\n", "✓ outside the EU: 0 % SDD\n", "✓ the next number is a number\n",
		"✓ the series of proformas are listed\n", "✓ the series of receipts are listed\n", "✓ the taxes are listed\n",
		"? SmartBill itself answers: it is a simulator\n", "✓ a number that does not exist is answered with 400 “Factura nu a fost gasita”\n",
		"✓ the PDF of a number that does not exist is a page with status 502\n", "✓ a number that exists is answered with its total\n",
		"✓ a misspelt parameter is answered like a number that does not exist\n", "✓ numbers are padded to four digits\n",
		"✓ the PDF of a number that exists shows series and number\n", "✓ the PDF prints our reference\n",
		"✓ a cancelled invoice is answered with its total\n", "✓ the PDF of a cancelled invoice shows series and number\n",
	} {
		if !strings.Contains(findings, check) {
			t.Errorf("%q is not in\n%s", check, findings)
		}
	}
	if strings.Count(findings, "\n") != 19 {
		t.Errorf("there are other findings:\n%s", findings)
	}
	calls := 0
	for operation, count := range h.server.CallCounts() {
		if calls += count - before[operation]; count > before[operation] && !strings.HasPrefix(operation, "GET ") {
			t.Errorf("it called %s", operation)
		}
	}
	if lines := strings.Count(transcript, "\n"); calls != lines || calls > 25 {
		t.Errorf("%d calls, and %d lines:\n%s", calls, lines, transcript)
	}
	h.checkAnonymous(t, transcript)
}

// checkAnonymous holds that a transcript may be sent to strangers.
func (h *harness) checkAnonymous(t *testing.T, transcript string) {
	t.Helper()
	for _, secret := range []string{
		h.server.Token(), h.server.Email(), h.server.CIF(), "18547290", "FCT", "ABC", "PRF",
		"Brutăria", "Livada", "Atelierul", "Normala", "RO1", "0001", "0002", "0003",
	} {
		if strings.Contains(transcript, secret) {
			t.Errorf("%q is in the transcript:\n%s", secret, transcript)
		}
	}
	// What may have digits: statuses, and how many parts a list has.
	rest := regexp.MustCompile(`→ \d{3} |\d+ ×`).ReplaceAllString(transcript, "")
	if strings.ContainsAny(rest, "0123456789") {
		t.Errorf("there are numbers in\n%s", rest)
	}
}

func TestAccountThatDiffers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		config sandbox.Config
		faults []sandbox.Fault
		want   []string
	}{
		{"both spellings", sandbox.Config{Variants: []sandbox.Variant{sandbox.TakesBothSpellings}}, nil, []string{
			"✗ a misspelt parameter is answered like a number that does not exist: status 200", "so nothing goes wrong",
		}},
		{"another answer for PDFs", sandbox.Config{Variants: []sandbox.Variant{sandbox.AnswersUnknownPDFWith400}}, nil, []string{
			"✗ the PDF of a number that does not exist is a page with status 502: status 400",
		}},
		{"numbers as text", sandbox.Config{Variants: []sandbox.Variant{sandbox.WritesNumbersAsText}}, nil, []string{
			`✗ the next number is a number: "4" → it is a text; cadensa reads that too`, "✓ a number that exists is answered with its total",
		}},
		{"nothing is found", sandbox.Config{}, []sandbox.Fault{{Kind: sandbox.FindNothing, Times: -1}}, []string{
			"✗ a number that exists is answered with its total: status 400, “Factura nu a fost gasita”", "? numbers are padded",
			"? a misspelt parameter", "? a cancelled invoice is answered with its total: FCT-0001 is not there",
		}},
		{"no mentions", sandbox.Config{}, []sandbox.Fault{{Kind: sandbox.HideMentions}}, []string{
			"✗ the PDF prints our reference: that of FCT-0002 does not → the template", "✓ the PDF of a number that exists shows series and number",
		}},
		{"no taxes", sandbox.Config{}, []sandbox.Fault{{Operation: "GET /tax", Kind: sandbox.NotFound, Times: -1}}, []string{
			"✗ the taxes are listed: status 404, HTML → the VAT of a line",
		}},
		{"an answer of another sort", sandbox.Config{}, []sandbox.Fault{{Operation: "GET /series", Kind: sandbox.CommitAndBabble}}, []string{
			"✗ the series of invoices are listed: status 200, text → cadensa cannot read the next number",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := newExaminedStage(t, test.config)
			h.server.Script(test.faults...)
			data := h.fail(t, 1, []string{"differs from what cadensa takes for granted"}, "doctor", "--account")
			for _, text := range test.want {
				if !strings.Contains(data, text) {
					t.Errorf("%q is not in\n%s", text, data)
				}
			}
			if strings.Count(data, "✗") != 1 {
				t.Errorf("it finds other things wrong:\n%s", data)
			}
			_, transcript, _ := strings.Cut(data, "What was asked")
			h.checkAnonymous(t, transcript)
		})
	}
}

// What is no difference: a variant that the program reads as well, or numbers that were deleted.
func TestAccountThatDiffersInNothing(t *testing.T) {
	t.Parallel()
	h := newExaminedStage(t, sandbox.Config{Variants: []sandbox.Variant{sandbox.ShoutsNotFound}})
	for _, number := range []string{"0002", "0003"} {
		if err := h.server.DeleteOnWeb(h.server.CIF(), sandbox.InvoiceSeries, "FCT", number); err != nil {
			t.Fatal(err)
		}
	}
	// The counter stands at 3 now, and 2 is gone.
	data := h.succeed(t, "doctor", "--account")
	for _, text := range []string{"✓ a number that exists", "✓ a number that does not exist",
		"? the PDF prints our reference: the PDF of FCT-0002 cannot be had"} {
		if !strings.Contains(data, text) {
			t.Errorf("%q is not in\n%s", text, data)
		}
	}
}

func TestAccountWithoutInvoices(t *testing.T) {
	t.Parallel()
	data := newHarness(t).succeed(t, "doctor", "--account")
	for _, text := range []string{
		"? a number that exists is answered with its total: no invoice was issued on FCT yet", "? the PDF prints our reference",
		"? a cancelled invoice",
		"✓ a number that does not exist",
	} {
		if !strings.Contains(data, text) {
			t.Errorf("%q is not in\n%s", text, data)
		}
	}
}

func TestAccountWithWrongSettings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, old, replacement, want string }{
		{"company", "RO18547290", "RO99", "✗ token, e-mail and company are accepted: status 401, “Firma la care"},
		{"e-mail", "office@", "other@", "✗ token, e-mail and company are accepted: status 401, “Autentificare esuata"},
		{"series", "[invoice]", "[invoice]\nseries = \"XYZ\"",
			"✗ invoice series: the account has no series \"XYZ\" of this type"},
		{"VAT", "[invoice]", "[invoice]\nvat = \"SDD\"", "✗ domestic VAT: 0 % SDD: no rate for clients in Romania"},
		{"tax of exempt services", "[invoice]", "[invoice]\nvat_exempt = \"Gone\"", "✗ exempt from VAT: "},
		{"tax of the reverse charge", "[invoice]", "[invoice]\nvat_reverse_charge = \"Gone\"", "✗ reverse charge: "},
		{"tax outside the EU", "[invoice]", "[invoice]\nvat_outside_eu = \"Gone\"", "✗ outside the EU: "},
	} {
		h := newHarness(t)
		h.write(t, "config/cadensa/config.toml", strings.Replace(h.read(t, h.settingsFile()), test.old, test.replacement, 1))
		if data := h.fail(t, 1, nil, "doctor", "--account"); !strings.Contains(data, test.want) {
			t.Errorf("%s: %q is not in\n%s", test.name, test.want, data)
		}
	}
}

func TestAccountThatCannotBeReadNow(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		fault sandbox.Fault
		want  []string
	}{
		{sandbox.Fault{Kind: sandbox.RefuseConnection, Times: -1},
			[]string{"? the series of invoices are listed: it could not be read now", "GET /series, invoices → no answer"}},
		{sandbox.Fault{Kind: sandbox.LockOut}, []string{"? the series of invoices are listed: it could not be read now"}},
		{sandbox.Fault{Operation: "GET /invoice/paymentstatus", Kind: sandbox.BadGateway, Times: -1}, []string{
			"? a number that exists is answered with its total: status 502", "✓ the PDF of a number that exists shows series and number",
		}},
	} {
		t.Run(string(test.fault.Kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := newExaminedStage(t, sandbox.Config{})
				h.server.Script(test.fault)
				data := h.fail(t, 4, []string{"could not be read whole"}, "doctor", "--account")
				for _, text := range test.want {
					if !strings.Contains(data, text) {
						t.Errorf("%q is not in\n%s", text, data)
					}
				}
				if strings.Contains(data, "✗") {
					t.Errorf("it finds something wrong:\n%s", data)
				}
			})
		})
	}
}

func TestDoctorForPrograms(t *testing.T) {
	t.Parallel()
	h := newExaminedStage(t, sandbox.Config{Variants: []sandbox.Variant{sandbox.WritesNumbersAsText}})
	ended := h.run(t, "doctor", "--account", "--json")
	if ended.code != 1 || !strings.Contains(ended.stderr, "GET /series (cif, type), invoices → 200 application/json; {errorText") {
		t.Errorf("it ended with %d, and said\n%s", ended.code, ended.stderr)
	}
	ok := map[string]any{}
	for _, found := range decoded[[]object](t, ended.stdout) {
		checkKeys(t, found, "check", "ok", "detail", "cure")
		ok[fmt.Sprint(found["check"])] = found["ok"]
	}
	if ok["the taxes are listed"] != true || ok["the next number is a number"] != false ||
		ok["SmartBill itself answers"] != nil || ok["domestic VAT"] != true || len(ok) != 19 {
		t.Errorf("found %v", ok)
	}
	for _, found := range decoded[[]object](t, h.succeed(t, "doctor", "--json")) {
		checkKeys(t, found, "check", "ok", "detail", "cure")
		if found["ok"] != true {
			t.Errorf("found %v", found)
		}
	}
}
