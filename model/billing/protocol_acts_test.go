package billing_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/taxid"
	"cadensa/smartbill/sandbox"
)

// compare holds what SmartBill has against what the ledger says. It must hold after every act, whatever went wrong.
func (w *harness) compare(t *testing.T, rt *rapid.T) {
	invoices, err := w.office.records.Invoices(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	statuses, err := w.office.records.Statuses(t.Context(), true)
	if err != nil {
		rt.Fatal(err)
	}
	billed := map[string]model.Invoice{}
	for _, made := range w.remote.Invoices() {
		known, ours := w.known(rt, made, invoices)
		if !ours {
			continue
		}
		w.compareOne(rt, made, known, invoices)
		if made.State != sandbox.StateIssued || w.isBackUnseen(known) {
			continue
		}
		if w.isTakenBack(t, rt, known, invoices) {
			continue
		}
		for _, fingerprint := range w.entriesOf(t, rt, known) {
			other, twice := billed[w.slot(fingerprint)]
			if twice && !w.isSaid(t, rt, fingerprint, other, known) {
				rt.Fatalf("an hour is on %s and on %s", other.Reference(), known.Reference())
			}
			billed[w.slot(fingerprint)] = known
			if holder := statuses[fingerprint].Invoice; holder != known.Reference() && !w.isSaid(t, rt, fingerprint, known, model.Invoice{}) {
				rt.Fatalf("an hour of %s is held by %q", known.Reference(), holder)
			}
		}
	}
	w.compareProformas(rt, invoices)
	w.checkHolders(rt, invoices, statuses)
	w.audit(t, rt)
	w.comparePayments(t, rt, invoices)
}

// isSaid reports whether the ledger tells of one of two invoices that it bills hours a second time. That cannot be helped only
// where an invoice came back in force because somebody deleted its storno.
func (w *harness) isSaid(t *testing.T, rt *rapid.T, fingerprint string, one, other model.Invoice) bool {
	doubled, err := w.office.records.Doubled(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	return w.cameBack[w.slot(fingerprint)] && slices.ContainsFunc(doubled, func(i model.Invoice) bool {
		return (i.ID == one.ID || i.ID == other.ID) && strings.Contains(i.Message, "a second time")
	})
}

// known finds the ledger's row of a document in SmartBill; somebody else's has none.
func (w *harness) known(rt *rapid.T, made sandbox.Document, invoices []model.Invoice) (model.Invoice, bool) {
	owner := w.owners[made.DocumentID]
	at := slices.IndexFunc(invoices, func(i model.Invoice) bool {
		if owner != "" {
			return i.Intent == owner
		}
		// Somebody made it from a proforma of ours, and it was recorded since.
		return w.sources[made.DocumentID] != "" && i.Proforma != "" && i.Company == taxid.CompanyCode(made.CIF) &&
			i.Series == made.Series && i.Number == made.Number && i.Status != model.StatusDeleted && !w.isPrinted(i)
	})
	if at < 0 {
		if owner != "" {
			rt.Fatalf("SmartBill has %s %s, of which the ledger knows nothing", made.Series, made.Number)
		}
		return model.Invoice{}, false
	}
	return invoices[at], true
}

// isPrinted reports whether the reference of an invoice was on a document once.
func (w *harness) isPrinted(invoice model.Invoice) bool {
	for _, owner := range w.owners {
		if owner == invoice.Intent {
			return true
		}
	}
	return false
}

// isOpen reports whether an invoice is one that settling has to resolve.
func isOpen(status model.Status) bool {
	return status == model.StatusSending || status == model.StatusUnknown
}

// isBackUnseen reports whether an invoice is in force again because its storno was deleted on the web, which nobody looked for.
func (w *harness) isBackUnseen(known model.Invoice) bool {
	if known.Status != model.StatusReversed {
		return false
	}
	for storno, original := range w.undoes {
		if original == known.Intent && w.gone[storno] {
			return true
		}
	}
	return false
}

// compareOne expects the ledger to say of an invoice what is true in SmartBill, or that it is uncertain.
func (w *harness) compareOne(rt *rapid.T, made sandbox.Document, known model.Invoice, invoices []model.Invoice) {
	var possible []model.Status
	switch made.State {
	case sandbox.StateIssued:
		possible = []model.Status{model.StatusIssued, model.StatusCancelling, model.StatusRestoring}
		if w.isBackUnseen(known) || known.ReversedBy != "" {
			possible = append(possible, model.StatusReversed)
		}
		if known.ReversedBy != "" {
			possible = append(possible, model.StatusPartlyReversed)
		}
	case sandbox.StateCancelled:
		possible = []model.Status{model.StatusCancelled, model.StatusCancelling, model.StatusRestoring}
	case sandbox.StateReversed:
		possible = []model.Status{model.StatusReversed}
		// The answer to the storno is lost.
		if slices.ContainsFunc(invoices, func(i model.Invoice) bool { return i.Kind == model.KindStorno && isOpen(i.Status) }) {
			possible = append(possible, model.StatusIssued)
		}
	case sandbox.StateStorno:
		possible = []model.Status{model.StatusIssued}
	default:
		rt.Fatalf("SmartBill has %s %s as %s", made.Series, made.Number, made.State)
	}
	if isOpen(known.Status) {
		return
	}
	if !slices.Contains(possible, known.Status) {
		rt.Fatalf("SmartBill has %s %s as %s, the ledger %s as %s (%s)", made.Series, made.Number, made.State, known.Intent, known.Status,
			known.Message)
	}
	if known.Series != made.Series || known.Number != made.Number || known.Company != taxid.CompanyCode(made.CIF) {
		rt.Fatalf("SmartBill has %s %s, the ledger %s", made.Series, made.Number, known.Reference())
	}
}

// checkHolders expects every hour that is held to be held by an invoice in a state that does.
func (w *harness) checkHolders(rt *rapid.T, invoices []model.Invoice, statuses map[string]model.EntryStatus) {
	for fingerprint, status := range statuses {
		if !slices.ContainsFunc(invoices, func(i model.Invoice) bool { return i.Reference() == status.Invoice && i.Status.HoldsEntries() }) {
			rt.Fatalf("the hour %s is %s by %s, which does not hold it", fingerprint, status.State, status.Invoice)
		}
	}
}

func (w *harness) entriesOf(t *testing.T, rt *rapid.T, invoice model.Invoice) []string {
	entries, err := w.office.records.EntriesOf(t.Context(), []int64{invoice.ID})
	if err != nil {
		rt.Fatal(err)
	}
	return entries[invoice.ID]
}

// compareSettled expects, once everything was looked after, that the ledger has in SmartBill what SmartBill has, and that no hour
// is held for a document that is gone.
func (w *harness) compareSettled(t *testing.T, rt *rapid.T) {
	invoices, err := w.office.records.Invoices(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	statuses, err := w.office.records.Statuses(t.Context(), true)
	if err != nil {
		rt.Fatal(err)
	}
	held := map[string]bool{}
	for _, invoice := range invoices {
		made, there := w.has(t, invoice.Intent)
		switch {
		case isOpen(invoice.Status):
			rt.Fatalf("settled, %s is %s", invoice.Reference(), invoice.Status)
		case invoice.Status.AtSmartBill() && invoice.Number == "":
			// Its user said that it has a number which was given to another: it was cancelled, and holds nothing.
		case invoice.Status.AtSmartBill() != there:
			rt.Fatalf("settled, %s is %s (%s); in SmartBill: %v", invoice.Reference(), invoice.Status, invoice.Message, there)
		case there && made.State == sandbox.StateIssued && invoice.Status == model.StatusReversed && invoice.ReversedBy == "":
			rt.Fatalf("settled, %s is %s and in force in SmartBill", invoice.Reference(), invoice.Status)
		}
		if there && invoice.Status.HoldsEntries() {
			held[invoice.Reference()] = true
		}
	}
	for fingerprint, status := range statuses {
		if !held[status.Invoice] {
			rt.Fatalf("settled, the hour %s is %s by %s, which is gone", fingerprint, status.State, status.Invoice)
		}
	}
}
