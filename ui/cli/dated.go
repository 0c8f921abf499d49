package cli

import (
	"errors"
	"time"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// dated says in the zone of the settings when it is worth to try again, where an error knows it.
func dated(err error, location *time.Location) error {
	clock := func(until time.Time) string { return until.In(location).Format("15:04:05") + "." }
	wait, tooEarly := errors.AsType[*model.WaitError](err)
	limit, lockedOut := errors.AsType[*model.LimitError](err)
	advised, isAdvised := errors.AsType[*advisedError](err)
	switch {
	case tooEarly && isAdvised:
		return &advisedError{err: err, advice: advised.advice + " That is after " + clock(wait.Until)}
	case tooEarly:
		return &advisedError{err: err, advice: "Nothing was changed. It can be decided after " + clock(wait.Until)}
	case lockedOut && isAdvised:
		return &advisedError{err: err, advice: advised.advice + " Calls are allowed again after " + clock(limit.Until)}
	case lockedOut:
		return &advisedError{err: err, advice: explain.Advice(err, explain.Command).In(say.English) + " Calls are allowed again after " + clock(limit.Until)}
	}
	return err
}
