package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// lineChoice is a line of an invoice by its number from 1, and how much of it; all that is left when that is not valid.
type lineChoice struct {
	line     int
	quantity decimal.NullDecimal
}

// parseLines reads "2", or "2=1.5".
func parseLines(typed []string) ([]lineChoice, error) {
	choices := make([]lineChoice, len(typed))
	for i, value := range typed {
		number, quantity, partly := strings.Cut(value, "=")
		line, err := strconv.Atoi(strings.TrimSpace(number))
		if err != nil || line < 1 {
			return nil, usage("--%s %s is no number of a line, such as 2, or 2=1.5 for a part of it", lineFlag, value)
		}
		choices[i].line = line
		if !partly {
			continue
		}
		if choices[i].quantity.Decimal, err = model.ParseQuantity(quantity, model.MaxQuantityDecimals); err != nil {
			return nil, wrongFlag(lineFlag, err)
		}
		choices[i].quantity.Valid = true
	}
	return choices, nil
}

// makePartial reverses the chosen lines.
func (q *stornoRequest) makePartial(ctx context.Context, a *app.App) error {
	detail, err := a.ForAct(ctx, q.reference, model.ActPartialStorno)
	if err != nil {
		return err
	}
	reversals := make([]model.Reversal, len(q.lines))
	for i, choice := range q.lines {
		reversals[i] = model.Reversal{Line: choice.line, Quantity: choice.quantity.Decimal}
		if !choice.quantity.Valid {
			reversals[i].Quantity = detail.LeftOf(choice.line)
		}
	}
	prepared, err := detail.PartialStorno(reversals, q.date.day)
	if err != nil {
		for _, line := range leftLines(detail) {
			q.say("%s", line)
		}
		return wrongLine(err)
	}
	if err := q.confirm(ctx, q.date.notice(a.Today())+partialQuestion(detail, prepared)); err != nil {
		return err
	}
	q.say("Checking %s, then reversing its lines. If this is interrupted, the storno may exist and not be known.", detail.Reference())
	storno, err := confirmingOurs(ctx, &q.acting, a, detail.Invoice, func() (model.Invoice, error) {
		return a.PartialStorno(ctx, detail.UniqueReference(), reversals, q.date.day)
	})
	if err == nil {
		q.say("%s", explain.Reversed(detail, reversals, storno).In(say.English))
	}
	return q.write(ctx, a, storno, err)
}

// wrongLine makes an error of what was typed one of usage; that nothing is left is none.
func wrongLine(err error) error {
	if _, none := errors.AsType[*model.NothingLeftError](err); none {
		return err
	}
	return wrongFlag(lineFlag, err)
}

// leftLines say of each line of an invoice how much of it can be reversed.
func leftLines(detail model.InvoiceDetail) []string {
	lines := make([]string, len(detail.Prepared.Lines))
	for i, line := range detail.Prepared.Lines {
		lines[i] = fmt.Sprintf("line %d: %s, %s of %s %s left", i+1, line.Name, model.FormatQuantity(detail.LeftOf(i+1)),
			model.FormatQuantity(line.Quantity), line.Unit.Short())
	}
	return lines
}

// partialQuestion names every line, and what the document comes to.
func partialQuestion(detail model.InvoiceDetail, prepared model.PreparedInvoice) string {
	var lines []string
	for _, line := range prepared.Lines {
		lines = append(lines, fmt.Sprintf("%s: %s %s × %s = %s", line.Name, model.FormatQuantity(line.Quantity), line.Unit.Short(),
			model.FormatPrice(line.Price), model.FormatAmount(line.Net())))
	}
	totals := prepared.Totals()
	return fmt.Sprintf("Reverse lines of %s to %s (%s): net %s, VAT %s, total %s %s, dated %s, on series %s? It is an invoice of its own, "+
		"which goes to ANAF too.", detail.Reference(), detail.ClientName, strings.Join(lines, "; "), model.FormatAmount(totals.Net),
		model.FormatAmount(totals.VAT), model.FormatAmount(totals.Total), prepared.Currency, prepared.IssueDate, prepared.Series)
}
