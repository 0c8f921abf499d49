package review

import (
	"context"
	"errors"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// chooseVAT offers the treatments that make sense for the client, the proposed one first. Choosing that one takes an earlier
// choice back.
func (s *Screen) chooseVAT() tea.Cmd {
	if s.isEmpty() {
		return notifyEmpty()
	}
	client := s.buyer.Client.Cleaned()
	treatments := s.preferences.Issuer.Treatments(client)
	list := &chooser{
		theme: s.env.Theme, title: "VAT of this invoice",
		hint: "For this invoice only. d on Bill To keeps a reason with the client, for all invoices to come.",
		chosen: func(index int) tea.Cmd {
			edits := s.edits
			// Of a number that is not valid, taking the proposal is a decision too.
			if edits.Reason = treatments[index].Reason; index == 0 && !treatments[0].IsUndecided(client) {
				edits.Reason = ""
			}
			return s.change(edits)
		},
	}
	for i, treatment := range treatments {
		each := alternative{name: s.taxText(treatment), why: s.env.Say(explain.Treatment(treatment, client))}
		if i == 0 {
			each.mark = "proposed"
		}
		if treatment.Reason == s.edits.Reason {
			list.cursor, each.mark = i, widget.Join(", ", each.mark, "chosen")
		}
		list.alternatives = append(list.alternatives, each)
	}
	return s.env.Open(list)
}

// taxText names the tax of a treatment as the account has it, on the day of supply.
func (s *Screen) taxText(treatment model.Treatment) string {
	rate, err := treatment.RateOn(s.account.KnownRates(), s.prepared.LastSupply())
	switch {
	case err != nil:
		return treatment.Setting + ": not in the account, add it in Configurare → Cote TVA"
	case rate.IsNone():
		return "no VAT"
	}
	return rate.String()
}

func (s *Screen) zeroRates() model.VATRates {
	return slices.DeleteFunc(slices.Clone(s.account.KnownRates()), func(rate model.VATRate) bool { return !rate.Percent.IsZero() })
}

// unnamedTax is the first treatment of the invoice for whose reason nobody has said yet which of the account's taxes at 0 % it is.
func (s *Screen) unnamedTax() (treatment model.Treatment, found bool) {
	for _, treatment := range s.prepared.Treatments() {
		if treatment.Setting != "" && !s.preferences.Issuer.NamesTax(treatment.Reason) {
			return treatment, true
		}
	}
	return model.Treatment{}, false
}

// askForTaxName asks which of the account's taxes at 0 % stands for the reason, since several regimes share the percentage;
// then it goes on to what was wanted.
func (s *Screen) askForTaxName(treatment model.Treatment, then *document) tea.Cmd {
	rates := s.zeroRates()
	if len(rates) == 0 {
		return screen.Fail("The invoice cannot be made", errors.New("the SmartBill account has no VAT rate at 0 %: "+
			"add one in Configurare → Cote TVA, then test the connection on Setup (5)"))
	}
	list := &chooser{
		theme: s.env.Theme, title: "Which of your account's taxes at 0 % is this?",
		hint: "For: " + s.env.Say(explain.Treatment(treatment, s.prepared.Client)) +
			". Several regimes share 0 %, and SmartBill prints the name. It is asked once and kept in the settings.",
		chosen: func(index int) tea.Cmd { return s.keepTaxName(treatment.Reason, rates[index].Name, then) },
	}
	for i, rate := range rates {
		each := alternative{name: rate.String()}
		if text.Fold(rate.Name) == text.Fold(treatment.Setting) {
			list.cursor, each.mark = i, "usual"
		}
		list.alternatives = append(list.alternatives, each)
	}
	return s.env.Open(list)
}

// keepTaxName keeps which tax stands for the reason, then goes on to the document.
func (s *Screen) keepTaxName(reason model.Reason, name string, then *document) tea.Cmd {
	keep := func(ctx context.Context) (model.Preferences, error) { return s.billing.NameTax(ctx, reason, name) }
	return screen.Request(s.env, &s.keepingTaxName, keep, func(preferences model.Preferences, err error) tea.Cmd {
		if err != nil {
			return screen.Fail("Keep the name of the tax", err)
		}
		// The hours may change before the settings are read again: no invoice without the name goes on to the document.
		s.preferences, s.wanted = preferences, then
		return tea.Batch(s.load(), s.build(), screen.Send(screen.PreferencesChanged{Preferences: preferences}))
	})
}

// askForUnlawfulRates asks about rates that the law does not have on the days of the work: the account may have got the lawful one
// meanwhile, or the law may be newer than the program. No letter says yes.
func (s *Screen) askForUnlawfulRates(unlawful []model.UnlawfulRate, then document) tea.Cmd {
	var body []string
	var rates []model.VATRate
	for _, each := range unlawful {
		said := s.env.Say(explain.Finding(each.Finding, explain.Screen))
		body, rates = append(body, "Most likely wrong: "+said+"."), append(rates, each.Rate)
	}
	return s.env.Ask("Is this VAT meant?", body, widget.Option{Label: "back"},
		widget.Option{Key: "r", Label: "read the account again", Run: func() tea.Cmd { return s.recheck(confirmed{wanted: &then}) }},
		widget.Option{Label: "it is meant", Run: func() tea.Cmd {
			edits := s.edits
			edits.ConfirmedRates = append(slices.Clone(edits.ConfirmedRates), rates...)
			s.wanted = &then
			return s.change(edits)
		}})
}

// alternative is one of few things to choose from, with the sentence that explains it.
type alternative struct {
	// Mark tells what it is at present: "proposed", "chosen".
	name, mark, why string
}

// chooser lays a few alternatives over the page, each with its whole sentence, so that nothing must be guessed.
type chooser struct {
	theme        theme.Theme
	title, hint  string
	alternatives []alternative
	cursor       int
	chosen       func(index int) tea.Cmd
}

// OnKey moves and chooses.
func (c *chooser) OnKey(pressed tea.KeyMsg) (bool, tea.Cmd) {
	switch pressed.String() {
	case "esc":
		return true, nil
	case "enter":
		return true, c.chosen(c.cursor)
	}
	c.cursor = max(0, min(c.cursor+widget.Step(pressed.String()), len(c.alternatives)-1))
	return false, nil
}

// chooserWidth is the widest that a sentence gets, in cells.
const chooserWidth = 68

// View draws the alternatives around the cursor.
func (c *chooser) View(width, height int) string {
	inner := max(10, min(chooserWidth, width-6))
	lines := []string{c.theme.Strong.Paint(widget.Clip(c.title, inner)), ""}
	hint := widget.Wrap(c.hint, inner)
	room := height - 2 - len(lines) - len(hint) - 1
	rows, end := c.rows(inner)
	first := max(0, end-room)
	lines = append(lines, rows[first:min(len(rows), first+max(1, room))]...)
	lines = append(lines, "")
	for _, text := range hint {
		lines = append(lines, c.theme.Faint.Paint(text))
	}
	return widget.Box(lines, inner, c.theme)
}

// rows draws all alternatives, and tells at which row the one under the cursor has ended.
func (c *chooser) rows(inner int) (rows []string, end int) {
	for i, each := range c.alternatives {
		glyph, ink := "  ", c.theme.Plain
		if i == c.cursor {
			glyph, ink = c.theme.Accent.Paint(theme.Focus)+" ", c.theme.Strong
		}
		rows = append(rows, widget.Spread(glyph+ink.Paint(each.name), c.theme.Good.Paint(each.mark), inner))
		if each.why != "" {
			rows = append(rows, widget.Paragraph(c.theme.Faint, 4, each.why, inner-4)...)
		}
		if i == c.cursor {
			end = len(rows)
		}
	}
	return rows, end
}

// Keys tells how to choose.
func (c *chooser) Keys() []key.Binding {
	return []key.Binding{screen.Bind("↑ ↓", "move"), screen.Bind("enter", "choose"), screen.Bind("esc", "back")}
}
