package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/database"
)

// reversedByOf is the SQL of the reference of the newest document that takes lines of an invoice back or may do so, "" for none.
var reversedByOf = `CASE WHEN kind <> 'invoice' THEN '' ELSE coalesce(
	(SELECT ` + referenceOf("taking.") + ` FROM reversed_lines JOIN invoices AS taking ON taking.id = reversed_lines.invoice_id
	WHERE reversed_lines.original = invoices.id AND taking.status NOT IN ` + notInForce + ` ORDER BY taking.id DESC LIMIT 1), '') END`

// insertReversedLines records which lines of earlier invoices a new document takes back. A proforma takes nothing: its invoice will.
func insertReversedLines(ctx context.Context, tx *sql.Tx, id int64, prepared model.PreparedInvoice) error {
	if prepared.Kind == model.KindProforma {
		return nil
	}
	for i, line := range prepared.Lines {
		if line.Reverses == nil || line.Reverses.Line == 0 {
			continue
		}
		original, found, err := firstInvoice(ctx, tx, "WHERE intent = ?", line.Reverses.Invoice)
		if err != nil || !found {
			return errors.Join(failed("look for the invoice that line "+strconv.Itoa(i+1)+" takes back", err), noneFound(found))
		}
		if err := exec(ctx, tx, "keep what the line takes back",
			"INSERT INTO reversed_lines (invoice_id, line, original, original_line, quantity) VALUES (?, ?, ?, ?, ?)",
			id, i+1, original.ID, line.Reverses.Line, line.Quantity.Neg().String()); err != nil {
			return err
		}
	}
	return nil
}

func noneFound(found bool) error {
	if found {
		return nil
	}
	return model.ErrInvoiceUnknown
}

// checkLeft refuses a document that takes more back than is left of an invoice, or something of an invoice that is not in force:
// *model.NothingLeftError, *model.Refusal.
func checkLeft(ctx context.Context, tx *sql.Tx, taking model.Invoice) error {
	originals, err := all(ctx, tx, value[int64], "SELECT DISTINCT original FROM reversed_lines WHERE invoice_id = ?", taking.ID)
	if err != nil {
		return failed("look what it takes back", err)
	}
	for _, id := range originals {
		if err := checkTaken(ctx, tx, taking, id); err != nil {
			return err
		}
	}
	return nil
}

func checkTaken(ctx context.Context, tx *sql.Tx, taking model.Invoice, id int64) error {
	original, err := invoiceByID(ctx, tx, id)
	if err != nil {
		return err
	}
	if err := original.CheckAct(model.ActPartialStorno); err != nil {
		return err
	}
	if original.Company != taking.Company || original.Simulated != taking.Simulated {
		return fmt.Errorf("%s is not of this account: %w", original.Reference(), model.ErrStateChanged)
	}
	prepared, err := preparedOf(ctx, tx, id)
	if err != nil {
		return err
	}
	taken, err := takenBack(ctx, tx, id, 0)
	if err != nil {
		return err
	}
	for line, quantity := range taken {
		if line > len(prepared.Lines) || quantity.GreaterThan(prepared.Lines[line-1].Quantity) {
			others, err := takenBack(ctx, tx, id, taking.ID)
			if err != nil {
				return err
			}
			detail := model.InvoiceDetail{Invoice: original, Prepared: prepared, TakenBack: others}
			return &model.NothingLeftError{Reference: original.Reference(), Line: line, Left: detail.LeftOf(line)}
		}
	}
	return nil
}

// takenBack is how much of each line of an invoice documents take back or may take back, without one of them (0 for all).
func takenBack(ctx context.Context, tx *sql.Tx, original, without int64) (map[int]decimal.Decimal, error) {
	return reversedQuantities(ctx, tx, "taking.status NOT IN "+notInForce+" AND taking.id <> ?", original, without)
}

func reversedQuantities(ctx context.Context, tx *sql.Tx, which string, original int64, more ...any) (map[int]decimal.Decimal, error) {
	quantities := map[int]decimal.Decimal{}
	err := database.Each(ctx, tx, func(rows *sql.Rows) error {
		var line int
		var quantity decimal.Decimal
		err := rows.Scan(&line, &quantity)
		quantities[line] = quantities[line].Add(quantity)
		return err
	}, `SELECT original_line, quantity FROM reversed_lines JOIN invoices AS taking ON taking.id = reversed_lines.invoice_id
		WHERE reversed_lines.original = ? AND `+which, append([]any{original}, more...)...)
	return quantities, failed("read what was taken back", err)
}

// followPartialStorno makes the invoice of a partial storno agree with those in force: the hours of a line that they reverse as a whole
// are free, and its state says whether something is left. It does nothing for other documents.
func (l *Ledger) followPartialStorno(ctx context.Context, tx *sql.Tx, partial model.Invoice) error {
	if partial.Kind != model.KindPartialStorno {
		return nil
	}
	original, err := originalOfPartial(ctx, tx, partial)
	if err != nil {
		return err
	}
	if original, err = l.reviewReversed(ctx, tx, original); err != nil {
		return err
	}
	message, err := doubledMessage(ctx, tx, original)
	if err != nil || message == "" {
		return err
	}
	return exec(ctx, tx, "say that it bills hours a second time", "UPDATE invoices SET message = ? WHERE id = ?", message, original.ID)
}

// takeBackHours is followPartialStorno before a partial storno is cancelled: its invoice bills the hours again. model.ErrEntriesTaken
// when another invoice has billed them since; *model.LooksBilledError when one bills edited copies.
func (l *Ledger) takeBackHours(ctx context.Context, tx *sql.Tx, partial model.Invoice) error {
	original, err := originalOfPartial(ctx, tx, partial)
	if err != nil {
		return err
	}
	if original, err = l.reviewReversed(ctx, tx, original); err != nil {
		return err
	}
	if err := checkUnclaimed(ctx, tx, original.ID); err != nil {
		return err
	}
	return checkRestored(ctx, tx, original)
}

func originalOfPartial(ctx context.Context, tx *sql.Tx, partial model.Invoice) (model.Invoice, error) {
	original, found, err := firstInvoice(ctx, tx, "WHERE id = (SELECT part.original FROM invoices AS part WHERE part.id = ?)", partial.ID)
	return original, errors.Join(failed("look for the invoice that it takes back", err), noneFound(found))
}

// reviewReversed makes an invoice agree with the partial stornos of it that are in force.
func (l *Ledger) reviewReversed(ctx context.Context, tx *sql.Tx, original model.Invoice) (model.Invoice, error) {
	prepared, err := preparedOf(ctx, tx, original.ID)
	if err != nil {
		return original, err
	}
	reversed, err := reversedQuantities(ctx, tx, "taking.kind = 'partial-storno' AND taking.status = 'issued'", original.ID)
	if err != nil {
		return original, err
	}
	status, free := original.AfterReversal(prepared, reversed)
	freed, err := update(ctx, tx, "mark the hours of reversed lines", `
		UPDATE invoice_entries SET reversed = 1 - reversed
		WHERE invoice_id = ? AND reversed <> CASE WHEN fingerprint IN (SELECT value FROM json_each(?)) THEN 1 ELSE 0 END`,
		original.ID, asJSON{free})
	if err != nil || !freed && status == original.Status {
		return original, err
	}
	return claimed(ctx, tx, original.ID, "say how much of it is left", "UPDATE invoices SET status = ?, changed = ? WHERE id = ?",
		status, l.now(), original.ID)
}
