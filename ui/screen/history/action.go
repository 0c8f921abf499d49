package history

import (
	"slices"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// action is something that can be done with one invoice. Each has a file of its own.
type action struct {
	key, label string
	// refusal says why it cannot be done with the invoice as it stands, "" when it can.
	refusal func(model.Invoice) string
	begin   func(*Screen, model.Invoice) tea.Cmd
	// rare keeps it out of the footer; ? lists it.
	rare bool
}

// actions lists them in the order of the footer, where a narrow window shows the first only: what is done every month comes
// before what undoes it.
func actions() []action {
	return []action{
		settleOutcome(), sendAgain(), savePDF(), openPDF(), convertProforma(), payInvoice(), cancelInvoice(), restoreInvoice(), stornoInvoice(),
		copyReference(), writeTimesheet(), examineDeletion(),
	}
}

// always is the refusal of an act that can be done with any invoice.
func always(model.Invoice) string { return "" }

// onAction does what the key means with the invoice under the cursor, or says why it cannot be done. While a request that
// may change the invoice is on its way, its keys are dead.
func (s *Screen) onAction(name string) tea.Cmd {
	invoice, ok := s.current()
	at := s.actionOf(name, invoice)
	if !ok || at < 0 || s.busyWith(invoice.ID) != nil || s.isRunning(name, invoice.ID) {
		return nil
	}
	if invoice.Elsewhere {
		return screen.Notify(screen.ToneInfo, invoice.Reference()+" was issued at a simulator: it is no fiscal document, and nothing can be done with it here.")
	}
	if why := s.actions[at].refusal(invoice); why != "" {
		return screen.Notify(screen.ToneInfo, why)
	}
	return s.actions[at].begin(s, invoice)
}

// actionOf finds what a key means with an invoice: of several acts, the one that can be done. It is negative for none.
func (s *Screen) actionOf(name string, invoice model.Invoice) int {
	possible := slices.IndexFunc(s.actions, func(each action) bool { return each.key == name && each.refusal(invoice) == "" })
	if possible >= 0 {
		return possible
	}
	return slices.IndexFunc(s.actions, func(each action) bool { return each.key == name })
}

// actionKeys are the keys of what can be done with the invoice under the cursor: what is done often, or what is done rarely.
func (s *Screen) actionKeys(rare bool) []key.Binding {
	invoice, ok := s.current()
	if !ok || s.busyWith(invoice.ID) != nil || invoice.Elsewhere {
		return nil
	}
	var keys []key.Binding
	for _, each := range s.actions {
		if each.rare == rare && each.refusal(invoice) == "" && !s.isRunning(each.key, invoice.ID) {
			keys = append(keys, screen.Bind(each.key, each.label))
		}
	}
	return keys
}

// KeyMap names the keys that do something now.
func (s *Screen) KeyMap() help.KeyMap {
	keys := s.keys()
	full := keys
	if s.list != nil && len(s.list.invoices) > 0 && !s.Capturing() {
		full = slices.Concat(keys, s.actionKeys(true), screen.MoveKeys())
	}
	return screen.Keys{Short: keys, Full: [][]key.Binding{full}}
}

func (s *Screen) keys() []key.Binding {
	switch {
	case s.list == nil && s.loadErr != nil:
		return []key.Binding{screen.Bind("r", "try again")}
	case s.list == nil:
		return nil
	case len(s.list.invoices) == 0:
		return []key.Binding{screen.Bind("r", "read again")}
	case s.Capturing():
		return []key.Binding{screen.Bind("enter", "keep the filter"), screen.Bind("esc", "show all"), screen.Bind("↑ ↓", "move")}
	}
	var keys []key.Binding
	if s.query() != "" {
		keys = append(keys, screen.Bind("esc", "show all"))
	}
	if s.table.Count() > 0 {
		keys = append(keys, screen.Bind("enter", "detail"))
	}
	keys = append(keys, s.actionKeys(false)...)
	return append(keys, screen.Bind("/", "filter"), screen.Bind("r", "read again"))
}

// copyReference puts the reference on the clipboard.
func copyReference() action {
	return action{key: "y", label: "copy", refusal: always, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		name := invoice.Reference()
		return tea.Batch(s.records.Copy(name), screen.Notify(screen.ToneGood, name+" is copied."))
	}}
}
