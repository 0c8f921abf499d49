// Package sandbox simulates the REST API of SmartBill Cloud (V1) as an http.Handler that keeps state: series count on,
// invoices are cancelled, reversed, paid and printed, and misuse is refused with the service's own Romanian texts.
// Nothing it issues is a fiscal document.
//
// It stands in for the service wherever that is not at hand: in demonstrations, in a local server for scripts, and in
// tests, which can script every way in which a call to a remote service goes wrong (see [Fault]).
//
// It knows SmartBill only from its public description; where that is silent or contradicts itself, the stricter reading
// is simulated, because a client that pleases a strict server pleases a lenient one too. Each other reading can be
// chosen (see [Variant]).
package sandbox

import (
	"context"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the service's dates are Romanian wherever it runs
)

const (
	defaultBasePath = "/SBORO/api"
	// inProcessHost never resolves, so that a stray call cannot leave the process.
	inProcessHost  = "https://sandbox.invalid"
	largestBody    = 4 << 20
	firstDocument  = 70001
	bucharestZone  = "Europe/Bucharest"
	bucharestHours = 2
)

// The header that every answer of the simulator carries, so that nobody takes its documents for fiscal ones.
const (
	// SimulatorHeader is its name; the service itself sends none of this name.
	SimulatorHeader = "X-Simulator"
	// SimulatorName is its value.
	SimulatorName = "cadensa"
)

// Config says how a simulated service behaves. The zero value is a strict one with the default account.
type Config struct {
	// Accounts may log in; none means [DefaultAccount].
	Accounts []Account
	// BasePath is where the API is served; empty means /SBORO/api.
	BasePath string
	// Now tells the time; nil means time.Now.
	Now func() time.Time
	// After waits for slow answers; nil means time.After.
	After func(time.Duration) <-chan time.Time
	// CallsPerWindow is the number of calls in 10 seconds after which a token is locked out for 10 minutes; 0 means 30.
	CallsPerWindow int
	// ExtendLockOut starts the 10 minutes again with every call made in them.
	ExtendLockOut bool
	// SoftRefusals answers a refused creation with 200 instead of 400: the public description shows both.
	SoftRefusals bool
	// Variants are the points on which the service follows the other of two descriptions.
	Variants []Variant
	// ANAF refuses invoices that the service takes, and an inspector of ANAF would object to.
	ANAF bool
	// Journal receives every request as one line of JSON, the token masked.
	Journal io.Writer
	// Warn is told which part of the script cannot be done: a wrong faults file, an event without its document. Nil tells nobody. Several
	// goroutines may call it.
	Warn func(error)
}

// Server is the simulated service. It is an http.Handler, safe for concurrent use.
type Server struct {
	config Config
	zone   *time.Location
	routes map[string]map[string]endpoint

	mu           sync.Mutex // guards the state up to the next mutex
	accounts     []*account
	nextDocument int
	calls        map[string]int
	faults       []*scriptedFault
	followed     faultFile

	journalMu  sync.Mutex // guards the journal, apart so that its writer may look at the state
	journalErr error
}

// New returns a service in the state that config describes.
func New(config Config) *Server {
	if len(config.Accounts) == 0 {
		config.Accounts = []Account{DefaultAccount()}
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.After == nil {
		config.After = time.After
	}
	if config.CallsPerWindow == 0 {
		config.CallsPerWindow = defaultCallsPerWindow
	}
	config.BasePath = "/" + strings.Trim(config.BasePath, "/")
	if config.BasePath == "/" {
		config.BasePath = defaultBasePath
	}
	server := &Server{config: config, zone: bucharest(), nextDocument: firstDocument, calls: map[string]int{}}
	server.routes = server.endpoints()
	for _, given := range config.Accounts {
		server.accounts = append(server.accounts, newAccount(given, config))
	}
	return server
}

// bucharest is Romania's time zone; the fixed offset stands in only where ZONEINFO names a database without it.
func bucharest() *time.Location {
	zone, err := time.LoadLocation(bucharestZone)
	if err != nil {
		return time.FixedZone("EET", bucharestHours*60*60)
	}
	return zone
}

// Email is the login of the first account.
func (s *Server) Email() string { return s.config.Accounts[0].Email }

// Token is the API token of the first account.
func (s *Server) Token() string { return s.config.Accounts[0].Token }

// CIF is the first company of the first account, or empty if it has none.
func (s *Server) CIF() string {
	if len(s.config.Accounts[0].Companies) == 0 {
		return ""
	}
	return s.config.Accounts[0].Companies[0].CIF
}

// BaseURL is the address to use with [Transport]. Its host does not exist; see [Listener.BaseURL].
func (s *Server) BaseURL() string { return inProcessHost + s.config.BasePath }

// Now is the simulator's time.
func (s *Server) Now() time.Time { return s.config.Now() }

// Calls is how often an operation such as "POST /invoice" arrived, served or not; refused connections do not count.
func (s *Server) Calls(operation string) int {
	return s.CallCounts()[operation]
}

// CallCounts is Calls for all operations that arrived.
func (s *Server) CallCounts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.calls)
}

// ServeHTTP answers one API call, or fails it as the script says.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	operation := r.Method + " " + strings.TrimPrefix(r.URL.Path, s.config.BasePath)
	fault, events := s.nextFault(operation)
	if fault.Kind == RefuseConnection {
		refuse(r)
	}
	s.arrived(operation)
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestBody))
	if err != nil {
		s.record(r, nil, fault, events, http.StatusRequestEntityTooLarge)
		s.deliver(w, htmlReport(http.StatusRequestEntityTooLarge))
		return
	}
	if fault.Kind == Slow && !s.wait(r.Context(), time.Duration(fault.Delay)) {
		s.record(r, body, fault, events, neverAnswered)
		panic(http.ErrAbortHandler)
	}
	result := s.handle(r, body, fault)
	s.record(r, body, fault, events, result.status)
	s.deliver(w, s.spoil(r.Context(), fault, result))
}

func (s *Server) arrived(operation string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[operation]++
}

// wait reports whether the delay passed before the caller gave up.
func (s *Server) wait(ctx context.Context, delay time.Duration) bool {
	select {
	case <-s.config.After(delay):
		return true
	case <-ctx.Done():
		return false
	}
}

// deliver writes the answer. A caller that has gone away is no error of the server's.
func (s *Server) deliver(w http.ResponseWriter, result answer) {
	maps.Copy(w.Header(), result.header)
	w.Header().Set(SimulatorHeader, SimulatorName)
	w.Header().Set("Content-Length", strconv.Itoa(len(result.body)))
	w.WriteHeader(result.status)
	_, _ = w.Write(result.body)
}

// today is the date in Romania, yyyy-MM-dd.
func (s *Server) today() string {
	return s.Now().In(s.zone).Format(time.DateOnly)
}
