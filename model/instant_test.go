package model_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadensa/model"
)

// An instant is the time that it was made of, in any zone, in JSON as the time would be, and in order.
func TestInstantIsTheTimeItWasMadeOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) time.Time {
			return time.Unix(rapid.Int64Range(-1<<32, 1<<32).Draw(t, label), rapid.Int64Range(0, 999_999_999).Draw(t, label+" nanoseconds")).UTC()
		}
		at, other := draw("at"), draw("other")
		instant, later := model.InstantOf(at.In(time.FixedZone("", 7200))), model.InstantOf(other)
		if instant.IsZero() || later.IsZero() {
			return
		}
		if instant.Time() != at || instant.Unix() != at.Unix() || instant.String() != at.String() {
			t.Errorf("%v became %v", at, instant)
		}
		if (instant < later) != at.Before(other) || later.Sub(instant) != other.Sub(at) || instant.Add(later.Sub(instant)) != later {
			t.Errorf("%v and %v are %v apart", instant, later, later.Sub(instant))
		}
		written, err := json.Marshal(instant)
		asTime, timeErr := json.Marshal(at)
		if err != nil || timeErr != nil || string(written) != string(asTime) {
			t.Errorf("written as %s, not as %s (%v, %v)", written, asTime, err, timeErr)
		}
		var read model.Instant
		if err := json.Unmarshal(written, &read); err != nil || read != instant {
			t.Errorf("%s is read as %v, %v", written, read, err)
		}
	})
}

func TestInstantsAtTheEdges(t *testing.T) {
	if none := model.InstantOf(time.Time{}); !none.IsZero() || !none.Time().IsZero() || none.String() != (time.Time{}).String() {
		t.Errorf("no time is %v", none)
	}
	if early := model.InstantOf(time.Date(1000, 1, 1, 0, 0, 0, 0, time.UTC)); early != math.MinInt64 {
		t.Errorf("the year 1000 is %v", early)
	}
	if late := model.InstantOf(time.Date(2300, 1, 1, 0, 0, 0, 0, time.UTC)); late != math.MaxInt64 {
		t.Errorf("the year 2300 is %v", late)
	}
	var read model.Instant
	if err := read.UnmarshalText([]byte("yesterday")); err == nil {
		t.Error("a word was read as an instant")
	}
}
