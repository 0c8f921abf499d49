package timelog

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cadensa/model/text"
)

// column is one of those that formats have in common. A format gives its own titles as aliases of these.
type column int

const (
	columnClient column = iota
	columnProject
	columnTask
	columnDescription
	columnUser
	columnTags
	columnBillable
	columnStart
	columnEnd
	columnSeconds
	columnStartDate
	columnStartTime
	columnEndDate
	columnEndTime
	columnDuration
	columnHours
	columnMinutes
	columnRate
	columnCurrency
	columnInvoiced
	columnInvoiceNumber
	columnExported
	columnBreak
	columnAllDay
	columnCount
)

// columns are their titles where a format has none of its own, and the names that Source.Columns has for them, "" for none.
var columns = [columnCount]struct{ title, name string }{
	columnClient:      {"client", "client"},
	columnProject:     {"project", "project"},
	columnTask:        {"task", "task"},
	columnDescription: {"description", "description"},
	columnUser:        {"user", "user"},
	columnTags:        {"tags", "tags"},
	columnBillable:    {"billable", "billable"},
	columnStart:       {"start", "start"},
	columnEnd:         {"end", "end"},
	columnSeconds:     {"duration_seconds", "duration_seconds"},
	columnStartDate:   {"start date", "date"},
	columnStartTime:   {"start time", "start_time"},
	columnEndDate:     {"end date", "end_date"},
	columnEndTime:     {"end time", "end_time"},
	columnDuration:    {"duration", "duration"},
	columnHours:       {"decimal hours", "hours"},
	columnMinutes:     {name: "minutes"},
	columnRate:        {"rate", "rate"},
	columnCurrency:    {"currency", "currency"},
	columnInvoiced:    {"invoiced", "invoiced"},
	columnExported:    {"exported", "exported"},
	columnBreak:       {"break", "break"},
	columnAllDay:      {name: "all_day"},

	columnInvoiceNumber: {name: "invoice_number"},
}

// String is the column's title.
func (c column) String() string { return cmp.Or(columns[c].title, columns[c].name) }

// columnTitled finds the column that has the title where a format has none of its own.
func columnTitled(title string) (column, bool) {
	for i := range columns {
		if title != "" && columns[i].title == title {
			return column(i), true
		}
	}
	return 0, false
}

// columnNames are what Source.Columns may name.
func columnNames() map[string]column {
	names := map[string]column{}
	for i := range columns {
		if columns[i].name != "" {
			names[columns[i].name] = column(i)
		}
	}
	return names
}

// ColumnNames are our names of a sheet's columns, which Source.Columns leads to the file's titles, in the order of the alphabet.
func ColumnNames() []string { return slices.Sorted(maps.Keys(columnNames())) }

// CheckColumns finds what is wrong with Source.Columns and Source.IgnoredColumns beside the source's format.
func CheckColumns(format string, named map[string]string, ignored []string) error {
	if len(named)+len(ignored) > 0 && format != "" && format != genericCSV.name {
		return fmt.Errorf("columns go with the format %s, not with %s", quoted(genericCSV.name), quoted(format))
	}
	known := columnNames()
	for _, name := range slices.Sorted(maps.Keys(named)) {
		if _, ok := known[name]; !ok {
			return fmt.Errorf("columns has %s, which is none of %s", quoted(name), strings.Join(ColumnNames(), ", "))
		}
		if strings.TrimSpace(named[name]) == "" {
			return errors.New("columns." + name + " names no column")
		}
		if slices.ContainsFunc(ignored, func(title string) bool { return sameTitle(title, named[name]) }) {
			return fmt.Errorf("%s is ignored, and columns.%s names it", quoted(named[name]), name)
		}
	}
	return nil
}

// understand places the columns whose titles are words of any language, where no column has their place yet.
func (s *sheet) understand() {
	for i, title := range s.header {
		name, currency := columnName(title)
		if common, known := columnMeant(name); known && !s.reads(i) {
			s.place(common, i, currency)
		}
	}
	for i, title := range s.header {
		if name, _ := columnName(title); dayWords[name] && !s.has(columnStartDate) && (!s.reads(i) || s.places[columnTags] == i+1) {
			s.places[columnStartDate] = i + 1
		}
	}
	if s.places[columnStartDate] == s.places[columnTags] {
		s.places[columnTags] = 0
	}
	for i, title := range s.header {
		if name, currency := columnName(title); !s.reads(i) {
			s.placeVague(name, i, currency)
		}
	}
	s.move(columnStart, columnStartTime, s.has(columnStartDate))
	s.move(columnEnd, columnEndTime, s.has(columnStartDate))
	s.move(columnStartTime, columnStart, !s.has(columnStartDate))
	s.move(columnEndTime, columnEnd, !s.has(columnStartDate))
}

func (s *sheet) placeVague(name string, index int, currency string) {
	for _, vague := range vagueTitles {
		if vague.words[name] && !slices.ContainsFunc(vague.unless, s.has) {
			s.place(vague.means, index, currency)
			s.vague = s.vague || vague.means == columnDuration
		}
	}
}

// move makes another column of one: beside a date a start is a time of day, and without one it has the date in itself.
func (s *sheet) move(from, to column, when bool) {
	if when && s.has(from) && !s.has(to) {
		s.places[from], s.places[to] = 0, s.places[from]
	}
}

// reads reports whether the column at the index has a place among the common ones, or is not to be read.
func (s *sheet) reads(index int) bool {
	return s.ignored[index] || slices.Contains(s.places[:], index+1)
}

// ignore takes the columns of the titles out of the sheet. What they meant is left to other columns.
func (s *sheet) ignore(titles []string) {
	for i, title := range s.header {
		if !slices.ContainsFunc(titles, func(ignored string) bool { return sameTitle(ignored, title) }) {
			continue
		}
		s.ignored[i] = true
		for common, place := range s.places {
			if place == i+1 {
				s.places[common] = 0
			}
		}
	}
}

func sameTitle(one, other string) bool {
	return text.Fold(text.Collapse(one)) == text.Fold(text.Collapse(other))
}

// mapColumns gives the sheet's columns the names that the settings want. Columns that the settings do not mention keep
// their own.
func (s *sheet) mapColumns(titles map[string]string) error {
	mapped, known := s.places, columnNames()
	for _, title := range titles {
		own, _ := columnName(title)
		if common, ok := columnTitled(own); ok {
			mapped[common] = 0
		}
	}
	for _, name := range slices.Sorted(maps.Keys(titles)) {
		own, currency := columnName(titles[name])
		index, found := s.titles[own]
		if !found {
			return fmt.Errorf("it has no column %s, which columns.%s names", quoted(titles[name]), name)
		}
		mapped[known[name]] = index + 1
		if known[name] == columnRate {
			s.currency = currency
		}
	}
	s.places = mapped
	return nil
}
