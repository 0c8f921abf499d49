package config

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"

	"cadensa/model"
)

var (
	// ErrNotInKeyring says that the keyring answered and has no token for the account.
	ErrNotInKeyring = errors.New("the keyring has no token for this account")
	// ErrNoKeyring says that there is no keyring to ask.
	ErrNoKeyring = errors.New("there is no keyring")
	// ErrKeyringSilent says that the keyring did not answer in time; a locked one waits for its user.
	ErrKeyringSilent = errors.New("the keyring did not answer within 5 seconds; it may be locked")
)

// Keyring keeps tokens by account e-mail. Any error means that the token has to be kept elsewhere.
type Keyring interface {
	// Get returns the token, ErrNotInKeyring when there is none.
	Get(ctx context.Context, account string) (model.Secret, error)
	Set(ctx context.Context, account string, token model.Secret) error
	// Delete removes the token. A missing token is no error.
	Delete(ctx context.Context, account string) error
}

// NoKeyring is the keyring of a computer without one. Everything answers ErrNoKeyring.
type NoKeyring struct{}

// Get answers ErrNoKeyring.
func (NoKeyring) Get(context.Context, string) (model.Secret, error) { return "", ErrNoKeyring }

// Set answers ErrNoKeyring.
func (NoKeyring) Set(context.Context, string, model.Secret) error { return ErrNoKeyring }

// Delete answers ErrNoKeyring.
func (NoKeyring) Delete(context.Context, string) error { return ErrNoKeyring }

// OSKeyring is the system's: Secret Service, Keychain or Credential Manager. Each call gives up after 5 seconds.
func OSKeyring() Keyring { return limitedKeyring{keyring.Get, keyring.Set, keyring.Delete} }

// keyringService is the name under which the tokens stand in the keyring.
const keyringService = "cadensa"

// keyringLimit is how long one call may take.
const keyringLimit = 5 * time.Second

// limitedKeyring waits no longer than keyringLimit for calls that cannot be cancelled.
type limitedKeyring struct {
	get    func(service, account string) (string, error)
	set    func(service, account, token string) error
	delete func(service, account string) error
}

func (k limitedKeyring) Get(ctx context.Context, account string) (model.Secret, error) {
	token, err := limited(ctx, func() (string, error) { return k.get(keyringService, account) })
	if errors.Is(err, keyring.ErrNotFound) {
		return "", ErrNotInKeyring
	}
	if err != nil {
		return "", fmt.Errorf("read the keyring: %w", err)
	}
	return model.Secret(token), nil
}

func (k limitedKeyring) Set(ctx context.Context, account string, token model.Secret) error {
	_, err := limited(ctx, func() (struct{}, error) { return struct{}{}, k.set(keyringService, account, token.Reveal()) })
	if err != nil {
		return fmt.Errorf("write to the keyring: %w", err)
	}
	return nil
}

func (k limitedKeyring) Delete(ctx context.Context, account string) error {
	_, err := limited(ctx, func() (struct{}, error) { return struct{}{}, k.delete(keyringService, account) })
	if err != nil && !errors.Is(err, keyring.ErrNotFound) {
		return fmt.Errorf("delete from the keyring: %w", err)
	}
	return nil
}

// limited runs a call that cannot be cancelled, and leaves it behind when it takes too long.
func limited[T any](ctx context.Context, call func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	ctx, cancel := context.WithTimeoutCause(ctx, keyringLimit, ErrKeyringSilent)
	defer cancel()
	answered := make(chan answer, 1)
	go func() {
		value, err := call()
		answered <- answer{value, err}
	}()
	select {
	case got := <-answered:
		return got.value, got.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}
