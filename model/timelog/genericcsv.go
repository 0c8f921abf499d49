package timelog

import "context"

// genericCSV is delimited text with the names of the generic JSON as its header, for scripts and for trackers without
// a format of their own.
var genericCSV = format{
	name:   "csv",
	about:  "a generic CSV (with the columns start and end or duration_seconds)",
	detect: detectGenericCSV,
	read:   readGenericCSV,
}

func detectGenericCSV(head []byte) bool {
	columns := sheetColumns(head)
	_, start := columns[columnStart]
	_, end := columns[columnEnd]
	_, seconds := columns[columnSeconds]
	return start && (end || seconds)
}

func readGenericCSV(ctx context.Context, content content, into *collector) error {
	opened, err := openSheet(content.text, nil)
	if err != nil {
		return err
	}
	if err := firstError(opened.require(columnStart), opened.require(columnEnd, columnSeconds)); err != nil {
		return err
	}
	return readSheet(ctx, opened, into, genericRow)
}

func genericRow(row row) (draft, error) {
	start, startErr := parseMoment(row.cell(columnStart))
	end, endErr := parseMoment(row.cell(columnEnd))
	tracked, trackedErr := parseSeconds(row.cell(columnSeconds))
	entry, entryErr := entryOf(row, ",;")
	if err := firstError(startErr, endErr, trackedErr, entryErr); err != nil {
		return draft{}, err
	}
	return draft{entry: entry, start: start, end: end, tracked: tracked}, nil
}
