package review

import (
	"cmp"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// document is what SmartBill is asked to make of the prepared invoice.
type document int

const (
	documentInvoice document = iota
	// documentDraft is an invoice that SmartBill keeps without a number, to be finished there.
	documentDraft
	documentProforma
)

func documentOf(prepared model.PreparedInvoice) document {
	switch {
	case prepared.Unfinished:
		return documentDraft
	case prepared.Kind == model.KindProforma:
		return documentProforma
	}
	return documentInvoice
}

// wording is how a document is spoken of: its noun, the title and the answer of the confirmation, and what follows from it.
type wording struct{ noun, title, answer, consequence string }

func (d document) wording() wording {
	switch d {
	case documentDraft:
		return wording{"draft", "Make a draft in SmartBill?", "make the draft",
			"SmartBill keeps it without a number. The hours stay reserved here until you finish it there and enter its number on History, " +
				"or release it."}
	case documentProforma:
		return wording{"proforma", "Issue this proforma?", "issue the proforma",
			"SmartBill gives it a number of its own series. A proforma is no fiscal document and does not go to ANAF. The hours stay " +
				"reserved until an invoice is made of it, or it is given up, both on History."}
	case documentInvoice:
	}
	return wording{"invoice", "Issue this invoice?", "issue it", screen.IssuedForGood}
}

func (d document) of(prepared model.PreparedInvoice, preferences model.Preferences) model.PreparedInvoice {
	switch d {
	case documentDraft:
		prepared.Unfinished = true
	case documentProforma:
		prepared.Kind, prepared.Series = model.KindProforma, preferences.ProformaSeries
	case documentInvoice:
	}
	return prepared
}

func (d document) seriesKind() model.SeriesKind {
	if d == documentProforma {
		return model.SeriesProforma
	}
	return model.SeriesInvoice
}

// numberText names the series and the number that the document would get, as the account was seen last.
func (d document) numberText(prepared model.PreparedInvoice, account model.Account) string {
	known, ok := account.SeriesNamed(prepared.Series, d.seriesKind())
	switch {
	case d == documentDraft:
		return "series " + prepared.Series + ", no number yet"
	case ok:
		return "series " + prepared.Series + ", next number " + model.FormatCounter(known.Next)
	}
	return "series " + prepared.Series
}

// confirmed is exactly what the user confirmed: the document, and the account and the day that it was drawn with.
type confirmed struct {
	// wanted is set while nothing is confirmed yet: the account was never looked at, and is before the question.
	wanted   *document
	prepared model.PreparedInvoice
	account  model.Account
	day      model.Date
	// email is sent once the document is issued, nil for none.
	email *model.Email
}

// ask opens the confirmation of a document, unless something keeps it from being made.
func (s *Screen) ask(wanted document) tea.Cmd {
	switch {
	case s.isBusy():
		return screen.Notify(screen.ToneInfo, s.busyText())
	case s.isEmpty():
		return notifyEmpty()
	case s.problem != nil:
		return screen.Fail("The "+wanted.wording().noun+" cannot be made", s.problem)
	case !s.preferences.Connected():
		return screen.Fail("The "+wanted.wording().noun+" cannot be sent", model.ErrNotConfigured)
	case s.building.Pending():
		return nil
	case s.quoting.Pending() && !s.prepared.Exchange.IsKnown():
		return screen.Notify(screen.ToneInfo,
			"BNR is asked for the exchange rate, which takes 10 seconds at most. Wait for it, or type it with $. Nothing was sent.")
	}
	prepared := wanted.of(s.prepared, s.preferences)
	if wanted == documentProforma && prepared.Series == "" {
		return screen.Notify(screen.ToneWarn,
			"No series for proformas is chosen: choose one on Setup (5), or set proforma_series in the settings. Nothing was sent.")
	}
	if s.account.Asked.IsZero() {
		return s.recheck(confirmed{wanted: &wanted})
	}
	if treatment, unnamed := s.unnamedTax(); unnamed {
		return s.askForTaxName(treatment, &wanted)
	}
	if unusual := prepared.UnusualDates(); len(unusual) > 0 {
		return s.askForDates(unusual, &wanted)
	}
	if prepared.NeedsSupplyDate() {
		return s.askForSupplyDate(wanted)
	}
	if unlawful := prepared.UnlawfulRates(); len(unlawful) > 0 {
		return s.askForUnlawfulRates(unlawful, wanted)
	}
	if failures := prepared.Validate().Errors(); len(failures) > 0 {
		return screen.Notify(screen.ToneBad, "Not yet: "+s.env.Say(explain.Findings(failures, explain.Screen))+". Nothing was sent.")
	}
	return s.confirm(confirmed{prepared: prepared, account: s.account, day: s.prepared.PreparedOn})
}

// askForWanted goes on to the confirmation that waited for the invoice.
func (s *Screen) askForWanted() tea.Cmd {
	if s.wanted == nil {
		return nil
	}
	wanted := *s.wanted
	s.wanted = nil
	return s.ask(wanted)
}

func (s *Screen) confirm(seen confirmed) tea.Cmd {
	seen.email = nil
	return s.env.Ask(documentOf(seen.prepared).wording().title, s.confirmation(seen), s.answers(seen)...)
}

// confirmation names client, total and series, and what cannot be undone.
func (s *Screen) confirmation(seen confirmed) []string {
	prepared, wanted := seen.prepared, documentOf(seen.prepared)
	consequence := wanted.wording().consequence
	if wanted == documentInvoice && prepared.Treatment.IsAbroad(prepared.Client) {
		consequence = "SmartBill gives it a number. It is taxed abroad, and not meant for e-Factura. From then on it can be cancelled or " +
			"reversed, never taken back."
	}
	total := model.FormatAmount(prepared.Totals().Total) + " " + prepared.Currency
	if lei, known := prepared.InLei(); known && prepared.Currency != model.DefaultCurrency {
		total += ", in lei " + model.FormatAmount(lei.Total) + " at " + prepared.Exchange.Lei.String()
	}
	lines := []string{
		prepared.Client.Name,
		fmt.Sprintf("%s, in %s", total, s.env.Say(say.TodoNoun("line", "lines").Of(len(prepared.Lines)))),
		widget.Join(", ", s.discountText(prepared), "net "+model.FormatAmount(prepared.Totals().Net), s.vatText(prepared)),
		wanted.numberText(prepared, seen.account),
		fmt.Sprintf("issued %s, due %s", prepared.IssueDate, prepared.DueDate),
		"", consequence,
	}
	if later := s.env.Say(explain.Later(prepared)); later != "" {
		lines = append(lines, "", later+".")
	}
	if late := s.env.Say(explain.MissedDeadline(prepared)); late != "" {
		lines = append(lines, "", "! "+late)
	}
	if warnings := prepared.Validate().Warnings(); len(warnings) > 0 {
		lines = append(lines, "")
		for _, warning := range warnings {
			lines = append(lines, "! "+s.env.Say(explain.FindingWithRule(warning)))
		}
	}
	return lines
}

// discountText names the discount and what it comes to, "" for none.
func (s *Screen) discountText(prepared model.PreparedInvoice) string {
	off := decimal.Zero
	for _, discount := range prepared.Discounts() {
		off = off.Add(discount.Amount)
	}
	if off.IsZero() {
		return ""
	}
	name := ""
	if percent := prepared.Discount.Percent; !percent.IsZero() {
		name = percent.String() + " %: "
	}
	return s.env.Say(say.Format("discount %s%s", "reducere %s%s", "kedvezmény %s%s", name, model.FormatAmount(off.Neg())))
}

// vatText names the VAT of each rate: "TVA 21 % Normala 354.38".
func (s *Screen) vatText(prepared model.PreparedInvoice) string {
	return cmp.Or(s.env.Say(explain.VATSums(prepared.Totals())), "no VAT")
}

// askForDates asks about dates that are most likely slips, then goes on to the document. No letter says yes: otherwise a
// mistyped date is confirmed as fast as a right one.
func (s *Screen) askForDates(unusual []model.UnusualDate, then *document) tea.Cmd {
	var body []string
	var dates []model.Date
	for _, each := range unusual {
		said := s.env.Say(explain.Finding(each.Finding, explain.Screen))
		body, dates = append(body, "Most likely a slip: "+said+"."), append(dates, each.Date)
	}
	body = append(body, "", "D and I change the due date and the issue date.")
	return s.env.Ask("Is this meant?", body, widget.Option{Label: "back"}, widget.Option{Label: "it is meant", Run: func() tea.Cmd {
		edits := s.edits
		edits.Confirmed = append(slices.Clone(edits.Confirmed), dates...)
		s.wanted = then
		return s.change(edits)
	}})
}
