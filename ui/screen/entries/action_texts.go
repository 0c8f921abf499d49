package entries

import (
	"cmp"
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// previewEntries is how many entries the line of the preview is made of at most, so that it can follow the typing.
const previewEntries = 100

// openTexts asks for the templates of lines' texts, and shows what they make of the first line.
func (s *Screen) openTexts() tea.Cmd { return s.editTexts(s.list.settings.preferences.LineTexts) }

// editTexts asks for the templates, beginning with these.
func (s *Screen) editTexts(begin model.LineTexts) tea.Cmd {
	colours, texts := s.env.Theme, s.list.settings.preferences.LineTexts
	name, details := screen.NewField(colours, begin.Name), screen.NewField(colours, begin.Details)
	form := widget.NewForm(colours, 8,
		&widget.Row{Key: "name", Label: "Name", Control: name},
		&widget.Row{Key: "details", Label: "Details", Control: details},
	)
	entered := func() model.LineTexts {
		return model.LineTexts{Name: screen.Entered(name, begin.Name), Details: screen.Entered(details, begin.Details)}
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
			if word, nearest := wanted.UnknownWord(); word != "" {
				return s.askAboutWord(wanted, word, nearest), "", nil
			}
			return s.saveTexts(wanted), "", nil
		},
	})
}

func (s *Screen) saveTexts(wanted model.LineTexts) tea.Cmd {
	return s.save("wording of lines", func(ctx context.Context) (model.Preferences, error) {
		return s.hours.SetLineTexts(ctx, wanted)
	})
}

// askAboutWord asks what a word in braces means that templates do not know.
func (s *Screen) askAboutWord(wanted model.LineTexts, word, nearest string) tea.Cmd {
	title := say.Format("No template knows {%s}", "Niciun șablon nu cunoaște {%s}", "Nincs ilyen sablonszó: {%s}", word)
	body := say.In("As it stands, it is printed on invoices with its braces.", "Așa cum este, apare pe facturi cu tot cu acolade.",
		"Így, kapcsos zárójelekkel együtt kerül a számlákra.")
	answers := []widget.Option{{Label: s.env.Say(say.In("back", "înapoi", "vissza")), Run: func() tea.Cmd { return s.editTexts(wanted) }}}
	if nearest != "" {
		answers = append(answers, widget.Option{
			Key: "y", Label: s.env.Say(say.Format("use {%s}", "folosește {%s}", "legyen {%s}", nearest)),
			Run: func() tea.Cmd {
				cured := wanted.WithWord(word, nearest)
				if next, near := cured.UnknownWord(); next != "" {
					return s.askAboutWord(cured, next, near)
				}
				return s.saveTexts(cured)
			},
		})
	}
	answers = append(answers, widget.Option{
		Key: "k", Label: s.env.Say(say.In("keep it", "păstrează", "maradjon")), Run: func() tea.Cmd { return s.saveTexts(wanted) },
	})
	return s.env.Ask(s.env.Say(title), []string{s.env.Say(body)}, answers...)
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
