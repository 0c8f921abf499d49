package entries

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

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
		r.prices = model.NewRules(r.rules).Place(r.entry)
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
			widget.FitRight(model.FormatPrice(rule.Price)+" "+rule.Currency+"/"+rule.Unit.Short(), costWidth) + " " +
			widget.Fit(rounding, roundingWidth)
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
	return fmt.Sprintf("%s min %s, %s", model.FormatMinutes(rounding.Step), cmp.Or(rounding.Direction, model.RoundUp),
		cmp.Or(rounding.Scope, model.ScopeEntry))
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
	title, about := "Change the rate of "+place.Rule.Subject(), "It is changed where it stands in the settings; comments stay."
	return r.screen.openRuleForm(place.Rule, title, about, func(ctx context.Context, rule model.Rule) (model.Preferences, error) {
		return r.screen.hours.ChangeRule(ctx, place, rule)
	})
}

func (r *ruleList) move(place model.RulePlace, later bool) tea.Cmd {
	by := -1
	if later {
		by = 1
	}
	if next := place.Index + by; next < 0 || next >= len(r.rules)-r.ofClients {
		return nil
	}
	r.list.table.Move(by)
	return r.screen.save("", func(ctx context.Context) (model.Preferences, error) {
		return r.screen.hours.MoveRule(ctx, place, later)
	})
}

func (r *ruleList) askToRemove(place model.RulePlace) tea.Cmd {
	body := []string{
		place.Rule.Subject() + "  " + model.FormatPrice(place.Rule.Price) + " " + place.Rule.Currency + "/" + place.Rule.Unit.Short(), "",
		"It is taken out of the settings with the comment that stands directly above it. Entries that no other rate fits cannot be billed then.",
	}
	return r.screen.env.Ask("Delete this rate?", body, widget.Option{Label: "keep it"}, widget.Option{Key: "y", Label: "delete it", Run: func() tea.Cmd {
		return r.screen.save("change of the rates", func(ctx context.Context) (model.Preferences, error) {
			return r.screen.hours.RemoveRule(ctx, place)
		})
	}})
}

type ruleForm struct {
	form *widget.Form
	// before is the rule as it was: what a field cannot show exactly stays as it is unless the field is changed.
	before model.Rule

	client, project, task, tag, price, step, minimum, days *widget.Field
	unit, currency, direction, scope                       *widget.Picker
}

// addRuleFor asks what hours like those of an entry cost.
// addRuleFor asks for a price of an entry that has none, or for the tracker's own.
func (s *Screen) addRuleFor(index int) tea.Cmd {
	entry := &s.list.entries[index]
	if entry.Price != nil && len(s.sourcesOf(entry)) > 0 {
		return s.askForRates(entry)
	}
	return s.addRule(entry)
}

// addRule opens the form on what the entry says; nil begins with nothing.
func (s *Screen) addRule(entry *model.Entry) tea.Cmd {
	rule := model.Rule{Unit: model.UnitHour, Currency: cmp.Or(s.list.settings.preferences.Currency, model.DefaultCurrency)}
	if entry != nil {
		if known, ok := s.list.settings.rules.For(*entry); ok {
			rule = known
		}
		rule.Client, rule.Project, rule.Task, rule.Tag = entry.Client, "", "", ""
		if entry.Client == "" {
			rule.Project = entry.Project
		}
		if rule.Price.IsZero() && entry.Price != nil {
			rule.Price, rule.Currency = entry.Price.Amount, cmp.Or(entry.Price.Currency, rule.Currency)
		}
	}
	return s.openRuleForm(rule, "What do such hours cost?", "It goes to the settings, before the rates that are there.", s.hours.AddRule)
}

func (s *Screen) openRuleForm(
	rule model.Rule, title, about string, change func(context.Context, model.Rule) (model.Preferences, error),
) tea.Cmd {
	colours := s.env.Theme
	field := func(text string) *widget.Field { return screen.NewField(colours, text) }
	picker := func(chosen string, keys ...string) *widget.Picker { return newPicker(colours, chosen, keys...) }
	f := &ruleForm{
		before: rule,
		client: field(rule.Client), project: field(rule.Project), task: field(rule.Task), tag: field(rule.Tag), price: field(priceText(rule)),
		step: field(model.FormatMinutes(rule.Rounding.Step)), minimum: field(model.FormatMinutes(rule.Rounding.Minimum)),
		days:      field(model.FormatThresholds(rule.Days)),
		unit:      picker(string(cmp.Or(rule.Unit, model.UnitHour)), "hour", "day", "item"),
		currency:  picker(rule.Currency, model.Currencies()...),
		direction: picker(string(shownRounding(rule).Direction), "up", "nearest", "down"),
		scope:     picker(string(shownRounding(rule).Scope), "entry", "day", "line"),
	}
	f.form = widget.NewForm(colours, 10,
		&widget.Row{Key: "client", Label: "Client", Control: f.client, Hint: "as tracked; * any"},
		&widget.Row{Key: "project", Label: "Project", Control: f.project, Hint: "empty: every one"},
		&widget.Row{Key: "task", Label: "Task", Control: f.task, Hint: "empty: every one"},
		&widget.Row{Key: "tag", Label: "Tag", Control: f.tag, Hint: "one of its tags"},
		&widget.Row{Key: "price", Label: "Net price", Control: f.price},
		&widget.Row{Key: "currency", Label: "Currency", Control: f.currency},
		&widget.Row{Key: "unit", Label: "Per", Control: f.unit},
		&widget.Row{Key: "step", Label: "Round to", Control: f.step, Hint: "minutes; 0: exact"},
		&widget.Row{Key: "direction", Label: "Rounding", Control: f.direction},
		&widget.Row{Key: "minimum", Label: "At least", Control: f.minimum, Hint: "minutes"},
		&widget.Row{Key: "scope", Label: "Each", Control: f.scope, Hint: "rounded as one"},
		&widget.Row{Key: "days", Label: "Days", Control: f.days, Hint: "such as 1 from 6h"},
	)
	f.form.Arrange = f.hide
	f.hide()
	f.form.Edit("price")
	return s.env.Open(&screen.Form{
		Theme: colours, Title: title, Form: f.form, Width: formWidth, About: about,
		Submit: func() (tea.Cmd, string, error) {
			rule, bad, err := f.rule()
			if err != nil {
				return nil, bad, err
			}
			return s.save("rate", func(ctx context.Context) (model.Preferences, error) { return change(ctx, rule) }), "", nil
		},
	})
}

// priceText is the price for its field, "" for a rule that has none yet.
func priceText(rule model.Rule) string {
	if rule.Price.IsZero() {
		return ""
	}
	return model.EditableAmount(rule.Price)
}

// shownRounding is how a rule rounds, with what holds where it names no direction and no scope.
func shownRounding(rule model.Rule) model.Rounding {
	rounding := rule.Rounding
	rounding.Direction = cmp.Or(rounding.Direction, model.RoundUp)
	rounding.Scope = cmp.Or(rounding.Scope, model.ScopeEntry)
	return rounding
}

// hide leaves out what the unit does not ask.
func (f *ruleForm) hide() {
	for _, key := range []string{"step", "direction", "minimum", "scope"} {
		f.form.Row(key).Hidden = f.unit.Value() != string(model.UnitHour)
	}
	f.form.Row("days").Hidden = f.unit.Value() != string(model.UnitDay)
}

// rule reads the form; bad names the field that is wrong.
func (f *ruleForm) rule() (rule model.Rule, bad string, err error) {
	rule = model.Rule{
		Client: screen.Entered(f.client, f.before.Client), Project: screen.Entered(f.project, f.before.Project),
		Task: screen.Entered(f.task, f.before.Task), Tag: screen.Entered(f.tag, f.before.Tag),
		Unit: model.Unit(f.unit.Value()), Currency: f.currency.Value(), Price: f.before.Price, Rounding: f.before.Rounding,
	}
	if f.price.Value() != priceText(f.before) || rule.Price.IsZero() {
		if rule.Price, err = model.ParsePrice(f.price.Value()); err != nil {
			return rule, "price", err
		}
		if !rule.Price.IsPositive() {
			return rule, "price", errors.New("a price above 0")
		}
	}
	switch rule.Unit {
	case model.UnitDay:
		if rule.Days = f.before.Days; f.days.Value() == model.FormatThresholds(rule.Days) {
			break
		}
		if rule.Days, err = model.ParseThresholds(f.days.Value()); err != nil {
			return rule, "days", err
		}
	case model.UnitHour:
		if bad, err = f.round(&rule.Rounding); err != nil {
			return rule, bad, err
		}
	case model.UnitItem:
	}
	if rule.Unit != model.UnitHour && f.before.Unit != rule.Unit {
		rule.Rounding = model.Rounding{}
	}
	return rule, "", nil
}

// round reads how hours are rounded; a length that was not changed stays exactly what it was.
func (f *ruleForm) round(rounding *model.Rounding) (bad string, err error) {
	for _, each := range []struct {
		key   string
		field *widget.Field
		into  *time.Duration
	}{{"step", f.step, &rounding.Step}, {"minimum", f.minimum, &rounding.Minimum}} {
		if each.field.Value() == model.FormatMinutes(*each.into) {
			continue
		}
		if *each.into, err = model.ParseMinutes(each.field.Value()); err != nil {
			return each.key, err
		}
	}
	rounding.Direction, rounding.Scope = model.Direction(f.direction.Value()), model.Scope(f.scope.Value())
	switch {
	case *rounding == shownRounding(f.before):
		*rounding = f.before.Rounding
	case rounding.Step == 0 && rounding.Minimum == 0:
		*rounding = model.Rounding{}
	}
	return "", nil
}
