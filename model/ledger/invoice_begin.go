package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"cadensa/model"
	"cadensa/model/database"
	"cadensa/model/taxid"
	"cadensa/model/text"
)

// Intent is one confirmed wish to issue a document, complete before anything is sent.
type Intent struct {
	// Prepared is what was confirmed, with its Intent reference set.
	Prepared model.PreparedInvoice
	// Request is the exact body that will be sent.
	Request []byte
	// Counter is the series' next number as it stands before the request.
	Counter int64
	// Original is the invoice that a storno undoes, as a whole or in part, Replaced the one that was not made and is sent again; 0 for none.
	Original, Replaced int64
	// Proforma is what the invoice is made from, whose hours it takes over; 0 for none.
	Proforma int64
	// Simulated tells that it is sent to a simulator.
	Simulated bool
}

// Begin records an intent as `sending` and reserves its hours, in one transaction. The caller holds the series' lock.
// model.ErrSeriesBusy names an unsettled invoice of the series, model.ErrEntriesTaken the invoice that has one of the hours, or a copy
// of one. ErrReferenceTaken asks for another reference. *model.Refusal says why the original, the proforma or what is replaced cannot
// be used,
// *model.NothingLeftError what of an invoice cannot be taken back. *ContradictionError: the records contradict each other.
func (l *Ledger) Begin(ctx context.Context, intent Intent) (model.Invoice, error) {
	if err := l.EnsureAudited(ctx); err != nil {
		return model.Invoice{}, err
	}
	var begun model.Invoice
	err := l.write(ctx, func(tx *sql.Tx) error {
		if err := l.makeWay(ctx, tx, intent); err != nil {
			return err
		}
		id, err := l.insertInvoice(ctx, tx, intent)
		if err != nil {
			return err
		}
		if err := exec(ctx, tx, "note that it was sent again", "UPDATE invoices SET successor = ? WHERE id = ?", id, intent.Replaced); err != nil {
			return err
		}
		if err := takeOver(ctx, tx, id); err != nil {
			return err
		}
		if err := removeFreeLines(ctx, tx, intent); err != nil {
			return err
		}
		if begun, err = invoiceByID(ctx, tx, id); err != nil {
			return err
		}
		if err := holdHours(ctx, tx, begun); err != nil {
			return err
		}
		if err := checkLeft(ctx, tx, begun); err != nil {
			return err
		}
		return checkHours(ctx, tx, id, intent)
	})
	switch {
	case errors.Is(err, model.ErrSeriesBusy), errors.Is(err, model.ErrEntriesTaken), errors.Is(err, ErrReferenceTaken):
		// A refusal says all that its reader needs.
		return model.Invoice{}, err
	case err != nil:
		return model.Invoice{}, fmt.Errorf("record the invoice before it is sent: %w", err)
	}
	return begun, nil
}

// makeWay checks what an intent needs to be begun. What it replaces is not issued from now on.
func (l *Ledger) makeWay(ctx context.Context, tx *sql.Tx, intent Intent) error {
	if intent.Replaced != 0 {
		if err := l.markNotIssued(ctx, tx, intent.Replaced); err != nil {
			return err
		}
	}
	if intent.Original != 0 && intent.Prepared.Kind == model.KindStorno {
		if err := checkAct(ctx, tx, intent.Original, model.ActStorno); err != nil {
			return err
		}
	}
	if intent.Proforma != 0 {
		if err := checkAct(ctx, tx, intent.Proforma, model.ActConvert); err != nil {
			return err
		}
	}
	return checkSeriesFree(ctx, tx, NumbersOf(intent.Prepared, intent.Simulated))
}

// Numbering tells which of an account's numberings a kind of document takes part in: a storno shares the invoices'.
func Numbering(kind model.Kind) model.SeriesKind {
	if kind == model.KindProforma {
		return model.SeriesProforma
	}
	return model.SeriesInvoice
}

// CheckSeriesFree refuses as Begin does while an invoice of the series is not settled: model.ErrSeriesBusy.
func (l *Ledger) CheckSeriesFree(ctx context.Context, of Numbers) error {
	return l.read(ctx, func(tx *sql.Tx) error { return checkSeriesFree(ctx, tx, of) })
}

func checkSeriesFree(ctx context.Context, tx *sql.Tx, of Numbers) error {
	blocking, found, err := firstInvoice(ctx, tx, "WHERE status IN ('sending', 'unknown') AND "+ofNumbers+" LIMIT 1", of.parameters()...)
	if err != nil || !found {
		return failed("look for unsettled invoices", err)
	}
	return fmt.Errorf("%s for %s on series %s is %s: settle it first: %w",
		blocking.Reference(), blocking.ClientName, blocking.Series, blocking.Status, model.ErrSeriesBusy)
}

// insertInvoice keeps the invoice, what was confirmed, its request, and its hours.
func (l *Ledger) insertInvoice(ctx context.Context, tx *sql.Tx, intent Intent) (int64, error) {
	prepared, totals, supply, now := intent.Prepared, intent.Prepared.Totals(), intent.Prepared.Supply(), l.now()
	id, _, err := first(ctx, tx, value[int64], `
		INSERT INTO invoices (intent, company, kind, numbering, series, status, client_name, client_country,
			net, vat, total, currency, net_lei, taxed_abroad, issued_on, due_on, supply_from, supply_to, counter, original, proforma,
			simulated, created, changed)
		VALUES (?, ?, ?, ?, ?, 'sending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), nullif(?, 0), ?, ?, ?) RETURNING id`,
		prepared.Intent, taxid.CompanyCode(prepared.CIF), prepared.Kind, Numbering(prepared.Kind), prepared.Series,
		text.Collapse(prepared.Client.Name), text.Collapse(prepared.Client.Country),
		totals.Net.String(), totals.VAT.String(), totals.Total.String(), prepared.Currency,
		netInLei(prepared), prepared.Treatment.IsAbroad(prepared.Client),
		prepared.IssueDate.String(), prepared.DueDate.String(), supply.From.String(), supply.To.String(),
		intent.Counter, intent.Original, intent.Proforma, intent.Simulated, now, now)
	if database.IsDuplicate(err) {
		return 0, fmt.Errorf("%s: %w", prepared.Intent, ErrReferenceTaken)
	}
	if err != nil {
		return 0, failed("insert invoice", err)
	}
	if err := exec(ctx, tx, "keep draft and request", "INSERT INTO papers (invoice_id, draft, request) VALUES (?, ?, ?)",
		id, asJSON{prepared}, intent.Request); err != nil {
		return 0, err
	}
	if err := insertEntries(ctx, tx, id, prepared); err != nil {
		return 0, err
	}
	if err := insertReversedLines(ctx, tx, id, prepared); err != nil {
		return 0, err
	}
	return id, keepPeople(ctx, tx, id, intent)
}

// markNotIssued makes way for an intent that replaces another. One of unknown outcome becomes `not-issued`, its hours go to
// its successor, and its reference stays watched.
func (l *Ledger) markNotIssued(ctx context.Context, tx *sql.Tx, id int64) error {
	replaced, err := invoiceByID(ctx, tx, id)
	if err != nil {
		return err
	}
	if replaced.Status != model.StatusUnknown {
		return replaced.CheckAct(model.ActResend)
	}
	move := Move{
		From: model.StatusUnknown, To: model.StatusNotIssued, Message: "sent again under another reference",
		WatchFrom: max(1, replaced.Counter-1),
	}
	if replaced, err = l.changeStatus(ctx, tx, id, move); err != nil {
		return err
	}
	return updateClaims(ctx, tx, replaced)
}
