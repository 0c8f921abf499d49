package ledger_test

import (
	"errors"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/ledger"
)

const account = "5f0c"

// reserve asks for a place and expects no error.
func reserve(t *testing.T, records *ledger.Ledger, now time.Time) time.Duration {
	t.Helper()
	wait, err := records.Reserve(t.Context(), account, now)
	if err != nil {
		t.Fatal(err)
	}
	return wait
}

// shutUntil asks for a place and expects to be told when the gate opens.
func shutUntil(t *testing.T, records *ledger.Ledger, now time.Time) time.Time {
	t.Helper()
	_, err := records.Reserve(t.Context(), account, now)
	limit, ok := errors.AsType[*model.LimitError](err)
	if !ok || !errors.Is(err, model.ErrRateLimited) {
		t.Fatalf("the gate is open: %v", err)
	}
	return limit.Until.UTC()
}

func TestGateCountsForAllProcessesAndAcrossRestarts(t *testing.T) {
	path := newPath(t)
	first, second := open(t, path, newClock().now), open(t, path, newClock().now)
	for call := range 25 {
		records := []*ledger.Ledger{first, second}[call%2]
		if wait := reserve(t, records, noon.Add(time.Duration(call)*100*time.Millisecond)); wait != 0 {
			t.Fatalf("call %d has to wait %v", call+1, wait)
		}
	}
	later := noon.Add(3 * time.Second)
	for _, records := range []*ledger.Ledger{first, second, open(t, path, newClock().now)} {
		if wait := reserve(t, records, later); wait != 7500*time.Millisecond {
			t.Errorf("call 26 has to wait %v, want until the first is 10.5 s old", wait)
		}
	}
	if wait := reserve(t, second, noon.Add(10500*time.Millisecond)); wait != 0 {
		t.Errorf("when the first call left the window, there is still a wait of %v", wait)
	}
	if wait := reserve(t, first, noon.Add(10500*time.Millisecond)); wait != 100*time.Millisecond {
		t.Errorf("the place was given twice: wait is %v", wait)
	}
}

func TestGatesOfTwoAccountsAreTwo(t *testing.T) {
	records := newLedger(t)
	for range 25 {
		reserve(t, records, noon)
	}
	if wait, err := records.Reserve(t.Context(), "other", noon); wait != 0 || err != nil {
		t.Errorf("another account has to wait %v (%v)", wait, err)
	}
}

func TestGateWaitsNoLongerThanItsWindowWhenTheClockIsSetBack(t *testing.T) {
	records := newLedger(t)
	for range 25 {
		reserve(t, records, noon)
	}
	back := noon.Add(-time.Hour)
	wait := reserve(t, records, back)
	if wait != 10500*time.Millisecond {
		t.Errorf("wait is %v", wait)
	}
	if wait := reserve(t, records, back.Add(wait)); wait != 0 {
		t.Errorf("after that, wait is %v", wait)
	}
}

func TestLockOutIsRememberedByAllAndAcrossRestarts(t *testing.T) {
	path, clock := newPath(t), newClock()
	first, err := ledger.Open(t.Context(), path, clock.now)
	if err != nil {
		t.Fatal(err)
	}
	ends := noon.Add(10 * time.Minute)
	if err := first.Shut(t.Context(), account, ends); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := open(t, path, clock.now)
	if until := shutUntil(t, second, ends.Add(-time.Millisecond)); !until.Equal(ends) {
		t.Errorf("shut until %v, want %v", until, ends)
	}
	if wait := reserve(t, second, ends); wait != 0 {
		t.Errorf("at its end there is a wait of %v", wait)
	}
}

func TestLockOutNeverLastsLongerThanTenMinutes(t *testing.T) {
	clock := newClock()
	records := open(t, newPath(t), clock.now)
	if err := records.Shut(t.Context(), account, noon.Add(24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if until := shutUntil(t, records, noon); !until.Equal(noon.Add(10 * time.Minute)) {
		t.Errorf("shut until %v", until)
	}
	// The clock is set back by an hour: what is left is still ten minutes, and they pass.
	back := noon.Add(-time.Hour)
	if until := shutUntil(t, records, back); !until.Equal(back.Add(10 * time.Minute)) {
		t.Errorf("with the clock set back, shut until %v", until)
	}
	if wait := reserve(t, records, back.Add(10*time.Minute)); wait != 0 {
		t.Errorf("ten minutes later there is a wait of %v", wait)
	}
}

func TestLaterLockOutCannotShortenAnEarlierOne(t *testing.T) {
	records := newLedger(t)
	for _, minutes := range []int{10, 1} {
		if err := records.Shut(t.Context(), account, noon.Add(time.Duration(minutes)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if until := shutUntil(t, records, noon); !until.Equal(noon.Add(10 * time.Minute)) {
		t.Errorf("shut until %v", until)
	}
}
