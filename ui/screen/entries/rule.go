package entries

import (
	"cmp"
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// ruleForm asks what hours cost.
type ruleForm struct {
	form *widget.Form
	// before is the rule as it was: what a field cannot show exactly stays as it is unless the field is changed.
	before model.Rule

	client, project, task, tag, price, step, minimum, days *widget.Field
	unit, currency, direction, scope                       *widget.Picker
}

// ruleFormTexts are what is said above and below the form.
type ruleFormTexts struct{ title, foot string }

// addRuleFor asks what hours like those of an entry cost.
func (s *Screen) addRuleFor(index int) tea.Cmd { return s.addRule(&s.list.entries[index]) }

// addRule opens the form on what the entry says; nil begins with nothing.
func (s *Screen) addRule(entry *model.Entry) tea.Cmd {
	rule := model.Rule{
		Unit: model.UnitHour, Currency: cmp.Or(s.list.settings.preferences.Currency, model.DefaultCurrency),
		Rounding: model.Rounding{Step: 15 * time.Minute, Direction: model.RoundUp, Scope: model.ScopeEntry},
	}
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
	hours := s.hours
	form := newRuleForm(s.env.Theme, rule, ruleFormTexts{
		title: "What do such hours cost?", foot: "It goes to the settings, before the rates that are there.",
	}, func(rule model.Rule) tea.Cmd {
		return s.save("rate", func(ctx context.Context) (model.Preferences, error) { return hours.AddRule(ctx, rule) })
	})
	return s.env.Open(form)
}

func newRuleForm(colours theme.Theme, rule model.Rule, texts ruleFormTexts, save func(model.Rule) tea.Cmd) *formOverlay {
	field := func(text string) *widget.Field { return newField(colours, text) }
	picker := func(chosen string, keys ...string) *widget.Picker { return newPicker(colours, chosen, keys...) }
	f := &ruleForm{
		before: rule,
		client: field(rule.Client), project: field(rule.Project), task: field(rule.Task), tag: field(rule.Tag), price: field(priceText(rule)),
		step: field(model.FormatMinutes(rule.Rounding.Step)), minimum: field(model.FormatMinutes(rule.Rounding.Minimum)),
		days:      field(model.FormatThresholds(rule.Days)),
		unit:      picker(string(cmp.Or(rule.Unit, model.UnitHour)), "hour", "day", "item"),
		currency:  picker(rule.Currency, model.Currencies()...),
		direction: picker(string(cmp.Or(rule.Rounding.Direction, model.RoundUp)), "up", "nearest", "down"),
		scope:     picker(string(cmp.Or(rule.Rounding.Scope, model.ScopeEntry)), "entry", "day", "line"),
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
	return &formOverlay{
		theme: colours, title: texts.title, form: f.form,
		pickers: []*widget.Picker{f.unit, f.currency, f.direction, f.scope},
		below:   func(width int) []string { return aboutLines(colours, texts.foot, width) },
		submit: func() (tea.Cmd, string, error) {
			rule, bad, err := f.rule()
			if err != nil {
				return nil, bad, err
			}
			return save(rule), "", nil
		},
	}
}

// priceText shows two decimals, or the four that a price may have.
func priceText(rule model.Rule) string {
	switch {
	case rule.Price.IsZero():
		return ""
	case rule.Price.Equal(rule.Price.Round(2)):
		return rule.Price.StringFixed(2)
	}
	return rule.Price.String()
}

// hide leaves out what the unit does not ask.
func (f *ruleForm) hide() {
	for _, key := range []string{"step", "direction", "minimum", "scope"} {
		f.form.Row(key).Hidden = f.unit.Value() != string(model.UnitHour)
	}
	f.form.Row("days").Hidden = f.unit.Value() != string(model.UnitDay)
}

func choices(keys []string, query string) []widget.Choice {
	var found []widget.Choice
	for _, each := range keys {
		if containsAll(text.Fold(each), fields(query)) {
			found = append(found, widget.Choice{Key: each, Text: each})
		}
	}
	return found
}

var (
	errPrice    = errors.New("a price above 0")
	errDecimals = errors.New("at most four decimals")
)

// priceDecimals is how many decimals a rule's price may have.
const priceDecimals = 4

// rule reads the form; bad names the field that is wrong.
func (f *ruleForm) rule() (rule model.Rule, bad string, err error) {
	for _, key := range []string{"price", "step", "minimum", "days"} {
		f.form.Row(key).Note = ""
	}
	rule = model.Rule{
		Client: text.Collapse(f.client.Value()), Project: text.Collapse(f.project.Value()),
		Task: text.Collapse(f.task.Value()), Tag: text.Collapse(f.tag.Value()),
		Unit: model.Unit(f.unit.Value()), Currency: f.currency.Value(), Price: f.before.Price, Rounding: f.before.Rounding,
	}
	if f.price.Value() != priceText(f.before) || rule.Price.IsZero() {
		if rule.Price, err = model.ParseAmount(f.price.Value()); err != nil || !rule.Price.IsPositive() {
			return rule, "price", errPrice
		}
		if !rule.Price.Equal(rule.Price.Round(priceDecimals)) {
			return rule, "price", errDecimals
		}
	}
	switch rule.Unit {
	case model.UnitDay:
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
	if rounding.Step == 0 && rounding.Minimum == 0 {
		*rounding = model.Rounding{}
	}
	return "", nil
}
