package cli

import (
	"context"

	"cadensa/model"
	"cadensa/model/taxid"
	"cadensa/model/text"
)

// account compares the account with what the program takes for granted.
func (e *examination) account(ctx context.Context) error {
	return e.root.withSession(ctx, func(a *App) error {
		check, err := e.lookAtAccount(ctx, a)
		if err != nil {
			return err
		}
		say := func(line string) { e.root.say("%s", line) }
		if e.json {
			e.unprinted = writeJSON(e.root.options.Stdout, e.findings)
		} else {
			say = e.print
			e.print("")
		}
		say("What was asked and answered, without names, amounts and numbers:")
		for _, line := range check.transcript {
			say("  " + line)
		}
		if e.unprinted != nil {
			return e.unprinted
		}
		return check.outcome()
	})
}

func (e *examination) lookAtAccount(ctx context.Context, a *App) (*accountCheck, error) {
	provider, err := a.open(ctx)
	if err != nil {
		return nil, err
	}
	reader, ok := provider.(accountReader)
	if !ok {
		return nil, errNoReader
	}
	series := a.current().Invoice.Series
	credentials := a.tokenless(ctx)
	check := &accountCheck{reader: reader, secrets: []string{credentials.Email, credentials.CIF, taxid.CompanyCode(credentials.CIF), series}}
	check.told = func(found finding) {
		line := found.Check
		if found.Detail != "" {
			line += ": " + found.Detail
		}
		if found.Cure != "" {
			line += " → " + found.Cure
		}
		e.tell(found, text.Clean(line))
	}
	next, ok := check.lists(ctx, series)
	if !ok {
		return check, nil
	}
	if reader.Simulated() {
		check.cannotTell("SmartBill itself answers", "it is a simulator")
	}
	if next == 0 {
		return check, nil
	}
	ours, cancelled, err := a.examples(ctx, series)
	if err != nil {
		return nil, err
	}
	number, text := check.numbers(ctx, series, next)
	check.reference(ctx, series, ours, number, text)
	check.cancelled(ctx, cancelled)
	return check, nil
}

// mostExamples is how many invoices are looked at for one that should carry its reference.
const mostExamples = 10

// examples are the newest invoice of the series that should carry its reference, and the newest cancelled one of any; zero ones
// where the ledger has none.
func (a *App) examples(ctx context.Context, series string) (ours model.InvoiceDetail, cancelled model.Invoice, err error) {
	invoices, err := a.Invoices(ctx)
	if err != nil {
		return ours, cancelled, err
	}
	books := a.books(ctx)
	left := mostExamples
	for _, invoice := range invoices {
		switch {
		case invoice.Company != taxid.CompanyCode(books.CIF), invoice.Simulated != books.Simulated, !invoice.IsNumbered(), invoice.Kind == model.KindProforma:
		case invoice.Status == model.StatusCancelled && cancelled.Number == "":
			cancelled = invoice
		case invoice.Status == model.StatusIssued && invoice.Kind == model.KindInvoice && invoice.Series == series && ours.Number == "" && left > 0:
			left--
			detail, err := a.records.Find(ctx, books, invoice.Intent)
			if err != nil {
				return ours, cancelled, err
			}
			if detail.Draft.PrintIntent {
				ours = detail
			}
		}
	}
	return ours, cancelled, nil
}
