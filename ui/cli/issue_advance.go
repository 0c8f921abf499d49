package cli

import (
	"context"
	"fmt"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/text"
)

// deductAdvances adds what is left of the advances that --deduct names.
func (q *issueRequest) deductAdvances(ctx context.Context, a *app.App, client model.Client) error {
	if len(q.deduct) == 0 {
		return nil
	}
	advances, err := a.Advances(ctx, client.Name)
	if err != nil {
		return err
	}
	q.edits.Deductions = nil
	for _, reference := range q.deduct {
		named, err := a.Detail(ctx, reference)
		if err != nil {
			return err
		}
		found := false
		for _, advance := range advances {
			if advance.Invoice.Intent == named.Intent && q.edits.Deduction(advance) < 0 {
				q.edits, found = q.edits.WithDeduction(advance, client.Language), true
			}
		}
		if !found {
			return wrongFlag(deductFlag, fmt.Errorf("%s has no line without hours to %s of which something is left", named.Reference(),
				text.Clean(client.Name)))
		}
	}
	return nil
}
