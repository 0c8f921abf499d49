package entries

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// choice is a setting's value and what a form calls it.
type choice struct{ value, words string }

// byContent is what a form calls the value that leaves a decision to what a file holds.
const byContent = "by the content"

func dateOrders() []choice {
	return []choice{{"", byContent}, {"dmy", "day first, 31/12"}, {"mdy", "month first, 12/31"}}
}

func billableMarks() []choice {
	return []choice{
		{string(model.BillableByFile), "what it marks as billable"}, {string(model.BillableAll), "all of it"},
		{string(model.BillableNone), "none of it"},
	}
}

func trackerRates() []choice {
	return []choice{
		{string(model.RatesByRules), "the rates of R alone"}, {string(model.RatesByTracker), "its own where no rate fits"},
	}
}

// plainChoices are values that are called what they are, after the one that leaves it to the content.
func plainChoices(values []string) []choice {
	choices := []choice{{"", byContent}}
	for _, value := range values {
		choices = append(choices, choice{value, value})
	}
	return choices
}

// sourceForm changes a source.
type sourceForm struct {
	form   *widget.Form
	before model.Source

	file, command, clients, projects, user     *widget.Field
	format, encoding, dates, billable, ratesOf *choicePicker
}

// choicePicker is a picker among values that have other names.
type choicePicker struct {
	*widget.Picker
	choices []choice
}

func (s *Screen) newChoicePicker(value string, choices []choice) *choicePicker {
	index := max(0, slices.IndexFunc(choices, func(choice choice) bool { return choice.value == value }))
	words := make([]string, len(choices))
	for i, each := range choices {
		words[i] = each.words
	}
	return &choicePicker{Picker: newPicker(s.env.Theme, choices[index].words, words...), choices: choices}
}

func (p *choicePicker) chosen() string {
	index := slices.IndexFunc(p.choices, func(choice choice) bool { return choice.words == p.Value() })
	return p.choices[max(0, index)].value
}

// editSource changes a source where it stands in the settings.
func (s *Screen) editSource(place model.SourcePlace) tea.Cmd {
	source := place.Source
	field := func(text string) *widget.Field { return screen.NewField(s.env.Theme, text) }
	f := &sourceForm{
		before: source,
		file:   field(source.Path), command: field(commandText(source.Command)), user: field(source.User),
		clients: field(strings.Join(source.ClientTags, ", ")), projects: field(strings.Join(source.ProjectTags, ", ")),
		format:   s.newChoicePicker(source.Format, plainChoices(s.hours.SourceFormats())),
		encoding: s.newChoicePicker(source.Encoding, plainChoices(model.Encodings())),
		dates:    s.newChoicePicker(source.DateOrder, dateOrders()),
		billable: s.newChoicePicker(string(source.Billable), billableMarks()),
		ratesOf:  s.newChoicePicker(string(source.Rates), trackerRates()),
	}
	f.form = widget.NewForm(s.env.Theme, 12,
		&widget.Row{Key: "file", Label: "File", Control: f.file, Hint: "* many files"},
		&widget.Row{Key: "command", Label: "or command", Control: f.command, Hint: "prints hours"},
		&widget.Row{Key: "format", Label: "Format", Control: f.format.Picker},
		&widget.Row{Key: "encoding", Label: "Letters", Control: f.encoding.Picker},
		&widget.Row{Key: "dates", Label: "Dates", Control: f.dates.Picker},
		&widget.Row{Key: "clients", Label: "Client tags", Control: f.clients, Hint: "as client:*"},
		&widget.Row{Key: "projects", Label: "Project tags", Control: f.projects, Hint: "a, b: a first"},
		&widget.Row{Key: "user", Label: "Tracked by", Control: f.user, Hint: "if not said"},
		&widget.Row{Key: "billable", Label: "Billable", Control: f.billable.Picker},
		&widget.Row{Key: "rates", Label: "Priced by", Control: f.ratesOf.Picker},
	)
	return s.env.Open(&screen.Form{
		Theme: s.env.Theme, Title: "Change the source " + source.Name(), Form: f.form, Width: formWidth,
		About: "It is changed where it stands in the settings; comments stay. The hours are read again.",
		Submit: func() (tea.Cmd, string, error) {
			changed, bad, err := f.source()
			if err != nil {
				return nil, bad, err
			}
			return s.changeSource(place, changed), "", nil
		},
	})
}

// source reads the form; bad names the field that is wrong. What was not changed stays exactly what it was.
func (f *sourceForm) source() (changed model.Source, bad string, err error) {
	changed = f.before
	changed.Path, changed.User = strings.TrimSpace(f.file.Value()), text.Collapse(f.user.Value())
	if f.command.Value() != commandText(f.before.Command) {
		if changed.Command, err = parseCommand(f.command.Value()); err != nil {
			return changed, "command", err
		}
	}
	switch hasCommand := len(changed.Command) > 0; {
	case changed.Path == "" && !hasCommand:
		return changed, "file", errors.New("the path of a file, or a command")
	case changed.Path != "" && hasCommand:
		return changed, "command", errors.New("a file or a command, not both")
	}
	if err = model.CheckSettingPath(changed.Path); err != nil && changed.Path != f.before.Path {
		return changed, "file", err
	}
	for _, each := range []struct {
		key   string
		field *widget.Field
		into  *[]string
	}{{"clients", f.clients, &changed.ClientTags}, {"projects", f.projects, &changed.ProjectTags}} {
		if each.field.Value() == strings.Join(*each.into, ", ") {
			continue
		}
		if *each.into, err = parsePatterns(each.field.Value()); err != nil {
			return changed, each.key, err
		}
	}
	named := len(changed.Columns)+len(changed.IgnoredColumns) > 0
	if changed.Format = f.format.chosen(); named && changed.Format != "" && changed.Format != sheetFormat {
		return changed, "format", errors.New("its columns are named, as only those of csv are")
	}
	changed.Encoding, changed.DateOrder = f.encoding.chosen(), f.dates.chosen()
	if value := model.BillableMarks(f.billable.chosen()); value != model.BillableByFile || f.before.Billable != "" {
		changed.Billable = value
	}
	if value := model.TrackerRates(f.ratesOf.chosen()); value != model.RatesByRules || f.before.Rates != "" {
		changed.Rates = value
	}
	return changed, "", nil
}

// sheetFormat is the format of any sheet.
const sheetFormat = "csv"

// parsePatterns reads patterns of tags between commas; nil for none.
func parsePatterns(typed string) ([]string, error) {
	var patterns []string
	for part := range strings.SplitSeq(typed, ",") {
		if part = text.Collapse(part); part == "" {
			continue
		}
		if _, err := path.Match(part, ""); err != nil {
			return nil, fmt.Errorf("%s: a [ or \\ is not closed", part)
		}
		patterns = append(patterns, part)
	}
	return patterns, nil
}

// commandText writes a command as it is typed: words with spaces between quotation marks.
func commandText(command []string) string {
	words := make([]string, len(command))
	for i, word := range command {
		if words[i] = word; word == "" || strings.ContainsAny(word, " \t\"") || word != text.Clean(word) {
			words[i] = strconv.Quote(word)
		}
	}
	return strings.Join(words, " ")
}

var errOpenQuote = errors.New("a quotation mark is not closed")

// parseCommand reads what commandText writes; nil for nothing.
func parseCommand(typed string) ([]string, error) {
	var command []string
	for rest := strings.TrimSpace(typed); rest != ""; rest = strings.TrimSpace(rest) {
		if !strings.HasPrefix(rest, `"`) {
			word, _, _ := strings.Cut(rest, " ")
			command, rest = append(command, word), rest[len(word):]
			continue
		}
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return nil, errOpenQuote
		}
		word, err := strconv.Unquote(quoted)
		if err != nil {
			return nil, errOpenQuote
		}
		command, rest = append(command, word), rest[len(quoted):]
	}
	return command, nil
}
