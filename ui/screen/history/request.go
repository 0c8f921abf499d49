package history

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
)

// request is something about one invoice that takes its time. At most one of a key and an invoice runs.
type request struct {
	key     string
	invoice model.Invoice
	// doing says what is being done, for the summary: "cancelling FCT-0023".
	doing string
	// word stands in the invoice's row meanwhile, "" for a request that leaves the invoice as it is.
	word string
	// unknown says what would not be known if the program ended now, "" for nothing.
	unknown string
}

type runningRequest struct {
	request

	latest screen.Latest
}

// send starts a request, unless the same one is running: call does it in the background, and answered takes what it returns.
func send[T any](
	s *Screen, what request, call func(ctx context.Context, reference string) (T, error), answered func(T, error) tea.Cmd,
) tea.Cmd {
	if s.isRunning(what.key, what.invoice.ID) {
		return nil
	}
	started := &runningRequest{request: what}
	s.running = append(s.running, started)
	ask := func(ctx context.Context) (T, error) { return call(ctx, what.invoice.UniqueReference()) }
	return tea.Batch(s.startSpinner(), screen.Request(s.env, &started.latest, ask, func(answer T, err error) tea.Cmd {
		s.running = slices.DeleteFunc(s.running, func(each *runningRequest) bool { return each == started })
		s.stopSpinner()
		return answered(answer, err)
	}))
}

// with gives a call its last argument.
func with[A, T any](call func(context.Context, string, A) (T, error), argument A) func(ctx context.Context, reference string) (T, error) {
	return func(ctx context.Context, reference string) (T, error) { return call(ctx, reference, argument) }
}

// isRunning reports whether the request of the key is under way with the invoice.
func (s *Screen) isRunning(name string, invoice int64) bool {
	return slices.ContainsFunc(s.running, func(each *runningRequest) bool { return each.key == name && each.invoice.ID == invoice })
}

// busyWith is the running request that may change the invoice, nil when there is none.
func (s *Screen) busyWith(invoice int64) *runningRequest {
	at := slices.IndexFunc(s.running, func(each *runningRequest) bool { return each.word != "" && each.invoice.ID == invoice })
	if at < 0 {
		return nil
	}
	return s.running[at]
}

// Sending says which request is on its way whose outcome would not be known.
func (s *Screen) Sending() string {
	for _, each := range s.running {
		if each.unknown != "" {
			return each.unknown
		}
	}
	return ""
}

// change is a request that the user has confirmed, and the sentences for its end.
type change struct {
	request

	call func(ctx context.Context, reference string) (model.Invoice, error)
	// done says what is now true and what to press. After is the invoice as it is now; for a call that makes another
	// invoice, that one.
	done func(after model.Invoice) tea.Cmd
	// lost says that the outcome is not known, "" where failed says that too.
	lost   string
	failed func(err error) tea.Cmd
}

// run makes a change, unless something is under way with its invoice.
func (s *Screen) run(what change) tea.Cmd {
	if s.busyWith(what.invoice.ID) != nil {
		return nil
	}
	return send(s, what.request, what.call, func(after model.Invoice, err error) tea.Cmd {
		told := s.notifyEnd(what, after, err)
		if after.ID != 0 && after.ID != what.invoice.ID {
			// A new invoice gets the cursor, which no filter may hide.
			s.selectAfterLoad = after.ID
			told = tea.Batch(told, s.clearFilter())
		}
		if err == nil && after.ID != 0 {
			s.closeEvidence(what.invoice.ID)
		}
		return tea.Batch(told, s.onChanged(after))
	})
}

// notifyEnd says what became of a change, or asks what a failure leaves to the user.
func (s *Screen) notifyEnd(what change, after model.Invoice, err error) tea.Cmd {
	if err == nil {
		return what.done(after)
	}
	if unknown, ok := errors.AsType[*model.UnknownReferenceError](err); ok {
		return s.askWhoMade(what.invoice.Kind, unknown)
	}
	if isUnproven(what.invoice, err) {
		return s.askUnproven(what.invoice, err)
	}
	if what.lost != "" && errors.Is(err, model.ErrOutcomeUnknown) {
		return screen.NotifyUnknown(what.lost, err)
	}
	return what.failed(err)
}

// onChanged shows an invoice as a request left it and tells the other screens. Also a failure may have changed it; where
// the failure brought none, the list is read again.
func (s *Screen) onChanged(after model.Invoice) tea.Cmd {
	if after.ID == 0 {
		return s.load()
	}
	s.changed[after.ID] = after
	return screen.Send(screen.LedgerChanged{Invoice: after})
}

// askWhoMade asks who made a document that this ledger does not know.
func (s *Screen) askWhoMade(kind model.Kind, unknown *model.UnknownReferenceError) tea.Cmd {
	if kind == model.KindProforma {
		// A proforma becomes an invoice.
		kind = model.KindInvoice
	}
	return s.env.AskWhoMadeIt(unknown, func(ctx context.Context) error {
		return s.records.MadeElsewhere(ctx, kind, unknown.Series, unknown.Number)
	}, "press the key again")
}

// issuingErrors have advice about an invoice that is being made: of one that exists it would not be true.
var issuingErrors = []error{model.ErrOutcomeUnknown, model.ErrRefused, model.ErrInvalidField}

// notifyFailed tells why something failed for an invoice that exists. What says what was attempted and what is true now.
func notifyFailed(what string, err error) tea.Cmd {
	if slices.ContainsFunc(issuingErrors, func(known error) bool { return errors.Is(err, known) }) {
		return screen.Notify(screen.ToneBad, what+": "+err.Error())
	}
	return screen.Fail(what, err)
}

// errorText is what an error means, without the period of its sentence.
func errorText(err error) string {
	what, _ := explain.Error(err, explain.Screen)
	return strings.TrimSuffix(what.In(say.English), ".")
}

func failure(what string) func(error) tea.Cmd {
	return func(err error) tea.Cmd { return notifyFailed(what, err) }
}

// unlessMidnight runs what bears today's date. Where the day has ended since the question named it, it sends nothing.
func (s *Screen) unlessMidnight(what, name string, run func(today model.Date) tea.Cmd) func() tea.Cmd {
	today := s.env.Today()
	return func() tea.Cmd {
		if s.env.Today() != today {
			return screen.Notify(screen.ToneWarn, "Midnight has passed: "+what+" would bear another date. Nothing was sent; press "+name+" again.")
		}
		return run(today)
	}
}

// clientAndTotal names an invoice's client and amount, as every question does.
func clientAndTotal(invoice model.Invoice) string {
	return invoice.ClientName + " · " + moneyText(invoice.Total, invoice.Currency)
}

// hoursState says how a document in force keeps its hours: billed, or reserved for a proforma.
func hoursState(invoice model.Invoice) string {
	if invoice.Kind == model.KindProforma {
		return string(model.EntryReserved)
	}
	return string(model.EntryBilled)
}

func moneyText(amount decimal.Decimal, currency string) string {
	return model.FormatAmount(amount) + " " + currency
}
