package history

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// detailLines draws the invoice under the cursor as it stood, in lines of at most width cells.
func (s *Screen) detailLines(width int) []string {
	invoice, ok := s.current()
	if !ok {
		return nil
	}
	b := textBlock{Env: s.env, width: width}
	b.heading(invoice)
	switch {
	case s.detail.id != invoice.ID || !s.detail.read && s.detail.err == nil:
		b.wrapped(b.Theme.Faint, "", "reading …")
	case s.detail.err != nil:
		b.wrapped(b.Theme.Bad, "", theme.Cross+" The detail could not be read: "+text.Clean(s.detail.err.Error())+". Press r to try again.")
	default:
		b.client(s.detail.invoice)
		b.invoiceLines(s.detail.invoice)
		b.totals(invoice, s.detail.invoice.Prepared)
		b.emails(s.detail.invoice.Emails)
		b.facts(invoice, s.detail.invoice)
		if asked := invoice.PaymentAsked; !asked.IsZero() {
			b.fact("payment", explain.Paid(invoice.Payment).In(say.English)+", as of "+b.minute(asked))
		}
		b.payments(s.detail.invoice.Payments, invoice.Currency)
		if !invoice.Changed.IsZero() {
			b.fact("changed", b.minute(invoice.Changed))
		}
	}
	return b.lines
}

func (b *textBlock) minute(instant time.Time) string {
	return instant.In(b.Location).Format("2006-01-02 15:04")
}

func (b *textBlock) heading(invoice model.Invoice) {
	status := invoice.DisplayStatus(b.Today())
	title := kindWord(invoice.Kind) + invoice.Reference()
	word := statusInk(b.Theme, status).Paint(b.Say(explain.Status(status)))
	b.line(widget.Spread(b.Theme.Strong.Paint(title), word, b.width))
	if !invoice.IssueDate.IsZero() {
		dates := "issued " + invoice.IssueDate.String()
		if !invoice.DueDate.IsZero() {
			dates += "   due " + invoice.DueDate.String()
		}
		b.line(dates)
	}
	b.gap()
}

func kindWord(kind model.Kind) string {
	switch kind {
	case model.KindProforma:
		return "proforma "
	case model.KindStorno:
		return "storno "
	case model.KindPartialStorno:
		return "partial storno "
	case model.KindInvoice:
	}
	return ""
}

func (b *textBlock) client(of model.InvoiceDetail) {
	buyer := of.Prepared.Client
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
		number = of.Prepared.BuyerCode()
	}
	b.wrapped(b.Theme.Strong, "", name)
	for _, text := range []string{
		widget.Join(" · ", number, buyer.Address()), widget.Join(", ", buyer.City, buyer.County, country), widget.Join(" · ", buyer.Contact, buyer.Email),
	} {
		b.wrapped(b.Theme.Plain, "", text)
	}
	b.gap()
}

// invoiceLines are the lines of the invoice: what, how much at which price, the VAT where lines differ, and the net.
func (b *textBlock) invoiceLines(of model.InvoiceDetail) {
	prepared := of.Prepared
	several := len(prepared.Totals().Groups) > 1
	for i, line := range prepared.Lines {
		label := strconv.Itoa(i+1) + "  "
		b.wrapped(b.Theme.Plain, label, line.Name)
		indent := widget.Spaces(len(label))
		if line.Details != "" {
			b.wrapped(b.Theme.Faint, indent, line.Details)
		}
		unit := prepared.UnitNames.Of(line.Unit)
		count := fmt.Sprintf("%s%s %s × %s", indent, model.FormatQuantity(line.Quantity), unit, model.FormatPrice(line.Price))
		if several && !line.VAT.IsNone() {
			count += " · " + line.VAT.String()
		}
		b.amount(count, model.FormatAmount(line.Net()), b.Theme.Plain)
		if taken := of.TakenBack[i+1]; taken.IsPositive() {
			b.wrapped(b.Theme.Warn, indent, b.Say(say.Format("%s of it taken back, %s left", "%s stornat, %s rămas", "visszavonva: %s, maradt: %s",
				model.FormatQuantity(taken), model.FormatQuantity(of.LeftOf(i+1)))))
		}
	}
	b.gap()
}

func (b *textBlock) totals(invoice model.Invoice, prepared model.PreparedInvoice) {
	groups := prepared.Totals().Groups
	for _, discount := range prepared.Discounts() {
		label := discount.Name
		if len(groups) > 1 {
			label += " on " + discount.VAT.String()
		}
		b.amount(label, model.FormatAmount(discount.Amount.Neg()), b.Theme.Plain)
	}
	b.amount("net", model.FormatAmount(invoice.Net), b.Theme.Plain)
	for _, group := range groups {
		label := "TVA " + group.Rate.String()
		if len(groups) > 1 {
			label += " on " + model.FormatAmount(group.Base)
		}
		if !group.Rate.IsNone() {
			b.amount(label, model.FormatAmount(group.Tax), b.Theme.Plain)
		}
	}
	b.amount("total", model.FormatAmount(invoice.Total)+" "+invoice.Currency, b.Theme.Strong)
	b.wrapped(b.Theme.Warn, theme.Alert+" ", differenceText(invoice))
	b.gap()
}

func (b *textBlock) facts(invoice model.Invoice, of model.InvoiceDetail) {
	b.fact("period", invoice.Supply.Short())
	b.fact("delivered", of.Prepared.DeliveryDate().String())
	b.fact("to SPV by", of.TransmissionDeadline().String())
	b.fact("in lei", leiText(of))
	b.fact("hours", b.hoursText(of))
	b.fact("mentions", of.Prepared.Mentions())
	b.fact("reference", invoice.Intent)
	b.fact("made from", invoice.Proforma)
	b.fact("invoiced", invoice.InvoicedAs)
	b.fact("undoes", of.Original)
	b.fact("undone by", cmp.Or(of.Storno, of.ReversedBy))
	b.fact("sent again", of.ResentAs)
	if invoice.Counter > 0 {
		b.fact("counter", fmt.Sprintf("%d before it was sent", invoice.Counter))
	}
	b.fact("answer", text.Clean(invoice.Message))
	b.fact("document", of.DocumentURL)
}

// leiText gives the worth in lei of an invoice in another currency, and the rate, as an accountant books it. A storno bears
// the lines of its original, so it has no text.
func leiText(of model.InvoiceDetail) string {
	lei, known := of.Prepared.InLei()
	if !known || of.Original != "" || of.Prepared.Currency == "" || of.Prepared.Currency == model.DefaultCurrency {
		return ""
	}
	rate := of.Prepared.Exchange
	text := fmt.Sprintf("%s RON, TVA %s, at 1 %s = %s",
		model.FormatAmount(lei.Total), model.FormatAmount(lei.VAT), of.Prepared.Currency, rate.Lei)
	if rate.Source == model.RateTyped {
		return text + ", typed by you"
	}
	return text + ", " + rate.Source + " of " + rate.Date.String()
}

// payments are those that SmartBill was asked to record, one below the other.
func (b *textBlock) payments(records []model.PaymentRecord, currency string) {
	label := "payments"
	for _, record := range records {
		b.fact(label, recordText(record, currency))
		label = ""
	}
}

// emails are those that SmartBill was asked to send, one below the other: when, to whom, and what became of it.
func (b *textBlock) emails(records []model.EmailRecord) {
	label := b.Say(emailsLabel)
	for _, record := range records {
		what := ""
		if record.Kind == model.EmailReminder {
			what = b.Say(reminderWord) + ", "
		}
		to := widget.Join(", ", explain.Addresses(record.To), explain.Addresses(record.CC), explain.Addresses(record.BCC))
		b.fact(label, b.minute(record.Created)+"  "+what+to+": "+b.Say(explain.EmailOutcome(record.State)))
		label = ""
		if !record.State.MayHaveLeft() {
			b.fact("", text.Clean(record.Answer))
		}
	}
}

// hoursText counts the entries and the time that the tracker has for them.
func (b *textBlock) hoursText(of model.InvoiceDetail) string {
	if len(of.Entries) == 0 {
		return ""
	}
	text := b.Say(say.TodoNoun("entry", "entries").Of(len(of.Entries)))
	var seconds int64
	for _, line := range of.Prepared.Lines {
		seconds += line.Tracked
	}
	if seconds == 0 {
		return text
	}
	return text + ", " + model.FormatTracked(seconds) + " tracked"
}
