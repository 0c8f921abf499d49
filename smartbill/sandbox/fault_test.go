package sandbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/smartbill/sandbox"
)

func TestFaultsOverASocket(t *testing.T) {
	t.Parallel()
	rows := []struct {
		kind   sandbox.Kind
		issued int
		status int // 0: no answer at all
		body   string
	}{
		{sandbox.RefuseConnection, 0, 0, ""},
		{sandbox.BadGateway, 0, 502, "502 Bad Gateway"},
		{sandbox.NotFound, 0, 404, "HTTP Status 404"},
		{sandbox.LockOut, 0, 403, limitText + "20/11/2026 12:15:07"},
		{sandbox.CommitAndDrop, 1, 0, ""},
		{sandbox.CommitAndError, 1, 500, "<h1>HTTP Status 500 - Internal Server Error</h1>"},
		{sandbox.CommitAndBreak, 1, 500, `"errorText":"Internal Server Error!"`},
		{sandbox.CommitAndEmpty, 1, 200, ""},
		{sandbox.CommitAndTruncate, 1, 200, `{"errorText":"","message":`},
		{sandbox.CommitAndBabble, 1, 200, "mentenanta"},
		{sandbox.CommitAndContradict, 1, 200, `"number":"0001"`},
		{sandbox.CommitAndForget, 1, 200, `"number":""`},
	}
	for _, row := range rows {
		t.Run(string(row.kind), func(t *testing.T) {
			t.Parallel()
			api := start(t, sandbox.Config{})
			api.server.Script(sandbox.Fault{Operation: "POST /invoice", Kind: row.kind})
			api.get("/tax").is(t, 200)
			got, err := api.try(api.request(http.MethodPost, "/invoice", written(t, invoice())))
			if (err != nil) != (row.status == 0) {
				t.Fatalf("answer %v, error %v", got, err)
			}
			if got.status != row.status || !strings.Contains(got.body, row.body) {
				t.Errorf("answer %d %s", got.status, got.body)
			}
			if issued := len(api.server.Invoices()); issued != row.issued {
				t.Errorf("%d invoices issued, want %d", issued, row.issued)
			}
		})
	}
}

// Nothing is found, whatever is asked for, and all is there again for the next call.
func TestNothingIsFound(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.issue(invoice())
	api.post("/estimate", estimate()).is(t, 200)
	notFound := with(refusal("Factura nu a fost gasita"), "paid", false)
	status := func(pairs ...string) response { return api.get("/invoice/paymentstatus", pairs...) }
	hide := func() { api.server.Script(sandbox.Fault{Kind: sandbox.FindNothing}) }
	for _, number := range []string{"0001", "0002", "1"} {
		hide()
		status(named("FCT", number)...).equals(t, 400, notFound)
	}
	hide()
	api.get("/invoice/pdf", named("FCT", "0001")...).is(t, 502)
	hide()
	api.get("/estimate/pdf", named("PRF", "0001")...).equals(t, 400, refusal("Proforma cu seria si numarul PRF0001 nu a fost gasita!"))
	hide()
	api.get("/estimate/invoices", named("PRF", "0001")...).is(t, 410)
	hide()
	api.put("/invoice/cancel", named("FCT", "0001")...).equals(t, 400, refusal("Factura cu seria si numarul FCT0001 nu a fost gasita!"))
	hide()
	if list := api.get("/series", "type", "f"); !strings.Contains(list.body, `"nextNumber":2`) {
		t.Errorf("series %s", list.body)
	}
	status(named("FCT", "0001")...).is(t, 200)
	// A misspelt parameter is answered in the very words of a number that does not exist.
	status("seriesName", "FCT", "number", "0001").equals(t, 400, notFound)
}

func TestSpoiltAnswers(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.server.Script(
		sandbox.Fault{Operation: "POST /invoice", Kind: sandbox.CommitAndEmpty},
		sandbox.Fault{Operation: "POST /invoice", Nth: 2, Kind: sandbox.CommitAndTruncate},
		sandbox.Fault{Operation: "POST /invoice", Nth: 3, Kind: sandbox.CommitAndContradict},
	)
	if got := api.post("/invoice", invoice()); got.body != "" {
		t.Errorf("empty answer %q", got.body)
	}
	if got := api.post("/invoice", invoice()); json.Valid([]byte(got.body)) {
		t.Errorf("truncated answer %q is whole", got.body)
	}
	if got := api.post("/invoice", invoice()).object(t); got["errorText"] == "" || got["number"] != "0003" {
		t.Errorf("contradictory answer %v", got)
	}
}

func TestFaultsAreCounted(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name  string
		fault sandbox.Fault
		want  string // of six calls: x failed, . served
	}{
		{"once", sandbox.Fault{}, "x....."},
		{"the third", sandbox.Fault{Nth: 3}, "..x..."},
		{"twice from the second", sandbox.Fault{Nth: 2, Times: 2}, ".xx..."},
		{"for ever", sandbox.Fault{Nth: 4, Times: -1}, "...xxx"},
		{"every operation", sandbox.Fault{Times: 2}, "xx...."},
		{"its operation", sandbox.Fault{Operation: "GET /series", Times: 2}, "xx...."},
		{"another operation", sandbox.Fault{Operation: "GET /tax", Times: -1}, "......"},
		{"another method", sandbox.Fault{Operation: "POST /series", Times: -1}, "......"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			api := inProcess(t, sandbox.New(sandbox.Config{}))
			row.fault.Kind = sandbox.BadGateway
			api.server.Script(row.fault)
			var got strings.Builder
			for range 6 {
				if api.get("/series").status == http.StatusBadGateway {
					got.WriteByte('x')
				} else {
					got.WriteByte('.')
				}
			}
			if got.String() != row.want {
				t.Errorf("calls went %s, want %s", &got, row.want)
			}
		})
	}
}

func TestFirstScriptedFaultWinsAndCanBeCleared(t *testing.T) {
	t.Parallel()
	api := inProcess(t, sandbox.New(sandbox.Config{}))
	api.server.Script(sandbox.Fault{Kind: sandbox.NotFound}, sandbox.Fault{Kind: sandbox.BadGateway, Times: -1})
	api.get("/series").is(t, http.StatusNotFound)
	api.get("/series").is(t, http.StatusBadGateway)
	api.server.ClearFaults()
	api.get("/series").is(t, http.StatusOK)
}

func TestHangLastsUntilTheCallerGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := inProcess(t, sandbox.New(sandbox.Config{}))
		api.server.Script(sandbox.Fault{Kind: sandbox.CommitAndHang})
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		began := time.Now()
		_, err := api.try(api.request(http.MethodPost, "/invoice", written(t, invoice())).WithContext(ctx))
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 2*time.Minute {
			t.Errorf("after %s: %v", time.Since(began), err)
		}
		if len(api.server.Invoices()) != 1 {
			t.Error("the hanging call issued nothing")
		}
	})
}

func TestHangOverASocketEndsWithTheCaller(t *testing.T) {
	t.Parallel()
	arrived := make(arrivals, 1)
	api := start(t, sandbox.Config{Journal: arrived})
	api.server.Script(sandbox.Fault{Kind: sandbox.CommitAndHang})
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error, 1)
	hanging := api.request(http.MethodPost, "/invoice", written(t, invoice())).WithContext(ctx)
	go func() {
		_, err := api.try(hanging)
		failed <- err
	}()
	<-arrived
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) || len(api.server.Invoices()) != 1 {
		t.Errorf("error %v with %d invoices", err, len(api.server.Invoices()))
	}
}

func TestSlowAnswerTakesItsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := inProcess(t, sandbox.New(sandbox.Config{}))
		api.server.Script(sandbox.Fault{Kind: sandbox.Slow, Delay: sandbox.Delay(90 * time.Second), Times: 2})
		began := time.Now()
		api.issue(invoice())
		if took := time.Since(began); took != 90*time.Second {
			t.Errorf("took %s", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := api.try(api.request(http.MethodPost, "/invoice", written(t, invoice())).WithContext(ctx))
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
		synctest.Wait()
		if len(api.server.Invoices()) != 1 {
			t.Error("a call given up while it waited was carried out")
		}
	})
}

func TestSlownessUsesTheGivenClock(t *testing.T) {
	t.Parallel()
	var waited time.Duration
	api := inProcess(t, sandbox.New(sandbox.Config{After: func(d time.Duration) <-chan time.Time {
		waited = d
		passed := make(chan time.Time, 1)
		passed <- today
		return passed
	}}))
	api.server.Script(sandbox.Fault{Kind: sandbox.Slow, Delay: sandbox.Delay(time.Hour)})
	api.get("/series").is(t, http.StatusOK)
	if waited != time.Hour {
		t.Errorf("waited %s", waited)
	}
}

func TestFaultsFromAFile(t *testing.T) {
	t.Parallel()
	got, err := sandbox.LoadFaults(strings.NewReader(
		`[{"operation":"POST /invoice","nth":2,"times":-1,"kind":"commit-drop"},{"kind":"slow","delay":"1m30s"}]`))
	want := []sandbox.Fault{
		{Operation: "POST /invoice", Nth: 2, Times: -1, Kind: sandbox.CommitAndDrop},
		{Kind: sandbox.Slow, Delay: sandbox.Delay(90 * time.Second)},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("error %v, faults (-want +got):\n%s", err, diff)
	}
	for _, bad := range []string{
		"", "{}", `[{"kind":"explode"}]`, `[{}]`, `[{"kind":"slow","delay":5}]`,
		`[{"kind":"slow","delay":"soon"}]`, `[{"kind":"slow","wait":"5s"}]`, `[] []`,
	} {
		if faults, err := sandbox.LoadFaults(strings.NewReader(bad)); err == nil {
			t.Errorf("%s was read as %v", bad, faults)
		}
	}
}

func TestCallsAreCounted(t *testing.T) {
	t.Parallel()
	api := inProcess(t, sandbox.New(sandbox.Config{}))
	api.server.Script(
		sandbox.Fault{Operation: "POST /invoice", Kind: sandbox.RefuseConnection},
		sandbox.Fault{Operation: "POST /invoice", Nth: 2, Kind: sandbox.CommitAndDrop})
	for range 3 {
		_, _ = api.try(api.request(http.MethodPost, "/invoice", written(t, invoice())))
	}
	api.get("/series", "type", "f")
	want := map[string]int{"POST /invoice": 2, "GET /series": 1}
	if diff := cmp.Diff(want, api.server.CallCounts()); diff != "" || api.server.Calls("POST /invoice") != 2 {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

func TestJournalMasksTheToken(t *testing.T) {
	t.Parallel()
	var journal bytes.Buffer
	api := inProcess(t, sandbox.New(sandbox.Config{Journal: &journal, Now: func() time.Time { return today }}))
	api.server.Script(sandbox.Fault{Operation: "POST /invoice", Kind: sandbox.CommitAndError})
	api.post("/invoice", with(invoice(), "mentions", "token "+api.token))
	api.post("/invoice", "no JSON\n"+api.token)
	api.get("/series", "type", "f")
	api.token = "another secret"
	api.get("/tax")
	if strings.Contains(journal.String(), sandbox.DefaultToken) || strings.Contains(journal.String(), "another secret") {
		t.Fatalf("the journal tells a token:\n%s", &journal)
	}
	var lines []object
	for line := range strings.Lines(journal.String()) {
		lines = append(lines, response{body: line}.object(t))
	}
	if len(lines) != 4 {
		t.Fatalf("%d lines in the journal:\n%s", len(lines), &journal)
	}
	first := lines[0]
	if first["method"] != "POST" || first["path"] != "/SBORO/api/invoice" || first["fault"] != "commit-500" ||
		first["status"] != 200.0 || first["time"] != "2026-11-20T10:15:07Z" || first["email"] != sandbox.DefaultEmail {
		t.Errorf("first line %v", first)
	}
	if body, ok := first["body"].(object); !ok || body["seriesName"] != "FCT" || body["mentions"] != "token ********" {
		t.Errorf("its body %v", first["body"])
	}
	if lines[1]["body"] != "no JSON\n********" || lines[2]["query"] != "cif=RO18547290&type=f" || lines[3]["status"] != 401.0 {
		t.Errorf("other lines %v", lines[1:])
	}
}

// brokenWriter refuses everything.
type brokenWriter struct{}

var errBroken = errors.New("broken")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestJournalErrorIsKept(t *testing.T) {
	t.Parallel()
	api := inProcess(t, sandbox.New(sandbox.Config{Journal: brokenWriter{}}))
	api.get("/series").is(t, 200)
	if err := api.server.JournalError(); !errors.Is(err, errBroken) {
		t.Errorf("error %v", err)
	}
}
