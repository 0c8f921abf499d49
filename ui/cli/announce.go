package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/model/text"
	"cadensa/ui/screen"
)

// leftBehind says what is not known of an invoice that Recover found, and what is true of its hours.
func leftBehind(invoice model.Invoice) string {
	name := invoice.Reference()
	if hasOpenPayment(invoice) {
		return "Whether a payment of " + name + " was recorded is not known"
	}
	switch invoice.Status { //nolint:exhaustive // Recover finds no others
	case model.StatusCancelling:
		if invoice.Kind == model.KindProforma {
			return "Whether the proforma " + name + " is given up is not known; its hours stay reserved"
		}
		return "Whether " + name + " is cancelled is not known; its hours stay billed"
	case model.StatusRestoring:
		return "Whether " + name + " is restored is not known; its hours stay reserved"
	case model.StatusIssued:
		return name + " turned up late, when its work was on another invoice already"
	}
	return fmt.Sprintf("The outcome of %s to %s is not known; its hours stay reserved", name, invoice.ClientName)
}

// hasOpenPayment reports whether it is a payment of the invoice that is not known, and not the invoice itself.
func hasOpenPayment(invoice model.Invoice) bool {
	return invoice.OpenPayment != 0 && invoice.Number != ""
}

// leftKey is what to press on History about an invoice that was left behind.
func leftKey(invoice model.Invoice) string {
	if hasOpenPayment(invoice) {
		return "u finds out"
	}
	switch invoice.Status { //nolint:exhaustive // Recover finds no others
	case model.StatusCancelling:
		return "c repeats it"
	case model.StatusRestoring:
		return "R repeats it"
	case model.StatusIssued:
		return "c or s undoes one of the two"
	}
	return "u settles it"
}

// maxNamed is how many invoices an announcement names.
const maxNamed = 3

// announcement says what an earlier run left behind, and where it is dealt with.
func announcement(left []model.Invoice) screen.Notice {
	notice := screen.Notice{Tone: screen.ToneWarn, Key: "4", Action: "History"}
	if len(left) == 1 {
		notice.Text, notice.Action = leftBehind(left[0])+".", "History, where "+leftKey(left[0])
		return notice
	}
	named := make([]string, 0, maxNamed+1)
	for _, invoice := range left[:min(len(left), maxNamed)] {
		named = append(named, fmt.Sprintf("%s to %s (%s)", invoice.Reference(), invoice.ClientName, leftKey(invoice)))
	}
	if more := len(left) - maxNamed; more > 0 {
		named = append(named, fmt.Sprintf("%d more", more))
	}
	notice.Text = fmt.Sprintf("%d invoices have an uncertain outcome, and their hours stay as they are: %s.", len(left), strings.Join(named, ", "))
	return notice
}

// announce says at the start what an earlier run left behind.
func announce(ctx context.Context, a *App) tea.Cmd {
	return func() tea.Msg {
		left, err := a.Recover(ctx)
		if err != nil {
			return screen.Fail("Look for invoices with an uncertain outcome", err)()
		}
		if len(left) == 0 {
			return nil
		}
		// The screens may have read the ledger before the recovery changed it.
		return tea.Batch(screen.Send(screen.LedgerChanged{Invoice: left[0]}), screen.Send(announcement(left)))()
	}
}

// backupsKept is how many days' copies of the ledger are kept.
const backupsKept = 7

// backupTime bounds how long the end of a command may take for its copy.
const backupTime = 5 * time.Second

// backUp copies the ledger once a day, after what a command changed. That it fails does not undo the command.
func (r *root) backUp(ctx context.Context, a *App) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), backupTime)
	defer cancel()
	if _, err := a.records.Backup(ctx, backupsKept); err != nil {
		r.say("warning: today's copy of the ledger was not made: %s. All else is done.", oneLine(err))
	}
}

// backUp copies the ledger once a day, beside the screens. The demo's ledger goes with the demo.
func backUp(ctx context.Context, a *App) tea.Cmd {
	return func() tea.Msg {
		if a.demo {
			return nil
		}
		_, err := a.records.Backup(ctx, backupsKept)
		if _, told := errors.AsType[*ledger.ContradictionError](err); told || err == nil || ctx.Err() != nil {
			return nil
		}
		text := text.Clean("Today's copy of the ledger was not made: " + err.Error() + ". All else works; the next start tries again.")
		// What was left behind matters more, and one notice replaces another.
		if left, err := a.Recover(ctx); err == nil && len(left) > 0 {
			notice := announcement(left)
			notice.Text += " " + text
			return notice
		}
		return screen.Notice{Tone: screen.ToneWarn, Text: text}
	}
}
