package timelog

import (
	"errors"
	"regexp"
)

// ErrNoBillingTime means that the file tells what the computer showed, and not what was worked on. It arrives inside an
// UnreadableError.
var ErrNoBillingTime = errors.New("it is of ActivityWatch, which records what the computer showed: that is no time to bill")

// activityBuckets is how the export of ActivityWatch begins.
var activityBuckets = regexp.MustCompile(`^\s*\{\s*"buckets"\s*:`)

// isActivityWatch recognises ActivityWatch's export, and the list of a bucket's events that its API gives.
func isActivityWatch(head []byte) bool {
	events := jsonList{}.firstObjects(head)
	return activityBuckets.Match(head) || have(events, "timestamp", "duration", "data") && !have(events, "start")
}
