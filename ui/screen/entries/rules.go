package entries

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// ruleList lists the rules in the order in which they are asked, and changes them in the settings.
type ruleList struct {
	screen *Screen
	list   *listOverlay
	rules  []model.Rule
	// ofClients are the first ones, which come from clients' own prices.
	ofClients int
	// entry is the one under the cursor, nil for none; prices is the place of its rule, -1 when there is none.
	entry  *model.Entry
	prices int
}

// openRules lists the rules, or asks for the first one.
func (s *Screen) openRules() tea.Cmd {
	rules := &ruleList{screen: s, prices: -1}
	if index := s.cursorIndex(); index >= 0 {
		rules.entry = &s.list.entries[index]
	}
	rules.take(s.list.settings.preferences)
	if len(rules.rules) == 0 {
		return rules.add()
	}
	rules.list = &listOverlay{
		theme: s.env.Theme, title: "What hours cost: the first rate that fits counts", rows: rules.rows,
		empty: "no rates yet; a adds one", foot: rules.foot, onKey: rules.onKey, onMessage: rules.onMessage,
		keys: []key.Binding{
			screen.Bind("enter", "edit"), screen.Bind("a", "add"), screen.Bind("d", "delete"), screen.Bind("K J", "move up, down"),
		},
	}
	rules.list.count()
	rules.list.table.Select(max(0, rules.prices))
	return s.env.Open(rules.list)
}

func (r *ruleList) take(preferences model.Preferences) {
	r.rules, r.ofClients = preferences.Rules, preferences.ClientRules
	if r.entry != nil {
		r.prices = model.NewRules(r.rules).Place(*r.entry)
	}
}

func (r *ruleList) onMessage(msg tea.Msg) {
	changed, ok := msg.(screen.PreferencesChanged)
	if !ok {
		return
	}
	r.take(changed.Preferences)
	r.list.count()
}

// The widths of what a rule costs and how it rounds, in cells.
const (
	costWidth     = 16
	roundingWidth = 22
)

func (r *ruleList) rows(width int) []string {
	rows := make([]string, len(r.rules))
	for i, rule := range r.rules {
		mark := " "
		if i == r.prices {
			mark = r.screen.env.Theme.Good.Paint(theme.Tick)
		}
		rounding := roundingText(rule)
		if i < r.ofClients {
			rounding = "the client's own price"
		}
		rows[i] = mark + " " + widget.Fit(rule.Subject(), max(8, width-costWidth-roundingWidth-4)) + " " +
			widget.FitRight(model.FormatAmount(rule.Price)+" "+rule.Currency+"/"+rule.Unit.Short(), costWidth) + " " + widget.Fit(rounding, roundingWidth)
	}
	return rows
}

// roundingText says how a rule rounds: "15 min up, entry".
func roundingText(rule model.Rule) string {
	rounding := rule.Rounding
	switch {
	case rule.Unit == model.UnitDay && len(rule.Days) > 0:
		return model.FormatThresholds(rule.Days)
	case rule.Unit != model.UnitHour:
		return ""
	case rounding.Step == 0 && rounding.Minimum == 0:
		return "as tracked"
	case rounding.Step == 0:
		return "at least " + model.FormatMinutes(rounding.Minimum) + " min"
	}
	return fmt.Sprintf("%s min %s, %s", model.FormatMinutes(rounding.Step), cmp.Or(rounding.Direction, model.RoundUp), cmp.Or(rounding.Scope, model.ScopeEntry))
}

func (r *ruleList) foot(row int) string {
	switch {
	case row >= 0 && row < r.ofClients:
		return "This price is kept with the client and comes before the rates of the settings: change it on Bill To."
	case r.entry == nil:
		return "The rates stand in " + r.screen.list.settings.preferences.SettingsFile + "; its comments stay."
	case r.prices < 0:
		return "None of them fits the entry under the cursor, " + labelOf(r.entry) + ": a adds one."
	}
	return theme.Tick + " prices the entry under the cursor, " + labelOf(r.entry) + "."
}

func (r *ruleList) onKey(name string, row int) tea.Cmd {
	if name == "a" {
		return r.add()
	}
	if row < 0 || !slices.Contains([]string{"enter", "e", "d", "K", "J", "shift+up", "shift+down"}, name) {
		return nil
	}
	if row < r.ofClients {
		return screen.Notify(screen.ToneInfo, "This price belongs to a client: choose the client on Bill To and change it there.")
	}
	place := model.RulePlace{Index: row - r.ofClients, Rule: r.rules[row]}
	switch name {
	case "enter", "e":
		return r.edit(place)
	case "d":
		return r.askToRemove(place)
	case "K", "shift+up":
		return r.move(place, false)
	}
	return r.move(place, true)
}

func (r *ruleList) add() tea.Cmd { return r.screen.addRule(r.entry) }

func (r *ruleList) edit(place model.RulePlace) tea.Cmd {
	hours := r.screen.hours
	form := newRuleForm(r.screen.env.Theme, place.Rule, ruleFormTexts{
		title: "Change the rate of " + place.Rule.Subject(), foot: "It is changed where it stands in the settings; comments stay.",
	}, func(rule model.Rule) tea.Cmd {
		return r.screen.save("rate", func(ctx context.Context) (model.Preferences, error) { return hours.ChangeRule(ctx, place, rule) })
	})
	return r.screen.env.Open(form)
}

func (r *ruleList) move(place model.RulePlace, later bool) tea.Cmd {
	by := -1
	if later {
		by = 1
	}
	if next := place.Index + by; next < 0 || next >= len(r.rules)-r.ofClients {
		return nil
	}
	hours := r.screen.hours
	r.list.table.Move(by)
	return r.screen.save("", func(ctx context.Context) (model.Preferences, error) { return hours.MoveRule(ctx, place, later) })
}

// The answers of the question.
const (
	answerKeep   = "keep"
	answerRemove = "remove"
)

func (r *ruleList) askToRemove(place model.RulePlace) tea.Cmd {
	hours := r.screen.hours
	body := []string{
		place.Rule.Subject() + "  " + model.FormatAmount(place.Rule.Price) + " " + place.Rule.Currency + "/" + place.Rule.Unit.Short(), "",
		"It is taken out of the settings with the comment that stands directly above it. Entries that no other rate fits cannot be billed then.",
	}
	dialog := widget.NewDialog(r.screen.env.Theme, "Delete this rate?", body,
		widget.Option{Label: "keep it", Answer: answerKeep}, widget.Option{Label: "delete it", Answer: answerRemove})
	return r.screen.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer != answerRemove {
			return nil
		}
		return r.screen.save("change of the rates", func(ctx context.Context) (model.Preferences, error) { return hours.RemoveRule(ctx, place) })
	}})
}
