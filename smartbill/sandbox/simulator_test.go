package sandbox_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"cadensa/smartbill/sandbox"
)

// Nobody may take what the simulator issues for a fiscal document, so it says what it is with every answer.
func TestEveryAnswerSaysThatItIsSimulated(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	stranger := api.request(http.MethodGet, "/series", "")
	stranger.SetBasicAuth("other@sandbox.example", "wrong")
	large := api.request(http.MethodPost, "/invoice", strings.Repeat(" ", 5<<20))
	answers := map[string]response{
		"list": api.get("/series"), "PDF": api.get("/invoice/pdf", named("FCT", number)...), "refusal": api.post("/invoice", object{}),
		"gateway's page": api.get("/invoice/pdf", named("FCT", "0009")...), "unknown path": api.get("/company"), "wrong verb": api.put("/series"),
		"credentials": api.send(stranger), "too large": api.send(large),
	}
	for _, kind := range []sandbox.Kind{sandbox.BadGateway, sandbox.NotFound, sandbox.CommitAndEmpty, sandbox.CommitAndTruncate,
		sandbox.LockOut} {
		api.server.Script(sandbox.Fault{Kind: kind})
		answers[string(kind)] = api.get("/series")
	}
	for name, got := range answers {
		if got.header.Get("X-Simulator") != "cadensa" {
			t.Errorf("%s (status %d): header %v", name, got.status, got.header)
		}
	}
	through := inProcess(t, api.server)
	if got := through.get("/tax"); got.header.Get(sandbox.SimulatorHeader) != sandbox.SimulatorName {
		t.Errorf("without a socket: header %v", got.header)
	}
}

func TestTellsItsTime(t *testing.T) {
	t.Parallel()
	if got := start(t, sandbox.Config{}).server.Now(); !got.Equal(today) {
		t.Errorf("its time is %s", got.Format(time.RFC3339))
	}
}
