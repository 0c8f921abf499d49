package timelog

import (
	"errors"
	"regexp"
	"slices"
)

// ErrNoBillingTime means that the file tells what the computer showed, and not what was worked on. It arrives inside an
// UnreadableError.
var ErrNoBillingTime = errors.New("it is of ActivityWatch, which records what the computer showed: that is no time to bill")

// activityBuckets is how the export of ActivityWatch begins.
var activityBuckets = regexp.MustCompile(`^\s*\{\s*"buckets"\s*:`)

// refusal is why a file that begins so is not read although it is known, nil where it may be.
func refusal(head []byte) error {
	if activityBuckets.Match(head) || isActivityList(head) {
		return ErrNoBillingTime
	}
	return nil
}

// isActivityList recognises the events of a bucket, which its API gives as a list.
func isActivityList(head []byte) bool {
	objects := jsonList{}.firstObjects(head)
	return have(objects, "timestamp", "duration", "data") && !slices.ContainsFunc(objects, func(object jsonObject) bool {
		_, started := object["start"]
		return started
	})
}
