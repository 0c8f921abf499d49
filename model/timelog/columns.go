package timelog

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

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
