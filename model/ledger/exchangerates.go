package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"cadensa/model"
	"cadensa/model/database"
)

// ExchangeRates gives the rates that were kept for the day itself, or else, reporting false, the newest that were published
// before it; zero when there are none.
func (l *Ledger) ExchangeRates(ctx context.Context, day model.Date) (model.ExchangeRates, bool, error) {
	var kept, text string
	err := l.db.QueryRowContext(ctx, `
		SELECT day, rates FROM exchange_rates WHERE published < ? ORDER BY day = ? DESC, published DESC LIMIT 1`,
		day.String(), day.String()).Scan(&kept, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return model.ExchangeRates{}, false, nil
	}
	if err != nil {
		return model.ExchangeRates{}, false, fmt.Errorf("read exchange rates: %w", database.Plain(err))
	}
	var rates model.ExchangeRates
	if err := decode(text, &rates); err != nil {
		return model.ExchangeRates{}, false, fmt.Errorf("read exchange rates: %w", err)
	}
	return rates, kept == day.String(), nil
}

// KeepExchangeRates keeps the rates that hold for an invoice of the day.
func (l *Ledger) KeepExchangeRates(ctx context.Context, day model.Date, rates model.ExchangeRates) error {
	text, err := encode(rates)
	if err != nil {
		return fmt.Errorf("keep exchange rates: %w", err)
	}
	_, err = l.db.ExecContext(ctx, `
		INSERT INTO exchange_rates (day, published, rates) VALUES (?, ?, ?)
		ON CONFLICT (day) DO UPDATE SET published = excluded.published, rates = excluded.rates`,
		day.String(), rates.Date.String(), text)
	if err != nil {
		return fmt.Errorf("keep exchange rates: %w", database.Plain(err))
	}
	return nil
}
