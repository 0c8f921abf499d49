package registry_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cadensa/model"
	"cadensa/model/registry"
)

func TestAddresses(t *testing.T) {
	for _, base := range []string{"", " https://example.org/x/ ", "http://127.0.0.1:1", "http://localhost:1/a", "http://[::1]:1"} {
		if _, err := registry.New(registry.Options{ANAF: base, VIES: base, BNR: base}); err != nil {
			t.Errorf("%q: %v", base, err)
		}
	}
	for _, base := range []string{
		"http://example.org", "ftp://example.org", "example.org", "https://", "https://ana:secret@example.org", "https://example.org?x=secret",
		"https://example.org#secret", "http://127.0.0.1.example.org", "\x7f",
	} {
		for register, options := range map[string]registry.Options{"ANAF": {ANAF: base}, "VIES": {VIES: base}, "BNR": {BNR: base}} {
			_, err := registry.New(options)
			if err == nil || !strings.Contains(err.Error(), register) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%q: %v", base, err)
			}
		}
	}
}

// all asks each register one question.
func all(registers *registry.Registers) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"ANAF": func(ctx context.Context) error { _, err := registers.Company(ctx, "14399840"); return err },
		"VIES": func(ctx context.Context) error { _, err := registers.VATNumber(ctx, "DE", "136695976"); return err },
		"BNR":  func(ctx context.Context) error { _, err := registers.Rates(ctx, model.DateOf(noon)); return err },
	}
}

func TestNobodyListens(t *testing.T) {
	gone := newHarness(t, says(200, "{}"))
	registers := gone.registers(t)
	gone.Close()
	for register, ask := range all(registers) {
		err := ask(t.Context())
		assertDown(t, err, register)
		if !strings.Contains(err.Error(), "cannot be reached") || strings.Contains(err.Error(), gone.URL) {
			t.Errorf("says %q", err)
		}
	}
}

// esc takes a question back at once, and that is not told as an outage.
func TestQuestionsCanBeTakenBack(t *testing.T) {
	for _, register := range []string{"ANAF", "VIES", "BNR"} {
		t.Run(register, func(t *testing.T) {
			asked := make(chan struct{})
			registers := newHarness(t, silent(asked)).registers(t)
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				<-asked
				cancel()
			}()
			err := all(registers)[register](ctx)
			if !errors.Is(err, context.Canceled) || errors.Is(err, model.ErrUnavailable) ||
				err.Error() != "the question to "+register+" was cancelled" {
				t.Errorf("says %v", err)
			}
		})
	}
}

type transport func(*http.Request) (*http.Response, error)

func (t transport) RoundTrip(request *http.Request) (*http.Response, error) { return t(request) }

func TestPatienceEndsAfterTenSeconds(t *testing.T) {
	for _, register := range []string{"ANAF", "VIES", "BNR"} {
		synctest.Test(t, func(t *testing.T) {
			registers, err := registry.New(registry.Options{Transport: transport(func(request *http.Request) (*http.Response, error) {
				<-request.Context().Done()
				return nil, request.Context().Err()
			})})
			if err != nil {
				t.Fatal(err)
			}
			begun := time.Now()
			err = all(registers)[register](t.Context())
			assertDown(t, err, register)
			if took := time.Since(begun); took != 10*time.Second || !strings.Contains(err.Error(), "in time") {
				t.Errorf("after %s: %v", took, err)
			}
		})
	}
}

func answering(body string, asked func()) transport {
	return func(*http.Request) (*http.Response, error) {
		asked()
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
	}
}

// ANAF takes one request a second, and punishes more.
func TestANAFIsAskedOnceASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var times []time.Time
		registers, err := registry.New(registry.Options{Transport: answering(`{"found":[],"notFound":[1]}`,
			func() { times = append(times, time.Now()) })})
		if err != nil {
			t.Fatal(err)
		}
		for range 4 {
			if _, err := registers.Company(t.Context(), "14399840"); !errors.Is(err, model.ErrNotFound) {
				t.Fatal(err)
			}
		}
		for i := 1; i < len(times); i++ {
			if gap := times[i].Sub(times[i-1]); gap < time.Second {
				t.Errorf("asked again after %s", gap)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := registers.Company(ctx, "14399840"); !errors.Is(err, context.Canceled) {
			t.Errorf("waits on: %v", err)
		}
	})
}

// The same question within a day is answered from memory; a negative answer or an outage is not kept.
func TestAnswersAreRememberedForADay(t *testing.T) {
	now := noon
	clock := withClock(func() time.Time { return now })
	service := newHarness(t,
		says(503, wall), says(200, found(t, company(nil))), says(200, `{"valid":false}`), says(200, viesValid), says(200, viesValid),
	)
	registers := service.registers(t, clock)
	prove := func() model.VATProof {
		proof, err := registers.VATNumber(t.Context(), "GR", "094501040")
		if err != nil {
			t.Fatal(err)
		}
		return proof
	}
	if _, err := registers.Company(t.Context(), "14399840"); !errors.Is(err, model.ErrUnavailable) {
		t.Fatal(err)
	}
	for range 3 {
		if record, err := registers.Company(t.Context(), "RO14399840"); err != nil || !record.Asked.Equal(noon) {
			t.Fatalf("%+v, %v", record, err)
		}
	}
	if prove().Valid || !prove().Valid || !prove().Valid {
		t.Error("a negative answer was kept, or a positive one was not")
	}
	now = noon.Add(24*time.Hour - time.Second)
	if got := prove(); !got.Asked.Equal(noon) {
		t.Errorf("asked again at %s", got.Asked)
	}
	now = noon.Add(24 * time.Hour)
	if got := prove(); !got.Asked.Equal(now) {
		t.Errorf("not asked again: %s", got.Asked)
	}
	now = noon.Add(-time.Hour)
	if got := prove(); !got.Asked.Equal(now) {
		t.Errorf("an answer of a time to come is believed: %s", got.Asked)
	}
	if asked := len(service.questions()); asked != 6 {
		t.Errorf("asked %d times, want 6", asked)
	}
}

// Late in the evening UTC it is tomorrow in Romania.
func TestTheDayIsRomanian(t *testing.T) {
	service := newHarness(t, says(200, `{"found":[],"notFound":[1]}`))
	late := withClock(func() time.Time { return time.Date(2026, time.July, 31, 21, 30, 0, 0, time.UTC) })
	if _, err := service.registers(t, late).Company(t.Context(), "14399840"); !errors.Is(err, model.ErrNotFound) {
		t.Fatal(err)
	}
	if asked := service.questions(); !strings.Contains(asked[0].body, "2026-08-01") {
		t.Errorf("asked %s", asked[0].body)
	}
}
