package review

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/screen"
)

// chooseAdvance lists what can be deducted of the client's earlier invoices. Choosing one takes all that is left of it off, or puts it
// back on.
func (s *Screen) chooseAdvance() tea.Cmd {
	client := s.buyer.Client.Cleaned()
	ask := func(ctx context.Context) ([]model.Advance, error) { return s.billing.Advances(ctx, client.Name) }
	return screen.Request(s.env, &s.lookingForAdvances, ask, func(advances []model.Advance, err error) tea.Cmd {
		switch {
		case err != nil:
			return screen.Fail("Look for advances", err)
		case len(advances) == 0 && len(s.edits.Deductions) == 0:
			return screen.Notify(screen.ToneInfo, s.env.Say(say.Format(
				"No invoice to %s has a line without hours that could be deducted as an advance.",
				"Nicio factură către %s nu are o linie fără ore care să poată fi dedusă ca avans.",
				"%s egyik számláján sincs óra nélküli tétel, amely előlegként levonható.", client.Name)))
		}
		return s.env.Open(s.advanceChooser(advances, client.Language))
	})
}

func (s *Screen) advanceChooser(advances []model.Advance, language string) *chooser {
	list := &chooser{
		theme: s.env.Theme, title: s.env.Say(say.In("Deduct an advance", "Deduce un avans", "Előleg levonása")),
		hint: s.env.Say(say.In("A line with minus takes all that is left of it off, at the VAT that it bore. e changes the quantity.",
			"O linie cu minus scade tot ce a rămas din el, cu TVA pe care l-a purtat. e schimbă cantitatea.",
			"Egy mínuszos tétel levonja mindazt, ami maradt belőle, az eredeti áfával. Az e módosítja a mennyiséget.")),
		chosen: func(index int) tea.Cmd { return s.change(s.edits.WithDeduction(advances[index], language)) },
	}
	for _, advance := range advances {
		each := alternative{
			name: model.InvoiceReference(advance.Invoice.Series, advance.Invoice.Number) + " · " + model.FormatAmount(advance.Net()) + " " +
				advance.Currency,
			why: s.env.Say(say.Format("%s, of %s, %s", "%s, din %s, %s", "%s, kelt: %s, %s",
				advance.Name, advance.Invoice.IssueDate, advance.VAT.String())),
		}
		if s.edits.Deduction(advance) >= 0 {
			each.mark = s.env.Say(say.In("deducted", "dedus", "levonva"))
		}
		list.alternatives = append(list.alternatives, each)
	}
	return list
}
