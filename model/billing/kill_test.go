//go:build unix

package billing_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/model/ledger"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

const (
	// childAct and childStep tell the other process which act to make, and at which of its calls to be killed.
	childAct  = "CADENSA_TEST_ACT"
	childStep = "CADENSA_TEST_STEP"
	// soakRounds asks for more rounds than deaths.
	soakRounds = "CADENSA_SOAK"
)

// killedBySignal is the exit code of a process that did not exit.
const killedBySignal = -1

// The moments of a call at which a process is killed: amid is some instant within the milliseconds that follow the
// answer, in which the ledger is written.
const (
	before = "before"
	after  = "after"
	amid   = "amid"
)

// killed is a provider whose process is killed, as by a power cut, at a moment of one of its calls.
func killed(provider billing.Provider, step string) *mortal {
	call, moment, _ := strings.Cut(step, " ")
	number, err := strconv.Atoi(call)
	if err != nil {
		return &mortal{Provider: provider, calls: 1 << 20}
	}
	end := func() {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
	if moment == amid {
		end = func() {
			time.AfterFunc(rand.N(4*time.Millisecond), func() { _ = syscall.Kill(os.Getpid(), syscall.SIGKILL) })
		}
	}
	return &mortal{Provider: provider, calls: number, answered: moment != before, end: end}
}

// perish makes an act in the process that is to be killed.
func perish(ctx context.Context, records *ledger.Ledger, provider billing.Provider) error {
	service := ready(records, killed(provider, os.Getenv(childStep)))
	if err := perishPaying(ctx, service); !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	lost, err := records.InState(ctx, model.StatusUnknown)
	if err != nil {
		return err
	}
	switch os.Getenv(childAct) {
	case "issue":
		_, err = service.Issue(ctx, invoiceOf(8))
	case "cancel":
		_, err = service.Cancel(ctx, "FCT-0001")
	case "restore":
		_, err = service.Restore(ctx, "FCT-0001")
	case "give up":
		_, err = service.Cancel(ctx, "PRF-0001")
	case "convert":
		_, err = service.Convert(ctx, "PRF-0001", onSeries("FCT"))
	case "storno":
		_, err = service.Storno(ctx, "FCT-0001", later())
	case "reverse a line":
		_, err = service.PartialStorno(ctx, "FCT-0001", []model.Reversal{reversal(1, "1")}, later())
	case "settle":
		_, err = service.Settle(ctx, lost[0].Intent)
	case "resend":
		_, err = service.Resend(ctx, lost[0].Intent)
	default:
		err = errors.ErrUnsupported
	}
	return err
}

// perishPaying makes an act on a payment, or sends an e-mail, in the process that is to be killed.
func perishPaying(ctx context.Context, service *billing.Service) (err error) {
	switch os.Getenv(childAct) {
	case "pay":
		_, err = service.Pay(ctx, "FCT-0001", order(100))
	case "receipt":
		_, err = service.Pay(ctx, "FCT-0001", receipt(100))
	case "settle payment":
		_, err = service.SettlePayment(ctx, "FCT-0001")
	case "send":
		_, err = service.SendEmail(ctx, "FCT-0001", email())
	case "send again":
		_, err = service.SendEmail(ctx, "FCT-0001", model.EmailOrder{Email: email().Email, Earlier: 1})
	default:
		err = errors.ErrUnsupported
	}
	return err
}

// TestProcessKilledAtEveryStep kills a process with SIGKILL before, after and amid every call of every act, starts again,
// and settles: SmartBill never has a second invoice for one intent, and the ledger says what is true.
func TestProcessKilledAtEveryStep(t *testing.T) {
	rounds := deaths
	if text := os.Getenv(soakRounds); text != "" {
		var err error
		if rounds, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		act   string
		calls int
		// prepare brings about what the act needs.
		prepare func(*testing.T, *sandbox.Server, *office)
	}{
		{"issue", 3, nil},
		{"cancel", 2, func(t *testing.T, _ *sandbox.Server, o *office) { o.issue(t, invoiceOf(8)) }},
		{"restore", 2, func(t *testing.T, _ *sandbox.Server, o *office) {
			o.issue(t, invoiceOf(8))
			if _, err := o.service.Cancel(t.Context(), "FCT-0001"); err != nil {
				t.Fatal(err)
			}
		}},
		{"give up", 3, func(t *testing.T, _ *sandbox.Server, o *office) { o.issue(t, proforma(8)) }},
		{"convert", 5, func(t *testing.T, _ *sandbox.Server, o *office) { o.issue(t, proforma(8)) }},
		{"storno", 3, func(t *testing.T, _ *sandbox.Server, o *office) { o.issue(t, invoiceOf(8)) }},
		{"reverse a line", 3, func(t *testing.T, _ *sandbox.Server, o *office) { o.issue(t, invoiceOf(8)) }},
		{"settle", 3, func(t *testing.T, remote *sandbox.Server, o *office) {
			o.lose(t, remote, sandbox.CommitAndError, invoiceOf(8))
		}},
		{"pay", 4, func(t *testing.T, _ *sandbox.Server, o *office) { o.issue(t, invoiceOf(8)) }},
		{"receipt", 5, func(t *testing.T, _ *sandbox.Server, o *office) { o.issue(t, invoiceOf(8)) }},
		{"settle payment", 4, func(t *testing.T, remote *sandbox.Server, o *office) {
			o.issue(t, invoiceOf(8))
			o.losePayment(t, remote, sandbox.CommitAndError, receipt(100))
		}},
		{"send", 2, func(t *testing.T, _ *sandbox.Server, o *office) { o.issue(t, invoiceOf(8)) }},
		{"send again", 2, func(t *testing.T, _ *sandbox.Server, o *office) {
			o.issue(t, invoiceOf(8))
			o.send(t, "FCT-0001", email())
		}},
		{"resend", 3, func(t *testing.T, remote *sandbox.Server, o *office) {
			o.lose(t, remote, sandbox.BadGateway, invoiceOf(8))
		}},
	} {
		for round := range rounds {
			for step := range test.calls * 3 {
				at := fmt.Sprintf("%d %s", step/3, []string{before, after, amid}[step%3])
				t.Run(fmt.Sprintf("%s/%s/%d", test.act, at, round), func(t *testing.T) {
					t.Parallel()
					killOnce(t, test.act, at, test.prepare)
				})
			}
		}
	}
}

func killOnce(t *testing.T, act, step string, prepare func(*testing.T, *sandbox.Server, *office)) {
	t.Helper()
	remote := newRemote(sandbox.Config{CallsPerWindow: 1 << 20})
	server := httptest.NewServer(remote)
	defer server.Close()
	here := openReady(t, remote, filepath.Join(t.TempDir(), "ledger.db"))
	if prepare != nil {
		prepare(t, remote, here)
	}
	if err := here.records.Close(); err != nil {
		t.Fatal(err)
	}
	other := newChild(t, here.path, server.URL+"/SBORO/api", childAct+"="+act, childStep+"="+step)
	if err := other.start.Close(); err != nil {
		t.Fatal(err)
	}
	// Amid the writing that follows the last answer, the process may come to its end before its death.
	if code := other.code(t); code != killedBySignal && !strings.HasSuffix(step, amid) {
		t.Fatalf("the process ended with %d instead of being killed", code)
	}
	// What it had sent may be on its way still; SmartBill's time for that is not waited for here.
	server.Close()
	here = openReady(t, remote, here.path)
	finish(t, here)
	checkTruth(t, remote, here)
	// The hours can be billed once more if, and only if, no invoice in force bills them.
	free := here.hour(t, 8) == "free"
	if _, err := here.service.Issue(t.Context(), invoiceOf(8)); (err == nil) != free {
		t.Errorf("the hour was %v, billed again: %v", free, err)
	}
	checkTruth(t, remote, here)
}

// openReady opens an office that need not wait for SmartBill.
func openReady(t *testing.T, remote *sandbox.Server, path string) *office {
	t.Helper()
	records := openLedger(t, path, remote.Now)
	provider := connect(t, remote, smartbill.NewMemoryGate())
	return &office{path: path, records: records, provider: provider, service: ready(records, provider)}
}

// checkTruth expects the ledger to know every invoice in SmartBill for what it is, and no other.
func checkTruth(t *testing.T, remote *sandbox.Server, here *office) {
	t.Helper()
	invoices, err := here.records.Invoices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]model.Invoice{}
	for _, invoice := range invoices {
		if invoice.Number != "" && invoice.Kind != model.KindProforma {
			known[invoice.Number] = invoice
		}
	}
	states := map[sandbox.State]model.Status{
		sandbox.StateIssued: model.StatusIssued, sandbox.StateCancelled: model.StatusCancelled,
		sandbox.StateReversed: model.StatusReversed, sandbox.StateStorno: model.StatusIssued,
	}
	live := 0
	for _, made := range remote.Invoices() {
		row := known[made.Number]
		if row.Status == model.StatusReversed && row.ReversedBy != "" {
			// By lines with minus; to SmartBill both are in force.
			row.Status, live = model.StatusIssued, live-1
		}
		if row.Kind == model.KindPartialStorno {
			live--
		}
		if row.Status != states[made.State] || made.Mentions != "" && !strings.Contains(made.Mentions, row.Intent) {
			t.Errorf("SmartBill has %s as %s, the ledger %s as %s", made.Number, made.State, row.Reference(), row.Status)
		}
		if made.State == sandbox.StateIssued {
			live++
		}
		delete(known, made.Number)
	}
	if len(known) > 0 || live > 1 {
		t.Errorf("%d invoices in force bill the hour; SmartBill knows nothing of %v", live, known)
	}
	checkPayments(t, remote, here, invoices)
	checkEmails(t, remote, here, invoices)
}

// checkPayments expects at most one payment in SmartBill, and the ledger to say the same.
func checkPayments(t *testing.T, remote *sandbox.Server, here *office, invoices []model.Invoice) {
	t.Helper()
	recorded := 0
	for _, invoice := range invoices {
		detail, err := here.records.Detail(t.Context(), invoice.Intent)
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range detail.Payments {
			if record.State == model.PaymentRecorded {
				recorded++
			}
			if record.State.Open() {
				t.Errorf("a payment is %s still", record.State)
			}
		}
	}
	if made := remote.Payments(); len(made) > 1 || len(made) != recorded {
		t.Errorf("SmartBill has %d payments, the ledger %d", len(made), recorded)
	}
}
