package netsafe_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"cadensa/model/netsafe"
)

// get asks for an address and returns the status.
func get(ctx context.Context, client *http.Client, address string) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	return response.StatusCode, response.Body.Close()
}

func TestCredentialsGoToTheirHostAlone(t *testing.T) {
	var given []string
	handler := func(w http.ResponseWriter, r *http.Request) {
		given = append(given, r.Header.Get("Authorization"))
		if r.URL.Path != "/" {
			http.Redirect(w, r, r.URL.Path[1:], http.StatusTemporaryRedirect)
		}
	}
	own, other := httptest.NewServer(http.HandlerFunc(handler)), httptest.NewServer(http.HandlerFunc(handler))
	defer own.Close()
	defer other.Close()
	base, err := url.Parse(own.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := netsafe.NewClient(netsafe.Authorized(http.DefaultTransport, base.Host, func() string { return "Basic " + token }))
	defer client.CloseIdleConnections()
	if status, err := get(t.Context(), client, own.URL); err != nil || status != http.StatusOK {
		t.Errorf("the host answers %d, %v", status, err)
	}
	if status, err := get(t.Context(), client, own.URL+"/"+other.URL); err != nil || status != http.StatusTemporaryRedirect {
		t.Errorf("a redirect ends in %d, %v", status, err)
	}
	if _, err := get(t.Context(), client, other.URL); !errors.Is(err, netsafe.ErrForeignHost) {
		t.Errorf("another host: %v", err)
	}
	if len(given) != 2 || given[0] != "Basic "+token || given[1] != given[0] {
		t.Errorf("given %q", given)
	}
}
