package review

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// recheckedMsg brings the account as it is when the confirmation is acted upon.
type recheckedMsg struct {
	ticket  screen.Ticket
	account model.Account
	err     error
}

// isStale reports whether the page shows another document than the one that was asked about: a question may wait here, and
// the account be looked at, while hours are ticked on Time.
func (s *Screen) isStale(seen confirmed) bool {
	return !sameDocument(seen.draft, documentOf(seen.draft).of(s.draft, s.preferences))
}

func notifyStale() tea.Cmd {
	return screen.Notify(screen.ToneWarn, "Nothing was sent: it was changed since the question came up. Look again and confirm anew.")
}

// sameDocument reports whether two drafts bill the same client for the same work at the same price.
func sameDocument(one, other model.Draft) bool {
	return one.Client.Name == other.Client.Name && one.Series == other.Series && one.Currency == other.Currency &&
		one.DueDate == other.DueDate && len(one.Lines) == len(other.Lines) &&
		one.Totals().Total.Equal(other.Totals().Total) && slices.Equal(one.Entries(), other.Entries())
}

// recheck looks at the account again before anything is sent: the user confirmed what the page showed, not what has become
// of it since.
func (s *Screen) recheck(seen confirmed) tea.Cmd {
	if s.isBusy() {
		return nil
	}
	s.checking = &seen
	ctx, ticket := s.rechecking.Begin(s.env.Context)
	billing := s.billing
	return tea.Batch(s.spinner.Start(), func() tea.Msg {
		account, err := billing.Recheck(ctx)
		return recheckedMsg{ticket: ticket, account: account, err: err}
	})
}

// stopChecking takes a confirmation back before anything was sent.
func (s *Screen) stopChecking() tea.Cmd {
	s.rechecking.Cancel()
	s.checking = nil
	s.spinner.Stop()
	return screen.Notify(screen.ToneInfo, "Stopped. Nothing was sent.")
}

// onRechecked sends what was confirmed if all is as it was shown, else draws the page anew and says what changed.
func (s *Screen) onRechecked(msg recheckedMsg) tea.Cmd {
	if !s.rechecking.Admit(msg.ticket) || s.checking == nil {
		return nil
	}
	seen := *s.checking
	s.checking = nil
	if msg.err != nil {
		s.spinner.Stop()
		if errors.Is(msg.err, context.Canceled) {
			return nil
		}
		return screen.Fail("Nothing was sent, the account could not be looked at", msg.err)
	}
	s.account = msg.account
	if seen.wanted != nil {
		s.spinner.Stop()
		s.wanted = seen.wanted
		return s.build()
	}
	if s.isStale(seen) {
		s.spinner.Stop()
		return notifyStale()
	}
	changes := changed(seen, msg.account)
	if today := s.env.Today(); today != seen.day {
		changes = append([]string{"midnight has passed, it is " + today.String() + " now"}, changes...)
	}
	if len(changes) > 0 {
		s.spinner.Stop()
		text := "Nothing was sent: " + strings.Join(changes, "; ") + ". Look again and confirm anew."
		return tea.Batch(s.build(), screen.Notify(screen.ToneWarn, text))
	}
	return s.send(seen.draft)
}

// changed says what is otherwise in the account than it was when the confirmation was drawn.
func changed(seen confirmed, now model.Account) []string {
	var changes []string
	wanted := documentOf(seen.draft)
	before, known := seen.account.SeriesNamed(seen.draft.Series, wanted.seriesKind())
	after, there := now.SeriesNamed(seen.draft.Series, wanted.seriesKind())
	switch {
	case !there:
		changes = append(changes, "the account has no series "+seen.draft.Series)
	case wanted == documentDraft:
	case after.Next <= 0:
		changes = append(changes, "the next number of series "+after.Name+" could not be read")
	case !known || before.Next <= 0:
		changes = append(changes, fmt.Sprintf("series %s gives number %s next", after.Name, model.FormatCounter(after.Next)))
	case before.Next != after.Next:
		changes = append(changes, fmt.Sprintf("series %s gives number %s next, not %s", after.Name, model.FormatCounter(after.Next), model.FormatCounter(before.Next)))
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
