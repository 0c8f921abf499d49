package sandbox_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"cadensa/smartbill/sandbox"
)

func TestServesOnLoopback(t *testing.T) {
	t.Parallel()
	server := sandbox.New(sandbox.Config{})
	for _, addr := range []string{"127.0.0.1:0", "localhost:0"} {
		listener, err := server.Serve(t.Context(), addr)
		if err != nil {
			t.Fatal(err)
		}
		base := listener.BaseURL()
		if !strings.HasPrefix(base, "http://127.0.0.1:") || !strings.HasSuffix(base, "/SBORO/api") {
			t.Errorf("base URL %s", base)
		}
		api := &caller{t: t, server: server, base: base, client: &http.Client{Transport: &http.Transport{}}, token: server.Token()}
		api.get("/series", "cif", server.CIF()).is(t, 200)
		if err := listener.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
		if _, err := api.try(api.request(http.MethodGet, "/series", "")); err == nil {
			t.Error("a closed server answers")
		}
	}
}

func TestServesNowhereElse(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:80", "sandbox.example:80"} {
		if _, err := sandbox.New(sandbox.Config{}).Serve(t.Context(), addr); !errors.Is(err, sandbox.ErrNotLoopback) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	for _, addr := range []string{"", "127.0.0.1", "127.0.0.1:99999"} {
		if _, err := sandbox.New(sandbox.Config{}).Serve(t.Context(), addr); err == nil {
			t.Errorf("%q was accepted", addr)
		}
	}
}

func TestStopsWithItsContextThoughACallHangs(t *testing.T) {
	t.Parallel()
	arrived := make(arrivals, 1)
	server := sandbox.New(sandbox.Config{Journal: arrived})
	server.Script(sandbox.Fault{Kind: sandbox.CommitAndHang})
	ctx, cancel := context.WithCancel(t.Context())
	listener, err := server.Serve(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	api := &caller{t: t, server: server, base: listener.BaseURL(), client: &http.Client{Transport: &http.Transport{}}, token: server.Token()}
	failed := make(chan error, 1)
	go func() {
		_, err := api.try(api.request(http.MethodPost, "/invoice", written(t, invoice())))
		failed <- err
	}()
	<-arrived
	cancel()
	if err := listener.Wait(); err != nil {
		t.Errorf("stopped with %v", err)
	}
	if err := <-failed; err == nil {
		t.Error("the hanging call was answered")
	}
}

func TestBasePathCanBeChosen(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"": "/SBORO/api", "/": "/SBORO/api", "test/api/": "/test/api"} {
		server := sandbox.New(sandbox.Config{BasePath: given})
		if got := server.BaseURL(); !strings.HasSuffix(got, want) {
			t.Errorf("base URL %s for %q", got, given)
		}
		inProcess(t, server).get("/series").is(t, 200)
	}
}
