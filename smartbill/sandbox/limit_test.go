package sandbox_test

import (
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"cadensa/smartbill/sandbox"
)

// The tests of this file run in virtual time, which begins on 1 January 2000, UTC.

const limitText = "Ai depasit limita maxima de requesturi admisa. " +
	"Vei putea executa alte requesturi dupa 10 min de la momentul blocarii "

func TestThirtyCallsInTenSeconds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := inProcess(t, sandbox.New(sandbox.Config{}))
		for remaining := 29; remaining >= 0; remaining-- {
			got := api.get("/series")
			got.is(t, http.StatusOK)
			if got.header.Get("X-RateLimit-Limit") != "30" || got.header.Get("X-RateLimit-Remaining") != strconv.Itoa(remaining) {
				t.Fatalf("headers %v with %d calls left", got.header, remaining)
			}
			if reset := got.header.Get("X-RateLimit-Reset"); reset != strconv.FormatInt(946684810, 10) {
				t.Fatalf("reset at %s", reset)
			}
		}
		got := api.get("/series")
		got.equals(t, http.StatusForbidden, security(limitText+"01/01/2000 02:00:00"))
		for name := range got.header {
			if name == "Retry-After" || len(name) > 12 && name[:12] == "X-Ratelimit-" {
				t.Errorf("a lock-out tells %s", name)
			}
		}
	})
}

func TestLockOutLastsTenMinutes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := inProcess(t, sandbox.New(sandbox.Config{CallsPerWindow: 2}))
		for range 3 {
			api.get("/series")
		}
		<-time.After(10*time.Minute - time.Second)
		api.post("/invoice", invoice()).is(t, http.StatusForbidden)
		if len(api.server.Invoices()) != 0 {
			t.Error("a locked-out call was carried out")
		}
		<-time.After(time.Second)
		api.get("/series").is(t, http.StatusOK)
	})
}

func TestCallingWhileLockedOutCanExtendIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := inProcess(t, sandbox.New(sandbox.Config{CallsPerWindow: 1, ExtendLockOut: true}))
		api.get("/series")
		api.get("/series").is(t, http.StatusForbidden)
		<-time.After(9 * time.Minute)
		api.get("/series").is(t, http.StatusForbidden)
		<-time.After(9 * time.Minute)
		api.get("/series").is(t, http.StatusForbidden)
		<-time.After(10 * time.Minute)
		api.get("/series").is(t, http.StatusOK)
	})
}

func TestWindowSlides(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := inProcess(t, sandbox.New(sandbox.Config{CallsPerWindow: 2}))
		for range 6 {
			api.get("/series").is(t, http.StatusOK)
			<-time.After(5 * time.Second)
		}
		api.get("/series").is(t, http.StatusOK)
		api.get("/series").is(t, http.StatusForbidden)
	})
}

func TestTokensAreLimitedApart(t *testing.T) {
	t.Parallel()
	other := sandbox.DefaultAccount()
	other.Token = "003|other"
	config := sandbox.Config{CallsPerWindow: 1, Accounts: []sandbox.Account{sandbox.DefaultAccount(), other}}
	synctest.Test(t, func(t *testing.T) {
		api := inProcess(t, sandbox.New(config))
		api.get("/series")
		api.get("/series").is(t, http.StatusForbidden)
		api.token = other.Token
		api.get("/series").is(t, http.StatusOK)
	})
}

func TestErrorsTellNoLimit(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	got := api.get("/series", "type", "x")
	got.is(t, http.StatusBadRequest)
	if got.header.Get("X-RateLimit-Remaining") != "" {
		t.Error("an error carries the limit's headers")
	}
}
