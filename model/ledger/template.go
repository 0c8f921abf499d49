package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"cadensa/model"
	"cadensa/model/database"
)

// Sighting is what the PDF with the highest number that was read of a numbering shows.
type Sighting struct {
	// Number is that of the document, Issued the day that it is dated.
	Number int64
	Issued model.Date
	// Prints tells that it carries the reference which it should.
	Prints bool
}

// SeeTemplate keeps whether a PDF carries the reference that it should, unless one with a higher number was seen.
func (l *Ledger) SeeTemplate(ctx context.Context, of Numbers, seen Sighting) error {
	_, err := l.db.ExecContext(ctx, `
		INSERT INTO templates (company, numbering, series, simulated, number, issued_on, prints) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (company, numbering, series, simulated) DO UPDATE
		SET number = excluded.number, issued_on = excluded.issued_on, prints = excluded.prints
		WHERE excluded.number >= templates.number`, of.parameters(seen.Number, seen.Issued.String(), seen.Prints)...)
	if err != nil {
		return fmt.Errorf("remember whether references are printed: %w", database.Plain(err))
	}
	return nil
}

// Template tells what was seen last of a numbering's PDFs; false when none was.
func (l *Ledger) Template(ctx context.Context, of Numbers) (Sighting, bool, error) {
	var seen Sighting
	var issued string
	err := l.db.QueryRowContext(ctx, "SELECT number, issued_on, prints FROM templates WHERE "+ofNumbers, of.parameters()...).
		Scan(&seen.Number, &issued, &seen.Prints)
	if errors.Is(err, sql.ErrNoRows) {
		return Sighting{}, false, nil
	}
	if err == nil {
		seen.Issued, err = day(issued)
	}
	if err != nil {
		return Sighting{}, false, fmt.Errorf("look whether references are printed: %w", database.Plain(err))
	}
	return seen, true, nil
}
