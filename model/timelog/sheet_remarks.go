package timelog

import (
	"fmt"
	"slices"
	"strings"
)

// sheetRemarks are what is said about a sheet when it was read.
type sheetRemarks struct {
	// unread are the columns that nothing reads and of which no cell has said anything yet; unused are the titles of those
	// that said something.
	unread []int
	unused map[int]bool
	// rate is the first rate that is no number.
	rate string
	// marks are words that do not tell whether a row was invoiced, by their column.
	marks map[column][]string
	// allDay counts events that have no time.
	allDay int
	// above means that there is something above the header.
	above bool
	// plainHours means that numbers without a unit were taken for hours.
	plainHours bool
}

// mostWords is how many of the words that were not understood are shown.
const mostWords = 3

// watchUnused notes which columns nothing reads. Those that the format leaves aside, or reads by their titles, are not among them.
func (s *sheet) watchUnused(aside map[string]bool) {
	s.noted.unused = map[int]bool{}
	for i, title := range s.header {
		name, _ := columnName(title)
		if name != "" && !s.reads(i) && !aside[name] {
			s.noted.unread = append(s.noted.unread, i)
		}
	}
}

// noteUnused looks whether a column that nothing reads says anything.
func (r row) noteUnused() {
	noted := &r.sheet.noted
	noted.unread = slices.DeleteFunc(noted.unread, func(index int) bool {
		says := r.at(index) != ""
		if says {
			noted.unused[index] = true
		}
		return says
	})
}

// noteMark remembers a word that does not tell whether a row was invoiced.
func (s *sheet) noteMark(common column, word string) {
	if s.noted.marks == nil {
		s.noted.marks = map[column][]string{}
	}
	if words := s.noted.marks[common]; len(words) < mostWords && !slices.Contains(words, word) {
		s.noted.marks[common] = append(words, word)
	}
}

// title is the common column's title as the file writes it, in quotation marks.
func (s *sheet) title(common column) string { return quoted(s.header[s.places[common]-1]) }

// remark says what was noted, a sentence for each.
func (s *sheet) remark(say func(string)) {
	if s.noted.above {
		say("what stands above the header was not read")
	}
	if s.noted.rate != "" {
		say(fmt.Sprintf("%s has %s, which is no rate: the hours are read without one", s.title(columnRate), quoted(s.noted.rate)))
	}
	for common := range columnCount {
		words := s.noted.marks[common]
		if len(words) == 0 {
			continue
		}
		for i, word := range words {
			words[i] = quoted(word)
		}
		say(fmt.Sprintf("%s has %s, which does not say whether the hours are invoiced: they count as not invoiced", s.title(common),
			strings.Join(words, ", ")))
	}
	if s.noted.plainHours {
		say(s.title(columnDuration) + " has numbers without a unit: they were read as hours")
	}
	if s.noted.allDay == 1 {
		say("one event of the whole day is no tracked time and was left out")
	}
	if s.noted.allDay > 1 {
		say(fmt.Sprintf("%d events of the whole day are no tracked time and were left out", s.noted.allDay))
	}
	if len(s.noted.unused) > 0 {
		var titles []string
		for i, title := range s.header {
			if s.noted.unused[i] {
				titles = append(titles, quoted(title))
			}
		}
		say("these columns were not used: " + strings.Join(titles, ", "))
	}
}
