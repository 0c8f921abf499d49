package smartbill_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"cadensa/smartbill"
)

// TestEveryCallIsTold, how it ended and nothing else: no address, no body, no secret that a server echoes.
func TestEveryCallIsTold(t *testing.T) {
	var told []string
	watch := smartbill.WithCallObserver(func(operation, outcome string) { told = append(told, operation+": "+outcome) })
	server := serve(t, answerJSON(200, `{"errorText":"","list":[{"name":"FCT","nextNumber":1,"type":"f"}]}`))
	if _, err := newClient(t, credentials(server.baseURL()), watch).Series(t.Context(), "f"); err != nil {
		t.Fatal(err)
	}
	broken := roundTripper(func(request *http.Request) (*http.Response, error) {
		tellWritten(request)
		return nil, errors.New("lost " + testToken + " on the way")
	})
	if err := issue(t, newClient(t, credentials(anywhere), watch, smartbillTransport(broken))); err == nil {
		t.Fatal("it was issued")
	}
	refused := newClient(t, credentials(anywhere), watch, smartbill.WithGate(&recordingGate{reserve: errors.New("ledger locked")}))
	if err := issue(t, refused); err == nil {
		t.Fatal("it was issued")
	}
	want := []string{"read the series: answered with status 200", "issue the invoice: outcome unknown: lost", "issue the invoice: not sent: "}
	if len(told) != len(want) {
		t.Fatalf("told %q", told)
	}
	for i, text := range told {
		if !strings.HasPrefix(text, want[i]) {
			t.Errorf("told %q, want %q", text, want[i])
		}
		if strings.Contains(text, "://") {
			t.Errorf("an address is in %q", text)
		}
		checkNoSecret(t, text)
	}
}
