package review

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// madeElsewhereMsg brings that a document was recorded as made elsewhere.
type madeElsewhereMsg struct {
	name string
	err  error
}

// askWhoMadeIt says that the series has a document which this ledger should know of, and lets its user record it as made
// elsewhere by typing its number. Nothing was sent.
func (s *Screen) askWhoMadeIt(draft model.Draft, unknown *model.UnknownReferenceError) tea.Cmd {
	name := model.InvoiceReference(unknown.Series, unknown.Number)
	hint := unknown.Error() + ". Nothing was sent. If you put an old backup in place, leave with esc and put a newer one there. " +
		"If another installation made it, type its number to record that; then issue again."
	return s.env.Open(screen.NewPrompt(s.env.Theme, "Who made "+name+"?", hint, "", func(text string) (tea.Cmd, error) {
		if typed := model.Collapse(text); typed != unknown.Number && typed != name {
			return nil, errors.New("that is not " + name + "; esc leaves everything as it is")
		}
		ctx, billing := s.env.Context, s.billing
		return func() tea.Msg {
			return madeElsewhereMsg{name: name, err: billing.MadeElsewhere(ctx, draft.Kind, unknown.Series, unknown.Number)}
		}, nil
	}))
}

func (s *Screen) recordedElsewhere(msg madeElsewhereMsg) tea.Cmd {
	if msg.err != nil {
		return screen.Fail(msg.name+" was not recorded as made elsewhere", msg.err)
	}
	return screen.Tell(screen.ToneGood, msg.name+" is recorded as made elsewhere. Nothing was sent yet: issue again.")
}
