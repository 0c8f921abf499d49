package model_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"cadensa/model"
)

const token = "sk-7c1d9e-token"

// Whatever prints credentials prints the mask: every verb, also the wrong ones, of the secret and of what holds it.
func TestSecretNeverPrints(t *testing.T) {
	secret := model.Secret(token)
	credentials := model.Credentials{Email: "ana@morii.example", Token: secret, CIF: "RO4221306"}
	holders := map[string]any{
		"secret": secret, "pointer": &secret, "credentials": credentials, "pointer to credentials": &credentials,
		"slice": []model.Secret{secret}, "map": map[string]model.Secret{"token": secret}, "key": map[model.Secret]int{secret: 1},
		"any": []any{secret}, "nested": struct{ Inner struct{ C model.Credentials } }{struct{ C model.Credentials }{credentials}},
	}
	for name, holder := range holders {
		for _, verb := range []string{"%v", "%+v", "%#v", "%q", "%s", "%x", "%X", "%d", "%t", "%T", "%c", "%-5.2f", "%10s", "%!"} {
			if printed := fmt.Sprintf(verb, holder); leaks(printed) {
				t.Errorf("%s of %s prints %s", verb, name, printed)
			}
		}
		if printed := fmt.Sprint(holder) + fmt.Sprintln(holder); leaks(printed) {
			t.Errorf("Sprint of %s prints %s", name, printed)
		}
	}
}

// leaks reports whether text holds the token, plain or in hex.
func leaks(text string) bool {
	lower := strings.ToLower(text)
	return strings.Contains(lower, token) || strings.Contains(lower, fmt.Sprintf("%x", token))
}

func TestSecretIsNotEncodedLoggedOrWrapped(t *testing.T) {
	credentials := model.Credentials{Email: "ana@morii.example", Token: token}
	written, err := json.Marshal(credentials)
	if err != nil || leaks(string(written)) {
		t.Errorf("JSON is %s, %v", written, err)
	}
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(handler).Info("connect", "token", credentials.Token, "credentials", credentials)
	}
	if leaks(log.String()) || log.Len() == 0 {
		t.Errorf("the log holds %s", log.String())
	}
	if wrapped := fmt.Errorf("connect with %v: %w", credentials, errors.ErrUnsupported); leaks(wrapped.Error()) {
		t.Errorf("an error says %s", wrapped)
	}
}

// The mask is as long for every secret, so that it tells nothing of its length.
func TestSecretMaskTellsNothing(t *testing.T) {
	for _, secret := range []model.Secret{"", "x", token} {
		if got := secret.String(); got != "••••••••" {
			t.Errorf("%d letters are shown as %q", len(secret), got)
		}
		if got := fmt.Sprintf("%#v", secret) + secret.GoString(); got != "••••••••••••••••" {
			t.Errorf("%d letters are shown as %q", len(secret), got)
		}
	}
	if got := model.Secret(token).Reveal(); got != token {
		t.Errorf("Reveal() = %q", got)
	}
}
