package cli_test

import (
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/smartbill/sandbox"
)

func TestUnprovenDocumentIsConfirmedOnATerminal(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.server.Script(sandbox.Fault{Kind: sandbox.HideMentions})
	h.issued(t)
	if err := h.server.DeleteOnWeb(h.server.CIF(), sandbox.InvoiceSeries, "FCT", "0001"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.server.IssueForeign(h.server.CIF(),
		sandbox.Foreign{Series: "FCT", Client: "Moara Nouă SRL", Net: decimal.NewFromInt(5)}); err != nil {
		t.Fatal(err)
	}
	for _, arguments := range [][]string{{"pdf", "FCT-0001"}, {"cancel", "FCT-0001", "--yes"}, {"storno", "FCT-0001", "--yes"}} {
		h.fail(t, 2, []string{"is not proven", "does not name"}, arguments...)
	}
	h.terminal, h.stdin = true, "0001\nAltcineva SRL\n"
	h.fail(t, 1, []string{"does not name"}, "pdf", "FCT-0001")
	h.stdin = "\n"
	h.fail(t, 1, []string{"is saved"}, "pdf", "FCT-0001")
	h.stdin = "0001\nMoara Noua SRL\n"
	path := strings.TrimSpace(h.succeed(t, "pdf", "FCT-0001"))
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	// It holds from then on, also without a terminal.
	h.terminal = false
	h.succeed(t, "pdf", "FCT-0001")
}

func TestLedgerOlderThanTheBooksKeepsInvoicesBack(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	old := h.read(t, h.ledgerFile())
	h.issued(t)
	h.write(t, "data/cadensa/ledger.db", old)
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(h.ledgerFile() + suffix); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	issuing := []string{"issue", "--client", "Morii", "--period", "2026-10", "--yes"}
	h.fail(t, 1, []string{"FCT-0001 carries the reference CAD-", "never gave", "shared_series"}, issuing...)
	if got := len(h.server.Invoices()); got != 1 {
		t.Errorf("SmartBill has %d invoices", got)
	}
	h.terminal, h.stdin = true, "yes\n0001\n"
	h.fail(t, 0, []string{"another installation made", "type its number"}, issuing[:len(issuing)-1]...)
	if got := len(h.server.Invoices()); got != 2 {
		t.Errorf("acknowledged, SmartBill has %d invoices", got)
	}
}
