package history

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// detailLines draws the invoice under the cursor as it stood, in lines of at most width cells.
func (s *Screen) detailLines(width int) []string {
	invoice, ok := s.current()
	if !ok {
		return nil
	}
	p := paper{theme: s.env.Theme, width: width}
	p.head(invoice, s.env.Today())
	switch {
	case s.detail.id != invoice.ID || !s.detail.read && s.detail.err == nil:
		p.wrapped(p.theme.Faint, "", "reading …")
	case s.detail.err != nil:
		p.wrapped(p.theme.Bad, "", theme.Cross+" The detail could not be read: "+model.Clean(s.detail.err.Error())+". Press r to try again.")
	default:
		p.client(s.detail.paper)
		p.goods(s.detail.paper.Draft.Lines)
		p.totals(invoice, s.detail.paper.Draft)
		p.facts(invoice, s.detail.paper)
		p.fact("payment", s.paymentText(invoice))
		p.payments(s.detail.paper.Payments, invoice.Currency)
		p.fact("changed", changedText(invoice, s))
	}
	return p.lines
}

// changedText is when the invoice changed last, in the zone of all days.
func changedText(invoice model.Invoice, s *Screen) string {
	if invoice.Changed.IsZero() {
		return ""
	}
	return invoice.Changed.In(s.env.Location).Format("2006-01-02 15:04")
}

func (p *paper) head(invoice model.Invoice, today model.Date) {
	standing := invoice.Standing(today)
	title := kindWord(invoice.Kind) + invoice.Reference()
	status := standingInk(p.theme, standing).Paint(standingWord(standing))
	p.line(widget.Spread(p.theme.Strong.Paint(title), status, p.width))
	dates := "issued " + invoice.IssueDate.String()
	if !invoice.DueDate.IsZero() {
		dates += "   due " + invoice.DueDate.String()
	}
	if !invoice.IssueDate.IsZero() {
		p.line(dates)
	}
	p.gap()
}

// kindWord stands before the number of what is not an ordinary invoice.
func kindWord(kind model.Kind) string {
	switch kind {
	case model.KindProforma:
		return "proforma "
	case model.KindStorno:
		return "storno "
	case model.KindInvoice:
	}
	return ""
}

// client is the buyer as the invoice names it.
func (p *paper) client(of model.InvoiceDetail) {
	buyer := of.Draft.Client
	name, code := buyer.Name, buyer.Country
	if name == "" {
		name, code = of.ClientName, of.ClientCountry
	}
	country := code
	if known, ok := countries.ByCode(code); ok {
		country = known.Label()
	}
	number := ""
	if buyer.VATNumber != "" {
		number = buyer.TaxNumber()
	}
	p.wrapped(p.theme.Strong, "", name)
	for _, text := range []string{
		joined(" · ", number, buyer.Address()), joined(", ", buyer.City, buyer.County, country), joined(" · ", buyer.Contact, buyer.Email),
	} {
		if text != "" {
			p.wrapped(p.theme.Plain, "", text)
		}
	}
	p.gap()
}

// joined puts the separator between the texts that are not empty.
func joined(separator string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), separator)
}

// goods are the lines of the invoice: what, how much at which price, and the net.
func (p *paper) goods(lines []model.Line) {
	for i, line := range lines {
		label := strconv.Itoa(i+1) + "  "
		p.wrapped(p.theme.Plain, label, line.Name)
		indent := widget.Spaces(len(label))
		if line.Details != "" {
			p.wrapped(p.theme.Faint, indent, line.Details)
		}
		count := fmt.Sprintf("%s%s %s × %s", indent, model.FormatQuantity(line.Quantity), line.Unit.Romanian(), model.FormatQuantity(line.Price))
		p.amount(count, model.FormatAmount(line.Net()), p.theme.Plain)
	}
	p.gap()
}

func (p *paper) totals(invoice model.Invoice, draft model.Draft) {
	p.amount("net", model.FormatAmount(invoice.Net), p.theme.Plain)
	for _, group := range draft.Totals().Groups {
		if !group.Rate.IsNone() {
			p.amount("TVA "+group.Rate.String(), model.FormatAmount(group.Tax), p.theme.Plain)
		}
	}
	p.amount("total", model.FormatAmount(invoice.Total)+" "+invoice.Currency, p.theme.Strong)
	if warning := differenceText(invoice); warning != "" {
		p.wrapped(p.theme.Warn, theme.Alert+" ", warning)
	}
	p.gap()
}

func (p *paper) facts(invoice model.Invoice, of model.InvoiceDetail) {
	p.fact("period", invoice.Supply.Short())
	p.fact("delivered", of.Draft.DeliveryDate().String())
	p.fact("in lei", leiText(of))
	p.fact("hours", hoursText(of))
	p.fact("mentions", of.Draft.Mentions())
	p.fact("reference", invoice.Intent)
	p.fact("made from", invoice.Proforma)
	p.fact("invoiced", invoice.InvoicedAs)
	p.fact("undoes", of.Original)
	p.fact("undone by", of.Storno)
	p.fact("sent again", of.ResentAs)
	if invoice.Counter > 0 {
		p.fact("counter", fmt.Sprintf("%d before it was sent", invoice.Counter))
	}
	p.fact("answer", model.Clean(invoice.Message))
	p.fact("document", of.DocumentURL)
}

// leiText tells what an invoice in another currency is worth in lei, and at which rate: that is what is booked. A storno's
// draft is that of its original.
func leiText(of model.InvoiceDetail) string {
	lei, known := of.Draft.InLei()
	if !known || of.Original != "" || of.Draft.Currency == "" || of.Draft.Currency == model.DefaultCurrency {
		return ""
	}
	rate := of.Draft.Exchange
	text := fmt.Sprintf("%s RON, TVA %s, at 1 %s = %s", model.FormatAmount(lei.Total), model.FormatAmount(lei.VAT), of.Draft.Currency, rate.Lei)
	if rate.Source == model.RateTyped {
		return text + ", typed by you"
	}
	return text + ", " + rate.Source + " of " + rate.Date.String()
}

// payments are those that SmartBill was asked to record, one below the other.
func (p *paper) payments(records []model.PaymentRecord, currency string) {
	label := "payments"
	for _, record := range records {
		p.fact(label, recordText(record, currency))
		label = ""
	}
}

// hoursText counts the entries and the time that the tracker has for them.
func hoursText(of model.InvoiceDetail) string {
	if len(of.Entries) == 0 {
		return ""
	}
	text := "1 entry"
	if n := len(of.Entries); n > 1 {
		text = strconv.Itoa(n) + " entries"
	}
	var seconds int64
	for _, line := range of.Draft.Lines {
		seconds += line.Tracked
	}
	if seconds == 0 {
		return text
	}
	return text + ", " + model.FormatTracked(seconds) + " tracked"
}
