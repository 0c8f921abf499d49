package app

import (
	"context"

	"cadensa/model"
	"cadensa/model/document"
)

// Timesheet is the annex of an invoice with its number, from the ledger alone.
func (a *App) Timesheet(ctx context.Context, reference string) (document.Timesheet, error) {
	detail, err := a.Detail(ctx, reference)
	if err != nil {
		return document.Timesheet{}, err
	}
	return document.Annex(detail, a.location)
}

// WriteTimesheet writes the hours of an invoice beside its PDF in every format, and returns the paths, the PDF's first.
// A file with other content is never replaced. model.ErrNoHours, model.ErrStateChanged for an invoice without a number,
// model.ErrInvoiceUnknown.
func (a *App) WriteTimesheet(ctx context.Context, reference string) ([]string, error) {
	sheet, err := a.Timesheet(ctx, reference)
	if err != nil {
		return nil, err
	}
	return sheet.Save(a.PDFFolder(), document.Formats())
}

// WriteWorkSummary writes the hours of an invoice in the making into the PDF folder in every format, named after the
// client and the days, and returns the paths, the PDF's first. The draft brings its hours along. model.ErrNoHours.
func (a *App) WriteWorkSummary(ctx context.Context, draft model.Draft) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	sheet, err := document.WorkSummary(draft, a.location)
	if err != nil {
		return nil, err
	}
	return sheet.Save(a.PDFFolder(), document.Formats())
}
