package review

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// The answers of the confirmation.
const (
	answerBack = "back"
	answerMake = "make"
)

// confirmed is exactly what the user confirmed: the document, and the account and the day that it was drawn with.
type confirmed struct {
	// wanted is set while nothing is confirmed yet: the account was never looked at, and is before the question.
	wanted  *document
	draft   model.Draft
	account model.Account
	day     model.Date
}

// confirmedMsg says that the user confirmed.
type confirmedMsg struct{ confirmed }

// ask opens the confirmation of a document, unless something keeps it from being made.
func (s *Screen) ask(wanted document) tea.Cmd {
	switch {
	case s.isBusy():
		return s.notifyBusy()
	case s.isEmpty():
		return notifyEmpty()
	case s.problem != nil:
		return screen.Fail("The "+wanted.noun()+" cannot be made", s.problem)
	case !s.preferences.Connected():
		return screen.Fail("The "+wanted.noun()+" cannot be sent", model.ErrNotConfigured)
	case s.building.Pending():
		return nil
	case s.quoting.Pending() && !s.draft.Exchange.IsKnown():
		return screen.Notify(screen.ToneInfo, "BNR is asked for the exchange rate, which takes 10 seconds at most. Wait for it, or type it with $. Nothing was sent.")
	}
	draft := wanted.of(s.draft, s.preferences)
	if wanted == documentProforma && draft.Series == "" {
		return screen.Notify(screen.ToneWarn, "No series for proformas is chosen: choose one on Setup (5), or set proforma_series in the settings. Nothing was sent.")
	}
	if s.account.Asked.IsZero() {
		return s.recheck(confirmed{wanted: &wanted})
	}
	if s.needsName() {
		return s.askForName(&wanted)
	}
	if unusual := draft.UnusualDates(); len(unusual) > 0 {
		return s.askForDates(unusual, &wanted)
	}
	if failures := draft.Validate().Errors(); len(failures) > 0 {
		return screen.Notify(screen.ToneBad, "Not yet: "+failures.Error()+". Nothing was sent.")
	}
	return s.confirm(confirmed{draft: draft, account: s.account, day: s.draft.Prepared})
}

// askForWanted goes on to the confirmation that waited for the draft.
func (s *Screen) askForWanted() tea.Cmd {
	if s.wanted == nil {
		return nil
	}
	wanted := *s.wanted
	s.wanted = nil
	return s.ask(wanted)
}

func (s *Screen) confirm(seen confirmed) tea.Cmd {
	title, label := documentOf(seen.draft).question()
	dialog := widget.NewDialog(s.env.Theme, title, s.confirmation(seen),
		widget.Option{Label: "back", Answer: answerBack}, widget.Option{Key: "y", Label: label, Answer: answerMake})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer != answerMake {
			return nil
		}
		return screen.Send(confirmedMsg{confirmed: seen})
	}})
}

// confirmation names client, total and series, and what cannot be undone.
func (s *Screen) confirmation(seen confirmed) []string {
	draft, wanted := seen.draft, documentOf(seen.draft)
	total := model.FormatAmount(draft.Totals().Total) + " " + draft.Currency
	if lei, known := draft.InLei(); known && draft.Currency != model.DefaultCurrency {
		total += ", in lei " + model.FormatAmount(lei.Total) + " at " + draft.Exchange.Lei.String()
	}
	lines := []string{
		draft.Client.Name,
		fmt.Sprintf("%s, in %s", total, countOf(len(draft.Lines), "line")),
		vatText(draft),
		wanted.numberText(draft, seen.account),
		fmt.Sprintf("issued %s, due %s", draft.IssueDate, draft.DueDate),
		"", wanted.consequence(draft),
	}
	if warnings := draft.Validate().Warnings(); len(warnings) > 0 {
		lines = append(lines, "")
		for _, warning := range warnings {
			lines = append(lines, "! "+warning.String())
		}
	}
	return lines
}

// vatText names the VAT with its percentages: "TVA 21 % Normala 354.38".
func vatText(draft model.Draft) string {
	text := ""
	for _, group := range draft.Totals().Groups {
		if group.Rate.IsNone() {
			return "no VAT"
		}
		text = joined(", ", text, "TVA "+group.Rate.String()+" "+model.FormatAmount(group.Tax))
	}
	return text
}
