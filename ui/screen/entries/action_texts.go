package entries

import (
	"cmp"
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// previewEntries is how many entries the line of the preview is made of at most, so that it can follow the typing.
const previewEntries = 100

// openTexts asks for the templates of lines' texts, and shows what they make of the first line.
func (s *Screen) openTexts() tea.Cmd {
	colours, texts := s.env.Theme, s.list.settings.preferences.LineTexts
	name, details := screen.NewField(colours, texts.Name), screen.NewField(colours, texts.Details)
	form := widget.NewForm(colours, 8,
		&widget.Row{Key: "name", Label: "Name", Control: name},
		&widget.Row{Key: "details", Label: "Details", Control: details},
	)
	entered := func() model.LineTexts {
		return model.LineTexts{Name: screen.Entered(name, texts.Name), Details: screen.Entered(details, texts.Details)}
	}
	sample := s.sample()
	return s.env.Open(&screen.Form{
		Theme: colours, Title: "What lines of hours say", Form: form, Width: formWidth,
		Below: func(width int) []string {
			lines := s.preview(sample, entered())
			for i, line := range lines {
				lines[i] = widget.Clip(line, width)
			}
			return lines
		},
		About: "{client} {project} {task} {user} {tags} {dates} {descriptions} {hours} stand for what the hours of a line share. Empty: " +
			"lines are called by what they are grouped by.",
		Submit: func() (tea.Cmd, string, error) {
			wanted := entered()
			if wanted == texts {
				return nil, "", nil
			}
			return s.save("wording of lines", func(ctx context.Context) (model.Preferences, error) {
				return s.hours.SetLineTexts(ctx, wanted)
			}), "", nil
		},
	})
}

// sample is what the preview is made of: the first ticked hours, or else the entry under the cursor.
func (s *Screen) sample() []*model.Entry {
	if hours := s.composed.hours; len(hours) > 0 {
		return hours[:min(previewEntries, len(hours))]
	}
	if index := s.cursorIndex(); index >= 0 {
		return []*model.Entry{&s.list.entries[index]}
	}
	return nil
}

// preview is the first line as the templates would have it.
func (s *Screen) preview(sample []*model.Entry, texts model.LineTexts) []string {
	if len(sample) == 0 {
		return []string{"Tick some hours to see what becomes of a line."}
	}
	composer := s.composer()
	composer.Texts = texts
	lines, _, err := composer.Outline(sample)
	if err != nil {
		return []string{s.env.Theme.Bad.Paint(err.Error())}
	}
	return []string{"1  " + s.env.Theme.Strong.Paint(lines[0].Name), "   " + cmp.Or(lines[0].Details, "(no details)")}
}
