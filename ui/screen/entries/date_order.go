package entries

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/widget"
)

// askDateOrder asks of a source whose dates could be read either way what they mean.
func (s *Screen) askDateOrder(dates model.AmbiguousDates) tea.Cmd {
	dayFirst, monthFirst := readDate(dates.Example)
	body := []string{
		dates.Source + " has dates such as " + dates.Example + ", and none of them tells the day from the month.", "",
		"Its hours are left out until you say which it is. It is kept in the settings, and asked once.",
	}
	answer := func(order string) func() tea.Cmd {
		return s.answered("order of dates", func(ctx context.Context) (model.Preferences, error) {
			return s.hours.SetDateOrder(ctx, dates.Source, order)
		})
	}
	return s.env.Ask("Is "+dates.Example+" "+dayFirst+" or "+monthFirst+"?", body,
		widget.Option{Label: "decide later", Run: s.putOff},
		widget.Option{Label: "day first: " + dayFirst, Run: answer("dmy")},
		widget.Option{Label: "month first: " + monthFirst, Run: answer("mdy")})
}

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
