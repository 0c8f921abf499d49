package review

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/widget"
)

func (s *Screen) editDiscount() tea.Cmd { return s.promptDiscount(discountText(s.edits.Discount)) }

// promptDiscount asks for a discount, and which of both a number without a sign is.
func (s *Screen) promptDiscount(begin string) tea.Cmd {
	currency, shown := s.prepared.Currency, discountText(s.edits.Discount)
	hint := say.Format(`A percentage such as "10%%", or a net value such as "150.00 %[1]s"; empty for none.`,
		`Un procent, de exemplu „10%%”, sau o valoare netă, de exemplu „150,00 %[1]s”; gol pentru niciuna.`,
		`Egy százalék, például „10%%”, vagy egy nettó összeg, például „150,00 %[1]s”; üresen nincs.`, currency)
	return s.env.Prompt("Discount on all lines", s.env.Say(hint), begin, func(value string) (tea.Cmd, error) {
		if value == shown && shown != "" {
			return nil, nil
		}
		number, isValue := withoutSuffix(text.Collapse(value), currency)
		discount, err := model.ParseDiscount(number)
		if err != nil {
			return nil, err
		}
		if isValue && !discount.Percent.IsZero() {
			_, err := model.ParseAmount(value)
			return nil, err
		}
		if !isValue && discount.Value.IsPositive() && discount.Value.LessThanOrEqual(wholeDiscount) {
			return s.askDiscount(model.Discount{Percent: discount.Value}, discount, value), nil
		}
		return s.changeDiscount(discount), nil
	})
}

// wholeDiscount is the largest percentage; a larger number is a value.
var wholeDiscount = decimal.NewFromInt(100)

// withoutSuffix takes the currency off a text, in any case.
func withoutSuffix(value, currency string) (number string, found bool) {
	if cut := len(value) - len(currency); cut > 0 && strings.EqualFold(value[cut:], currency) {
		return strings.TrimSpace(value[:cut]), true
	}
	return value, false
}

func discountText(discount model.Discount) string {
	switch {
	case !discount.Percent.IsZero():
		return model.EditableNumber(discount.Percent) + "%"
	case !discount.Value.IsZero():
		return model.EditableAmount(discount.Value)
	}
	return ""
}

// askDiscount asks whether a number is a percentage or a value, and shows what each gives.
func (s *Screen) askDiscount(percent, value model.Discount, typed string) tea.Cmd {
	money := model.FormatQuantity(value.Value) + " " + s.prepared.Currency
	share := model.EditableNumber(percent.Percent) + "%"
	title := say.Format("%s or %s?", "%s sau %s?", "%s vagy %s?", share, money)
	body := []string{s.discountResult(share, percent), s.discountResult(money, value)}
	return s.env.Ask(s.env.Say(title), body,
		widget.Option{Label: s.env.Say(say.In("back", "înapoi", "vissza")), Run: func() tea.Cmd { return s.promptDiscount(typed) }},
		widget.Option{Key: "%", Label: share, Run: func() tea.Cmd { return s.changeDiscount(percent) }},
		widget.Option{Key: "v", Label: money, Run: func() tea.Cmd { return s.changeDiscount(value) }})
}

// discountResult says what the lines come to with the discount.
func (s *Screen) discountResult(name string, discount model.Discount) string {
	prepared := s.prepared
	prepared.Discount = discount
	totals := prepared.Totals()
	return s.env.Say(say.Format("%s: %s off, net %s, total %s %s", "%s: reducere %s, net %s, total %s %s",
		"%s: kedvezmény %s, nettó %s, végösszeg %s %s", name, model.FormatAmount(totals.Discount), model.FormatAmount(totals.Net),
		model.FormatAmount(totals.Total), s.prepared.Currency))
}

func (s *Screen) changeDiscount(discount model.Discount) tea.Cmd {
	edits := s.edits
	edits.Discount = discount
	return s.change(edits)
}
