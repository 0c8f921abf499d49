package billing_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// TestWhateverASimulatorIssuesIsNothingAtSmartBill lets one office use a simulator and SmartBill itself by turns, over one ledger:
// what is issued at one neither blocks nor bills at the other, and no act at one touches the other.
func TestWhateverASimulatorIssuesIsNothingAtSmartBill(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		inSimulatedTime(t, func(t *testing.T) {
			both := newTwoServices(t)
			for range rapid.IntRange(1, 14).Draw(rt, "acts") {
				simulated := rapid.Bool().Draw(rt, "at the simulator")
				remote, other := both.smartbill, both.simulator
				both.at(both.practised)
				if simulated {
					remote, other = both.simulator, both.smartbill
					both.at(both.practice)
				}
				before := states(other)
				both.act(t, rt, remote, simulated)
				if now := states(other); now != before {
					rt.Fatalf("an act elsewhere made %s of %s", now, before)
				}
				both.compare(t, rt)
			}
		})
	})
}

// states says what a service has.
func states(remote *sandbox.Server) string {
	text := strings.Builder{}
	for _, made := range append(remote.Invoices(), remote.Estimates()...) {
		text.WriteString(made.Series + made.Number + " " + string(made.State) + " " + made.Paid.String() + "; ")
	}
	return text.String()
}

func (o twoServices) act(t *testing.T, rt *rapid.T, remote *sandbox.Server, simulated bool) {
	names := []string{
		"settle", "adopt", "resend", "cancel", "restore", "storno", "pay", "settle payment", "convert", "pdf", "balance", "settle deleted", "vouch",
	}
	kind := rapid.SampledFrom([]sandbox.Kind{"", "", "", sandbox.BadGateway, sandbox.CommitAndDrop}).Draw(rt, "fault")
	if kind != "" {
		operation := rapid.SampledFrom([]string{creation, creation, reversing, paying, cancelling, printing, estimating}).Draw(rt, "operation")
		remote.Script(sandbox.Fault{Operation: operation, Kind: kind})
		defer remote.ClearFaults()
	}
	invoices, err := o.records.Invoices(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	switch rapid.SampledFrom([]string{"issue", "issue", "issue", "act", "act", "act", "delete"}).Draw(rt, "act") {
	case "issue":
		o.issueAt(t, rt, invoices, simulated)
	case "delete":
		// That a deleted storno puts its invoice back in force the ledger learns only when somebody asks: another test's concern.
		if made := remote.Invoices(); len(made) > 0 && made[len(made)-1].State != sandbox.StateStorno {
			_, _ = remote.DeleteLast(remote.CIF(), "FCT")
		}
	case "act":
		if len(invoices) == 0 {
			return
		}
		chosen := rapid.SampledFrom(invoices).Draw(rt, "invoice")
		name := rapid.SampledFrom(names).Draw(rt, "name")
		err := acts()[name](t.Context(), o.service, chosen.Intent)
		// What is cancelled or in force already is left as it is without a word, anywhere.
		done := err == nil && name != "cancel" && name != "restore"
		if now := o.status(t, chosen.Intent); chosen.Simulated != simulated && (done || now != chosen.Status) {
			rt.Fatalf("%s of %s, simulated: %v, was done elsewhere: it is %s (%v)", name, chosen.Intent, chosen.Simulated, now, err)
		}
	}
}

// issueAt issues an invoice or a proforma, and expects that nothing of the other service keeps it back.
func (o twoServices) issueAt(t *testing.T, rt *rapid.T, invoices []model.Invoice, simulated bool) {
	wanted := invoiceOf(rapid.SliceOfNDistinct(rapid.IntRange(0, 3), 1, 3, rapid.ID).Draw(rt, "hours")...)
	if rapid.IntRange(0, 3).Draw(rt, "proforma") == 0 {
		wanted = wanted.AsProforma("PRF")
	}
	statuses, err := o.records.Statuses(t.Context(), simulated)
	if err != nil {
		rt.Fatal(err)
	}
	taken := slices.ContainsFunc(wanted.Entries(), func(fingerprint string) bool { return statuses[fingerprint].Invoice != "" })
	busy := slices.ContainsFunc(invoices, func(i model.Invoice) bool {
		return isOpen(i.Status) && i.Simulated == simulated && i.Series == wanted.Series
	})
	made, err := o.service.Issue(t.Context(), wanted)
	switch {
	case errors.Is(err, model.ErrEntriesTaken) && !taken, errors.Is(err, model.ErrSeriesBusy) && !busy:
		rt.Fatalf("kept back by the other service: %v", err)
	case err == nil && (taken || busy):
		rt.Fatalf("%s was issued over hours that are taken", made.Reference())
	case made.ID != 0 && made.Simulated != simulated:
		rt.Fatalf("%s is simulated: %v", made.Intent, made.Simulated)
	}
}

// compare expects SmartBill itself to bill no hour twice, and the ledger to hold, where it answers, the hours that it bills.
func (o twoServices) compare(t *testing.T, rt *rapid.T) {
	invoices, err := o.records.Invoices(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	for _, simulated := range []bool{true, false} {
		remote := o.smartbill
		if simulated {
			remote = o.simulator
		}
		statuses, err := o.records.Statuses(t.Context(), simulated)
		if err != nil {
			rt.Fatal(err)
		}
		billed := map[string]string{}
		for _, made := range remote.Invoices() {
			at := slices.IndexFunc(invoices, func(i model.Invoice) bool { return strings.Contains(made.Mentions, i.Intent) })
			if made.State != sandbox.StateIssued || at < 0 {
				continue
			}
			known := invoices[at]
			if known.Simulated != simulated {
				rt.Fatalf("%s is simulated: %v", known.Intent, known.Simulated)
			}
			entries, err := o.records.EntriesOf(t.Context(), []int64{known.ID})
			if err != nil {
				rt.Fatal(err)
			}
			for _, fingerprint := range entries[known.ID] {
				if other := billed[fingerprint]; other != "" || statuses[fingerprint].Invoice == "" {
					rt.Fatalf("the hour of %s is on %q too, and held by %q", known.Reference(), other, statuses[fingerprint].Invoice)
				}
				billed[fingerprint] = known.Reference()
			}
		}
	}
}
