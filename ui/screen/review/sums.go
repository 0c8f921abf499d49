package review

import (
	"cadensa/model"
	"cadensa/ui/widget"
)

// sumLines draws discount, net, VAT by rate and total, aligned below the lines' amounts, and the VAT and the total in lei of
// an invoice in another currency.
func (s *Screen) sumLines(beside string) []string {
	colours, totals, currency := s.env.Theme, s.totals, s.draft.Currency
	sum := func(label, amount, after string) string {
		row := widget.Spread(colours.Faint.Paint(beside), label, max(0, s.width-amountWidth-currencyWidth)) + widget.FitRight(amount, amountWidth) + after
		beside = ""
		return row
	}
	beside = "       " + beside
	var lines []string
	for _, discount := range s.draft.Discounts() {
		label := discount.Name
		if len(totals.Groups) > 1 {
			label += " on " + discount.VAT.String()
		}
		lines = append(lines, sum(label, model.FormatAmount(discount.Amount.Neg()), ""))
	}
	lines = append(lines, sum("net", model.FormatAmount(totals.Net), ""))
	for _, group := range totals.Groups {
		if group.Rate.IsNone() {
			continue
		}
		label := "TVA " + group.Rate.String()
		if len(totals.Groups) > 1 {
			label += " on " + model.FormatAmount(group.Base)
		}
		lines = append(lines, sum(label, model.FormatAmount(group.Tax), ""))
	}
	lines = append(lines, colours.Strong.Paint(sum("total", model.FormatAmount(totals.Total), " "+currency)))
	return append(lines, s.leiLines(sum)...)
}

// leiLines draw what the law wants in lei: the VAT, and the total beside it.
func (s *Screen) leiLines(sum func(label, amount, after string) string) []string {
	if s.draft.Currency == model.DefaultCurrency {
		return nil
	}
	lei, known := s.draft.InLei()
	if !known {
		return []string{s.env.Theme.Bad.Paint(sum("in lei", "?", " "+model.DefaultCurrency))}
	}
	row := sum("total in lei", model.FormatAmount(lei.Total), " "+model.DefaultCurrency)
	if s.draft.Treatment.Setting == "" {
		return []string{row}
	}
	return []string{sum("TVA in lei", model.FormatAmount(lei.VAT), ""), row}
}
