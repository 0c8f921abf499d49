package screen

import (
	"errors"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
)

// Tab names a screen of the shell, in the order of the tabs.
type Tab int

// The tabs; their keys are 1 to 5.
const (
	TabTime Tab = iota
	TabBillTo
	TabReview
	TabHistory
	TabSetup
)

// ShowTab asks the shell to show a tab.
type ShowTab struct{ Tab Tab }

// Tone colours a notice.
type Tone int

// The tones of a notice. Good ones go away by themselves; the others stay until they are answered or replaced.
const (
	ToneInfo Tone = iota
	ToneGood
	ToneWarn
	ToneBad
)

// Notice asks the shell to say what happened, what is now true, and what to press.
type Notice struct {
	Tone Tone
	Text string
	// Until is counted down to behind the text: when a lock-out ends. Zero when there is nothing to wait for.
	Until time.Time
	// Key and Action name the key that answers the notice: "u", "settle it". Empty when there is none.
	Key, Action string
}

// SelectionChanged tells that other hours are ticked, or that they make other lines.
type SelectionChanged struct {
	Grouping model.Grouping
	// Hours are the ticked entries, which everybody points to: they never change.
	Hours []*model.Entry
	// Overridden are the fingerprints of those that look billed and were ticked deliberately.
	Overridden []string
	// Free are the lines that bill no hours.
	Free []model.FreeLine
}

// BuyerChanged tells that Bill To holds another client.
type BuyerChanged struct{ Buyer model.Buyer }

// ClientProposed tells whose hours are ticked, for the address book to find their buyer.
type ClientProposed struct {
	Tracked []model.TrackedHours
	// Next is set when the user goes on to the buyer: another than the hours' own is asked about then.
	Next bool
}

// PreferencesChanged tells that settings, sources or rules were saved.
type PreferencesChanged struct{ Preferences model.Preferences }

// LedgerChanged tells that an invoice changed its state, and its hours with it.
type LedgerChanged struct {
	// Invoice is the one that changed.
	Invoice model.Invoice
	// Issued is true when its hours have left the invoice in progress.
	Issued bool
	// Sent is true when it was sent just now and may exist, known or not: what it bills must not be billed again.
	Sent bool
}

// Send returns a command that delivers a message.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// Notify returns a command that shows a notice.
func Notify(tone Tone, value string) tea.Cmd {
	return Send(Notice{Tone: tone, Text: text.Clean(value)})
}

// Fail returns a command that shows what went wrong and what to do about it, and counts a lock-out down.
func Fail(attempt string, err error) tea.Cmd {
	what, advice := explain.Error(err, explain.Screen)
	value := attempt + ": " + what.In(say.English)
	if !advice.IsEmpty() {
		value = strings.TrimSuffix(value, ".") + ". " + advice.In(say.English)
	}
	notice := Notice{Tone: ToneBad, Text: text.Clean(value)}
	if limit, ok := errors.AsType[*model.LimitError](err); ok {
		notice.Until = limit.Until
	}
	return Send(notice)
}

// NotifyIssued returns a command that says what was issued, and warns of what SmartBill made otherwise than was confirmed.
func NotifyIssued(invoice model.Invoice) tea.Cmd {
	said, warned := explain.Issued(invoice)
	if warned {
		return Notify(ToneWarn, said.In(say.English))
	}
	return Notify(ToneGood, said.In(say.English))
}

// NotifyUnknown returns a command that says that an outcome is not known, and that u on History finds it out. The error's own
// words for that are left out: the attempt says it once.
func NotifyUnknown(attempt string, err error) tea.Cmd {
	known := model.ErrOutcomeUnknown.Error()
	what, _ := explain.Error(err, explain.Screen)
	value := strings.TrimSuffix(strings.ReplaceAll(what.In(say.English), known+": ", ""), ": "+known)
	return Send(Notice{Tone: ToneBad, Text: text.Clean(attempt + ": " + value + "."), Key: "u", Action: "settle it"})
}

// Waiting tells that a call waits for its place in SmartBill's limit until the instant; a zero one that it waits no more.
type Waiting struct {
	Until time.Time
	// Next listens for the next such message.
	Next tea.Cmd
}
