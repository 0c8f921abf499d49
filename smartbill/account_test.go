package smartbill_test

import (
	"net/http"
	"testing"

	"cadensa/model"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

func TestSimulatorIsKnownByItsAnswers(t *testing.T) {
	_, client := listening(t, sandbox.Config{})
	checkSimulated(t, client)
	server := sandbox.New(sandbox.Config{})
	checkSimulated(t, newClient(t, sandboxCredentials(server, server.BaseURL()), smartbill.WithTransport(sandbox.Transport(server))))
}

func checkSimulated(t *testing.T, client *smartbill.Client) {
	t.Helper()
	if client.Simulated() {
		t.Error("known before any answer")
	}
	if _, err := client.Series(t.Context(), model.SeriesInvoice); err != nil || !client.Simulated() {
		t.Errorf("series: simulated %t, err %v", client.Simulated(), err)
	}
}

// A refusal, and a page that is none of SmartBill's, tell it as well.
func TestSimulatorIsKnownByItsErrors(t *testing.T) {
	for kind, answer := range map[sandbox.Kind]string{sandbox.LockOut: "locked out", sandbox.BadGateway: "502",
		sandbox.CommitAndError: "500"} {
		server, client := listening(t, sandbox.Config{})
		server.Script(sandbox.Fault{Kind: kind, Times: -1})
		if _, err := client.PDF(t.Context(), "FCT", "0001"); err == nil || !client.Simulated() {
			t.Errorf("%s: simulated %t, err %v", answer, client.Simulated(), err)
		}
	}
}

// The last answer counts; a call without an answer leaves what was known.
func TestServiceIsNoSimulator(t *testing.T) {
	simulated := true
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if simulated {
			w.Header().Set("X-Simulator", "cadensa")
		}
		write(w, http.StatusOK, "application/json", `{"errorText":"","list":[]}`)
	})
	client := newClient(t, credentials(s.baseURL()))
	for _, simulated = range []bool{true, false, true} {
		if _, err := client.Series(t.Context(), model.SeriesInvoice); err != nil || client.Simulated() != simulated {
			t.Errorf("simulated %t instead of %t, err %v", client.Simulated(), simulated, err)
		}
	}
	s.Close()
	if _, err := client.Series(t.Context(), model.SeriesInvoice); err == nil || !client.Simulated() {
		t.Errorf("simulated %t, err %v", client.Simulated(), err)
	}
}
