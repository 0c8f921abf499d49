package billing_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// reverseLines takes a part or all of what is left of an invoice's one line back.
func (w *harness) reverseLines(t *testing.T, rt *rapid.T, reference string) {
	detail, err := w.office.records.Detail(t.Context(), reference)
	if err != nil {
		return
	}
	quantity := detail.LeftOf(1)
	if rapid.Bool().Draw(rt, "a part") || !quantity.IsPositive() {
		quantity = decimal.NewFromInt(1)
	}
	invoice, err := w.office.service.PartialStorno(t.Context(), reference, []model.Reversal{{Line: 1, Quantity: quantity}}, model.Date{})
	expectStatus(rt, invoice, err, model.StatusIssued)
}

// isTakenBack reports whether partial stornos in SmartBill, or some that were deleted there unseen, reverse the whole line of an
// invoice: then its hours may be billed again.
func (w *harness) isTakenBack(t *testing.T, rt *rapid.T, known model.Invoice, invoices []model.Invoice) bool {
	left := decimal.NewFromInt(int64(len(w.entriesOf(t, rt, known))))
	for _, partial := range invoices {
		if partial.Kind != model.KindPartialStorno || partial.Original != known.Reference() || partial.Status != model.StatusIssued {
			continue
		}
		made, there := w.has(t, partial.Intent)
		if there && made.State == sandbox.StateIssued || w.gone[partial.Intent] {
			left = left.Add(partial.Net.Shift(-2))
		}
	}
	return !left.IsPositive()
}
