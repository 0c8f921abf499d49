package ledger

import (
	"context"

	"cadensa/model"
	"cadensa/model/taxid"
)

// Account gives what the company's SmartBill account last said of itself; zero if it never did. The code may begin with RO.
func (l *Ledger) Account(ctx context.Context, cif string) (model.Account, error) {
	account, _, err := first(ctx, l.db, decoded[model.Account], "SELECT account FROM accounts WHERE company = ?", taxid.CompanyCode(cif))
	return account, failed("read account", err)
}

// KeepAccount keeps what the account said of itself.
func (l *Ledger) KeepAccount(ctx context.Context, account model.Account) error {
	return exec(ctx, l.db, "keep account", `
		INSERT INTO accounts (company, account) VALUES (?, ?) ON CONFLICT (company) DO UPDATE SET account = excluded.account`,
		taxid.CompanyCode(account.CIF), asJSON{account})
}

// ExchangeRates gives the rates of the day, or else, with false, the newest that were published before it; zero for none.
func (l *Ledger) ExchangeRates(ctx context.Context, day model.Date) (model.ExchangeRates, bool, error) {
	var kept bool
	rates, _, err := first(ctx, l.db, func(row scanner) (rates model.ExchangeRates, err error) {
		err = row.Scan(&kept, asJSON{&rates})
		return rates, err
	}, "SELECT day = ?, rates FROM exchange_rates WHERE published < ? ORDER BY day = ? DESC, published DESC LIMIT 1",
		day.String(), day.String(), day.String())
	return rates, kept, failed("read exchange rates", err)
}

// KeepExchangeRates keeps the rates that hold for an invoice of the day.
func (l *Ledger) KeepExchangeRates(ctx context.Context, day model.Date, rates model.ExchangeRates) error {
	return exec(ctx, l.db, "keep exchange rates", `
		INSERT INTO exchange_rates (day, published, rates) VALUES (?, ?, ?)
		ON CONFLICT (day) DO UPDATE SET published = excluded.published, rates = excluded.rates`,
		day.String(), rates.Date.String(), asJSON{rates})
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
	return exec(ctx, l.db, "remember whether references are printed", `
		INSERT INTO templates (company, numbering, series, simulated, number, issued_on, prints) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (company, numbering, series, simulated) DO UPDATE
		SET number = excluded.number, issued_on = excluded.issued_on, prints = excluded.prints
		WHERE excluded.number >= templates.number`, of.parameters(seen.Number, seen.Issued.String(), seen.Prints)...)
}

// Template tells what was seen last of a numbering's PDFs; false when none was.
func (l *Ledger) Template(ctx context.Context, of Numbers) (Sighting, bool, error) {
	seen, found, err := first(ctx, l.db, func(row scanner) (seen Sighting, err error) {
		err = row.Scan(&seen.Number, asDay{&seen.Issued}, &seen.Prints)
		return seen, err
	}, "SELECT number, issued_on, prints FROM templates WHERE "+ofNumbers, of.parameters()...)
	return seen, found, failed("look whether references are printed", err)
}

// KeepService remembers whether what answers at an address is a simulator.
func (l *Ledger) KeepService(ctx context.Context, address string, simulated bool) error {
	return exec(ctx, l.db, "remember what answers there", `
		INSERT INTO services (address, simulated, at) VALUES (?, ?, ?)
		ON CONFLICT (address) DO UPDATE SET simulated = excluded.simulated, at = excluded.at`, address, simulated, l.now())
}

// ServiceSimulated tells whether a simulator answered last at an address; false while nobody did.
func (l *Ledger) ServiceSimulated(ctx context.Context, address string) (bool, error) {
	simulated, _, err := first(ctx, l.db, value[bool], "SELECT simulated FROM services WHERE address = ?", address)
	return simulated, failed("look what answers there", err)
}
