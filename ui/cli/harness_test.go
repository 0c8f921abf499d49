package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/billing"
	"cadensa/model/config"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/cli"
)

// harness is a user's computer with an account of the simulator: real files, a real ledger, no terminal unless a test
// puts one there.
type harness struct {
	home     string
	server   *sandbox.Server
	now      time.Time
	terminal bool
	stdin    string
	// asked is called when a command reads its standard input; nil for nothing.
	asked func()
	// real has SmartBill itself answer: what it says does not come from a simulator.
	real bool
	// asks counts how often the adapter asked for the time.
	asks atomic.Int64
	// stdout takes what commands print, in the place of what run returns; nil for nothing.
	stdout io.Writer
}

// typed is what stands on standard input.
type typed struct {
	text  io.Reader
	asked func()
}

func (r *typed) Read(buffer []byte) (int, error) {
	if r.asked != nil {
		r.asked()
	}
	return r.text.Read(buffer)
}

// result is how a command ended, and what it wrote.
type result struct {
	code           int
	stdout, stderr string
}

const settings = `[smartbill]
email = %q
cif = %q
token = %q
base_url = %q

[invoice]
pdf_dir = %q

[[source]]
format = "json"
path = %q

[[rule]]
client = "Morii*"
price = "250.00"

[[rule]]
client = "Nordlicht*"
price = "48.00"
currency = "EUR"
`

// hours are five entries of Morii, of which one is not billable and one runs, one each of two others, and a bad row.
const hours = `[
{"start":"2026-10-05T09:00:00+03:00","end":"2026-10-05T11:00:00+03:00","client":"Morii","project":"Atlas","task":"api",
"description":"Tokens","user":"Ana","tags":["a","b"],"billable":true},
{"start":"2026-10-06T06:00:00Z","end":"2026-10-06T07:30:00Z","client":"Morii","project":"Atlas","task":"docs",
"description":"Gu\u001b[31mide \u202eback","user":"Ana","tags":[],"billable":true},
{"start":"2026-10-07T09:00:00+03:00","end":"2026-10-07T10:00:00+03:00","client":"Morii","project":"Atlas","task":"talk",
"description":"Lunch","user":"Ana","billable":false},
{"start":"2026-11-02T09:00:00+02:00","end":"2026-11-02T10:00:00+02:00","client":"Morii","project":"Vatra","task":"api",
"description":"Cache","user":"Ana","billable":true},
{"start":"2026-11-10T11:00:00+02:00","client":"Morii","project":"Vatra","task":"api","description":"Still at it","user":"Ana",
"billable":true},
{"start":"2026-10-08T09:00:00+03:00","end":"2026-10-08T10:00:00+03:00","client":"Nordlicht","project":"Fjord","task":"",
"description":"Call","user":"Ana","billable":true},
{"start":"2026-10-09T09:00:00+03:00","end":"2026-10-09T10:00:00+03:00","client":"Zefir","project":"","task":"","description":"Sketch",
"user":"Ana","billable":true},
{"start":"yesterday","end":"2026-10-09T10:00:00+03:00","client":"Zefir"}
]`

// book is an address book of two clients.
const book = `[
{"name":"Brutăria Morii SRL","contact":"","email":"plati@morii.example","country":"ro","street":"Str. Morii 14","postal_code":"400001",
"city":"Cluj-Napoca","county":"Cluj","vat_number":"RO14399840","private":false,"tracker_names":["Morii*"]},
{"name":"Nordlicht Beispiel GmbH","country":"DE","street":"Hafenweg 3","postal_code":"20457","city":"Hamburg","vat_number":"DE136695976",
"tracker_names":["Nordlicht"]}
]`

const (
	moriiClient = "Brutăria Morii SRL"
	nordClient  = "Nordlicht Beispiel GmbH"
)

func newHarness(t *testing.T) *harness {
	t.Helper()
	return newHarnessOn(t, sandbox.Config{})
}

// newHarnessOn begins on a simulator that is told how to behave. Its clock stands still, so its limit is lifted.
func newHarnessOn(t *testing.T, account sandbox.Config) *harness {
	t.Helper()
	now := time.Date(2026, time.November, 10, 12, 0, 0, 0, time.UTC)
	account.Now = func() time.Time { return now }
	account.CallsPerWindow = 10_000
	h := &harness{home: t.TempDir(), server: sandbox.New(account), now: now}
	h.write(t, "hours.json", hours)
	h.write(t, "clients.json", book)
	h.write(t, "config/cadensa/config.toml", fmt.Sprintf(settings, h.server.Email(), h.server.CIF(), h.server.Token(), h.server.BaseURL(),
		h.path("pdf"), h.path("hours.json")))
	return h
}

// newHarnessWithClients has the clients in its address book.
func newHarnessWithClients(t *testing.T) *harness {
	t.Helper()
	h := newHarness(t)
	h.succeed(t, "clients", "import", h.path("clients.json"))
	return h
}

func (h *harness) path(name string) string { return filepath.Join(h.home, filepath.FromSlash(name)) }

func (h *harness) settingsFile() string { return h.path("config/cadensa/config.toml") }

func (h *harness) ledgerFile() string { return h.path("data/cadensa/ledger.db") }

func (h *harness) write(t *testing.T, name, content string) string {
	t.Helper()
	path := h.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (h *harness) read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func (h *harness) getenv(name string) string {
	return map[string]string{
		"HOME": h.home, "XDG_CONFIG_HOME": h.path("config"), "XDG_DATA_HOME": h.path("data"), "XDG_STATE_HOME": h.path("state"),
	}[name]
}

// run runs one command, and fails the test if the token came to light.
func (h *harness) run(t *testing.T, arguments ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	out := io.Writer(&stdout)
	if h.stdout != nil {
		out = h.stdout
	}
	err := cli.Run(t.Context(), cli.Options{
		Options: app.Options{
			Stdin: &typed{text: strings.NewReader(h.stdin), asked: h.asked}, Getenv: h.getenv, Now: func() time.Time { return h.now },
			Secrets: config.Secrets{Getenv: h.getenv, Keyring: config.NoKeyring{}, Run: config.RunCommand}, Connect: h.connect,
		},
		Version: "test", Stdout: out, Stderr: &stderr,
		Terminal: func() bool { return h.terminal }, Display: func() bool { return h.terminal },
		Example: []byte("# The example.\n\n[invoice]\nseries = \"FCT\"\n"),
	}, arguments)
	if err != nil {
		stderr.WriteString(cli.Explain(err) + "\n")
	}
	ended := result{code: cli.ExitCode(err), stdout: stdout.String(), stderr: stderr.String()}
	if exposed := fmt.Sprintf("%s%s%+v", ended.stdout, ended.stderr, err); strings.Contains(exposed, h.server.Token()) {
		t.Errorf("%q shows the token:\n%s", arguments, exposed)
	}
	return ended
}

func (h *harness) connect(credentials model.Credentials, gate app.Gate, watch app.Watch) (billing.Provider, error) {
	return smartbill.New(credentials, smartbill.WithGate(gate), smartbill.WithTransport(h.transport()),
		smartbill.WithCallObserver(watch.Called), smartbill.WithAnswerObserver(watch.Answered),
		smartbill.WithCountryNames(countries.RomanianName), smartbill.WithClock(h.hurried))
}

func (h *harness) transport() http.RoundTripper {
	if !h.real {
		return sandbox.Transport(h.server)
	}
	return unmarked{sandbox.Transport(h.server)}
}

// unmarked takes off the mark by which a simulator says that it is one.
type unmarked struct{ next http.RoundTripper }

func (u unmarked) RoundTrip(request *http.Request) (*http.Response, error) {
	answer, err := u.next.RoundTrip(request)
	if err == nil {
		answer.Header.Del("X-Simulator")
	}
	return answer, err
}

// hurried is the adapter's clock: it goes on by as much as one call takes of the limit each time that it is asked, so that
// no test waits for the limit.
func (h *harness) hurried() time.Time {
	const oneCall = 500 * time.Millisecond
	return h.now.Add(time.Duration(h.asks.Add(1)) * oneCall)
}

// succeed runs a command that must end well, and returns its data.
func (h *harness) succeed(t *testing.T, arguments ...string) string {
	t.Helper()
	ended := h.run(t, arguments...)
	if ended.code != cli.ExitDone {
		t.Fatalf("%q ended with %d:\n%s", arguments, ended.code, ended.stderr)
	}
	return ended.stdout
}

// fail runs a command that must end with the code and say each of the words; it returns its data.
func (h *harness) fail(t *testing.T, code int, words []string, arguments ...string) string {
	t.Helper()
	ended := h.run(t, arguments...)
	if ended.code != code {
		t.Errorf("%q ended with %d, want %d:\n%s%s", arguments, ended.code, code, ended.stdout, ended.stderr)
	}
	for _, word := range words {
		if !strings.Contains(ended.stderr, word) {
			t.Errorf("%q does not say %q:\n%s", arguments, word, ended.stderr)
		}
	}
	return ended.stdout
}

// decoded reads JSON data.
func decoded[T any](t *testing.T, data string) T {
	t.Helper()
	var value T
	if err := json.Unmarshal([]byte(data), &value); err != nil {
		t.Fatalf("not the JSON that was expected: %v\n%s", err, data)
	}
	return value
}

// object is a JSON object as a program sees it.
type object = map[string]any

// checkKeys compares the keys of an object with those of the contract.
func checkKeys(t *testing.T, got object, want ...string) {
	t.Helper()
	if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(maps.Keys(got))); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
}

// entriesOf lists the entries that the arguments choose.
func (h *harness) entriesOf(t *testing.T, arguments ...string) []object {
	t.Helper()
	return decoded[[]object](t, h.succeed(t, append([]string{"entries", "--json"}, arguments...)...))
}

// values collects one field of every object.
func values(objects []object, key string) []string {
	collected := make([]string, len(objects))
	for i, each := range objects {
		collected[i] = fmt.Sprint(each[key])
	}
	return collected
}

// issued issues an invoice of October's hours and returns it.
func (h *harness) issued(t *testing.T) object {
	t.Helper()
	return decoded[object](t, h.succeed(t, "issue", "--client", "Morii", "--period", "2026-10", "--yes", "--json"))
}
