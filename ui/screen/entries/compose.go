package entries

import (
	"context"

	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/screen"
)

// composition is what the ticked entries and the free lines come to.
type composition struct {
	hours    []*model.Entry
	lines    int
	splits   []model.LineSplit
	seconds  int64
	quantity map[model.Unit]decimal.Decimal
	net      map[string]decimal.Decimal
	tracked  []model.TrackedHours
	err      error
}

// compose makes lines of the ticked entries and sends them to Review.
func (s *Screen) compose() tea.Cmd {
	list, ticked, composer := s.list, s.selection.ticked, s.composer()
	selected := screen.SelectionChanged{Overridden: s.selection.overrides.on(asBilled), Free: s.free}
	return screen.Request(s.env, &s.composing, func(ctx context.Context) (composition, error) {
		if err := s.composeLock.Lock(ctx); err != nil {
			return composition{}, err
		}
		defer s.composeLock.Unlock()
		// The rules remember what they found: each command has its own.
		composer.Rules = model.NewRules(list.settings.preferences.Rules)
		return composeTicked(composer, list.entries, ticked, selected.Free), nil
	}, func(composed composition, err error) tea.Cmd { return s.onComposed(selected, composed, err) })
}

// composer makes lines as Review does, but for the buyer, who is not known here: VAT is that of a Romanian client.
func (s *Screen) composer() model.Composer {
	preferences := s.list.settings.preferences
	treatment := model.ProposeTreatment(preferences.Issuer, model.Client{Country: model.Romania})
	rates := s.list.settings.account.KnownRates()
	return model.Composer{
		Rules: s.list.settings.rules, Grouping: s.grouping, Texts: preferences.LineTexts, Decimals: s.quantityDecimals(),
		Location: s.env.Location,
		RateOn:   func(supply model.Date) (model.VATRate, error) { return treatment.RateOn(rates, supply) },
	}
}

// quantityDecimals is how many decimals quantities will have on Review, by the client that Bill To holds.
func (s *Screen) quantityDecimals() int {
	return s.list.settings.preferences.QuantityDecimals.Of(s.buyer)
}

// onBuyerChanged makes the lines again where the other client's quantities have another number of decimals.
func (s *Screen) onBuyerChanged(buyer model.Client) tea.Cmd {
	before := s.quantityDecimals()
	s.buyer = buyer
	if s.quantityDecimals() == before {
		return nil
	}
	return s.compose()
}

func composeTicked(composer model.Composer, entries []model.Entry, ticked bitset, free []model.FreeLine) composition {
	result := composition{quantity: map[model.Unit]decimal.Decimal{}, net: map[string]decimal.Decimal{}}
	result.hours = make([]*model.Entry, 0, ticked.count())
	for index := range ticked.members(len(entries)) {
		result.hours = append(result.hours, &entries[index])
	}
	result.tracked = model.HoursByClient(result.hours)
	lines, splits, err := composer.Outline(result.hours)
	if err != nil {
		result.err = err
		return result
	}
	result.lines, result.splits = len(lines)+len(free), splits
	for _, line := range lines {
		result.seconds += line.Tracked
		result.add(line.Unit, line.Quantity, line.Currency, line.Net())
	}
	for _, line := range free {
		result.add(line.Unit, line.Quantity, line.Currency, netOf(line))
	}
	return result
}

func (c composition) add(unit model.Unit, quantity decimal.Decimal, currency string, net decimal.Decimal) {
	c.quantity[unit] = c.quantity[unit].Add(quantity)
	c.net[currency] = c.net[currency].Add(net)
}

func netOf(line model.FreeLine) decimal.Decimal {
	return model.RoundMoney(line.Quantity.Mul(line.Price))
}

// onComposed shows what the selection comes to and publishes it. An error is that of the context, which has ended.
func (s *Screen) onComposed(selected screen.SelectionChanged, composed composition, err error) tea.Cmd {
	if err != nil {
		return nil
	}
	s.composed = composed
	s.layout()
	selected.Grouping, selected.Hours = s.grouping, composed.hours
	proposed := screen.ClientProposed{Tracked: composed.tracked, Next: s.goesOn}
	s.goesOn = false
	return tea.Batch(screen.Send(selected), screen.Send(proposed))
}

// next goes on to the client. What is ticked may still be composed: then its client is proposed once it is known.
func (s *Screen) next() tea.Cmd {
	shown := screen.Send(screen.ShowTab{Tab: screen.TabBillTo})
	if s.goesOn = s.composing.Pending(); s.goesOn {
		return shown
	}
	return tea.Batch(shown, screen.Send(screen.ClientProposed{Tracked: s.composed.tracked, Next: true}))
}

// splitText says why lines that the grouping would join stand apart, "" when none do.
func (c composition) splitText() string {
	if len(c.splits) == 0 || c.err != nil {
		return ""
	}
	text := c.splits[0].String()
	if more := len(c.splits) - 1; more > 0 {
		text += fmt.Sprintf("; %d more so", more)
	}
	return text
}

// quantities writes "6.75 h + 2.00 d".
func (c composition) quantities() string {
	var parts []string
	for _, unit := range model.Units() {
		if quantity, ok := c.quantity[unit]; ok {
			parts = append(parts, model.FormatQuantity(quantity)+" "+unit.Short())
		}
	}
	return strings.Join(parts, " + ")
}

// amounts writes "1,687.50 RON + 200.00 EUR".
func (c composition) amounts() string {
	var parts []string
	for _, currency := range model.Currencies() {
		if amount, ok := c.net[currency]; ok {
			parts = append(parts, model.FormatAmount(amount)+" "+currency)
		}
	}
	return strings.Join(parts, " + ")
}
