package history

import (
	"context"
	"strings"
	"sync"

	"cadensa/model"
	"cadensa/ui/widget"
)

// list is the invoices as they were read, with all that takes a walk through them. It never changes, so that commands
// may read it while the screen draws.
type list struct {
	invoices []model.Invoice
	// widths are the widest cells of the columns.
	widths    widths
	uncertain tally
	// proformas is how many of them are no fiscal documents.
	proformas int
	// texts gives what a filter looks through, for each invoice; it is made when it is first needed.
	texts func() []string
}

// widths are in cells.
type widths struct {
	number, period, amount, status int
	// lei and foreign report whether there is an amount in lei, and one in another currency.
	lei, foreign bool
	// companies reports whether the invoices are of several issuers, so that each row names its own.
	companies bool
}

// The narrowest and widest columns, in cells: the heads and "restore···" must fit, and no odd text takes the whole row.
const (
	numberMin, numberMax = 8, 16
	periodMin, periodMax = 6, 13
	amountMin, amountMax = 6, 20
	statusMin, statusMax = 10, 11
)

func newList(invoices []model.Invoice, today model.Date) *list {
	wide := widths{number: numberMin, period: periodMin, amount: amountMin, status: statusMin}
	wide.companies = len(invoices) > 0 && model.HasSeveralCompanies(invoices)
	var uncertain tally
	proformas := 0
	for _, invoice := range invoices {
		uncertain.add(invoice)
		if invoice.Kind == model.KindProforma {
			proformas++
		}
		wide.number = max(wide.number, widget.Width(numberText(invoice)))
		wide.period = max(wide.period, widget.Width(invoice.Supply.Short()))
		wide.amount = max(wide.amount, len(model.FormatAmount(invoice.Total)))
		wide.status = max(wide.status, len(invoice.Standing(today)))
		wide.lei = wide.lei || invoice.Currency == model.DefaultCurrency
		wide.foreign = wide.foreign || invoice.Currency != model.DefaultCurrency
	}
	wide.number, wide.period = min(wide.number, numberMax), min(wide.period, periodMax)
	wide.amount, wide.status = min(wide.amount, amountMax), min(wide.status, statusMax)
	return &list{
		invoices: invoices, widths: wide, uncertain: uncertain, proformas: proformas,
		texts: sync.OnceValue(func() []string { return searchTexts(invoices) }),
	}
}

// counts tells how many invoices there are, and apart from them how many proformas: "12 invoices, 2 proformas".
func (l *list) counts() string {
	invoices := counted(len(l.invoices)-l.proformas, "invoice")
	if l.proformas == 0 {
		return invoices
	}
	return invoices + ", " + counted(l.proformas, "proforma")
}

// searchTexts folds what a filter looks through. Only names hold letters that are costly to fold, and names come again.
func searchTexts(invoices []model.Invoice) []string {
	texts := make([]string, len(invoices))
	names := map[string]string{}
	for i, invoice := range invoices {
		name, known := names[invoice.ClientName]
		if !known {
			name = model.Fold(invoice.ClientName)
			names[invoice.ClientName] = name
		}
		amount := model.FormatAmount(invoice.Total)
		texts[i] = strings.Join([]string{
			strings.ToLower(invoice.Reference()), strings.ToLower(invoice.Intent), string(invoice.Kind),
			name, invoice.Company, strings.ToLower(invoice.ClientCountry),
			amount, strings.ReplaceAll(amount, ",", ""), strings.ToLower(invoice.Currency), invoice.IssueDate.String(),
			strings.ToLower(invoice.Supply.Short()), strings.ToLower(invoice.Supply.String()),
		}, "\n")
	}
	return texts
}

// matches are the rows that a filter leaves. The zero value is every row.
type matches struct {
	query string
	// rows are positions in the list.
	rows []int
}

func (m matches) at(row int) int {
	if m.query == "" {
		return row
	}
	return m.rows[row]
}

func (m matches) count(of *list) int {
	if m.query == "" {
		return len(of.invoices)
	}
	return len(m.rows)
}

// searchStride is how many rows are searched between two looks at the context.
const searchStride = 4096

// find keeps the invoices that hold every word of the query, in their text or their standing on the day. An ended
// context cuts it short: nobody waits for the answer any more.
func (l *list) find(ctx context.Context, query string, today model.Date) matches {
	found := matches{query: query}
	words := strings.Fields(model.Fold(query))
	if len(words) == 0 {
		return matches{}
	}
	for i, text := range l.texts() {
		if i%searchStride == 0 && ctx.Err() != nil {
			return found
		}
		if l.holds(i, text, words, today) {
			found.rows = append(found.rows, i)
		}
	}
	return found
}

func (l *list) holds(i int, text string, words []string, today model.Date) bool {
	for _, word := range words {
		if !strings.Contains(text, word) && !strings.Contains(standingWord(l.invoices[i].Standing(today)), word) {
			return false
		}
	}
	return true
}
