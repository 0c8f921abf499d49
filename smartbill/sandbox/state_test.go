package sandbox_test

import (
	"fmt"
	"testing"

	"cadensa/smartbill/sandbox"
)

func reversal(number string, pairs ...any) object {
	return with(object{"companyVatCode": sandbox.DefaultCIF, "seriesName": "FCT", "number": number, "issueDate": "2026-11-21"}, pairs...)
}

func (c *caller) states() []sandbox.State {
	var states []sandbox.State
	for _, kept := range c.server.Invoices() {
		states = append(states, kept.State)
	}
	return states
}

func (c *caller) expectStates(want ...sandbox.State) {
	c.t.Helper()
	if got := c.states(); fmt.Sprint(got) != fmt.Sprint(want) {
		c.t.Errorf("states %v, want %v", got, want)
	}
}

func TestCancelAndRestoreAreIdempotent(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	first := named("FCT", api.issue(invoice()))
	api.put("/invoice/restore", first...).equals(t, 200, message("Factura FCT0001 nu necesita restaurare."))
	api.put("/invoice/cancel", first...).equals(t, 200, message("Factura cu seria si numarul FCT0001 a fost anulata cu succes."))
	api.put("/invoice/cancel", first...).equals(t, 200, message("Factura FCT0001 este deja anulata."))
	api.expectStates(sandbox.StateCancelled)
	api.put("/invoice/restore", first...).equals(t, 200, message("Factura cu seria si numarul FCT0001 a fost restaurata cu succes."))
	api.expectStates(sandbox.StateIssued)
	if next := api.next("FCT"); next != 2 {
		t.Errorf("cancelling moved the counter to %d", next)
	}
}

func TestInvoicesAreNamedInTheQuery(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	noNumber := refusal("Numarul facturii trebuie specificat in url in parametrul 'number'!")
	noSeries := refusal("Seria facturii trebuie specificata in url in parametrul 'seriesname'!")
	unknown := refusal("Factura cu seria si numarul FCT9999 nu a fost gasita!")
	for path, call := range map[string]func(string, ...string) response{
		"/invoice/cancel": api.put, "/invoice/restore": api.put, "/invoice": api.remove,
	} {
		call(path, "seriesname", "FCT").equals(t, 400, noNumber)
		call(path, "number", number).equals(t, 400, noSeries)
		call(path, "number", number, "seriesName", "FCT").equals(t, 400, noSeries)
		call(path, named("FCT", "9999")...).equals(t, 400, unknown)
		call(path, named("FCT", "1")...).equals(t, 400, refusal("Factura cu seria si numarul FCT1 nu a fost gasita!"))
	}
	api.expectStates(sandbox.StateIssued)
}

func TestOnlyTheLastInvoiceCanBeDeleted(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	first, second := api.issue(invoice()), api.issue(invoice())
	api.remove("/invoice", named("FCT", first)...).equals(t, 403,
		refusal("Nu poti sterge documentul cu seria si numarul FCT 0001, deoarece nu este ultimul din serie!"))
	api.remove("/invoice", named("FCT", second)...).equals(t, 200,
		message("Factura cu seria si numarul FCT0002 a fost stearsa cu succes."))
	if number := api.issue(invoice()); number != second {
		t.Errorf("the freed number %s was not given out again, but %s", second, number)
	}
}

func TestStorno(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	got := api.post("/invoice/reverse", reversal(number))
	got.is(t, 200)
	if answer := got.object(t); answer["number"] != "0002" || answer["series"] != "FCT" || answer["documentId"] != 70002.0 {
		t.Errorf("answer %v", answer)
	}
	api.expectStates(sandbox.StateReversed, sandbox.StateStorno)
	storno := api.server.Invoices()[1]
	if !storno.Totals.Total.Equal(lei("-119.79")) || storno.Reverses != "FCT0001" || storno.IssueDate != "2026-11-21" ||
		storno.Mentions != "" {
		t.Errorf("storno %+v", storno)
	}
	status := api.get("/invoice/paymentstatus", named("FCT", number)...).object(t)
	if status["unpaidAmount"] != 0.0 || status["invoiceTotalAmount"] != 119.79 {
		t.Errorf("the reversed invoice's status %v", status)
	}
	status = api.get("/invoice/paymentstatus", named("FCT", "0002")...).object(t)
	if status["invoiceTotalAmount"] != -119.79 {
		t.Errorf("the storno's status %v", status)
	}
	api.post("/invoice/reverse", reversal(number)).equals(t, 400, refusal("Factura este deja stornata."))
	api.post("/invoice/reverse", reversal("0002")).equals(t, 400, refusal("Factura FCT0002 este de tip storno. Nu se poate storna."))

	api.remove("/invoice", named("FCT", "0002")...).is(t, 200)
	api.expectStates(sandbox.StateIssued)
	api.post("/invoice/reverse", reversal(number, "issueDate", nil)).is(t, 200)
	if issued := api.server.Invoices()[1].IssueDate; issued != "2026-11-20" {
		t.Errorf("a storno without a date is of %s", issued)
	}
}

func TestCancelledStornoCanBeRepeated(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	api.post("/invoice/reverse", reversal(number)).is(t, 200)
	api.put("/invoice/cancel", named("FCT", "0002")...).is(t, 200)
	api.expectStates(sandbox.StateIssued, sandbox.StateCancelled)
	api.post("/invoice/reverse", reversal(number)).is(t, 200)
	api.expectStates(sandbox.StateReversed, sandbox.StateCancelled, sandbox.StateStorno)
}

func TestRefusedStornos(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	cancelled := api.issue(invoice())
	api.put("/invoice/cancel", named("FCT", cancelled)...).is(t, 200)
	rows := []struct {
		body object
		text string
	}{
		{reversal(number, "number", nil), "Numarul facturii trebuie specificat in parametrul 'number'!"},
		{reversal(number, "seriesName", nil), "Seria facturii trebuie specificata in parametrul 'seriesname'!"},
		{reversal("9999"), "Factura cu seria si numarul FCT9999 nu a fost gasita!"},
		{reversal(cancelled), "Factura FCT0002 este anulata."},
		{reversal(number, "issueDate", "2026-11-19"), "Data emiterii facturii storno nu poate fi anterioara datei emiterii facturii stornate."},
	}
	for _, row := range rows {
		api.post("/invoice/reverse", row.body).equals(t, 400, refusal(row.text))
	}
	api.post("/invoice/reverse", reversal(number, "issueDate", "21.11.2026")).equals(t, 400,
		rejection(400, "/invoice/reverse", "json_mapping_error", "Could not map property: issueDate.", "issueDate"))
	api.post("/invoice/reverse", reversal(number, "mentions", "x")).equals(t, 400,
		rejection(400, "/invoice/reverse", "json_mapping_error", "Unrecognized property: mentions.", "mentions"))
	api.post("/invoice/reverse", reversal(number, "companyVatCode", "RO1")).is(t, 401)
	if next := api.next("FCT"); next != 3 {
		t.Errorf("a refused storno moved the counter to %d", next)
	}
}
