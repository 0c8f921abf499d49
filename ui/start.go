package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/ledger"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
)

func announceOdd(a *app.App) tea.Cmd {
	odd := explain.OddLedger(a.OddLedger())
	if odd.IsEmpty() {
		return nil
	}
	return screen.Send(screen.Notice{Tone: screen.ToneWarn, Text: odd.In(say.English)})
}

// announce tells of invoices with an uncertain outcome.
func announce(ctx context.Context, a *app.App) tea.Cmd {
	return func() tea.Msg {
		left, err := a.Recover(ctx)
		if err != nil {
			return screen.Fail("Look for invoices with an uncertain outcome", err)()
		}
		if len(left) == 0 {
			return nil
		}
		// The screens may have read the ledger before Recover changed it.
		return tea.Batch(screen.Send(screen.LedgerChanged{Invoice: left[0]}), screen.Send(announcement(left)))()
	}
}

// announcement tells of invoices with an uncertain outcome, and the keys that settle them.
func announcement(left []model.Invoice) screen.Notice {
	notice := screen.Notice{Tone: screen.ToneWarn, Key: "4", Action: "History"}
	if len(left) == 1 {
		notice.Text, notice.Action = explain.LeftBehind(left[0]).In(say.English)+".", "History, where "+wayOut(left[0])
		return notice
	}
	named := make([]string, 0, maxNamed+1)
	for _, invoice := range left[:min(len(left), maxNamed)] {
		named = append(named, fmt.Sprintf("%s to %s (%s)", invoice.Reference(), invoice.ClientName, wayOut(invoice)))
	}
	if more := len(left) - maxNamed; more > 0 {
		named = append(named, fmt.Sprintf("%d more", more))
	}
	notice.Text = fmt.Sprintf("%d invoices have an uncertain outcome, and their hours stay as they are: %s.", len(left),
		strings.Join(named, ", "))
	return notice
}

func wayOut(invoice model.Invoice) string {
	return explain.WayOut(invoice, explain.Screen).In(say.English)
}

const maxNamed = 3

// audit compares the records beside the screens. A contradiction precedes invoices with an uncertain outcome.
func audit(ctx context.Context, a *app.App) tea.Cmd {
	return func() tea.Msg {
		err := a.EnsureAudited(ctx)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		contradiction, ok := errors.AsType[*ledger.ContradictionError](err)
		if !ok {
			return screen.Fail("Compare hours with invoices", err)()
		}
		told := text.Clean(contradiction.Error() + ". " + explain.Contradiction(contradiction).In(say.English))
		notice := leftBehind(ctx, a)
		return screen.Notice{Tone: screen.ToneBad, Text: strings.TrimSpace(told + " " + notice.Text), Key: notice.Key, Action: notice.Action}
	}
}

// leftBehind is the announcement of invoices with an uncertain outcome, a zero notice for none.
func leftBehind(ctx context.Context, a *app.App) screen.Notice {
	left, err := a.Recover(ctx)
	if err != nil || len(left) == 0 {
		return screen.Notice{}
	}
	return announcement(left)
}

// backUp copies the ledger once a day, beside the screens.
func backUp(ctx context.Context, a *app.App) tea.Cmd {
	return func() tea.Msg {
		err := a.BackUp(ctx)
		if _, told := errors.AsType[*ledger.ContradictionError](err); told || err == nil || ctx.Err() != nil {
			return nil
		}
		failed := text.Clean("Today's copy of the ledger was not made: " + err.Error() + ". All else works; the next start tries again.")
		// One notice replaces another, and an uncertain outcome matters more.
		notice := leftBehind(ctx, a)
		notice.Tone, notice.Text = screen.ToneWarn, strings.TrimSpace(notice.Text+" "+failed)
		return notice
	}
}
