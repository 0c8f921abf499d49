package review

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// isOutdated reports whether the page shows another document than the one that was asked about: a question may wait here, and
// the account be looked at, while hours are ticked on Time.
func (s *Screen) isOutdated(seen confirmed) bool {
	return !sameDocument(seen.prepared, documentOf(seen.prepared).of(s.prepared, s.preferences))
}

func notifyOutdated() tea.Cmd {
	return screen.Notify(screen.ToneWarn, "Nothing was sent: it was changed since the question came up. Look again and confirm anew.")
}

// sameDocument reports whether two invoices bill the same client for the same work at the same price.
func sameDocument(one, other model.PreparedInvoice) bool {
	return one.Client.Name == other.Client.Name && one.Series == other.Series && one.Currency == other.Currency &&
		one.DueDate == other.DueDate && len(one.Lines) == len(other.Lines) &&
		one.Totals().Total.Equal(other.Totals().Total) && slices.Equal(one.Entries(), other.Entries())
}

// recheck reads the account again before anything is sent: the user confirmed what the page showed, and the account may have
// changed since. Nothing is done when the page shows another document by now.
func (s *Screen) recheck(seen confirmed) tea.Cmd {
	if seen.wanted == nil && s.isOutdated(seen) {
		return notifyOutdated()
	}
	if s.isBusy() {
		return nil
	}
	s.checking = &seen
	return tea.Batch(s.spinner.Start(), screen.Request(s.env, &s.rechecking, s.billing.Recheck, s.onRechecked))
}

// stopChecking takes a confirmation back before anything was sent.
func (s *Screen) stopChecking() tea.Cmd {
	s.rechecking.Cancel()
	s.checking = nil
	s.spinner.Stop()
	return screen.Notify(screen.ToneInfo, "Stopped. Nothing was sent.")
}

// onRechecked sends the confirmed document if the account is unchanged. Otherwise it draws the page anew and says what changed.
func (s *Screen) onRechecked(account model.Account, err error) tea.Cmd {
	seen := *s.checking
	s.checking = nil
	s.spinner.Stop()
	switch {
	case errors.Is(err, context.Canceled):
		return nil
	case err != nil:
		return screen.Fail("Nothing was sent, the account could not be looked at", err)
	}
	s.account = account
	if seen.wanted != nil {
		s.wanted = seen.wanted
		return s.build()
	}
	if s.isOutdated(seen) {
		return notifyOutdated()
	}
	changes := changed(seen, account)
	if today := s.env.Today(); today != seen.day {
		changes = append([]string{"midnight has passed, it is " + today.String() + " now"}, changes...)
	}
	if len(changes) > 0 {
		text := "Nothing was sent: " + strings.Join(changes, "; ") + ". Look again and confirm anew."
		return tea.Batch(s.build(), screen.Notify(screen.ToneWarn, text))
	}
	return s.send(seen)
}

func changed(seen confirmed, now model.Account) []string {
	var changes []string
	wanted := documentOf(seen.prepared)
	before, known := seen.account.SeriesNamed(seen.prepared.Series, wanted.seriesKind())
	after, there := now.SeriesNamed(seen.prepared.Series, wanted.seriesKind())
	switch {
	case !there:
		changes = append(changes, "the account has no series "+seen.prepared.Series)
	case wanted == documentDraft:
	case after.Next <= 0:
		changes = append(changes, "the next number of series "+after.Name+" could not be read")
	case !known || before.Next <= 0:
		changes = append(changes, fmt.Sprintf("series %s gives number %s next", after.Name, model.FormatCounter(after.Next)))
	case before.Next != after.Next:
		changes = append(changes, fmt.Sprintf("series %s gives number %s next, not %s", after.Name, model.FormatCounter(after.Next),
			model.FormatCounter(before.Next)))
	}
	if !sameRates(seen.account.Rates, now.Rates) {
		changes = append(changes, "the account's list of VAT rates is another one")
	}
	return changes
}

// sameRates reports whether two lists hold the same taxes, in whatever order.
func sameRates(one, other model.VATRates) bool {
	missing := func(rates model.VATRates) func(model.VATRate) bool {
		return func(rate model.VATRate) bool { return !slices.ContainsFunc(rates, rate.Equal) }
	}
	return !slices.ContainsFunc(one, missing(other)) && !slices.ContainsFunc(other, missing(one))
}

func (s *Screen) send(seen confirmed) tea.Cmd {
	prepared := seen.prepared
	ctx, cancel := context.WithCancel(s.env.Context)
	s.sending, s.cancelSending = &prepared, cancel
	issue := func(context.Context) (model.Invoice, error) { return s.billing.Issue(ctx, prepared) }
	return tea.Batch(s.spinner.Start(), screen.Request(s.env, &s.issuing, issue, func(invoice model.Invoice, err error) tea.Cmd {
		return s.onIssued(seen, invoice, err)
	}))
}

// callOff gives up an invoice before it is sent, or while it waits for its place in SmartBill's limit. One that may have left
// is followed to its end.
func (s *Screen) callOff() tea.Cmd {
	switch {
	case s.checking != nil:
		return s.stopChecking()
	case s.sending == nil:
		return nil
	}
	s.cancelSending()
	return screen.Notify(screen.ToneInfo, "It is called off if it has not left yet. If it has, its answer is waited for.")
}

func (s *Screen) onIssued(seen confirmed, invoice model.Invoice, err error) tea.Cmd {
	prepared := seen.prepared
	s.sending = nil
	s.cancelSending()
	s.spinner.Stop()
	changed := screen.Send(screen.LedgerChanged{
		Invoice: invoice, Issued: err == nil, Sent: err == nil || errors.Is(err, model.ErrOutcomeUnknown),
	})
	switch {
	case errors.Is(err, model.ErrOutcomeUnknown):
		return tea.Batch(changed, screen.NotifyUnknown("The outcome is not known", err), screen.Send(screen.ShowTab{Tab: screen.TabHistory}))
	case err != nil:
		if unknown, ok := errors.AsType[*model.UnknownReferenceError](err); ok {
			return tea.Batch(changed, s.env.AskWhoMadeIt(unknown, func(ctx context.Context) error {
				return s.billing.MadeElsewhere(ctx, prepared.Kind, unknown.Series, unknown.Number)
			}, "issue again"))
		}
		if errors.Is(err, model.ErrClientStored) && prepared.SaveClient {
			return tea.Batch(changed, s.offerWithoutSaving(seen, err))
		}
		return tea.Batch(changed, screen.Fail("Not issued", err))
	}
	return tea.Batch(s.change(s.edits.Next(prepared)), changed, notifyMade(prepared, invoice), s.sendEmail(invoice, seen.email),
		screen.Send(screen.ShowTab{Tab: screen.TabHistory}))
}

// offerWithoutSaving asks whether to send a document again that was refused because SmartBill was to save its client, whom it has with
// another tax number.
func (s *Screen) offerWithoutSaving(seen confirmed, refused error) tea.Cmd {
	what, advice := explain.Error(refused, explain.Screen)
	seen.prepared.SaveClient = false
	return s.env.Ask("SmartBill has another "+seen.prepared.Client.Name, []string{s.env.Say(what), "", s.env.Say(advice)},
		widget.Option{Label: "back"},
		widget.Option{Key: "w", Label: "send it without saving the client", Run: func() tea.Cmd {
			return s.recheck(confirmed{prepared: seen.prepared, account: s.account, day: s.prepared.PreparedOn, email: seen.email})
		}})
}

func notifyMade(prepared model.PreparedInvoice, invoice model.Invoice) tea.Cmd {
	amount := fmt.Sprintf("%s %s to %s", model.FormatAmount(invoice.Total), invoice.Currency, invoice.ClientName)
	switch documentOf(prepared) {
	case documentDraft:
		return screen.Notify(screen.ToneGood,
			"SmartBill has the draft: "+amount+", no number yet. The hours stay reserved: finish it there, then u here enters its number.")
	case documentProforma:
		return screen.Notify(screen.ToneGood, "Proforma "+invoice.Reference()+" is issued: "+amount+". p saves its PDF.")
	case documentInvoice:
	}
	return screen.NotifyIssued(invoice)
}
