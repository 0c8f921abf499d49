package entries

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/screen"
)

// composition is what the ticked entries come to.
type composition struct {
	hours    []model.Entry
	lines    int
	tracked  int64
	quantity map[model.Unit]decimal.Decimal
	net      map[string]decimal.Decimal
	clients  []string
	err      error
}

// composedMsg brings what a selection comes to.
type composedMsg struct {
	ticket screen.Ticket
	composition
}

// compose works out the lines of what is ticked, and tells Review.
func (s *Screen) compose() tea.Cmd {
	ctx, ticket := s.composing.Begin(s.env.Context)
	entries, ticked := s.entries, s.ticked.clone()
	preferences, account := s.settings.preferences, s.settings.account
	composer := model.Composer{
		Grouping: s.grouping, Location: s.env.Location,
		RateOn: func(supply model.Date) (model.VATRate, error) {
			return model.ProposeTreatment(preferences.Issuer, model.Client{Country: model.Romania}).RateOn(account.KnownRates(), supply)
		},
	}
	return func() tea.Msg {
		// The rules remember what they found: each command has its own.
		composer.Rules = model.NewRules(preferences.Rules)
		return composedMsg{ticket: ticket, composition: composeTicked(ctx, composer, entries, ticked)}
	}
}

func composeTicked(ctx context.Context, composer model.Composer, entries []model.Entry, ticked bitset) composition {
	result := composition{quantity: map[model.Unit]decimal.Decimal{}, net: map[string]decimal.Decimal{}}
	for i := range entries {
		if i%checkEvery == 0 && ctx.Err() != nil {
			result.err = ctx.Err()
			return result
		}
		if ticked.has(i) {
			result.hours = append(result.hours, entries[i])
			if !slices.Contains(result.clients, entries[i].Client) {
				result.clients = append(result.clients, entries[i].Client)
			}
		}
	}
	lines, err := composer.Compose(result.hours)
	if err != nil {
		result.err = err
		return result
	}
	result.lines = len(lines)
	for _, line := range lines {
		result.tracked += line.Tracked
		result.quantity[line.Unit] = result.quantity[line.Unit].Add(line.Quantity)
		result.net[line.Currency] = result.net[line.Currency].Add(line.Net())
	}
	return result
}

func (s *Screen) onComposed(msg composedMsg) tea.Cmd {
	if !s.composing.Admit(msg.ticket) || errors.Is(msg.err, context.Canceled) {
		return nil
	}
	s.composed = msg.composition
	tell := screen.Send(screen.SelectionChanged{Grouping: s.grouping, Hours: msg.hours})
	if len(msg.clients) == 1 && msg.clients[0] != "" {
		return tea.Batch(tell, screen.Send(screen.ClientProposed{TrackerName: msg.clients[0]}))
	}
	return tell
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

// keptMsg tells that the selection was written.
type keptMsg struct {
	ticket screen.Ticket
	err    error
}

// keep writes what is ticked, so that it survives quitting.
func (s *Screen) keep() tea.Cmd {
	ctx, ticket := s.saving.Begin(s.env.Context)
	hours, entries, ticked := s.hours, s.entries, s.ticked.clone()
	grouping, period := s.grouping, s.query.period
	return func() tea.Msg {
		return keptMsg{ticket: ticket, err: hours.KeepSelection(ctx, selectionOf(entries, ticked, grouping, period))}
	}
}

func (s *Screen) onKept(msg keptMsg) tea.Cmd {
	if !s.saving.Admit(msg.ticket) || msg.err == nil || errors.Is(msg.err, context.Canceled) {
		return nil
	}
	return screen.Fail("Remember what is ticked", msg.err)
}

func countOf(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
