package timelog

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
