package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"cadensa/model"
	"cadensa/model/taxid"
	"cadensa/model/text"
)

// mostAdvances is in how many of a client's newest invoices advances are looked for.
const mostAdvances = 100

// Advances lists what can be deducted of a client's newest invoices in force, the newest first: lines that bill no hours and of which
// something is left. The client is told by the name on the invoice.
func (l *Ledger) Advances(ctx context.Context, in Books, client string) ([]model.Advance, error) {
	var advances []model.Advance
	err := l.read(ctx, func(tx *sql.Tx) error {
		invoices, err := invoicesWhere(ctx, tx, `WHERE company = ? AND simulated = ? AND kind = 'invoice' AND client_name = ?
			AND status IN ('issued', 'partly-reversed') ORDER BY id DESC LIMIT ?`,
			taxid.CompanyCode(in.CIF), in.Simulated, text.Collapse(client), mostAdvances)
		if err != nil {
			return err
		}
		for _, invoice := range invoices {
			detail := model.InvoiceDetail{Invoice: invoice}
			if detail.Prepared, err = preparedOf(ctx, tx, invoice.ID); err != nil {
				return err
			}
			if detail.TakenBack, err = takenBack(ctx, tx, invoice.ID, 0); err != nil {
				return err
			}
			advances = append(advances, detail.Advances()...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for advances of %s: %w", text.Clean(client), err)
	}
	return advances, nil
}
