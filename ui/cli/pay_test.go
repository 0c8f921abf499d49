package cli_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/smartbill/sandbox"
)

const paying = "POST /payment"

func TestPayRecordsPartAndRest(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	part := decoded[object](t, h.succeed(t, "pay", "FCT-0001", "--amount", "100", "--date", "2026-11-09", "--kind", "card", "--yes", "--json"))
	checkKeys(t, part, invoiceKeys...)
	if part["reference"] != "FCT-0001" || part["payment"] != "partly-paid" {
		t.Errorf("after a part it is %v", part)
	}
	ended := h.run(t, "pay", "FCT-0001", "--status", "--json")
	if ended.code != 0 || decoded[object](t, ended.stdout)["payment"] != "partly-paid" ||
		!strings.Contains(ended.stderr, "is partly paid as SmartBill has it: 100.00 of 1,058.75 RON, 958.75 unpaid") {
		t.Errorf("asked, it says %+v", ended)
	}
	rest := decoded[object](t, h.succeed(t, "pay", "FCT-0001", "--kind", "cash", "--yes", "--json"))
	if rest["payment"] != "paid" {
		t.Errorf("after the rest it is %v", rest)
	}
	got := h.server.Payments()
	if len(got) != 2 || got[0].Kind != "Card" || got[0].Date != "2026-11-09" || got[1].Series != "CH" || got[1].Number != "0001" ||
		!got[1].Value.Equal(decimal.RequireFromString("958.75")) || got[1].Date != "2026-11-10" {
		t.Errorf("SmartBill has %+v", got)
	}
	h.fail(t, 1, []string{"nothing is unpaid of FCT-0001"}, "pay", "FCT-0001", "--yes")
}

func TestPayRefusesWhatCannotBe(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	for _, test := range []struct {
		code      int
		words     []string
		arguments []string
	}{
		{2, []string{"--yes"}, []string{"FCT-0001"}},
		{2, []string{"reference"}, []string{"--yes"}},
		{2, []string{"--kind", "transfer, card"}, []string{"FCT-0001", "--kind", "barter", "--yes"}},
		{2, []string{"--kind cash"}, []string{"FCT-0001", "--series", "CH", "--yes"}},
		{2, []string{"--date"}, []string{"FCT-0001", "--date", "soon", "--yes"}},
		{2, []string{"--amount"}, []string{"FCT-0001", "--amount", "much", "--yes"}},
		{2, []string{"--amount"}, []string{"FCT-0001", "--amount", "-5", "--yes"}},
		{2, []string{"cadensa: --amount: 1,250 can mean 1250 or 1.25. Type one of these.\n"}, []string{"FCT-0001", "--amount", "1,250", "--yes"}},
		{2, []string{"--amount: 1.000 can mean 1000 or 1.00."}, []string{"FCT-0001", "--amount", "1.000", "--yes"}},
		{2, []string{"--amount: \"12 50\" is not a number"}, []string{"FCT-0001", "--amount", "12 50", "--yes"}},
		{2, []string{"--amount has two decimals at most"}, []string{"FCT-0001", "--amount", "100.0050", "--yes"}},
		{1, []string{"only 1,058.75 RON are unpaid", "less than 2,000.00"}, []string{"FCT-0001", "--amount", "2000", "--yes"}},
		{1, []string{"no such series of receipts", "Chitanta"}, []string{"FCT-0001", "--kind", "cash", "--series", "XX", "--yes"}},
		{1, []string{"no such invoice"}, []string{"FCT-0099", "--yes"}},
	} {
		h.fail(t, test.code, test.words, append([]string{"pay"}, test.arguments...)...)
	}
	h.succeed(t, "cancel", "FCT-0001", "--yes")
	h.fail(t, 1, []string{"cancelled"}, "pay", "FCT-0001", "--yes")
	if calls := h.server.Calls(paying); calls != 0 {
		t.Errorf("%d payments were sent", calls)
	}
}

func TestPayAsksOnATerminal(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.terminal, h.stdin = true, "y\n"
	h.fail(t, 1, []string{"0.00 of 1,058.75 RON", "Record 100.00 RON of 2026-11-10 (cash, with a receipt) on FCT-0001 to " + moriiClient,
		"receipt on series CH", "nothing was done"},
		"pay", "FCT-0001", "--amount", "100", "--kind", "cash")
	if calls := h.server.Calls(paying); calls != 0 {
		t.Fatalf("%d payments were sent without a yes", calls)
	}
	h.stdin = "yes\n"
	if data := h.succeed(t, "pay", "FCT-0001", "--amount", "100"); !strings.Contains(data, "partly paid") {
		t.Errorf("prints:\n%s", data)
	}
	// Who undoes it is told of the money.
	h.stdin = "no\n"
	h.fail(t, 1, []string{"It is partly paid", "SmartBill keeps what was recorded"}, "cancel", "FCT-0001")
	h.fail(t, 1, []string{"It is partly paid", "SmartBill keeps what was recorded"}, "storno", "FCT-0001")
}

func TestPaymentWithoutAnAnswerIsSettled(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.server.Script(sandbox.Fault{Operation: paying, Kind: sandbox.CommitAndDrop})
	data := h.fail(t, 3, []string{"may have recorded the payment of 100.00 RON on FCT-0001", "cadensa settle FCT-0001"},
		"pay", "FCT-0001", "--amount", "100", "--yes", "--json")
	if invoice := decoded[object](t, data); invoice["status"] != "issued" || invoice["payment"] != "unpaid" {
		t.Errorf("the invoice is %v", invoice)
	}
	h.fail(t, 4, []string{"recorded is not known", "cadensa settle"}, "pay", "FCT-0001", "--yes")
	h.fail(t, 4, []string{"recorded is not known"}, "cancel", "FCT-0001", "--yes")
	if table := h.run(t, "history"); !strings.Contains(table.stdout, "payment?") || !strings.Contains(table.stderr,
		"Whether a payment of FCT-0001 was recorded is not known: cadensa settle FCT-0001") {
		t.Errorf("the history says %+v", table)
	}
	ended := h.run(t, "settle", "FCT-0001", "--json")
	if ended.code != 0 || decoded[object](t, ended.stdout)["payment"] != "partly-paid" || !strings.Contains(ended.stderr,
		"0.00 were paid before it, 100.00 are now") {
		t.Errorf("settled, it says %+v", ended)
	}
	if len(h.server.Payments()) != 1 {
		t.Errorf("SmartBill has %+v", h.server.Payments())
	}
}

func TestPaymentThatIsNotThereWaitsAndIsDecided(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarnessWithClients(t)
		h.issued(t)
		h.server.Script(sandbox.Fault{Operation: paying, Kind: sandbox.BadGateway})
		h.fail(t, 3, nil, "pay", "FCT-0001", "--amount", "100", "--yes")
		h.fail(t, 3, []string{"may be recording it still", "cadensa settle FCT-0001 again"}, "settle")
		h.fail(t, 3, []string{"may be at it still", "after 14:0"}, "settle", "FCT-0001", "--release", "--yes")
		if err := h.server.Receive(h.server.CIF(), "FCT", "0001", decimal.NewFromInt(7)); err != nil {
			t.Fatal(err)
		}
		h.now = h.now.Add(3 * time.Minute)
		h.fail(t, 3, []string{"amounts do not tell", "--recorded, or --release"}, "settle", "FCT-0001")
		h.fail(t, 2, []string{"exclude each other"}, "settle", "FCT-0001", "--release", "--recorded", "--yes")
		h.fail(t, 0, []string{"counts as not recorded"}, "settle", "FCT-0001", "--release", "--yes")
		h.fail(t, 1, []string{"no payment of FCT-0001 is open"}, "settle", "FCT-0001", "--recorded", "--yes")
		h.succeed(t, "pay", "FCT-0001", "--amount", "100", "--yes")
		if len(h.server.Payments()) != 2 {
			t.Errorf("SmartBill has %+v", h.server.Payments())
		}
	})
}

func TestPayWhileUnreachableIsForLater(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.server.Script(sandbox.Fault{Operation: paying, Kind: sandbox.RefuseConnection})
	h.fail(t, 4, []string{"payment of 1,058.75 RON on FCT-0001 was not recorded"}, "pay", "FCT-0001", "--yes")
	h.succeed(t, "pay", "FCT-0001", "--yes")
}

// Nobody is asked with --yes: an invoice with money on it is cancelled by a flag of its own only, and what becomes of the money is said.
func TestAPaidInvoiceIsCancelledDeliberately(t *testing.T) {
	t.Parallel()
	for _, paid := range []struct{ amount, word string }{{"100", "It is partly paid"}, {"1058.75", "It is paid"}} {
		h := newHarnessWithClients(t)
		h.issued(t)
		h.succeed(t, "pay", "FCT-0001", "--amount", paid.amount, "--yes")
		writes := h.server.CallCounts()[cancelling]
		h.fail(t, 1, []string{"FCT-0001 was not cancelled", paid.word, "SmartBill keeps what was recorded", "--paid-too"}, "cancel", "FCT-0001", "--yes")
		if h.server.CallCounts()[cancelling] != writes {
			t.Error("it was sent all the same")
		}
		h.fail(t, 0, []string{paid.word, "SmartBill keeps what was recorded"}, "cancel", "FCT-0001", "--yes", "--paid-too")
	}
}

// The law limits cash, by the day and the client, and wants lei between residents; a bank transfer is free.
func TestCashAboveTheLimitIsWarnedOf(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	settings := h.read(t, h.settingsFile())
	h.write(t, "config/cadensa/config.toml", strings.Replace(settings, `price = "250.00"`, `price = "5000.00"`, 1))
	h.issued(t)
	for _, test := range []struct {
		arguments []string
		warned    bool
	}{
		{[]string{"--amount", "9000"}, false}, {[]string{"--amount", "3000", "--kind", "cash"}, false},
		{[]string{"--amount", "2000.01", "--kind", "cash"}, true}, {[]string{"--amount", "2000", "--kind", "cash", "--date", "2026-11-09"}, false},
	} {
		ended := h.run(t, append([]string{"pay", "FCT-0001", "--yes"}, test.arguments...)...)
		warned := strings.Contains(ended.stderr, "warning: The law allows 5,000.00 lei in cash a day from one company (Law 70/2015); "+
			"with this they are 5,000.01 on 2026-11-10.")
		if ended.code != 0 || warned != test.warned {
			t.Errorf("%v ended with %d, warned %t:\n%s", test.arguments, ended.code, warned, ended.stderr)
		}
	}
}
