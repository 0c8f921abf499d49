package billing_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// journey is a user who bills the same few hours again and again while everything goes wrong.
type journey struct {
	remote *sandbox.Server
	office *office
}

// TestWhateverGoesWrongNoHourIsOnTwoInvoices lets random acts meet random faults, and compares after each what SmartBill
// has with what the ledger says.
func TestWhateverGoesWrongNoHourIsOnTwoInvoices(t *testing.T) {
	folder, run := t.TempDir(), 0
	synctest.Test(t, func(t *testing.T) {
		rapid.Check(withoutDeadline{t}, func(rt *rapid.T) {
			run++
			remote := sandbox.NewDefault()
			j := &journey{remote: remote, office: openOffice(t, remote, filepath.Join(folder, fmt.Sprintf("%d.db", run)))}
			for range rapid.IntRange(1, 12).Draw(rt, "acts") {
				switch rapid.SampledFrom([]string{"issue", "cancel", "start"}).Draw(rt, "act") {
				case "issue":
					j.issue(t, rt)
				case "cancel":
					j.cancel(t, rt)
				case "start":
					j.start(t, rt)
				}
				j.compare(t, rt)
			}
			if err := j.office.records.Close(); err != nil {
				rt.Fatal(err)
			}
		})
	})
}

// withoutDeadline hides the deadline of a test, which may not be asked for where time is simulated.
type withoutDeadline struct{ testing.TB }

// faults are all ways in which a call goes wrong, and none, which is as likely as one of them.
func faults() []sandbox.Kind {
	return []sandbox.Kind{
		"", "", "", "", sandbox.RefuseConnection, sandbox.BadGateway, sandbox.NotFound, sandbox.CommitAndDrop, sandbox.CommitAndHang,
		sandbox.CommitAndError, sandbox.CommitAndEmpty, sandbox.CommitAndTruncate, sandbox.CommitAndBabble,
		sandbox.CommitAndContradict, sandbox.CommitAndForget,
	}
}

func (j *journey) script(rt *rapid.T, operation string, kinds []sandbox.Kind) {
	j.remote.ClearFaults()
	if kind := rapid.SampledFrom(kinds).Draw(rt, "fault"); kind != "" {
		times := rapid.SampledFrom([]int{1, -1}).Draw(rt, "times")
		j.remote.Script(sandbox.Fault{Operation: operation, Kind: kind, Times: times})
	}
}

// issue bills some hours. That it fails is the purpose; what it leaves behind is compared.
func (j *journey) issue(t *testing.T, rt *rapid.T) {
	j.script(rt, creation, faults())
	hours := rapid.SliceOfNDistinct(rapid.IntRange(0, 3), 1, 3, rapid.ID).Draw(rt, "hours")
	wanted := draft(hours...)
	wanted.Series = rapid.SampledFrom([]string{"FCT", "ABC"}).Draw(rt, "series")
	invoice, err := j.office.service.Issue(t.Context(), wanted)
	if err == nil && invoice.Status != model.StatusIssued {
		rt.Fatalf("without an error it is %s", invoice.Status)
	}
}

func (j *journey) cancel(t *testing.T, rt *rapid.T) {
	// An error beside a success reads as a refusal, which it is by SmartBill's description; cancelling again heals it.
	kinds := slices.DeleteFunc(faults(), func(kind sandbox.Kind) bool { return kind == sandbox.CommitAndContradict })
	j.script(rt, cancelling, kinds)
	series := rapid.SampledFrom([]string{"FCT", "ABC"}).Draw(rt, "series")
	reference := fmt.Sprintf("%s-%04d", series, rapid.IntRange(1, 3).Draw(rt, "number"))
	invoice, err := j.office.service.Cancel(t.Context(), reference)
	if err == nil && invoice.Status != model.StatusCancelled {
		rt.Fatalf("without an error it is %s", invoice.Status)
	}
}

// start closes the program and starts it again.
func (j *journey) start(t *testing.T, rt *rapid.T) {
	if err := j.office.records.Close(); err != nil {
		rt.Fatal(err)
	}
	j.office = openOffice(t, j.remote, j.office.path)
	if _, err := j.office.service.Recover(t.Context()); err != nil {
		rt.Fatal(err)
	}
}

func (j *journey) compare(t *testing.T, rt *rapid.T) {
	invoices, err := j.office.records.Invoices(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	billed := map[string]string{}
	for _, made := range j.remote.Invoices() {
		at := slices.IndexFunc(invoices, func(i model.Invoice) bool { return strings.Contains(made.Mentions, i.Intent) })
		if at < 0 {
			rt.Fatalf("SmartBill has %s %s, of which the ledger knows nothing", made.Series, made.Number)
		}
		known := invoices[at]
		j.compareOne(rt, made, known)
		if made.State != sandbox.StateIssued {
			continue
		}
		for _, fingerprint := range j.entriesOf(t, rt, known) {
			if other := billed[fingerprint]; other != "" {
				rt.Fatalf("an hour is on %s and on %s %s", other, made.Series, made.Number)
			}
			billed[fingerprint] = made.Series + " " + made.Number
		}
	}
	statuses, err := j.office.records.Statuses(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	for fingerprint, reference := range billed {
		if _, held := statuses[fingerprint]; !held {
			rt.Fatalf("an hour of %s is free in the ledger", reference)
		}
	}
}

// compareOne expects the ledger to say of an invoice what is true in SmartBill, or that it is uncertain.
func (j *journey) compareOne(rt *rapid.T, made sandbox.Document, known model.Invoice) {
	var possible []model.Status
	switch made.State {
	case sandbox.StateIssued:
		possible = []model.Status{model.StatusIssued, model.StatusUnknown, model.StatusCancelling}
	case sandbox.StateCancelled:
		possible = []model.Status{model.StatusCancelled, model.StatusCancelling}
	default:
		rt.Fatalf("SmartBill has %s %s as %s", made.Series, made.Number, made.State)
	}
	if !slices.Contains(possible, known.Status) {
		rt.Fatalf("SmartBill has %s %s as %s, the ledger as %s", made.Series, made.Number, made.State, known.Status)
	}
	if known.Status != model.StatusUnknown && (known.Series != made.Series || known.Number != made.Number) {
		rt.Fatalf("SmartBill has %s %s, the ledger %s", made.Series, made.Number, known.Reference())
	}
}

func (j *journey) entriesOf(t *testing.T, rt *rapid.T, invoice model.Invoice) []string {
	entries, err := j.office.records.EntriesOf(t.Context(), []int64{invoice.ID})
	if err != nil {
		rt.Fatal(err)
	}
	return entries[invoice.ID]
}
