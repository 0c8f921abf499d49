package ledger_test

import (
	"errors"
	"testing"
	"time"

	"cadensa/model/ledger"
)

// A value of another type must not be taken for none: the date or the instant would be lost in silence.
func TestColumnOfAnotherTypeIsAnError(t *testing.T) {
	for _, stored := range []any{nil, 5.5, []byte("2026-10-05"), true, time.Unix(0, 0)} {
		_, dayErr := ledger.ScanDay(stored)
		_, timeErr := ledger.ScanTime(stored)
		_, jsonErr := ledger.ScanJSON(stored)
		for name, err := range map[string]error{"a date": dayErr, "an instant": timeErr, "JSON": jsonErr} {
			if !errors.Is(err, ledger.ErrStored) {
				t.Errorf("%s of %T: %v", name, stored, err)
			}
		}
	}
	if _, err := ledger.ScanDay(int64(20261005)); !errors.Is(err, ledger.ErrStored) {
		t.Errorf("a date of a number: %v", err)
	}
	if _, err := ledger.ScanTime("2026-10-05"); !errors.Is(err, ledger.ErrStored) {
		t.Errorf("an instant of a text: %v", err)
	}
	if day, err := ledger.ScanDay("2026-10-05"); err != nil || day.String() != "2026-10-05" {
		t.Errorf("%s, %v", day, err)
	}
	if day, err := ledger.ScanDay(""); err != nil || !day.IsZero() {
		t.Errorf("no date: %s, %v", day, err)
	}
	if instant, err := ledger.ScanTime(int64(0)); err != nil || !instant.IsZero() {
		t.Errorf("no instant: %s, %v", instant, err)
	}
}
