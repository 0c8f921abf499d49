package history

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
)

// The keys of the actions on an invoice.
const (
	settleKey  = "u"
	resendKey  = "S"
	saveKey    = "p"
	openKey    = "o"
	convertKey = "i"
	payKey     = "$"
	cancelKey  = "c"
	restoreKey = "R"
	stornoKey  = "s"
	// stornoLinesKey takes a part of an invoice back.
	stornoLinesKey = "L"
	copyKey        = "y"
	timesheetKey   = "t"
	emailKey       = "m"
	remindKey      = "M"
)

// invoiceActions is what can be done with the invoice under the cursor. While a request that may change the invoice is on its
// way, there is none.
func (s *Screen) invoiceActions() screen.Actions {
	invoice, ok := s.current()
	if !ok || s.busyWith(invoice.ID) != nil {
		return nil
	}
	return slices.DeleteFunc(s.actionsOn(invoice), func(action screen.Action) bool { return s.isRunning(action.Key, invoice.ID) })
}

// actionsOn is the table of what can be done with invoices, for this one, in the order of the footer. A narrow window shows
// only the first: what is done every month comes before what undoes it.
func (s *Screen) actionsOn(invoice model.Invoice) screen.Actions {
	unless := func(act model.Act) func() string { return func() string { return s.refusal(invoice, act) } }
	does := func(run func(model.Invoice) tea.Cmd) func() tea.Cmd { return func() tea.Cmd { return run(invoice) } }
	return screen.Actions{
		{Key: settleKey, Short: "settle", Refusal: unless(model.ActSettle), Run: does(s.settle)},
		{Key: settleKey, Short: "settle", Refusal: unless(model.ActSettlePayment), Run: does(s.settlePayment)},
		{Key: resendKey, Short: "send again", Refusal: unless(model.ActResend), Run: does(s.askResend)},
		{Key: saveKey, Short: "save PDF", Refusal: unless(model.ActPDF), Run: does(s.savePDF)},
		{Key: openKey, Short: "open", Refusal: unless(model.ActPDF), Run: does(s.openPDF)},
		{Key: emailKey, Short: s.env.Say(emailWord), Refusal: unless(model.ActSend), Run: does(s.openEmail(model.EmailDocument))},
		{Key: convertKey, Short: "invoice", Refusal: unless(model.ActConvert), Run: does(s.prepareConversion)},
		{Key: payKey, Short: "payment", Refusal: unless(model.ActPay), Run: does(s.openPaymentForm)},
		{
			Key: remindKey, Short: s.env.Say(reminderWord), Refusal: func() string { return s.refusesReminder(invoice) },
			Run: does(s.openEmail(model.EmailReminder)),
		},
		{Key: cancelKey, Short: "cancel", Refusal: unless(model.ActCancel), Run: does(s.askCancel)},
		{Key: restoreKey, Short: "restore", Refusal: unless(model.ActRestore), Run: does(s.askRestore)},
		{Key: stornoKey, Short: "storno", Refusal: unless(model.ActStorno), Run: does(s.askStorno)},
		{Key: stornoLinesKey, Short: "storno of lines", Rare: true, Refusal: unless(model.ActPartialStorno), Run: does(s.openStornoLines)},

		{Key: copyKey, Short: "copy", Refusal: unless(model.ActCopy), Run: does(s.copyReference)},
		{Key: timesheetKey, Short: "timesheet", Refusal: unless(model.ActTimesheet), Run: does(s.writeTimesheet)},
		{Key: settleKey, Short: "deleted on the web?", Rare: true, Refusal: unless(model.ActDelete), Run: does(s.examineDeletion)},
	}
}

// refusal says why an act cannot be done with an invoice, "" when it can.
func (s *Screen) refusal(invoice model.Invoice, act model.Act) string {
	refused := invoice.Refuses(act)
	if refused == nil {
		return ""
	}
	return s.env.Say(explain.Refusal(refused, explain.Screen))
}

// Actions is the whole table of what the keys do over the list, whether or not it can be done now.
func (s *Screen) Actions() screen.Actions {
	return slices.Concat(screen.Actions{s.detailAction()}, s.actionsOn(model.Invoice{}), s.listActions())
}

func (s *Screen) detailAction() screen.Action {
	return screen.Action{Key: "enter", Keys: []string{"enter", " "}, Short: "detail", Run: s.openDetail}
}

func (s *Screen) listActions() screen.Actions {
	return screen.Actions{
		{Key: "/", Short: "filter", Long: "filter: words, client: number: status: currency:", Run: s.openFilter},
		{Long: "issued:2026-10 due:<2026-12 amount:>1000 -word"},
		{Long: "is:invoice proforma storno draft paid unpaid"},
		{Long: "is:overdue cancelled reversed unknown"},
		{Key: "r", Short: "read again", Run: s.load},
	}
}

func (s *Screen) actions() screen.Actions {
	showAll := screen.Action{Key: "esc", Short: "show all", Run: s.clearFilter}
	switch {
	case s.list == nil && s.loadErr != nil:
		return screen.Actions{{Key: "r", Short: "try again", Run: s.load}}
	case s.list == nil:
		return screen.Actions{{Key: "r", Run: s.load}}
	case len(s.list.invoices) == 0:
		return screen.Actions{{Key: "r", Short: "read again", Run: s.load}}
	case s.Capturing():
		return screen.Actions{{Key: "enter", Short: "keep the filter", Run: s.keepFilter}, showAll, {Key: "↑ ↓", Short: "move"}}
	}
	var actions screen.Actions
	if s.query().text != "" {
		actions = append(actions, showAll)
	}
	if s.table.Count() > 0 {
		actions = append(actions, s.detailAction())
	}
	return slices.Concat(actions, s.invoiceActions(), s.listActions())
}

// Keys names the keys that do something now.
func (s *Screen) Keys() (footer, help []key.Binding) {
	actions := s.actions().Possible()
	help = actions.Help()
	if s.list != nil && len(s.list.invoices) > 0 && !s.Capturing() {
		help = append(help, screen.MoveKeys()...)
	}
	return actions.Footer(), help
}

func (s *Screen) copyReference(invoice model.Invoice) tea.Cmd {
	return s.records.Copy(invoice.Reference())
}
