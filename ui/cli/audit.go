package cli

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model/ledger"
	"cadensa/model/text"
	"cadensa/ui/screen"
)

// withWriting is withSession for work that changes the ledger, which is copied after it, once a day. Records that contradict each
// other are told before: what frees hours, settles or pays goes on over them, and no copy is made of them.
func (r *root) withWriting(ctx context.Context, work func(a *App) error) error {
	return r.withSession(ctx, func(a *App) error {
		err := a.records.EnsureAudited(ctx)
		if contradiction, ok := errors.AsType[*ledger.ContradictionError](err); ok {
			r.say("warning: %s", oneLine(contradiction))
			r.say("%s", contradiction.Advice())
			return work(a)
		}
		if err != nil {
			return err
		}
		err = work(a)
		r.backUp(ctx, a)
		return err
	})
}

// withTaking is withWriting for work that puts hours on an invoice: it does not begin over records that contradict each other. The
// ledger refuses the same; here it is said before anything is asked.
func (r *root) withTaking(ctx context.Context, work func(a *App) error) error {
	return r.withSession(ctx, func(a *App) error {
		if err := a.records.EnsureAudited(ctx); err != nil {
			return err
		}
		err := work(a)
		r.backUp(ctx, a)
		return err
	})
}

// audit compares the records beside the screens, and says what disagrees: that goes before what an earlier run left behind.
func audit(ctx context.Context, a *App) tea.Cmd {
	return func() tea.Msg {
		err := a.records.EnsureAudited(ctx)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		contradiction, ok := errors.AsType[*ledger.ContradictionError](err)
		if !ok {
			return screen.Fail("Compare hours with invoices", err)()
		}
		notice := screen.Notice{Tone: screen.ToneBad, Text: text.Clean(contradiction.Error() + ". " + contradiction.Advice())}
		if left, err := a.Recover(ctx); err == nil && len(left) > 0 {
			behind := announcement(left)
			notice.Text, notice.Key, notice.Action = notice.Text+" "+behind.Text, behind.Key, behind.Action
		}
		return notice
	}
}
