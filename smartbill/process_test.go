package smartbill_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// jobVariable makes this very program another process that calls the service and tells what it saw.
const jobVariable = "CADENSA_TEST_JOB"

// job is what the other process is to do: so many calls at one instant of the clock, over the ledger's gate.
type job struct {
	Ledger, BaseURL string
	Calls           int
	Now             time.Time
}

// tally is what it saw of its calls.
type tally struct {
	Passed, Waited, LockedOut, KeptBack int
	// Until is when a call is allowed again.
	Until time.Time
}

func TestMain(m *testing.M) {
	if text := os.Getenv(jobVariable); text != "" {
		os.Exit(runJob(text))
	}
	if baseURL := os.Getenv(proxyVariable); baseURL != "" {
		os.Exit(runProxied(baseURL))
	}
	os.Exit(m.Run())
}

func runJob(text string) int {
	var given job
	if err := json.Unmarshal([]byte(text), &given); err != nil {
		return 1
	}
	seen, err := given.run(context.Background())
	if err != nil {
		_, _ = io.WriteString(os.Stderr, err.Error())
		return 1
	}
	if err := json.NewEncoder(os.Stdout).Encode(seen); err != nil {
		return 1
	}
	return 0
}

var errWouldWait = errors.New("would wait")

// run makes the calls. One that is told to wait gives up, so that no test lasts as long as the limit.
func (j job) run(ctx context.Context) (seen tally, err error) {
	clock := func() time.Time { return j.Now }
	records, err := ledger.Open(ctx, j.Ledger, clock)
	if err != nil {
		return seen, err
	}
	defer func() { err = errors.Join(err, records.Close()) }()
	client, err := smartbill.New(model.Credentials{
		Email: sandbox.DefaultEmail, Token: sandbox.DefaultToken, CIF: sandbox.DefaultCIF, BaseURL: j.BaseURL,
	}, smartbill.WithGate(records), smartbill.WithClock(clock),
		smartbill.WithPause(func(context.Context, time.Duration) error { return errWouldWait }))
	if err != nil {
		return seen, err
	}
	for range j.Calls {
		_, err := client.Rates(ctx)
		if limit, ok := errors.AsType[*model.LimitError](err); ok {
			seen.Until = limit.Until
		}
		switch {
		case err == nil:
			seen.Passed++
		case errors.Is(err, errWouldWait):
			seen.Waited++
		case errors.Is(err, model.ErrRateLimited) && errors.Is(err, model.ErrNotSent):
			seen.KeptBack++
		case errors.Is(err, model.ErrRateLimited):
			seen.LockedOut++
		default:
			return seen, err
		}
	}
	return seen, nil
}

// process starts the job in another process; the function waits for its end.
func process(t *testing.T, given job) func() tally {
	t.Helper()
	text, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), jobVariable+"="+string(text))
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	return func() tally {
		t.Helper()
		var seen tally
		err := json.NewDecoder(output).Decode(&seen)
		if err := errors.Join(err, command.Wait()); err != nil {
			t.Fatal(err)
		}
		return seen
	}
}

// startHarness makes one simulator on a real socket and one ledger file.
func startHarness(t *testing.T) (*sandbox.Server, job) {
	t.Helper()
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	server := sandbox.New(sandbox.Config{Now: func() time.Time { return now }})
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	listener, err := server.Serve(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		if err := listener.Wait(); err != nil {
			t.Error(err)
		}
	})
	return server, job{Ledger: filepath.Join(t.TempDir(), "ledger.db"), BaseURL: listener.BaseURL(), Now: now}
}

// TestTwoProcessesShareOneLimit: 20 calls each at the same instant would be 40, and lock both of them out.
func TestTwoProcessesShareOneLimit(t *testing.T) {
	server, given := startHarness(t)
	given.Calls = 20
	first, second := process(t, given), process(t, given)
	one, other := first(), second()
	if one.Passed+other.Passed != 25 || one.Waited+other.Waited != 15 {
		t.Errorf("25 pass and 15 wait, got %+v and %+v", one, other)
	}
	if got := server.Calls("GET /tax"); got != 25 {
		t.Errorf("%d calls arrived", got)
	}
}

// TestLockOutOfOneProcessHoldsForTheOthers, and for those that start while it lasts.
func TestLockOutOfOneProcessHoldsForTheOthers(t *testing.T) {
	server, given := startHarness(t)
	given.Calls = 2
	server.Script(sandbox.Fault{Operation: "GET /tax", Kind: sandbox.LockOut})
	if got := process(t, given)(); got.LockedOut != 1 || got.KeptBack != 1 {
		t.Errorf("the one that learned it saw %+v", got)
	}
	ends := given.Now.Add(10 * time.Minute)
	given.Now = ends.Add(-time.Second)
	if got := process(t, given)(); got.KeptBack != 2 || !got.Until.Equal(ends) {
		t.Errorf("one that started later saw %+v, want the end at %s", got, ends)
	}
	if got := server.Calls("GET /tax"); got != 1 {
		t.Errorf("%d calls arrived during the lock-out", got)
	}
	given.Now = ends
	server.Script(sandbox.Fault{Operation: "GET /tax", Kind: sandbox.NotFound, Times: -1})
	if _, err := given.run(t.Context()); !errors.Is(err, model.ErrUnavailable) {
		t.Errorf("after its end no call is made: %v", err)
	}
}
