package timelog

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
)

// What is recognised, and not read. Each arrives inside an UnreadableError.
var (
	// ErrOldSheet means a spreadsheet of another kind than XLSX.
	ErrOldSheet = errors.New("it is a spreadsheet of another kind: save it as XLSX or CSV")
	// ErrNoBillingTime means that the file tells what the computer showed, and not what was worked on.
	ErrNoBillingTime = errors.New("it is of ActivityWatch, which records what the computer showed: that is no time to bill")
)

// activityBuckets is how the export of ActivityWatch begins.
var activityBuckets = regexp.MustCompile(`^\s*\{\s*"buckets"\s*:`)

// refusal is why a file that begins so is not read, nil where it may be.
func refusal(head []byte) error {
	switch {
	case isOldSheet(head):
		return ErrOldSheet
	case activityBuckets.Match(head), isActivityList(head):
		return ErrNoBillingTime
	}
	return nil
}

// isOldSheet recognises what Excel wrote before 2007, and OpenDocument, whose first part names its kind.
func isOldSheet(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) ||
		bytes.HasPrefix(head, []byte("PK\x03\x04")) &&
			bytes.Contains(head[:min(len(head), 200)], []byte("mimetypeapplication/vnd.oasis.opendocument"))
}

// isActivityList recognises the events of a bucket, which its API gives as a list.
func isActivityList(head []byte) bool {
	objects := jsonList{}.firstObjects(head)
	return have(objects, "timestamp", "duration", "data") && !slices.ContainsFunc(objects, func(object jsonObject) bool {
		_, started := object["start"]
		return started
	})
}
