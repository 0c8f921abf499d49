package entries

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// columnsForm says what the columns of a sheet mean.
type columnsForm struct {
	form    *widget.Form
	before  model.Source
	preview model.SheetPreview
	means   []*choicePicker
}

// notUsed is what a column is that is not read: what its title means does not count.
var notUsed = say.In("not used", "nefolosită", "nem kell")

// chooseColumns reads the beginning of a sheet and asks what its columns mean.
func (s *Screen) chooseColumns(place model.SourcePlace) tea.Cmd {
	return screen.Request(s.env, &s.previewing, func(ctx context.Context) (model.SheetPreview, error) {
		return s.hours.PreviewSheet(ctx, place.Source)
	}, func(preview model.SheetPreview, err error) tea.Cmd {
		if err != nil {
			return screen.Fail("Show the columns of "+place.Source.Name(), err)
		}
		return s.openColumns(place.Source, preview, func(changed model.Source) tea.Cmd { return s.changeSource(place, changed) })
	})
}

func (s *Screen) openColumns(source model.Source, preview model.SheetPreview, save func(changed model.Source) tea.Cmd) tea.Cmd {
	f := &columnsForm{before: source, preview: preview}
	choices := []choice{{"", s.env.Say(notUsed)}}
	for _, name := range preview.Names {
		choices = append(choices, choice{name, name})
	}
	rows := make([]*widget.Row, len(preview.Titles))
	for i, title := range preview.Titles {
		picker := s.newChoicePicker(preview.Columns[i], choices)
		f.means = append(f.means, picker)
		rows[i] = &widget.Row{Key: strconv.Itoa(i), Label: text.Collapse(title), Control: picker.Picker, Hint: widget.Clip(f.cell(0, i), 14)}
	}
	f.form = widget.NewForm(s.env.Theme, 18, rows...)
	return s.env.Open(&screen.Form{
		Theme: s.env.Theme, Title: "What do the columns of " + source.Name() + " mean?", Form: f.form, Width: formWidth,
		Below: func(width int) []string { return []string{s.env.Theme.Faint.Paint(widget.Clip(f.examples(), width))} },
		About: "A sheet needs a date and hours, or a start and an end. It is kept with the source. Do it before you bill: hours look new " +
			"when their columns mean something else.",
		Submit: func() (tea.Cmd, string, error) {
			changed, bad, err := f.source()
			if err != nil {
				return nil, bad, err
			}
			return save(changed), "", nil
		},
	})
}

// cell is what stands in a row and a column, "" beyond the last row.
func (f *columnsForm) cell(row, column int) string {
	if row >= len(f.preview.Rows) {
		return ""
	}
	return text.Collapse(f.preview.Rows[row][column])
}

// examples are the first cells of the column under the cursor.
func (f *columnsForm) examples() string {
	column, err := strconv.Atoi(f.form.Focused())
	if err != nil {
		return ""
	}
	var cells []string
	for row := range f.preview.Rows {
		if cell := f.cell(row, column); cell != "" {
			cells = append(cells, cell)
		}
	}
	if len(cells) == 0 {
		return "nothing stands in the first rows of it"
	}
	return "first rows: " + strings.Join(cells, " · ")
}

// source reads the form; bad names the row that is wrong.
func (f *columnsForm) source() (changed model.Source, bad string, err error) {
	changed = f.before
	changed.Columns, changed.IgnoredColumns = map[string]string{}, nil
	for i, picker := range f.means {
		name := picker.chosen()
		if name == "" {
			continue
		}
		if other, taken := changed.Columns[name]; taken {
			return changed, strconv.Itoa(i), fmt.Errorf("%s is %s already", text.Collapse(other), name)
		}
		changed.Columns[name] = f.preview.Titles[i]
	}
	changed.IgnoredColumns = f.ignored(changed.Columns)
	changed.Format = sheetFormat
	return changed, "", nil
}

// ignored are the titles of the columns that are not to be read. One title may stand over a column that is.
func (f *columnsForm) ignored(used map[string]string) []string {
	var ignored []string
	for i, picker := range f.means {
		title := f.preview.Titles[i]
		taken := slices.ContainsFunc(append(slices.Collect(maps.Values(used)), ignored...), func(other string) bool {
			return text.Fold(text.Collapse(other)) == text.Fold(text.Collapse(title))
		})
		if picker.chosen() == "" && title != "" && !taken {
			ignored = append(ignored, title)
		}
	}
	return ignored
}
