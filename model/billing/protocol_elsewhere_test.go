package billing_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/model/ledger"
	"cadensa/smartbill/sandbox"
)

// installation is one of several that bill the same hours on the same series, each with a ledger of its own.
type installation struct {
	*office
	// copies are earlier states of the ledger.
	copies [][]byte
}

// TestWhateverIsPutBackNothingIsIssuedBesideAnUnknownLastNumber lets people put old ledgers in the place of newer ones, and bill
// from two computers. What a ledger does not know is noticed when it is the last number of the series, and only then: hours that
// an earlier one bills are billed a second time. With WithSharedSeries nothing is noticed, as is said there.
func TestWhateverIsPutBackNothingIsIssuedBesideAnUnknownLastNumber(t *testing.T) {
	t.Parallel()
	folder, run := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		inSimulatedTime(t, func(t *testing.T) {
			remote := newRemote(sandbox.Config{})
			all := make([]*installation, 2)
			for i := range all {
				path := filepath.Join(folder, fmt.Sprintf("%d-%d.db", run, i))
				all[i] = &installation{office: openOffice(t, remote, path)}
			}
			for range rapid.IntRange(1, 12).Draw(rt, "acts") {
				one := all[rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(rt, "installation")]
				one.act(t, rt, remote)
				one.compare(t, rt, remote)
			}
			for _, one := range all {
				one.settleAll(t, rt, remote)
				one.compare(t, rt, remote)
			}
		})
	})
}

func (o *installation) act(t *testing.T, rt *rapid.T, remote *sandbox.Server) {
	switch rapid.SampledFrom([]string{"issue", "issue", "issue", "copy", "put back", "stranger", "settle"}).Draw(rt, "act") {
	case "issue":
		o.issueOver(t, rt, remote)
	case "copy":
		kept, content := o.copied(t, remote)
		o.office, o.copies = kept, append(o.copies, content)
	case "put back":
		if len(o.copies) > 0 {
			o.office = o.putBack(t, remote, o.copies[rapid.IntRange(0, len(o.copies)-1).Draw(rt, "copy")])
			if _, err := o.service.Recover(t.Context()); err != nil {
				rt.Fatal(err)
			}
		}
	case "stranger":
		foreign(t, remote)
	case "settle":
		o.settleAll(t, rt, remote)
	}
}

// issueOver issues an invoice, and expects that none is made beside a last number which bears a reference that the ledger does not
// know.
func (o *installation) issueOver(t *testing.T, rt *rapid.T, remote *sandbox.Server) {
	before := remote.Invoices()
	shared := rapid.IntRange(0, 5).Draw(rt, "shared") == 0
	o.service = billing.New(o.records, o.provider, billing.WithSharedSeries(shared))
	stranger, found := o.unknownLast(t, rt, remote)
	kind := rapid.SampledFrom([]sandbox.Kind{"", "", "", sandbox.BadGateway, sandbox.CommitAndDrop}).Draw(rt, "fault")
	if kind != "" {
		remote.Script(sandbox.Fault{Operation: creation, Kind: kind})
	}
	wanted := invoiceOf(rapid.SliceOfNDistinct(rapid.IntRange(0, 3), 1, 3, rapid.ID).Draw(rt, "hours")...)
	_, err := o.service.Issue(t.Context(), wanted)
	remote.ClearFaults()
	refusal, refused := errors.AsType[*model.UnknownReferenceError](err)
	if found && !shared && (!refused || len(remote.Invoices()) != len(before)) && !errors.Is(err, model.ErrSeriesBusy) {
		rt.Fatalf("beside %s (%s), of which the ledger knows nothing, the error is %v", stranger.Number, stranger.Mentions, err)
	}
	if refused && (shared || !o.isStranger(t, remote, refusal.Number)) {
		rt.Fatalf("refused because of %s: %v", refusal.Number, err)
	}
	if refused && rapid.Bool().Draw(rt, "made elsewhere") {
		if err := o.service.MadeElsewhere(t.Context(), model.KindInvoice, "FCT", refusal.Number); err != nil {
			rt.Fatal(err)
		}
	}
}

// isStranger reports whether a number's document bears a reference that the ledger does not know: one of the last that were looked
// at, beside the very last.
func (o *installation) isStranger(t *testing.T, remote *sandbox.Server, number string) bool {
	return slices.ContainsFunc(remote.Invoices(), func(made sandbox.Document) bool {
		return made.Number == number && made.Mentions != "" && !o.knows(t, made)
	})
}

// unknownLast finds the last document of the series if it bears a reference that the ledger does not know and its user was not told
// of.
func (o *installation) unknownLast(t *testing.T, rt *rapid.T, remote *sandbox.Server) (sandbox.Document, bool) {
	all := remote.Invoices()
	if len(all) == 0 {
		return sandbox.Document{}, false
	}
	last := all[len(all)-1]
	if last.Mentions == "" || o.knows(t, last) {
		return last, false
	}
	number, err := strconv.ParseInt(last.Number, 10, 64)
	if err != nil {
		rt.Fatal(err)
	}
	// What was looked at, and is another's by the word of its user or of the settings, keeps nothing back.
	unseen, err := o.records.Unseen(t.Context(), ledger.Numbers{CIF: remote.CIF(), Kind: model.SeriesInvoice, Series: "FCT",
		Simulated: true}, number, number+1, 1)
	if err != nil {
		rt.Fatal(err)
	}
	return last, len(unseen) == 1
}

func (o *installation) knows(t *testing.T, made sandbox.Document) bool {
	invoices, err := o.records.Invoices(t.Context())
	return err == nil && slices.ContainsFunc(invoices, func(i model.Invoice) bool { return strings.Contains(made.Mentions, i.Intent) })
}

// compare expects every hour that the ledger bills to be billed by its own document, and by no other document that it knows.
func (o *installation) compare(t *testing.T, rt *rapid.T, remote *sandbox.Server) {
	invoices, err := o.records.Invoices(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	billed := map[string]string{}
	for _, made := range remote.Invoices() {
		for _, invoice := range invoices {
			if made.Mentions == "" || !strings.Contains(made.Mentions, invoice.Intent) {
				continue
			}
			if invoice.Number != made.Number && !isOpen(invoice.Status) {
				rt.Fatalf("SmartBill has %s, the ledger %s, which is %s", made.Number, invoice.Reference(), invoice.Status)
			}
			entries, err := o.records.EntriesOf(t.Context(), []int64{invoice.ID})
			if err != nil {
				rt.Fatal(err)
			}
			for _, fingerprint := range entries[invoice.ID] {
				if other := billed[fingerprint]; other != "" {
					rt.Fatalf("an hour is on %s and on %s", other, invoice.Reference())
				}
				billed[fingerprint] = invoice.Reference()
			}
		}
	}
}

// settleAll settles what is open: what SmartBill has is found.
func (o *installation) settleAll(t *testing.T, rt *rapid.T, remote *sandbox.Server) {
	wait(15 * settleAfter)
	open, err := o.service.Recover(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	for _, invoice := range open {
		settlement, err := o.service.Settle(t.Context(), invoice.Intent)
		if err != nil {
			rt.Fatal(err)
		}
		made := slices.ContainsFunc(remote.Invoices(), func(made sandbox.Document) bool {
			return strings.Contains(made.Mentions,
				invoice.Intent)
		})
		if adopted := settlement.Conclusion == model.ConclusionAdopted; made != adopted && settlement.Conclusion != model.ConclusionUndecided {
			rt.Fatalf("concluded %s of %s", settlement.Conclusion, invoice.Intent)
		}
		if !made && settlement.Conclusion == model.ConclusionUndecided {
			if _, err := o.service.Release(t.Context(), invoice.Intent); err != nil {
				rt.Fatal(err)
			}
		}
	}
}
