package entries

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// sourceQuestion is what only the user can say of a source. The answer is kept in the settings, and the next reading asks the
// next question.
type sourceQuestion struct {
	source string
	// asks says what is asked, within "until you say …".
	asks string
	// leavesOut means that no hours of the source are in the list before it is answered.
	leavesOut bool
	ask       func() tea.Cmd
}

func (q sourceQuestion) key() string { return q.source + "\n" + q.asks }

// questionsOf are the questions that a reading raised, those first that leave hours out.
func (s *Screen) questionsOf(msg loadResult) []sourceQuestion {
	var questions []sourceQuestion
	for _, format := range msg.several {
		questions = append(questions, sourceQuestion{source: format.Source, asks: "which tracker wrote it", leavesOut: true,
			ask: func() tea.Cmd { return s.askFormat(format) }})
	}
	for _, dates := range msg.ambiguous {
		questions = append(questions, sourceQuestion{source: dates.Source, asks: "what its dates mean", leavesOut: true,
			ask: func() tea.Cmd { return s.askDateOrder(dates) }})
	}
	for _, content := range msg.contents {
		place := content.Place
		if content.Unbillable && place.Source.Billable == "" {
			questions = append(questions, sourceQuestion{source: place.Source.Name(), asks: "whether it is billed",
				ask: func() tea.Cmd { return s.askToBill(place) }})
		}
		switch {
		case content.ClientTag != "", content.ProjectTag != "":
			questions = append(questions, sourceQuestion{source: place.Source.Name(), asks: "what its tags are",
				ask: func() tea.Cmd { return s.askToReadTags(content) }})
		case content.ManyTags:
			questions = append(questions, sourceQuestion{source: place.Source.Name(), asks: "what its tags are",
				ask: s.choosingTags(place)})
		}
	}
	return questions
}

// askAboutSources asks the first question that was not asked yet, and reports whether it did.
func (s *Screen) askAboutSources() (asked bool, cmd tea.Cmd) {
	for _, question := range s.questions {
		if s.asking || s.asked[question.key()] {
			continue
		}
		if s.asked == nil {
			s.asked = map[string]bool{}
		}
		s.asked[question.key()], s.asking = true, true
		return true, question.ask()
	}
	return false, nil
}

// answered keeps an answer in the settings.
func (s *Screen) answered(what string, change func(ctx context.Context) (model.Preferences, error)) func() tea.Cmd {
	return func() tea.Cmd {
		s.asking = false
		return s.save(what, change)
	}
}

func (s *Screen) askFormat(format model.AmbiguousFormat) tea.Cmd {
	body := []string{
		format.Source + " may be a file of several trackers, and they mean different things by it.", "",
		"Its hours are left out until you say which it is. It is kept in the settings, and asked once.",
	}
	answers := []widget.Option{{Label: "decide later", Run: s.putOff}}
	for _, name := range format.Formats {
		answers = append(answers, widget.Option{Label: name, Run: s.answered("format", func(ctx context.Context) (model.Preferences, error) {
			return s.hours.SetFormat(ctx, format.Source, name)
		})})
	}
	return s.env.Ask("Which tracker wrote "+format.Source+"?", body, answers...)
}

func (s *Screen) askToBill(place model.SourcePlace) tea.Cmd {
	body := []string{
		place.Source.Name() + " marks every entry as not billable, as the free plans of some trackers do.", "",
		"It is kept in the settings, and asked once; S changes it.",
	}
	answer := func(billable model.BillableMarks) func() tea.Cmd {
		changed := place.Source
		changed.Billable = billable
		return s.answered("answer", func(ctx context.Context) (model.Preferences, error) {
			return s.hours.ChangeSource(ctx, place, changed)
		})
	}
	return s.env.Ask("Are these hours billed?", body,
		widget.Option{Label: "decide later", Run: s.putOff},
		widget.Option{Label: "bill them all", Run: answer(model.BillableAll)},
		widget.Option{Label: "they are not billable", Run: answer(model.BillableByFile)})
}

// sourcesOf are the sources that have files of the entry's format and do not use its rates yet.
func (s *Screen) sourcesOf(entry *model.Entry) []model.SourcePlace {
	var places []model.SourcePlace
	for _, content := range s.contents {
		if slices.Contains(content.Formats, entry.Source) && content.Place.Source.Rates != model.RatesByTracker {
			places = append(places, content.Place)
		}
	}
	return places
}

// askForRates asks whether the tracker's own rates price hours that no rate fits.
func (s *Screen) askForRates(entry *model.Entry) tea.Cmd {
	places := s.sourcesOf(entry)
	names := places[0].Source.Name()
	if more := len(places) - 1; more > 0 {
		names += fmt.Sprintf(" and %d more", more)
	}
	body := []string{
		"No rate fits these hours. The tracker says " + hourlyText(entry.Price) + ".", "",
		"Its rates can price what no rate of yours does, in " + names + ". It is kept in the settings; S changes it.",
	}
	return s.env.Ask("Use the tracker's rates?", body,
		widget.Option{Label: "add a rate", Run: func() tea.Cmd { return s.addRule(entry) }},
		widget.Option{Label: "use the tracker's rates", Run: func() tea.Cmd {
			return s.save("answer", func(ctx context.Context) (preferences model.Preferences, err error) {
				for _, place := range places {
					changed := place.Source
					changed.Rates = model.RatesByTracker
					if preferences, err = s.hours.ChangeSource(ctx, place, changed); err != nil {
						break
					}
				}
				return preferences, err
			})
		}})
}

// hourlyText writes a tracker's rate: "60.00 EUR an hour".
func hourlyText(price *model.HourlyPrice) string {
	return strings.TrimSpace(model.FormatPrice(price.Amount)+" "+price.Currency) + " an hour"
}

// putOff leaves a question for later, and says what the missing answers leave out.
func (s *Screen) putOff() tea.Cmd {
	s.asking = false
	text := s.leftOut()
	if text == "" {
		return s.notifyRejected()
	}
	notice := screen.Notice{Tone: screen.ToneWarn, Text: text}
	if more := s.leftOutTitle(); more != "" {
		notice.Text += " " + more + " could not be read."
		notice.Key, notice.Action = "!", "list them"
	}
	return screen.Send(notice)
}

// leftOut says which sources are left out until a question is answered, "" for none.
func (s *Screen) leftOut() string {
	var waiting []sourceQuestion
	for _, question := range s.questions {
		if question.leavesOut {
			waiting = append(waiting, question)
		}
	}
	switch len(waiting) {
	case 0:
		return ""
	case 1:
		return "The hours of " + waiting[0].source + " are left out until you say " + waiting[0].asks + ". r asks again."
	}
	return fmt.Sprintf("The hours of %d sources are left out until you answer what is asked about them. r asks again.", len(waiting))
}
