package ledger

import (
	"context"
	"database/sql"
	"encoding/json"

	"cadensa/model"
	"cadensa/model/database"
	"cadensa/model/taxid"
)

// InvoicesSince lists the documents of a company, at SmartBill or at a simulator, that are dated on the day or later, the newest first.
func (l *Ledger) InvoicesSince(ctx context.Context, in Books, day model.Date) ([]model.Invoice, error) {
	return l.list(ctx, 0, "WHERE company = ? AND simulated = ? AND issued_on >= ? ORDER BY id DESC",
		taxid.CompanyCode(in.CIF), in.Simulated, day.String())
}

// turnoverMigration is the migration that fillTurnover completes.
const turnoverMigration = "schema/0011_turnover.sql"

// netInLei is what is kept of a document's worth in lei, "" while its exchange rate is not known.
func netInLei(prepared model.PreparedInvoice) string {
	totals, known := prepared.InLei()
	if !known {
		return ""
	}
	return totals.Net.String()
}

// fillTurnover fills in what the documents of an older ledger are worth, from what was confirmed then. One whose draft cannot be read
// stays as it is: the worth is not known.
func fillTurnover(ctx context.Context, tx *sql.Tx) error {
	type worth struct {
		id     int64
		lei    string
		abroad bool
	}
	var worths []worth
	err := database.Each(ctx, tx, func(rows *sql.Rows) error {
		var id int64
		var draft string
		if err := rows.Scan(&id, &draft); err != nil {
			return err
		}
		var prepared model.PreparedInvoice
		if json.Unmarshal([]byte(draft), &prepared) == nil {
			worths = append(worths, worth{id, netInLei(prepared), prepared.Treatment.IsAbroad(prepared.Client)})
		}
		return nil
	}, "SELECT invoice_id, draft FROM papers")
	if err != nil {
		return failed("read what was confirmed", err)
	}
	for _, each := range worths {
		if err := exec(ctx, tx, "keep what it is worth in lei", "UPDATE invoices SET net_lei = ?, taxed_abroad = ? WHERE id = ?",
			each.lei, each.abroad, each.id); err != nil {
			return err
		}
	}
	return nil
}
