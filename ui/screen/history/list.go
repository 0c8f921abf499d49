package history

import (
	"context"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/filter"
	"cadensa/model/say"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// list is the invoices as they were read, with all that takes a walk through them. It never changes, so that commands
// may read it while the screen draws.
type list struct {
	invoices []model.Invoice
	// widths are the widest cells of the columns.
	widths   widths
	warnings warnings
	// proformas is how many of them are no fiscal documents.
	proformas int
	// texts gives what a filter looks through, for each invoice; it is made when it is first needed.
	texts func() []filter.InvoiceText
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
	var warned warnings
	proformas := 0
	for _, invoice := range invoices {
		warned.add(invoice)
		if invoice.Kind == model.KindProforma {
			proformas++
		}
		wide.number = max(wide.number, widget.Width(numberText(invoice)))
		wide.period = max(wide.period, widget.Width(invoice.Supply.Short()))
		wide.amount = max(wide.amount, len(model.FormatAmount(invoice.Total)))
		wide.status = max(wide.status, len(invoice.DisplayStatus(today)))
		wide.lei = wide.lei || invoice.Currency == model.DefaultCurrency
		wide.foreign = wide.foreign || invoice.Currency != model.DefaultCurrency
	}
	wide.number, wide.period = min(wide.number, numberMax), min(wide.period, periodMax)
	wide.amount, wide.status = min(wide.amount, amountMax), min(wide.status, statusMax)
	return &list{
		invoices: invoices, widths: wide, warnings: warned, proformas: proformas,
		texts: sync.OnceValue(func() []filter.InvoiceText { return filter.NewInvoiceTexts(invoices) }),
	}
}

// counts tells how many invoices there are, and apart from them how many proformas: "12 invoices, 2 proformas".
func (s *Screen) counts() string {
	invoices := s.env.Say(say.TodoNoun("invoice", "invoices").Of(len(s.list.invoices) - s.list.proformas))
	if s.list.proformas == 0 {
		return invoices
	}
	return invoices + ", " + s.env.Say(say.TodoNoun("proforma", "proformas").Of(s.list.proformas))
}

type filtered struct {
	list  *list
	found matches
}

func (s *Screen) load() tea.Cmd {
	s.loadErr = nil
	query, today := s.query(), s.env.Today()
	return tea.Batch(s.startSpinner(), screen.Request(s.env, &s.loading, func(ctx context.Context) (filtered, error) {
		invoices, err := s.records.Invoices(ctx)
		if err != nil {
			return filtered{}, err
		}
		list := newList(invoices, today)
		return filtered{list: list, found: list.find(ctx, query, today)}, nil
	}, s.onLoaded))
}

// onLoaded takes the list and keeps the cursor on its invoice, or puts it on the one that waits to be selected.
func (s *Screen) onLoaded(read filtered, err error) tea.Cmd {
	s.stopSpinner()
	s.loadErr = err
	if err != nil {
		if s.list == nil {
			return nil
		}
		return screen.Fail("The invoices could not be read again; what is shown may be old", err)
	}
	target := s.selectAfterLoad
	if kept, ok := s.current(); ok && target == 0 {
		target = kept.ID
	}
	s.selectAfterLoad = 0
	s.list = read.list
	clear(s.changed)
	s.searching.Cancel()
	s.showRows(read.found, target)
	s.detail.stale = true
	if read.found.query != s.query() {
		return tea.Batch(s.loadDetail(), s.search())
	}
	return s.loadDetail()
}

// showRows lists the rows and puts the cursor on the invoice of the ID, if it is among them.
func (s *Screen) showRows(found matches, id int64) {
	s.matches = found
	s.table.SetCount(s.matches.count(s.list))
	s.layout()
	for row := range s.table.Count() {
		if s.list.invoices[s.matches.at(row)].ID == id {
			s.table.Select(row)
			return
		}
	}
}

// onLedgerChanged shows the invoice as it is now and reads the list again. One that was just sent gets the cursor, which
// no filter may hide.
func (s *Screen) onLedgerChanged(msg screen.LedgerChanged) tea.Cmd {
	s.changed[msg.Invoice.ID] = msg.Invoice
	if !msg.Issued && !msg.Sent {
		return s.load()
	}
	s.selectAfterLoad = msg.Invoice.ID
	return tea.Batch(s.clearFilter(), s.load())
}
