package cli

import (
	"context"
	"errors"

	"cadensa/model/say"
	"cadensa/ui/explain"

	"cadensa/model/app"
	"cadensa/model/ledger"
)

// withWriting is withApp for work that changes the ledger, which is copied after it, once a day. Records that contradict each
// other are told before: what frees hours, settles or pays goes on over them, and no copy is made of them.
func (r *root) withWriting(ctx context.Context, work func(a *app.App) error) error {
	return r.withApp(ctx, func(a *app.App) error {
		err := a.EnsureAudited(ctx)
		if contradiction, ok := errors.AsType[*ledger.ContradictionError](err); ok {
			r.say("warning: %s", oneLine(contradiction))
			r.say("%s", explain.Contradiction(contradiction).In(say.English))
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
func (r *root) withTaking(ctx context.Context, work func(a *app.App) error) error {
	return r.withApp(ctx, func(a *app.App) error {
		if err := a.EnsureAudited(ctx); err != nil {
			return err
		}
		err := work(a)
		r.backUp(ctx, a)
		return err
	})
}
