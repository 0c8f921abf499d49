package entries

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// The answers to what a date means; two are values of the setting date_order.
const (
	answerLater     = "later"
	orderDayFirst   = "dmy"
	orderMonthFirst = "mdy"
)

// dateOrderMsg brings the answer to what the dates of a source mean.
type dateOrderMsg struct{ source, order string }

func (s *Screen) onDateOrder(msg dateOrderMsg) tea.Cmd {
	s.asking = false
	if msg.order == answerLater {
		return s.notifyLeftOut()
	}
	hours := s.hours
	return s.save("order of dates", func(ctx context.Context) (model.Preferences, error) {
		return hours.SetDateOrder(ctx, msg.source, msg.order)
	})
}

// notifyLeftOut says that an answer is missing, and what else is.
func (s *Screen) notifyLeftOut() tea.Cmd {
	notice := screen.Notice{Tone: screen.ToneWarn, Text: s.leftOut()}
	if more := s.leftOutTitle(); more != "" {
		notice.Text += " " + more + " could not be read."
		notice.Key, notice.Action = "!", "list them"
	}
	return screen.Send(notice)
}

// leftOut says which hours wait for an answer.
func (s *Screen) leftOut() string {
	if len(s.ambiguous) == 1 {
		return "The hours of " + s.ambiguous[0].Source + " are left out until you say what its dates mean. r asks again."
	}
	return fmt.Sprintf("The hours of %d sources are left out until you say what their dates mean. r asks again.", len(s.ambiguous))
}

// firstNumbers are the two numbers that a date begins with.
var firstNumbers = regexp.MustCompile(`(\d{1,2})\D(\d{1,2})`)

// readDate says in words what a date is with the day first and with the month first.
func readDate(example string) (dayFirst, monthFirst string) {
	numbers := firstNumbers.FindStringSubmatch(example)
	if numbers == nil {
		return "the day before the month", "the month before the day"
	}
	first, _ := strconv.Atoi(numbers[1])
	second, _ := strconv.Atoi(numbers[2])
	return dayOfMonth(first, second), dayOfMonth(second, first)
}

// dayOfMonth writes "the 3rd of April"; numbers that are none as they are.
func dayOfMonth(day, month int) string {
	if month < int(time.January) || month > int(time.December) {
		return fmt.Sprintf("day %d, month %d", day, month)
	}
	return "the " + strconv.Itoa(day) + ordinal(day) + " of " + time.Month(month).String()
}

// ordinal is the ending of a day's number in English.
func ordinal(number int) string {
	switch {
	case number/10 == 1:
	case number%10 == 1:
		return "st"
	case number%10 == 2:
		return "nd"
	case number%10 == 3:
		return "rd"
	}
	return "th"
}
