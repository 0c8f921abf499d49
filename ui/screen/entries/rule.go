package entries

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// ruleForm asks what hours like those under the cursor cost.
type ruleForm struct {
	theme theme.Theme
	form  *widget.Form
	save  func(rule model.Rule) tea.Cmd

	client, project, price, step, minimum *widget.Field
	unit, currency, direction             *widget.Picker
}

// openRule opens the form on what the entry under the cursor says.
func (s *Screen) openRule() tea.Cmd {
	rule := model.Rule{
		Unit: model.UnitHour, Currency: cmp.Or(s.settings.preferences.Currency, model.DefaultCurrency),
		Rounding: model.Rounding{Step: 15 * time.Minute, Direction: model.RoundUp, Scope: model.ScopeEntry},
	}
	if index := s.under(); index >= 0 {
		entry := s.entries[index]
		if known, ok := s.settings.rules.For(entry); ok {
			rule = known
		}
		rule.Client, rule.Project = entry.Client, ""
		if entry.Client == "" {
			rule.Project = entry.Project
		}
		if rule.Price.IsZero() && entry.Rate.Valid {
			rule.Price, rule.Currency = entry.Rate.Decimal, cmp.Or(entry.Currency, rule.Currency)
		}
	}
	return screen.Send(screen.Open{Overlay: newRuleForm(s.env.Theme, rule, s.addRule)})
}

func (s *Screen) addRule(rule model.Rule) tea.Cmd {
	ctx, hours := s.env.Context, s.hours
	return func() tea.Msg {
		preferences, err := hours.AddRule(ctx, rule)
		return savedMsg{preferences: preferences, what: "rate", err: err}
	}
}

func newRuleForm(colours theme.Theme, rule model.Rule, save func(model.Rule) tea.Cmd) *ruleForm {
	field := func(text string) *widget.Field {
		field := widget.NewField(colours)
		field.SetValue(text)
		return field
	}
	picker := func(chosen string, keys []string) *widget.Picker {
		picker := widget.NewPicker(colours, func(query string) []widget.Choice { return choices(keys, query) })
		picker.Choose(widget.Choice{Key: chosen, Text: chosen})
		return picker
	}
	price := ""
	if !rule.Price.IsZero() {
		price = rule.Price.StringFixed(2)
	}
	f := &ruleForm{
		theme: colours, save: save, client: field(rule.Client), project: field(rule.Project), price: field(price),
		step: field(model.FormatMinutes(rule.Rounding.Step)), minimum: field(model.FormatMinutes(rule.Rounding.Minimum)),
		unit:      picker(string(rule.Unit), []string{"hour", "day", "item"}),
		currency:  picker(rule.Currency, model.Currencies()),
		direction: picker(string(cmp.Or(rule.Rounding.Direction, model.RoundUp)), []string{"up", "nearest", "down"}),
	}
	f.form = widget.NewForm(colours, 10,
		&widget.Row{Key: "client", Label: "Client", Control: f.client, Hint: "as tracked; * any"},
		&widget.Row{Key: "project", Label: "Project", Control: f.project, Hint: "empty: every one"},
		&widget.Row{Key: "price", Label: "Net price", Control: f.price},
		&widget.Row{Key: "currency", Label: "Currency", Control: f.currency},
		&widget.Row{Key: "unit", Label: "Per", Control: f.unit},
		&widget.Row{Key: "step", Label: "Round to", Control: f.step, Hint: "minutes; 0: exact"},
		&widget.Row{Key: "direction", Label: "Rounding", Control: f.direction},
		&widget.Row{Key: "minimum", Label: "At least", Control: f.minimum, Hint: "minutes an entry"},
	)
	f.form.Edit("price")
	return f
}

func choices(keys []string, query string) []widget.Choice {
	var found []widget.Choice
	for _, each := range keys {
		if containsAll(model.Fold(each), fields(query)) {
			found = append(found, widget.Choice{Key: each, Text: each})
		}
	}
	return found
}

func fields(text string) []string { return strings.Fields(model.Fold(text)) }

// Update edits the form; ctrl+s or enter on the last field saves.
func (f *ruleForm) Update(msg tea.Msg) (bool, tea.Cmd) {
	pressed, ok := msg.(tea.KeyMsg)
	if !ok {
		return false, nil
	}
	if pressed.String() == "ctrl+s" {
		return f.submit()
	}
	if pressed.String() == "esc" && !f.listOpen() {
		return true, nil
	}
	event, cmd := f.form.Update(pressed)
	if event == widget.EventSubmitted {
		return f.submit()
	}
	return false, cmd
}

func (f *ruleForm) listOpen() bool { return f.unit.Open() || f.currency.Open() || f.direction.Open() }

func (f *ruleForm) submit() (bool, tea.Cmd) {
	rule, bad, err := f.rule()
	if err != nil {
		row := f.form.Row(bad)
		row.Note, row.Ink = err.Error(), f.theme.Bad
		f.form.Edit(bad)
		return false, nil
	}
	return true, f.save(rule)
}

var errPrice = errors.New("a price above 0")

// rule reads the form; bad names the field that is wrong.
func (f *ruleForm) rule() (rule model.Rule, bad string, err error) {
	for _, key := range []string{"price", "step", "minimum"} {
		f.form.Row(key).Note = ""
	}
	rule = model.Rule{
		Client: model.Collapse(f.client.Value()), Project: model.Collapse(f.project.Value()),
		Unit: model.Unit(f.unit.Value()), Currency: f.currency.Value(),
		Rounding: model.Rounding{Direction: model.Direction(f.direction.Value()), Scope: model.ScopeEntry},
	}
	if rule.Price, err = model.ParseAmount(f.price.Value()); err != nil || !rule.Price.IsPositive() {
		return rule, "price", errPrice
	}
	if rule.Rounding.Step, err = model.ParseMinutes(f.step.Value()); err != nil {
		return rule, "step", err
	}
	if rule.Rounding.Minimum, err = model.ParseMinutes(f.minimum.Value()); err != nil {
		return rule, "minimum", err
	}
	return rule, "", nil
}

// View draws the form in a box.
func (f *ruleForm) View(width, height int) string {
	inner := max(20, min(72, width-6))
	lines := append([]string{f.theme.Strong.Paint("What do such hours cost?"), ""}, f.form.Lines(inner, max(8, height-6))...)
	lines = append(lines, "", f.theme.Faint.Paint("It goes to the settings, before the rates that are there."))
	return widget.Box(lines, inner, f.theme)
}

// KeyMap tells how to fill it in.
func (f *ruleForm) KeyMap() help.KeyMap {
	keys := []key.Binding{screen.Bind("tab", "next"), screen.Bind("ctrl+s", "save"), screen.Bind("esc", "back")}
	return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
}
