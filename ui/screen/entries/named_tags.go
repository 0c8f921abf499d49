package entries

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/widget"
)

// askToReadTags asks whether tags such as "client:acme" name clients and projects.
func (s *Screen) askToReadTags(content model.SourceContent) tea.Cmd {
	place := content.Place
	examples := slices.DeleteFunc([]string{text.Clean(content.ClientTag), text.Clean(content.ProjectTag)},
		func(tag string) bool { return tag == "" })
	read, ignore := place.Source, place.Source
	if content.ClientTag != "" {
		read.ClientTags = []string{model.ClientTagGlob}
	}
	if content.ProjectTag != "" {
		read.ProjectTags = []string{model.ProjectTagGlob}
	}
	ignore.ClientTags, ignore.ProjectTags = []string{}, []string{}
	answer := func(changed model.Source) func() tea.Cmd {
		return s.answered("answer", func(ctx context.Context) (model.Preferences, error) {
			return s.hours.ChangeSource(ctx, place, changed)
		})
	}
	body := []string{
		s.env.Say(say.Format("%[1]s has tags such as %[2]s. Nothing says yet what they are.",
			"%[1]s are etichete ca %[2]s. Nimic nu spune încă ce sunt.",
			"%[1]s: vannak benne ilyen címkék: %[2]s. Még semmi sem mondja meg, mit jelentenek.",
			place.Source.Name(), strings.Join(examples, ", "))), "",
		s.env.Say(say.In("The answer is kept in the settings; t under S changes it.",
			"Răspunsul se păstrează în setări; t sub S îl schimbă.", "A válasz a beállításokba kerül; az S alatt a t módosítja.")),
	}
	title := say.In("Do these tags name clients and projects?", "Aceste etichete numesc clienți și proiecte?",
		"Ügyfelet és projektet neveznek meg ezek a címkék?")
	return s.env.Ask(s.env.Say(title), body,
		widget.Option{Label: s.env.Say(say.In("decide later", "decid mai târziu", "később")), Run: s.putOff},
		widget.Option{Key: "y", Label: s.env.Say(say.In("yes", "da", "igen")), Run: answer(read)},
		widget.Option{Key: "t", Label: s.env.Say(say.In("tag by tag", "una câte una", "egyenként")), Run: s.choosingTags(place)},
		widget.Option{Key: "n", Label: s.env.Say(say.In("no tag does", "niciuna", "egyik sem")), Run: answer(ignore)})
}

// choosingTags answers a question by the list of the source's tags.
func (s *Screen) choosingTags(place model.SourcePlace) func() tea.Cmd {
	return func() tea.Cmd {
		s.asking = false
		return s.chooseTags(place)
	}
}
