// Package timelog reads what time trackers export into model.Entry values. It only reads: no tracker's file is ever
// written, and a tracker's command is run as the settings give it.
//
// Each format lives in a file of its own and is registered in one table (format.go). To add one, write
//
//	var punchcard = format{name: "punchcard", about: "a Punchcard CSV", detect: …, read: …}
//
// in punchcard.go and put it into the table, the specific before the generic. Delimited text is read through sheet,
// JSON arrays through elements, other text through readLines; all go on after a bad row. A read function turns each row
// into a draft and hands it to the collector, which checks it, gives it its place in time and its fingerprint, and
// keeps the reasons of what it refuses.
//
// A fingerprint is taken from what the file says: the clock as written and the tags as recorded, before a time zone is
// applied and before tags are read as client or project. Travelling, or changing these settings, therefore never makes
// a billed entry look new. The forms of one tracker, such as an export and the data files behind it, yield the same
// fingerprints wherever they say the same.
package timelog
