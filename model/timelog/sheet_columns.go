package timelog

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
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
	columnRate
	columnCurrency
	columnInvoiced
	columnExported
	columnBreak
	// columnCount is how many there are.
	columnCount
)

// columnTitles are their titles where a format has none of its own.
var columnTitles = [columnCount]string{
	columnClient:      "client",
	columnProject:     "project",
	columnTask:        "task",
	columnDescription: "description",
	columnUser:        "user",
	columnTags:        "tags",
	columnBillable:    "billable",
	columnStart:       "start",
	columnEnd:         "end",
	columnSeconds:     "duration_seconds",
	columnStartDate:   "start date",
	columnStartTime:   "start time",
	columnEndDate:     "end date",
	columnEndTime:     "end time",
	columnDuration:    "duration",
	columnHours:       "decimal hours",
	columnRate:        "rate",
	columnCurrency:    "currency",
	columnInvoiced:    "invoiced",
	columnExported:    "exported",
	columnBreak:       "break",
}

// String is the column's title.
func (c column) String() string { return columnTitles[c] }

// mappable holds what Source.Columns may name, and the columns that rows are asked for.
var mappable = map[string]column{
	"start":            columnStart,
	"end":              columnEnd,
	"date":             columnStartDate,
	"start_time":       columnStartTime,
	"end_date":         columnEndDate,
	"end_time":         columnEndTime,
	"duration":         columnDuration,
	"duration_seconds": columnSeconds,
	"client":           columnClient,
	"project":          columnProject,
	"task":             columnTask,
	"description":      columnDescription,
	"user":             columnUser,
	"tags":             columnTags,
	"billable":         columnBillable,
	"invoiced":         columnInvoiced,
	"rate":             columnRate,
	"currency":         columnCurrency,
}

// checkColumns finds names in the settings that mean nothing.
func (s Source) checkColumns() error {
	if len(s.Columns) > 0 && s.Format != "" && s.Format != genericCSV.name {
		return fmt.Errorf("columns go with the format %s, not with %s", quoted(genericCSV.name), quoted(s.Format))
	}
	for _, name := range slices.Sorted(maps.Keys(s.Columns)) {
		if _, known := mappable[name]; !known {
			return fmt.Errorf("columns has %s, which is none of %s", quoted(name), strings.Join(slices.Sorted(maps.Keys(mappable)), ", "))
		}
		if strings.TrimSpace(s.Columns[name]) == "" {
			return errors.New("columns." + name + " names no column")
		}
	}
	return nil
}

// mapColumns gives the sheet's columns the names that the settings want. Columns that the settings do not mention keep
// their own.
func (s *sheet) mapColumns(titles map[string]string) error {
	mapped := s.places
	for _, title := range titles {
		own, _ := columnName(title)
		if common := slices.Index(columnTitles[:], own); common >= 0 {
			mapped[common] = 0
		}
	}
	for _, name := range slices.Sorted(maps.Keys(titles)) {
		own, currency := columnName(titles[name])
		index, found := s.titles[own]
		if !found {
			return fmt.Errorf("it has no column %s, which columns.%s names", quoted(titles[name]), name)
		}
		mapped[mappable[name]] = index + 1
		if mappable[name] == columnRate {
			s.currency = currency
		}
	}
	s.places = mapped
	return nil
}
