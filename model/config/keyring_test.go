package config

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"
)

// silentKeyring asks a store that answers nothing until the channel is closed.
func silentKeyring(released chan struct{}) Keyring {
	return limitedKeyring{
		get:    func(string, string) (string, error) { <-released; return secret, nil },
		set:    func(string, string, string) error { <-released; return nil },
		delete: func(string, string) error { <-released; return nil },
	}
}

func TestSilentKeyringIsGivenUpAfterFiveSeconds(t *testing.T) {
	for name, call := range map[string]func(context.Context, Keyring) error{
		"get":    func(ctx context.Context, ring Keyring) error { _, err := ring.Get(ctx, "a"); return err },
		"set":    func(ctx context.Context, ring Keyring) error { return ring.Set(ctx, "a", secret) },
		"delete": func(ctx context.Context, ring Keyring) error { return ring.Delete(ctx, "a") },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				released := make(chan struct{})
				defer close(released)
				began := time.Now()
				err := call(t.Context(), silentKeyring(released))
				if !errors.Is(err, ErrKeyringSilent) {
					t.Errorf("got %v", err)
				}
				if waited := time.Since(began); waited != 5*time.Second {
					t.Errorf("waited %v", waited)
				}
			})
		})
	}
}

func TestSilentKeyringIsNoTokenAndNoMore(t *testing.T) {
	settings, err := Load(write(t, account))
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		released := make(chan struct{})
		defer close(released)
		_, source, err := Secrets{environment(nil), silentKeyring(released), nil}.Credentials(t.Context(), settings)
		if source != TokenFromNowhere || err == nil {
			t.Fatalf("got %s, %v", source, err)
		}
		want := "SmartBill is not set up yet: the token missing (read the keyring: the keyring did not answer within 5 seconds; it may be locked)"
		if err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	})
}

func TestCancelledKeyringCallEndsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		released := make(chan struct{})
		defer close(released)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := silentKeyring(released).Get(ctx, "a"); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

// TestSystemKeyring runs over the library's own stand-in, since a test computer need not have a keyring.
func TestSystemKeyring(t *testing.T) {
	keyring.MockInit()
	ring := OSKeyring()
	if _, err := ring.Get(t.Context(), "a@example.com"); !errors.Is(err, ErrNotInKeyring) {
		t.Errorf("before: %v", err)
	}
	if err := ring.Set(t.Context(), "a@example.com", secret); err != nil {
		t.Fatal(err)
	}
	if token, err := ring.Get(t.Context(), "a@example.com"); err != nil || token.Reveal() != secret {
		t.Errorf("after: %q, %v", token.Reveal(), err)
	}
	for range 2 {
		if err := ring.Delete(t.Context(), "a@example.com"); err != nil {
			t.Errorf("delete: %v", err)
		}
	}
	broken := errors.New("no bus")
	keyring.MockInitWithError(broken)
	_, err := ring.Get(t.Context(), "a")
	for _, err := range []error{err, ring.Set(t.Context(), "a", secret), ring.Delete(t.Context(), "a")} {
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
}

func TestNoKeyring(t *testing.T) {
	var ring NoKeyring
	_, err := ring.Get(t.Context(), "a")
	for _, err := range []error{err, ring.Set(t.Context(), "a", secret), ring.Delete(t.Context(), "a")} {
		if !errors.Is(err, ErrNoKeyring) {
			t.Errorf("got %v", err)
		}
	}
}
