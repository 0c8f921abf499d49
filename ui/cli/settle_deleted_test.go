package cli_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/smartbill/sandbox"
)

func TestSettleDeletedFreesTheHours(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.fail(t, 1, []string{"SmartBill has FCT-0001", "carries the reference"}, "settle", "FCT-0001", "--deleted", "--yes")
	if err := h.server.DeleteOnWeb(h.server.CIF(), sandbox.InvoiceSeries, "FCT", "0001"); err != nil {
		t.Fatal(err)
	}
	h.fail(t, 1, []string{"SmartBill has no such document any more", "settle REF --deleted"}, "cancel", "FCT-0001", "--yes")
	deleted := decoded[object](t, h.succeed(t, "settle", "FCT-0001", "--deleted", "--yes", "--json"))
	if deleted["status"] != "deleted" || strings.Contains(h.states(t), "billed") {
		t.Errorf("it is %v, the entries are %s", deleted["status"], h.states(t))
	}
	if again := h.issued(t); again["reference"] != "FCT-0001" {
		t.Errorf("issued again it is %v", again["reference"])
	}
}

// A colleague has the number by now, with our client and total: the evidence does not decide, and a person does.
func TestPersonDecidesWhatMayBeDeleted(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	if err := h.server.DeleteOnWeb(h.server.CIF(), sandbox.InvoiceSeries, "FCT", "0001"); err != nil {
		t.Fatal(err)
	}
	_, err := h.server.IssueForeign(h.server.CIF(), sandbox.Foreign{
		Series: "FCT", Client: moriiClient, Total: decimal.RequireFromString("1058.75"),
	})
	if err != nil {
		t.Fatal(err)
	}
	h.fail(t, 3, []string{"not proven"}, "settle", "FCT-0001", "--deleted", "--yes")
	h.terminal, h.stdin = true, "0007\n"
	h.fail(t, 1, []string{"Look at it", "not the number"}, "settle", "FCT-0001", "--deleted")
	h.stdin = "0001\n"
	h.succeed(t, "settle", "FCT-0001", "--deleted")
	if strings.Contains(h.states(t), "billed") {
		t.Errorf("the entries are %s", h.states(t))
	}
}
