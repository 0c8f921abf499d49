package app

import (
	"context"
	"iter"

	"cadensa/model"
)

// Making is the invoice in the making.
func (a *App) Making(ctx context.Context) (model.InvoiceInProgress, error) {
	return a.records.Making(ctx)
}

// Ticked visits what was ticked when it was kept last.
func (a *App) Ticked(ctx context.Context, visit func(tick model.Tick)) error {
	return a.records.Ticked(ctx, visit)
}

// KeepSelection keeps what is ticked, and the free lines, but for those of an invoice that is on its way: when the program
// ends now, they must not be there to be billed again.
func (a *App) KeepSelection(ctx context.Context, selection model.Selection, ticked iter.Seq[model.Tick]) error {
	a.mutex.Lock()
	leaving := a.leaving
	a.mutex.Unlock()
	if leaving != nil {
		selection = selection.Without(*leaving)
	}
	return a.records.KeepSelection(ctx, selection, ticked)
}

// leave notes the draft that is on its way, nil when none is any more.
func (a *App) leave(draft *model.Draft) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.leaving = draft
}

// KeepBuyer keeps the client form.
func (a *App) KeepBuyer(ctx context.Context, buyer model.Buyer) error {
	return a.records.KeepBuyer(ctx, buyer)
}

// KeepEdits keeps what was changed on Review.
func (a *App) KeepEdits(ctx context.Context, edits model.DraftEdits) error {
	return a.records.KeepEdits(ctx, edits)
}
