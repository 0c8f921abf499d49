package smartbill_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// TestGateNeverLetsMoreThroughThanTheServiceTakes looks at every window of 10 seconds.
func TestGateNeverLetsMoreThroughThanTheServiceTakes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gate := smartbill.NewMemoryGate()
		now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
		var passed []time.Time
		for range 200 {
			now = now.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "ms")) * time.Millisecond)
			wait, err := gate.Reserve(t.Context(), "account", now)
			if err != nil {
				t.Fatal(err)
			}
			if wait > 0 {
				now = now.Add(wait)
				if again, _ := gate.Reserve(t.Context(), "account", now); again != 0 {
					t.Fatalf("waited %s as told, and is told to wait %s more", wait, again)
				}
			}
			passed = append(passed, now)
		}
		for i := 30; i < len(passed); i++ {
			if passed[i].Sub(passed[i-30]) < 10*time.Second {
				t.Fatalf("31 calls within %s", passed[i].Sub(passed[i-30]))
			}
		}
	})
}

func TestGateShutsOneAccountUntilItsEnd(t *testing.T) {
	gate := smartbill.NewMemoryGate()
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	end := now.Add(10 * time.Minute)
	for _, until := range []time.Time{end, now.Add(time.Minute)} {
		if err := gate.Shut(t.Context(), "a", until); err != nil {
			t.Fatal(err)
		}
	}
	_, err := gate.Reserve(t.Context(), "a", end.Add(-time.Second))
	limit, ok := errors.AsType[*model.LimitError](err)
	if !ok || !limit.Until.Equal(end) {
		t.Errorf("err %v", err)
	}
	for account, at := range map[string]time.Time{"a": end, "b": now} {
		if wait, err := gate.Reserve(t.Context(), account, at); wait != 0 || err != nil {
			t.Errorf("%s: %s %v", account, wait, err)
		}
	}
}

// TestManyCallsAtOnceStayBelowTheLimit runs 100 calls in virtual time against the simulator, which would lock them out.
func TestManyCallsAtOnceStayBelowTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := sandbox.New(sandbox.Config{})
		var waits sync.Map
		client, err := smartbill.New(sandboxCredentials(server, server.BaseURL()),
			smartbill.WithTransport(sandbox.Transport(server)),
			smartbill.WithWaitObserver(func(until time.Time) { waits.Store(until, true) }))
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		var calls sync.WaitGroup
		for range 100 {
			calls.Go(func() {
				if _, err := client.Rates(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		calls.Wait()
		if took := time.Since(began); took != 31500*time.Millisecond {
			t.Errorf("100 calls at 25 in 10.5 s took %s", took)
		}
		if _, over := waits.Load(time.Time{}); !over {
			t.Error("nobody was told that the wait is over")
		}
		if _, told := waits.Load(began.Add(10500 * time.Millisecond)); !told {
			t.Error("nobody was told until when to wait")
		}
	})
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := fullGate{}
		asked := false
		client, err := smartbill.New(credentials(anywhere), smartbill.WithGate(gate),
			smartbill.WithTransport(roundTripper(func(*http.Request) (*http.Response, error) {
				asked = true
				return nil, errors.New("asked")
			})))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		began := time.Now()
		_, err = client.Issue(ctx, model.KindInvoice, request(t, client, workInvoice()))
		checkKinds(t, err, "not sent")
		if took := time.Since(began); took != 3*time.Second || asked {
			t.Errorf("gave up after %s, asked %v", took, asked)
		}
	})
}

// fullGate has no place for anyone.
type fullGate struct{}

func (fullGate) Reserve(context.Context, string, time.Time) (time.Duration, error) {
	return time.Minute, nil
}

func (fullGate) Shut(context.Context, string, time.Time) error { return nil }

func TestGateThatFailsKeepsTheCallBack(t *testing.T) {
	broken := errors.New("ledger locked")
	gate := &recordingGate{reserve: broken}
	client := newClient(t, credentials(anywhere), smartbill.WithGate(gate))
	err := issue(t, client)
	checkKinds(t, err, "not sent")
	if !errors.Is(err, broken) {
		t.Error(err)
	}
	checkNoSecret(t, gate.account)
	if len(gate.account) != 16 {
		t.Errorf("account %q is no short hash", gate.account)
	}
}

func TestLockOutIsToldEvenIfItCannotBeKept(t *testing.T) {
	broken := errors.New("ledger locked")
	server := serve(t, answerJSON(403, `{"errorText":"Ai depasit limita maxima de requesturi admisa."}`))
	client := newClient(t, credentials(server.baseURL()), smartbill.WithGate(&recordingGate{shut: broken}))
	_, err := client.Rates(t.Context())
	checkKinds(t, err, "limit")
	if !errors.Is(err, broken) {
		t.Error(err)
	}
}

type recordingGate struct {
	account       string
	reserve, shut error
}

func (g *recordingGate) Reserve(_ context.Context, account string, _ time.Time) (time.Duration, error) {
	g.account = account
	return 0, g.reserve
}

func (g *recordingGate) Shut(context.Context, string, time.Time) error { return g.shut }

// TestCallsGiveUpInTime measures the limits of an answer that never comes, in virtual time.
func TestCallsGiveUpInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hangs := roundTripper(func(request *http.Request) (*http.Response, error) {
			tellWritten(request)
			<-request.Context().Done()
			return nil, context.Cause(request.Context())
		})
		client := newClient(t, credentials(anywhere), smartbillTransport(hangs))
		began := time.Now()
		err := issue(t, client)
		checkKinds(t, err, "unknown")
		if took := time.Since(began); took != 120*time.Second {
			t.Errorf("an invoice was waited for %s", took)
		}
		began = time.Now()
		_, err = client.Series(t.Context(), model.SeriesInvoice)
		checkKinds(t, err, "unavailable")
		if took := time.Since(began); took != 90*time.Second {
			t.Errorf("three tries of a read took %s", took)
		}
	})
}

func TestPausesBetweenTriesGrow(t *testing.T) {
	var pauses []time.Duration
	server := serve(t, answerJSON(503, `{"errorText":"Serviciu indisponibil"}`))
	client := newClient(t, credentials(server.baseURL()), smartbill.WithPause(func(_ context.Context, wait time.Duration) error {
		pauses = append(pauses, wait)
		return nil
	}))
	_, err := client.Rates(t.Context())
	checkKinds(t, err, "unavailable")
	if len(pauses) != 2 {
		t.Fatalf("pauses %v", pauses)
	}
	for i, least := range []time.Duration{250 * time.Millisecond, 500 * time.Millisecond} {
		if pauses[i] < least || pauses[i] > 3*least {
			t.Errorf("pause %d is %s", i, pauses[i])
		}
	}
}
