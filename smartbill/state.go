package smartbill

import (
	"context"
	"net/http"
)

// Cancel cancels an invoice, which keeps its number. It is idempotent, and so is repeated when the connection fails.
// After model.ErrOutcomeUnknown the invoice may be cancelled; to call again is safe. Errors else: model.ErrNotSent when
// nothing left, model.ErrRefused with its precise kind beside it, model.ErrNotFound among them.
func (c *Client) Cancel(ctx context.Context, series, number string) error {
	return c.change(ctx, "cancel the invoice", "/invoice/cancel", series, number)
}

// Restore makes a cancelled invoice valid again. It is as idempotent as Cancel, with the same errors.
func (c *Client) Restore(ctx context.Context, series, number string) error {
	return c.change(ctx, "restore the invoice", "/invoice/restore", series, number)
}

// CancelEstimate is Cancel for a proforma.
func (c *Client) CancelEstimate(ctx context.Context, series, number string) error {
	return c.change(ctx, "cancel the proforma", "/estimate/cancel", series, number)
}

// RestoreEstimate is Restore for a proforma.
func (c *Client) RestoreEstimate(ctx context.Context, series, number string) error {
	return c.change(ctx, "restore the proforma", "/estimate/restore", series, number)
}

// change sets a document's state, which is no different when it is done twice.
func (c *Client) change(ctx context.Context, operation, path, series, number string) error {
	err := c.repeat(ctx, func() error {
		answer, err := c.exchange(ctx, call{
			operation: operation, method: http.MethodPut, path: path, query: c.named(series, number),
			accept: typeJSON, limit: maxJSON, timeout: readTimeout, writes: true,
		})
		if err != nil {
			return err
		}
		return judgeChange(operation, answer)
	})
	return c.conclude(ctx, err)
}
