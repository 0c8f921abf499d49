package sandbox_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/smartbill/sandbox"
)

// warnings keep what the service says of its script.
type warnings []string

func (w *warnings) add(err error) { *w = append(*w, err.Error()) }

// events describes the documents that there are.
func (c *caller) documents() string {
	var kept []string
	for _, doc := range append(c.server.Invoices(), c.server.Estimates()...) {
		kept = append(kept, fmt.Sprintf("%s%s %s %s %q", doc.Series, doc.Number, doc.State, doc.Client.Name, doc.Mentions))
	}
	return strings.Join(kept, "\n")
}

func TestEventsHappenBeforeTheirCall(t *testing.T) {
	t.Parallel()
	deletion := sandbox.Fault{Operation: "GET /series", Nth: 2, Kind: sandbox.DeleteOnWeb, Event: sandbox.Event{Series: "FCT", Number: "0001"}}
	last := sandbox.Fault{Operation: "GET /series", Kind: sandbox.DeleteOnWeb, Event: sandbox.Event{Document: "invoice", Series: "FCT"}}
	foreign := sandbox.Fault{Kind: sandbox.IssueOnWeb,
		Event: sandbox.Event{Series: "FCT", Client: "Livada SRL", Total: lei("121"), Mentions: "Ref: 7"}}
	proforma := sandbox.Fault{Kind: sandbox.IssueOnWeb, Times: 2,
		Event: sandbox.Event{Document: "proforma", Series: "PRF", Client: "Livada SRL"}}
	storno := sandbox.Fault{Kind: sandbox.IssueOnWeb, Event: sandbox.Event{Document: "storno", Series: "FCT", Number: "0001"}}
	const first, second = `FCT0001 issued Atelier Cires SRL "Ref: CAD-7F3K2Q"`, `FCT0002 issued Atelier Cires SRL "Ref: CAD-7F3K2Q"`
	for _, test := range []struct {
		name     string
		script   []sandbox.Fault
		want     string // after two calls
		warnings int
	}{
		{"the first of two is deleted before the second call", []sandbox.Fault{deletion}, second, 0},
		{"the last is deleted before the first call", []sandbox.Fault{last}, first, 0},
		{"one after the other", []sandbox.Fault{last, foreign}, first + "\n" + `FCT0002 issued Livada SRL "Ref: 7"`, 0},
		{"proformas", []sandbox.Fault{proforma}, first + "\n" + second + "\nPRF0001 issued Livada SRL \"\"\nPRF0002 issued Livada SRL \"\"", 0},
		{"a storno", []sandbox.Fault{storno, last}, first + "\n" + second, 0},
		{"another operation", []sandbox.Fault{{Operation: "GET /taxes", Kind: sandbox.DeleteOnWeb, Event: sandbox.Event{Series: "FCT"}}},
			first + "\n" + second, 0},
		{"a document that is not there", []sandbox.Fault{{Kind: sandbox.DeleteOnWeb, Event: sandbox.Event{Series: "FCT", Number: "2"}}}, first +
			"\n" + second, 1},
		{"a company that is not there", []sandbox.Fault{{Kind: sandbox.DeleteOnWeb, Times: 2, Event: sandbox.Event{CIF: "RO1", Series: "FCT"}}},
			first + "\n" + second, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var said warnings
			api := start(t, sandbox.Config{Warn: said.add})
			api.issue(invoice())
			api.issue(invoice())
			api.server.Script(test.script...)
			api.get("/series").is(t, 200)
			api.get("/series").is(t, 200)
			if diff := cmp.Diff(test.want, api.documents()); diff != "" {
				t.Errorf("documents (-want +got):\n%s", diff)
			}
			if len(said) != test.warnings {
				t.Errorf("it said %q", said)
			}
		})
	}
}

// An event takes no fault's place: the call finds what happened, and fails besides.
func TestEventsAndFaultsOfOneCall(t *testing.T) {
	t.Parallel()
	var journal strings.Builder
	api := start(t, sandbox.Config{Journal: &journal})
	number := api.issue(invoice())
	api.server.Script(
		sandbox.Fault{Kind: sandbox.HideMentions}, sandbox.Fault{Kind: sandbox.BadGateway}, sandbox.Fault{Kind: sandbox.PrintMentions, Nth: 3},
	)
	api.get("/invoice/pdf", named("FCT", number)...).is(t, 502)
	for _, printed := range []bool{false, true} {
		if text := api.printed("FCT", number); strings.Contains(text, "CAD-7F3K2Q") != printed {
			t.Errorf("mentions printed: %t, but\n%s", printed, text)
		}
	}
	if !strings.Contains(journal.String(), `"before":["hide-mentions"],"fault":"bad-gateway","status":502`) {
		t.Errorf("the journal:\n%s", &journal)
	}
}

func TestEventsFromAFile(t *testing.T) {
	t.Parallel()
	got, err := sandbox.LoadFaults(strings.NewReader(`[
 {"kind":"delete-on-web","document":"storno","series":"FCT","number":"0002","operation":"GET /series"},
 {"kind":"issue-on-web","cif":"RO1","series":"FCT","client":"Livada SRL","vat_code":"RO9","total":12.30,"mentions":"x","times":2},
 {"kind":"hide-mentions"}]`))
	want := []sandbox.Fault{
		{Operation: "GET /series", Kind: sandbox.DeleteOnWeb, Event: sandbox.Event{Document: "storno", Series: "FCT", Number: "0002"}},
		{Times: 2, Kind: sandbox.IssueOnWeb, Event: sandbox.Event{CIF: "RO1", Series: "FCT", Client: "Livada SRL", VATCode: "RO9",
			Total: lei("12.3"), Mentions: "x"}},
		{Kind: sandbox.HideMentions},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("error %v, faults (-want +got):\n%s", err, diff)
	}
	for _, bad := range []string{
		`{"kind":"delete-on-web"}`, `{"kind":"issue-on-web","number":"0001"}`, `{"kind":"delete-on-web","series":"FCT","document":"bon"}`,
		`{"kind":"issue-on-web","series":"FCT","number":"0001"}`, `{"kind":"issue-on-web","series":"FCT","document":"storno"}`,
		`{"kind":"commit-drop","series":"FCT"}`, `{"kind":"hide-mentions","total":1}`, `{"kind":"issue-on-web","series":"FCT","total":"much"}`,
	} {
		if faults, err := sandbox.LoadFaults(strings.NewReader("[" + bad + "]")); err == nil {
			t.Errorf("%s was read as %v", bad, faults)
		}
	}
}

const (
	failOnce   = `[{"kind":"bad-gateway"}]`
	failLater  = `[{"kind":"bad-gateway"},{"kind":"not-found","nth":2}]`
	failAlways = `[{"kind":"not-found","times":-1}]`
)

// followed serves a file of faults that the test writes.
func followed(t *testing.T, content string) (api *caller, write func(content string), said *warnings) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "faults.json")
	write = func(content string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(content)
	said = &warnings{}
	api = start(t, sandbox.Config{Warn: said.add})
	if err := api.server.FollowFaults(file); err != nil {
		t.Fatal(err)
	}
	return api, write, said
}

// statuses calls so many times.
func (c *caller) statuses(calls int) []int {
	c.t.Helper()
	var got []int
	for range calls {
		got = append(got, c.get("/series").status)
	}
	return got
}

func (c *caller) expectStatuses(want ...int) {
	c.t.Helper()
	if diff := cmp.Diff(want, c.statuses(len(want))); diff != "" {
		c.t.Errorf("statuses (-want +got):\n%s", diff)
	}
}

func TestFileOfFaultsIsFollowed(t *testing.T) {
	t.Parallel()
	api, write, said := followed(t, failOnce)
	api.expectStatuses(502, 200)
	write(failLater)
	api.expectStatuses(200, 404, 200)
	write(failAlways)
	api.expectStatuses(404, 404)
	write("[]")
	api.expectStatuses(200)
	write(failOnce)
	api.expectStatuses(502, 200)
	api.server.Script(sandbox.Fault{Kind: sandbox.LockOut})
	write(failAlways)
	api.expectStatuses(403, 404)
	api.server.ClearFaults()
	api.expectStatuses(403)
	if len(*said) > 0 {
		t.Errorf("it said %q", *said)
	}
}

// What stands in a wrong file is told once a version, and changes nothing.
func TestFileOfFaultsThatBecomesWrong(t *testing.T) {
	t.Parallel()
	api, write, said := followed(t, failAlways)
	for i, wrong := range []string{`[{"kind":"not-fou`, `[{"kind":"not-found","times":-1},{"kind":"explode"}]`} {
		write(wrong)
		api.expectStatuses(404, 404)
		if len(*said) != i+1 {
			t.Errorf("it said %q", *said)
		}
	}
	if !strings.Contains((*said)[1], `number 2 has the unknown kind "explode"`) {
		t.Errorf("it said %q", *said)
	}
	write(failAlways + " ")
	api.expectStatuses(404)
	write("[]")
	api.expectStatuses(200)
}

func TestFileOfFaultsThatGoesAway(t *testing.T) {
	t.Parallel()
	var said warnings
	file := filepath.Join(t.TempDir(), "faults.json")
	api := start(t, sandbox.Config{Warn: said.add})
	if err := api.server.FollowFaults(file); err == nil {
		t.Error("a file that is not there is followed")
	}
	if err := os.WriteFile(file, []byte(failAlways), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := api.server.FollowFaults(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	api.expectStatuses(404, 404)
	if len(said) != 1 || !strings.Contains(said[0], "faults.json") {
		t.Errorf("it said %q", said)
	}
}
