package billing_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/taxid"
)

// rounds is how often a user begins from the start, at most: what is settled may open something else.
const rounds = 6

// settleAll is a user who comes back when all is well, and looks after what is open and what may be gone.
func (w *harness) settleAll(t *testing.T, rt *rapid.T) {
	for range rounds {
		wait(15 * settleAfter)
		w.settleOpen(t, rt)
		w.settlePayments(t, rt)
		if !w.lookForGone(t, rt) {
			return
		}
		w.compare(t, rt)
	}
	rt.Fatalf("after %d rounds, something is open still", rounds)
}

// settleOpen settles what the program lists at its start.
func (w *harness) settleOpen(t *testing.T, rt *rapid.T) {
	for _, invoice := range w.recovered(t, rt) {
		w.settingsOf(invoice)
		switch invoice.Status {
		case model.StatusUnknown:
			w.settleOne(t, rt, invoice)
		case model.StatusCancelling:
			if _, err := w.office.service.Cancel(t.Context(), invoice.Intent); errors.Is(err, model.ErrNotOurs) {
				w.vouchTruly(t, invoice.Intent)
			}
		case model.StatusRestoring:
			if _, err := w.office.service.Restore(t.Context(), invoice.Intent); errors.Is(err, model.ErrNotOurs) {
				w.vouchTruly(t, invoice.Intent)
			}
		default:
		}
		w.compare(t, rt)
	}
}

func (w *harness) recovered(t *testing.T, rt *rapid.T) []model.Invoice {
	open, err := w.office.service.Recover(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	return open
}

// settingsOf takes the settings of the company of an invoice.
func (w *harness) settingsOf(invoice model.Invoice) {
	w.company = w.remote.CIF()
	if invoice.Company == taxid.CompanyCode(secondCIF) {
		w.company = secondCIF
	}
	w.alive()
}

// settleOne settles one invoice. What the evidence leaves open, its user decides, who looks and tells the truth.
func (w *harness) settleOne(t *testing.T, rt *rapid.T, invoice model.Invoice) {
	settlement, err := w.office.service.Settle(t.Context(), invoice.Intent)
	if errors.Is(err, model.ErrStateChanged) {
		// It turned up while another one was settled.
		return
	}
	if err != nil {
		rt.Fatal(err)
	}
	switch settlement.Conclusion {
	case model.ConclusionUndecided:
		made, there := w.has(t, invoice.Intent)
		if there {
			_, err = w.office.service.Adopt(t.Context(), invoice.Intent, made.Number)
		} else {
			_, err = w.office.service.Release(t.Context(), invoice.Intent)
		}
		if errors.Is(err, model.ErrNotOurs) {
			// The ledger has another one under the number: that one is looked after first.
			return
		}
		if err != nil {
			rt.Fatal(err)
		}
	case model.ConclusionWait:
		// It became unknown just now, when its number turned out to be another's.
		return
	default:
	}
	if status := w.office.status(t, invoice.Intent); isOpen(status) {
		rt.Fatalf("settled, it is %s: %s %+v", status, settlement.Conclusion, settlement.Candidates)
	}
}

// lookForGone looks for each document whether it was deleted on the web. It reports whether anything is open, or changed.
func (w *harness) lookForGone(t *testing.T, rt *rapid.T) (again bool) {
	invoices, err := w.office.records.Invoices(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	for _, invoice := range invoices {
		if !invoice.Status.AtSmartBill() {
			again = again || isOpen(invoice.Status)
			continue
		}
		w.settingsOf(invoice)
		gone, err := w.settleDeleted(t, rt, invoice.Intent)
		// What the evidence leaves open, its user decides.
		if err != nil && !errors.Is(err, model.ErrStateChanged) && !errors.Is(err, model.ErrOutcomeUnknown) {
			rt.Fatal(err)
		}
		decided, err := w.decideDeletedTruly(t, invoice.Intent)
		if err != nil && !errors.Is(err, model.ErrStateChanged) {
			rt.Fatal(err)
		}
		again = again || gone || decided
		now := w.office.status(t, invoice.Intent)
		again = again || now == model.StatusCancelling || now == model.StatusRestoring
		w.compare(t, rt)
	}
	return again
}

// settleDeleted looks whether a document was deleted, and reports whether it was.
func (w *harness) settleDeleted(t *testing.T, rt *rapid.T, reference string) (bool, error) {
	_, there := w.has(t, reference)
	deletion, err := w.office.service.SettleDeleted(t.Context(), reference)
	if err != nil {
		return false, err
	}
	if deletion.Conclusion == model.DeletionRecorded && there {
		rt.Fatalf("%s is in SmartBill: %s", reference, deletion.Candidate.Reason)
	}
	return deletion.Conclusion == model.DeletionRecorded, nil
}

// decideDeletedTruly records that a document is gone which is, and reports whether it did.
func (w *harness) decideDeletedTruly(t *testing.T, reference string) (bool, error) {
	detail, err := w.office.records.Detail(t.Context(), reference)
	if err != nil {
		return false, err
	}
	if _, there := w.has(t, reference); there {
		return false, nil
	}
	deletion, err := w.office.service.DecideDeleted(t.Context(), reference, detail.Number)
	return err == nil && deletion.Conclusion == model.DeletionRecorded, err
}

// vouchTruly is a user who says of a document that it is the one which the ledger means, where it is.
func (w *harness) vouchTruly(t *testing.T, reference string) {
	detail, err := w.office.records.Detail(t.Context(), reference)
	if err != nil {
		return
	}
	if made, there := w.has(t, reference); there && made.Number == detail.Number {
		_, _ = w.office.service.ConfirmDocument(t.Context(), reference, detail.Number, detail.ClientName)
	}
}
