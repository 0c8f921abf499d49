package screen

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
)

// AskWhoMadeIt says that a series has a document which this ledger should know of, so that nothing was sent, and lets its user have
// it recorded as made elsewhere by typing its number. Again says what to do then.
func (e Env) AskWhoMadeIt(unknown *model.UnknownReferenceError, record func(context.Context) error, again string) tea.Cmd {
	name := model.InvoiceReference(unknown.Series, unknown.Number)
	hint := unknown.Error() + ". Nothing was sent. If you put an old backup in place, leave with esc and put a newer one there. " +
		"If another installation made it, type its number to record that; then " + again + "."
	return e.Open(NewPrompt(e.Theme, "Who made "+name+"?", hint, "", func(text string) (tea.Cmd, error) {
		if model.NumberTyped(text, unknown.Series) != unknown.Number {
			return nil, errors.New("that is not " + name + "; esc leaves everything as it is")
		}
		return func() tea.Msg {
			if err := record(e.Context); err != nil {
				return Fail(name+" was not recorded as made elsewhere", err)()
			}
			return Notify(ToneGood, name+" is recorded as made elsewhere. Nothing was sent yet: "+again+".")()
		}, nil
	}))
}
