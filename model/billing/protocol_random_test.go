package billing_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// harness is a user who bills the same few hours again and again while everything goes wrong.
type harness struct {
	remote *sandbox.Server
	office *office
	// belated are the requests that SmartBill did not carry out, and may until the instant.
	belated map[string]time.Time
	// payer is true for a user who has an invoice and waits for its money.
	payer bool
	// company is that of the settings for now, picked the document of the ledger that the act is on.
	company string
	picked  model.Invoice
	template
	history
}

// newHarness opens the program of a user over an account of two companies.
func newHarness(t *testing.T, path string) *harness {
	t.Helper()
	remote := newRemote(sandbox.Config{Accounts: twoCompanies()})
	w := &harness{remote: remote, belated: map[string]time.Time{}, company: remote.CIF(), template: templateStated, history: newHistory()}
	w.office = openOffice(t, remote, path)
	w.office.second = connectAs(t, remote, w.office.records, remote.Token(), secondCIF)
	w.alive()
	return w
}

// TestWhateverGoesWrongOneIntentIsOneInvoice lets random acts meet random faults, deaths of the program and strangers on
// the web, and compares after each what SmartBill has with what the ledger says. In the end everything can be settled.
func TestWhateverGoesWrongOneIntentIsOneInvoice(t *testing.T) {
	t.Parallel()
	folder, run := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		path := filepath.Join(folder, fmt.Sprintf("%d.db", run))
		inSimulatedTime(t, func(t *testing.T) {
			w := newHarness(t, path)
			w.template = rapid.SampledFrom([]template{templateStated, templatePrints, templateSwitched}).Draw(rt, "template")
			w.alive()
			for range rapid.IntRange(1, 16).Draw(rt, "acts") {
				w.act(t, rt)
				w.compare(t, rt)
			}
			w.settleAll(t, rt)
			w.compare(t, rt)
			w.compareSettled(t, rt)
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
	if fmt.Sprintf("%T", cause) == "rapid.invalidData" {
		// Rapid tells failures apart by where they panic. This is none: it tries to shorten one and ran out of choices.
		panic(cause)
	}
	if cause != nil {
		panic(cause)
	}
}

// faults are all ways in which a call goes wrong, and none, which is as likely as all of them.
func faults() []sandbox.Kind {
	kinds := []sandbox.Kind{
		sandbox.RefuseConnection, sandbox.BadGateway, sandbox.NotFound, sandbox.LockOut, sandbox.CommitAndDrop, sandbox.CommitAndHang,
		sandbox.CommitAndError, sandbox.CommitAndEmpty, sandbox.CommitAndTruncate, sandbox.CommitAndBabble,
		sandbox.CommitAndContradict, sandbox.CommitAndForget, sandbox.FindNothing,
	}
	return append(kinds, make([]sandbox.Kind, len(kinds))...)
}

// acts are what may happen, the likelier the more often it is named.
func (w *harness) acts() []string {
	if w.payer {
		return []string{
			"pay", "pay", "pay", "pay", "settle payment", "settle payment", "decide payment", "money", "cancel", "restore", "restart", "wait",
		}
	}
	return []string{
		"issue", "issue", "issue", "proforma", "proforma", "convert", "convert", "convert", "web", "cancel", "restore", "storno", "lines", "lines", "settle", "settle", "adopt", "release", "resend",
		"restart", "stranger", "stranger", "deletion", "deletion", "deletion", "wait", "belated", "pay", "pay", "settle payment", "decide payment", "money",
		"settle deleted", "settle deleted", "decide deleted", "vouch", "pdf", "balance", "template",
	}
}

// act makes one random act. The calls that it makes may fail, and the program may die of any of them.
func (w *harness) act(t *testing.T, rt *rapid.T) {
	// What each act may add to SmartBill's invoices, at most.
	added := map[string]int{"pay": 1, "money": 1}
	adds := map[string]int{"issue": 1, "proforma": 1, "convert": 1, "web": 1, "resend": 1, "storno": 1, "lines": 1, "stranger": 1, "belated": 1}
	name := rapid.SampledFrom(w.acts()).Draw(rt, "act")
	before, paid := w.made(), len(w.remote.Payments())
	w.beginAct(rt)
	w.script(rt, name)
	if rapid.IntRange(0, 3).Draw(rt, "mortality") == 0 {
		w.serve(&mortal{Provider: w.provider(), calls: rapid.IntRange(0, 4).Draw(rt, "life"), answered: rapid.Bool().Draw(rt, "answered")})
	}
	lived := survives(func() { w.perform(t, rt, name) })
	w.remote.ClearFaults()
	w.endAct(t, rt, name)
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

func (w *harness) script(rt *rapid.T, act string) {
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
	if kind == sandbox.FindNothing && rapid.Bool().Draw(rt, "everywhere") {
		nothingFound(w.remote)
		return
	}
	w.remote.Script(sandbox.Fault{Operation: operation, Kind: kind, Times: times})
}

func (w *harness) perform(t *testing.T, rt *rapid.T, act string) {
	service := w.office.service
	switch act {
	case "issue":
		w.issue(t, rt, w.hoursOf(rt))
	case "proforma":
		w.issue(t, rt, w.hoursOf(rt).AsProforma("PRF"))
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
	case "lines":
		w.reverseLines(t, rt, w.pick(t, rt))
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
		w.deletion(t, rt)
	case "template":
		w.switchTemplate(rt)
	case "settle deleted":
		_, _ = w.settleDeleted(t, rt, w.pick(t, rt))
	case "decide deleted":
		_, _ = w.decideDeletedTruly(t, w.pick(t, rt))
	case "vouch":
		w.vouchTruly(t, w.pick(t, rt))
	case "pdf":
		_, _ = service.PDF(t.Context(), w.pick(t, rt))
	case "balance":
		_, _ = service.Balance(t.Context(), w.pick(t, rt))
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
func (w *harness) issue(t *testing.T, rt *rapid.T, wanted model.PreparedInvoice) {
	wanted.CIF = w.company
	wanted.IssueDate = model.DateOf(w.office.records.Now())
	wanted.DueDate = wanted.IssueDate.AddDays(30)
	before := w.made()
	invoice, err := w.office.service.Issue(t.Context(), wanted)
	if stranger, ok := errors.AsType[*model.UnknownReferenceError](err); ok && rapid.Bool().Draw(rt, "elsewhere") {
		// It may fail as anything else.
		_ = w.office.service.MadeElsewhere(t.Context(), wanted.Kind, stranger.Series, stranger.Number)
	}
	expectStatus(rt, invoice, err, model.StatusIssued)
	if invoice.Status == model.StatusUnknown && w.made() == before {
		w.belated[invoice.Intent] = invoice.Changed.Add(settleAfter)
	}
}

// hoursOf prepares an invoice of some hours, some of which were edited in the tracker.
func (w *harness) hoursOf(rt *rapid.T) model.PreparedInvoice {
	wanted := invoiceOf(rapid.SliceOfNDistinct(rapid.IntRange(0, 3), 1, 3, rapid.ID).Draw(rt, "hours")...)
	wanted.Series = rapid.SampledFrom([]string{"FCT", "FCT", "ABC"}).Draw(rt, "series")
	for i, hour := range wanted.Hours {
		wanted.Hours[i] = edited(*hour, rapid.SampledFrom([]string{"", "", "", "", "text", "user", "source", "time"}).Draw(rt, "edit"))
		wanted.Lines[0].Entries[i] = wanted.Hours[i].Fingerprint
		w.slots[wanted.Hours[i].Fingerprint] = hour.Fingerprint
	}
	return wanted
}

// edited is an hour as it reads after an edit. Who worked is told or not, and is always the same.
func edited(hour model.Entry, what string) *model.Entry {
	switch what {
	case "text":
		hour.Description = "Review"
	case "user":
		hour.User = "Ana"
	case "source":
		hour.Source = "toggl"
	case "time":
		hour.Start, hour.Seconds = model.InstantOf(hour.Start.Time().Add(10*time.Minute)), hour.Seconds-600
	}
	return new(hour.Fingerprinted(0))
}

// made counts the documents in SmartBill.
func (w *harness) made() int { return len(w.remote.Invoices()) + len(w.remote.Estimates()) }

// pick chooses an invoice of the ledger by its intent; one that is not there while there is none.
func (w *harness) pick(t *testing.T, rt *rapid.T) string {
	invoices, err := w.office.records.Invoices(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	if len(invoices) == 0 {
		return "CAD-AAAAAA"
	}
	w.picked = invoices[rapid.IntRange(0, len(invoices)-1).Draw(rt, "invoice")]
	return w.picked.Intent
}
