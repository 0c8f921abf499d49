package review_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

// Hours and free lines of any exactness, a discount, a rate of exchange and dates: whatever of it is opened and left as it stands
// goes on following hours, client and settings.
func TestWhatIsOpenedAndLeftAsItStandsChangesNothing(t *testing.T) {
	for seed := range 12 {
		drawn := rapid.Custom(drawEdited).Example(seed)
		uitest.Run(t, func(t *testing.T) {
			records := ready(t)
			records.rates = model.ExchangeRates{Date: uitest.Day("2026-11-20"), Source: "BNR", Lei: map[string]decimal.Decimal{"EUR": uitest.Amount("5.0912")}}
			records.Check(records.KeepEdits(t.Context(), drawn.edits))
			s := start(t, records, 120, 40)
			client := german()
			client.Note = drawn.note
			s.Send(screen.BuyerChanged{Buyer: model.Buyer{Client: client, SaveClient: true}})
			s.Send(screen.SelectionChanged{Grouping: model.GroupByTask, Free: drawn.free})
			before := len(records.edits)
			for range drawn.free {
				s.Press("e").Sees("Line ").Press("ctrl+s").Lacks("ctrl+r").Press("j")
			}
			s.Press("m", "enter", "%", "enter", "D", "enter", "I", "enter").Idle()
			s.Press("$", "enter").Idle()
			for _, kept := range records.edits[before:] {
				if diff := cmp.Diff(drawn.edits, kept, cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
				}
			}
		})
	}
}

type edited struct {
	free  []model.FreeLine
	edits model.InvoiceEdits
	note  string
}

func drawEdited(t *rapid.T) edited {
	number := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64Range(1, 9_999_999).Draw(t, "digits"), -rapid.Int32Range(0, 4).Draw(t, "places"))
	})
	drawn := edited{note: rapid.SampledFrom([]string{"", "Contract 7"}).Draw(t, "note")}
	for i := range 4 {
		drawn.free = append(drawn.free, model.FreeLine{
			ID: i + 1, Name: "Licence", Quantity: number.Draw(t, "quantity"), Unit: model.UnitItem, Price: number.Draw(t, "price"), Currency: "EUR",
			VAT: rapid.SampledFrom(append(model.LineReasons(), "")).Draw(t, "VAT"),
		})
	}
	drawn.free[0].Price = decimal.Zero
	if rapid.Bool().Draw(t, "VAT of a line") {
		drawn.edits.Lines = []model.LineEdit{{Free: 3, VAT: rapid.SampledFrom(append(model.LineReasons(), "")).Draw(t, "edit"), VATSet: true}}
	} else if rapid.Bool().Draw(t, "line") {
		drawn.edits.Lines = []model.LineEdit{{Free: 2, Name: "Travel", Price: decimal.NewNullDecimal(number.Draw(t, "price"))}}
	}
	switch rapid.IntRange(0, 2).Draw(t, "discount") {
	case 1:
		drawn.edits.Discount.Value = number.Draw(t, "value")
	case 2:
		drawn.edits.Discount.Percent = decimal.New(rapid.Int64Range(1, 1_000_000).Draw(t, "percent"), -4)
	}
	if rapid.Bool().Draw(t, "rate") {
		lei := rapid.SampledFrom([]string{"5.0912", "5.1"}).Draw(t, "lei")
		drawn.edits.Lei = decimal.NewNullDecimal(uitest.Amount(lei))
	}
	if rapid.Bool().Draw(t, "issued") {
		drawn.edits.IssueDate = uitest.Day("2026-11-20")
	}
	return drawn
}
