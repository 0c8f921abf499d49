package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"cadensa/model"
	"cadensa/model/database"
	"cadensa/model/taxid"
)

// Account gives what the company's SmartBill account said of itself when it was last asked; the zero account when it
// never was. RO before the code makes no difference.
func (l *Ledger) Account(ctx context.Context, cif string) (model.Account, error) {
	var text string
	err := l.db.QueryRowContext(ctx, "SELECT account FROM accounts WHERE company = ?", taxid.CompanyCode(cif)).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return model.Account{}, nil
	}
	if err != nil {
		return model.Account{}, fmt.Errorf("read account: %w", database.Plain(err))
	}
	var account model.Account
	if err := decode(text, &account); err != nil {
		return model.Account{}, fmt.Errorf("read account: %w", err)
	}
	return account, nil
}

// KeepAccount keeps what the account said of itself.
func (l *Ledger) KeepAccount(ctx context.Context, account model.Account) error {
	text, err := encode(account)
	if err != nil {
		return fmt.Errorf("keep account: %w", err)
	}
	return l.exec(ctx, "keep account", `
		INSERT INTO accounts (company, account) VALUES (?, ?) ON CONFLICT (company) DO UPDATE SET account = excluded.account`,
		taxid.CompanyCode(account.CIF), text)
}

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
	return l.exec(ctx, "keep exchange rates", `
		INSERT INTO exchange_rates (day, published, rates) VALUES (?, ?, ?)
		ON CONFLICT (day) DO UPDATE SET published = excluded.published, rates = excluded.rates`,
		day.String(), rates.Date.String(), text)
}

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
	return l.exec(ctx, "remember whether references are printed", `
		INSERT INTO templates (company, numbering, series, simulated, number, issued_on, prints) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (company, numbering, series, simulated) DO UPDATE
		SET number = excluded.number, issued_on = excluded.issued_on, prints = excluded.prints
		WHERE excluded.number >= templates.number`, of.parameters(seen.Number, seen.Issued.String(), seen.Prints)...)
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

// KeepService remembers whether what answers at an address is a simulator.
func (l *Ledger) KeepService(ctx context.Context, address string, simulated bool) error {
	return l.exec(ctx, "remember what answers there", `
		INSERT INTO services (address, simulated, at) VALUES (?, ?, ?)
		ON CONFLICT (address) DO UPDATE SET simulated = excluded.simulated, at = excluded.at`, address, simulated, l.now())
}

// ServiceSimulated tells whether a simulator answered last at an address; false while nobody did.
func (l *Ledger) ServiceSimulated(ctx context.Context, address string) (bool, error) {
	var simulated bool
	err := l.db.QueryRowContext(ctx, "SELECT coalesce(max(simulated), 0) FROM services WHERE address = ?", address).Scan(&simulated)
	if err != nil {
		return false, fmt.Errorf("look what answers there: %w", database.Plain(err))
	}
	return simulated, nil
}
