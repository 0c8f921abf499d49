package billing_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
)

// world is a user who bills the same few hours again and again while everything goes wrong.
type world struct {
	remote *sandbox.Server
	office *office
	// belated are the requests that SmartBill did not carry out, and may until the instant.
	belated map[string]time.Time
	// payer is true for a user who has an invoice and waits for its money.
	payer bool
}

// TestWhateverGoesWrongOneIntentIsOneInvoice lets random acts meet random faults, deaths of the program and strangers on
// the web, and compares after each what SmartBill has with what the ledger says. In the end everything can be settled.
func TestWhateverGoesWrongOneIntentIsOneInvoice(t *testing.T) {
	folder, run := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		path := filepath.Join(folder, fmt.Sprintf("%d.db", run))
		inSimulatedTime(t, func(t *testing.T) {
			remote := newRemote(sandbox.Config{})
			w := &world{remote: remote, office: openOffice(t, remote, path), belated: map[string]time.Time{}}
			w.alive()
			for range rapid.IntRange(1, 14).Draw(rt, "acts") {
				w.act(t, rt)
				w.compare(t, rt)
			}
			w.settleAll(t, rt)
			w.compare(t, rt)
		})
	})
}

// inSimulatedTime runs an act in a bubble of its own time: 24 hours of it are all that rapid gives a whole test. It hands
// on the panic by which rapid ends a run.
func inSimulatedTime(t *testing.T, act func(t *testing.T)) {
	t.Helper()
	var cause any
	synctest.Test(t, func(t *testing.T) {
		defer func() { cause = recover() }()
		act(t)
	})
	if cause != nil {
		panic(cause)
	}
}

// faults are all ways in which a call goes wrong, and none, which is as likely as all of them.
func faults() []sandbox.Kind {
	kinds := []sandbox.Kind{
		sandbox.RefuseConnection, sandbox.BadGateway, sandbox.NotFound, sandbox.LockOut, sandbox.CommitAndDrop, sandbox.CommitAndHang,
		sandbox.CommitAndError, sandbox.CommitAndEmpty, sandbox.CommitAndTruncate, sandbox.CommitAndBabble,
		sandbox.CommitAndContradict, sandbox.CommitAndForget,
	}
	return append(kinds, make([]sandbox.Kind, len(kinds))...)
}

// acts are what may happen, the likelier the more often it is named.
func (w *world) acts() []string {
	if w.payer {
		return []string{
			"pay", "pay", "pay", "pay", "settle payment", "settle payment", "decide payment", "money", "cancel", "restore", "restart", "wait",
		}
	}
	return []string{
		"issue", "issue", "issue", "proforma", "proforma", "convert", "convert", "convert", "web", "cancel", "restore", "storno", "settle", "settle", "adopt", "release", "resend",
		"restart", "stranger", "deletion", "wait", "belated", "pay", "pay", "settle payment", "decide payment", "money",
	}
}

// act makes one random act. The calls that it makes may fail, and the program may die of any of them.
func (w *world) act(t *testing.T, rt *rapid.T) {
	// What each act may add to SmartBill's invoices, at most.
	added := map[string]int{"pay": 1, "money": 1}
	adds := map[string]int{"issue": 1, "proforma": 1, "convert": 1, "web": 1, "resend": 1, "storno": 1, "stranger": 1, "belated": 1}
	name := rapid.SampledFrom(w.acts()).Draw(rt, "act")
	before, paid := w.made(), len(w.remote.Payments())
	w.script(rt, name)
	if rapid.IntRange(0, 3).Draw(rt, "mortality") == 0 {
		dying := &mortal{Provider: w.office.provider, calls: rapid.IntRange(0, 4).Draw(rt, "life"), answered: rapid.Bool().Draw(rt, "answered")}
		w.office.service = billing.New(w.office.records, dying, billing.WithTemplatePrints(true))
	}
	lived := survives(func() { w.perform(t, rt, name) })
	w.remote.ClearFaults()
	if !lived {
		w.restart(t, rt)
	}
	w.alive()
	if made := w.made() - before; made > adds[name] {
		rt.Fatalf("%s made %d documents", name, made)
	}
	if made := len(w.remote.Payments()) - paid; made > added[name] {
		rt.Fatalf("%s made %d payments", name, made)
	}
}

func (w *world) script(rt *rapid.T, act string) {
	kind := rapid.SampledFrom(faults()).Draw(rt, "fault")
	if kind == "" {
		return
	}
	operations := []string{
		creation, creation, creation, paying, cancelling, restoring, reversing, printing, "GET /series", "GET /invoice/paymentstatus",
		estimating, giving, asking, "GET /estimate/pdf",
	}
	if act == "pay" {
		operations = []string{paying, paying, paying, printing, "GET /series", "GET /invoice/paymentstatus"}
	}
	operation := rapid.SampledFrom(operations).Draw(rt, "operation")
	times := rapid.SampledFrom([]int{1, -1}).Draw(rt, "times")
	if kind == sandbox.CommitAndContradict {
		// An error that stands beside every success can only be read as a refusal.
		times = 1
	}
	w.remote.Script(sandbox.Fault{Operation: operation, Kind: kind, Times: times})
}

func (w *world) perform(t *testing.T, rt *rapid.T, act string) {
	service := w.office.service
	switch act {
	case "issue":
		w.issue(t, rt, hoursOf(rt))
	case "proforma":
		w.issue(t, rt, hoursOf(rt).AsProforma("PRF"))
	case "convert":
		w.convert(t, rt, w.pick(t, rt))
	case "web":
		w.convertOnTheWeb(t, rt, w.pick(t, rt))
	case "cancel":
		invoice, err := service.Cancel(t.Context(), w.pick(t, rt))
		expectStatus(rt, invoice, err, model.StatusCancelled)
	case "restore":
		invoice, err := service.Restore(t.Context(), w.pick(t, rt))
		expectStatus(rt, invoice, err, model.StatusIssued)
	case "storno":
		invoice, err := service.Storno(t.Context(), w.pick(t, rt), model.Date{})
		expectStatus(rt, invoice, err, model.StatusIssued)
	case "settle":
		// That it fails is the purpose; what it leaves behind is compared.
		_, _ = service.Settle(t.Context(), w.pick(t, rt))
	case "adopt":
		number := fmt.Sprintf("%04d", rapid.IntRange(1, 4).Draw(rt, "number"))
		w.adoptTruly(t, rt, w.pick(t, rt), number)
	case "release":
		w.releaseTruly(t, w.pick(t, rt))
	case "resend":
		invoice, err := service.Resend(t.Context(), w.truly(t, w.pick(t, rt)))
		expectStatus(rt, invoice, err, model.StatusIssued)
	case "restart":
		w.restart(t, rt)
	case "stranger":
		w.stranger(rt)
	case "deletion":
		w.deletion()
	case "wait":
		wait(settleAfter)
	case "belated":
		w.arriveLate(t, rt)
	default:
		w.performPaying(t, rt, act)
	}
}

func expectStatus(rt *rapid.T, invoice model.Invoice, err error, want model.Status) {
	if err == nil && invoice.Status != want {
		rt.Fatalf("without an error it is %s, not %s", invoice.Status, want)
	}
}

// issue bills some hours.
func (w *world) issue(t *testing.T, rt *rapid.T, wanted model.Draft) {
	wanted.IssueDate = model.DateOf(w.office.records.Now())
	wanted.DueDate = wanted.IssueDate.AddDays(30)
	before := w.made()
	invoice, err := w.office.service.Issue(t.Context(), wanted)
	expectStatus(rt, invoice, err, model.StatusIssued)
	if invoice.Status == model.StatusUnknown && w.made() == before {
		w.belated[invoice.Intent] = invoice.Changed.Add(settleAfter)
	}
}

// hoursOf drafts an invoice of some hours.
func hoursOf(rt *rapid.T) model.Draft {
	wanted := draft(rapid.SliceOfNDistinct(rapid.IntRange(0, 3), 1, 3, rapid.ID).Draw(rt, "hours")...)
	wanted.Series = rapid.SampledFrom([]string{"FCT", "FCT", "ABC"}).Draw(rt, "series")
	return wanted
}

// made counts the documents in SmartBill.
func (w *world) made() int { return len(w.remote.Invoices()) + len(w.remote.Estimates()) }

// pick chooses an invoice of the ledger by its intent; one that is not there while there is none.
func (w *world) pick(t *testing.T, rt *rapid.T) string {
	invoices, err := w.office.records.Invoices(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	if len(invoices) == 0 {
		return "CAD-AAAAAA"
	}
	return invoices[rapid.IntRange(0, len(invoices)-1).Draw(rt, "invoice")].Intent
}

// stranger is somebody who issues an invoice on the web.
func (w *world) stranger(rt *rapid.T) {
	made := sandbox.Foreign{Series: "FCT", Net: decimal.NewFromInt(100)}
	if _, err := w.remote.IssueForeign(w.remote.CIF(), made); err != nil {
		rt.Fatal(err)
	}
}

// deletion deletes the last invoice on the web. Who deletes a storno there puts its invoice back in force behind the
// program's back, which nothing can tell it: that is left out.
func (w *world) deletion() {
	for _, made := range w.remote.Invoices() {
		if made.State == sandbox.StateStorno {
			return
		}
	}
	// There may be none.
	_, _ = w.remote.DeleteLast(w.remote.CIF(), "FCT")
}

// settleAll is a user who comes back when all is well, and settles what is open.
func (w *world) settleAll(t *testing.T, rt *rapid.T) {
	wait(15 * settleAfter)
	open, err := w.office.service.Recover(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	for open = unsettled(open); len(open) > 0; {
		invoice := open[0]
		settlement, err := w.office.service.Settle(t.Context(), invoice.Intent)
		if err != nil {
			rt.Fatal(err)
		}
		switch settlement.Conclusion {
		case model.ConclusionUndecided:
			w.releaseTruly(t, invoice.Intent)
		case model.ConclusionWait:
			// It became unknown just now, when its number turned out to be another's.
			wait(settleAfter)
			continue
		default:
		}
		if status := w.office.status(t, invoice.Intent); isOpen(status) {
			rt.Fatalf("settled, it is %s: %s %+v", status, settlement.Sentence, settlement.Candidates)
		}
		w.compare(t, rt)
		// An invoice that turned out to have another's number makes that one unknown.
		if open, err = w.office.service.Recover(t.Context()); err != nil {
			rt.Fatal(err)
		}
		open = unsettled(open)
	}
	w.settlePayments(t, rt)
}
