package smartbill_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// dated is an instant without a monotonic reading, as one that was written down.
func dated() time.Time { return time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC) }

// gates are both memories of the limit: that of one process, and the ledger's.
func gates(t *testing.T) map[string]smartbill.Gate {
	t.Helper()
	return map[string]smartbill.Gate{"memory": smartbill.NewMemoryGate(), "ledger": openLedger(t, filepath.Join(t.TempDir(), "ledger.db"))}
}

func openLedger(t *testing.T, path string) *ledger.Ledger {
	t.Helper()
	records, err := ledger.Open(t.Context(), path, dated)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := records.Close(); err != nil {
			t.Error(err)
		}
	})
	return records
}

// fill takes every place of the window.
func fill(t *testing.T, gate smartbill.Gate, now time.Time) {
	t.Helper()
	for range 25 {
		if wait, err := gate.Reserve(t.Context(), "account", now); wait != 0 || err != nil {
			t.Fatalf("wait %s, err %v", wait, err)
		}
	}
}

func TestWindowSurvivesAClockSetBack(t *testing.T) {
	for name, gate := range gates(t) {
		fill(t, gate, dated())
		back := dated().Add(-time.Hour)
		wait, err := gate.Reserve(t.Context(), "account", back)
		if err != nil || wait <= 0 || wait > 10500*time.Millisecond {
			t.Errorf("%s: after an hour back, wait %s, err %v", name, wait, err)
		}
		if wait, err := gate.Reserve(t.Context(), "account", back.Add(wait)); wait != 0 || err != nil {
			t.Errorf("%s: after waiting as told, wait %s, err %v", name, wait, err)
		}
	}
}

func TestLockOutSurvivesAClockSetBack(t *testing.T) {
	for name, gate := range gates(t) {
		if err := gate.Shut(t.Context(), "account", dated().Add(10*time.Minute)); err != nil {
			t.Fatal(err)
		}
		back := dated().Add(-time.Hour)
		_, err := gate.Reserve(t.Context(), "account", back)
		limit, ok := errors.AsType[*model.LimitError](err)
		if !ok || !limit.Until.Equal(back.Add(10*time.Minute)) {
			t.Errorf("%s: %v, want ten minutes of the new time", name, err)
			continue
		}
		if _, err := gate.Reserve(t.Context(), "account", limit.Until.Add(-time.Millisecond)); !errors.Is(err, model.ErrRateLimited) {
			t.Errorf("%s: opens too early: %v", name, err)
		}
		if wait, err := gate.Reserve(t.Context(), "account", limit.Until); wait != 0 || err != nil {
			t.Errorf("%s: does not open at its end: %s %v", name, wait, err)
		}
	}
}

// settable is a ledger whose clock was set while the program ran, which the program's own monotonic clock does not see.
type settable struct {
	smartbill.Gate

	ahead time.Duration
}

func (s *settable) Reserve(ctx context.Context, account string, now time.Time) (time.Duration, error) {
	return s.Gate.Reserve(ctx, account, now.Add(s.ahead))
}

func connectThrough(t *testing.T, server *sandbox.Server, gate smartbill.Gate) *smartbill.Client {
	t.Helper()
	client, err := smartbill.New(sandboxCredentials(server, server.BaseURL()),
		smartbill.WithTransport(sandbox.Transport(server)), smartbill.WithGate(gate))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// TestLockOutHoldsWhenTheClockIsSetForward: what is written down seems to be over then, and yet no call may be made.
func TestLockOutHoldsWhenTheClockIsSetForward(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := sandbox.New(sandbox.Config{})
		gate := &settable{Gate: smartbill.NewMemoryGate()}
		learned, told := connectThrough(t, server, gate), connectThrough(t, server, gate)
		server.Script(sandbox.Fault{Kind: sandbox.LockOut})
		_, err := learned.Rates(t.Context())
		checkKinds(t, err, "limit")
		_, err = told.Rates(t.Context())
		checkKinds(t, err, "limit", "not sent")
		gate.ahead = time.Hour
		<-time.After(10*time.Minute - time.Second)
		for name, client := range map[string]*smartbill.Client{"who learned it": learned, "who was told": told} {
			if _, err := client.Rates(t.Context()); !errors.Is(err, model.ErrNotSent) || !errors.Is(err, model.ErrRateLimited) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := server.Calls("GET /tax"); got != 1 {
			t.Errorf("%d calls during the lock-out", got)
		}
		<-time.After(time.Second)
		if _, err := learned.Rates(t.Context()); err != nil {
			t.Errorf("after its end: %v", err)
		}
	})
}

func TestWindowHoldsWhenTheClockIsSetForward(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := sandbox.New(sandbox.Config{})
		gate := &settable{Gate: smartbill.NewMemoryGate()}
		client := connectThrough(t, server, gate)
		began := time.Now()
		for range 25 {
			if _, err := client.Rates(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		gate.ahead = time.Hour
		for range 25 {
			if _, err := client.Rates(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took < 10*time.Second {
			t.Errorf("50 calls within %s", took)
		}
	})
}

func TestLimitSurvivesARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	first, err := ledger.Open(t.Context(), path, dated)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, first, dated())
	if err := first.Shut(t.Context(), "another", dated().Add(10*time.Minute)); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := openLedger(t, path)
	if wait, err := second.Reserve(t.Context(), "account", dated().Add(time.Second)); wait != 9500*time.Millisecond || err != nil {
		t.Errorf("the calls of before are forgotten: wait %s, err %v", wait, err)
	}
	if _, err := second.Reserve(t.Context(), "another", dated().Add(time.Second)); !errors.Is(err, model.ErrRateLimited) {
		t.Errorf("the lock-out of before is forgotten: %v", err)
	}
}
