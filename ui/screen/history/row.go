package history

import (
	"strings"

	"cadensa/model"
	"cadensa/ui/explain"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// columns are the widths of a row's cells; a column that found no room has none.
type columns struct {
	number, client, issued, period, amount, currency, status int
	companies                                                bool
}

const (
	gutter      = "   "
	columnGap   = "  "
	issuedWidth = len("2026-10-31")
	// periodShort is what the period's column shrinks to before it goes: "Oct 26", or "Dec 25…" of a range.
	periodShort = 7
	// clientMin is what the client's column gets before period and issue date give way, clientMax what it ever needs.
	clientMin, clientMax = 16, 44
)

func (w widths) fit(width int) columns {
	c := columns{companies: w.companies, number: w.number, issued: issuedWidth, period: w.period, amount: w.amount, status: w.status}
	if w.foreign {
		c.currency = len(" RON")
	} else {
		c.amount = max(c.amount, len("Amount RON"))
	}
	gap, least := len(columnGap), clientMin
	if w.companies {
		least += len("18547290") + gap
	}
	rest := width - len(gutter) - c.number - gap - gap - c.amount - c.currency - gap - c.status
	rest -= gap + c.issued + gap + c.period
	if short := min(c.period, periodShort); rest < least {
		rest += c.period - short
		c.period = short
	}
	if rest < least {
		rest += gap + c.period
		c.period = 0
	}
	if rest < least {
		rest += gap + c.issued
		c.issued = 0
	}
	c.client = max(0, min(rest, clientMax))
	return c
}

func (c columns) head(w widths) string {
	amount := widget.FitRight("Amount RON", c.amount)
	if w.foreign {
		amount = widget.FitRight("Amount", c.amount) + currencyHead(w)
	}
	return gutter + widget.Fit("Number", c.number) + columnGap + widget.Fit("Client", c.client) +
		cell("Issued", c.issued) + cell("Period", c.period) + columnGap + amount + columnGap + "Status"
}

// currencyHead names lei, which the rows leave out; where no row is in lei every one names its own currency.
func currencyHead(w widths) string {
	if w.lei {
		return " " + model.DefaultCurrency
	}
	return "    "
}

// cell is a column that may be missing, with the gap before it.
func cell(text string, width int) string {
	if width == 0 {
		return ""
	}
	return columnGap + widget.Fit(text, width)
}

func (s *Screen) row(c columns, invoice model.Invoice, focused bool, today model.Date) string {
	colours := s.env.Theme
	number := widget.Fit(numberText(invoice), c.number)
	text := columnGap + clientCell(invoice, c) + cell(invoice.IssueDate.String(), c.issued) +
		cell(invoice.Supply.Short(), c.period) + columnGap + amountCell(invoice, c)
	if isInactive(invoice) {
		number, text = colours.Faint.Paint(number), colours.Faint.Paint(text)
	}
	mark := gutter
	if focused {
		mark, number = " "+colours.Accent.Paint(theme.Focus)+" ", colours.Strong.Paint(number)
	}
	return mark + number + text + columnGap + s.statusCell(invoice, c.status, today)
}

// clientCell keeps the country in view when the name is too long. Where there are several, the issuer's code stands before it.
func clientCell(invoice model.Invoice, c columns) string {
	width := c.client
	if c.companies {
		issuer := invoice.Company + columnGap
		c.companies, c.client = false, width-widget.Width(issuer)
		return widget.Fit(issuer+clientCell(invoice, c), width)
	}
	if invoice.ClientCountry == "" {
		return widget.Fit(invoice.ClientName, width)
	}
	country := " · " + invoice.ClientCountry
	return widget.Fit(widget.Clip(invoice.ClientName, width-widget.Width(country))+country, width)
}

// amountCell lines the amounts up and names a currency that is not the column's.
func amountCell(invoice model.Invoice, c columns) string {
	amount := widget.FitRight(model.FormatAmount(invoice.Total), c.amount)
	switch {
	case c.currency == 0:
		return amount
	case invoice.Currency == model.DefaultCurrency:
		return amount + widget.Spaces(c.currency)
	}
	return amount + widget.Fit(" "+invoice.Currency, c.currency)
}

func (s *Screen) statusCell(invoice model.Invoice, width int, today model.Date) string {
	if busy := s.busyWith(invoice.ID); busy != nil {
		return s.env.Theme.Warn.Paint(widget.Fit(busy.word+s.spinner.View(), width))
	}
	status := invoice.DisplayStatus(today)
	word := widget.Clip(s.env.Say(explain.Status(status)), width)
	return statusInk(s.env.Theme, status).Paint(word) + strings.Repeat(" ", max(0, width-widget.Width(word)))
}

// statusInk colours a status: invoices that need a look stand out, those that are over step back.
func statusInk(colours theme.Theme, status model.DisplayStatus) theme.Ink {
	switch status {
	case model.DisplayPaid:
		return colours.Good
	case model.DisplayOverdue:
		return colours.Bad
	case model.DisplayPartlyPaid, model.DisplayPartlyReversed, model.DisplayPaymentOpen, model.DisplayGivingUp, model.DisplayInvoicing:
		return colours.Warn
	case model.DisplayGivenUp, model.DisplayInvoiced:
		return colours.Faint
	case model.DisplaySimulator, model.DisplayProforma:
		return colours.Plain
	}
	switch model.Status(status) {
	case model.StatusUnknown, model.StatusSending, model.StatusCancelling, model.StatusRestoring:
		return colours.Warn
	case model.StatusCancelled, model.StatusReversed, model.StatusRefused, model.StatusNotIssued, model.StatusDeleted:
		return colours.Faint
	case model.StatusIssued, model.StatusPartlyReversed, model.StatusDraftSent:
	}
	return colours.Plain
}

// isInactive reports whether nothing of the invoice is in force, or another stands in its place.
func isInactive(invoice model.Invoice) bool {
	if invoice.Elsewhere || invoice.Status == model.StatusIssued && invoice.InvoicedAs != "" {
		return true
	}
	switch invoice.Status {
	case model.StatusCancelled, model.StatusReversed, model.StatusRefused, model.StatusNotIssued, model.StatusDeleted:
		return true
	case model.StatusDraftSent, model.StatusSending, model.StatusIssued, model.StatusPartlyReversed, model.StatusUnknown,
		model.StatusCancelling, model.StatusRestoring:
	}
	return false
}

// numberText is the number as a row shows it: "?" where SmartBill may have given one that is not known, "–" where there
// is none. A proforma without one is named as such, since its status does not tell.
func numberText(invoice model.Invoice) string {
	switch {
	case invoice.Number != "":
		return invoice.Reference()
	case invoice.Kind == model.KindProforma:
		return string(model.KindProforma)
	}
	if isInactive(invoice) {
		return theme.Locked
	}
	return "?"
}
