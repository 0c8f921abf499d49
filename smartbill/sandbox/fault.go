package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// Kind is a way in which a call goes wrong.
type Kind string

// The kinds of fault. Those of the first group leave the state as it was;
// those of the second do what the call asks for and then lose or damage the
// answer, which the caller cannot tell apart from the first by looking at it.
const (
	// RefuseConnection closes the connection before the request is read.
	// Through [Transport] it is a refused dial: no byte is sent.
	RefuseConnection Kind = "refuse-connection"
	// Slow waits for Delay before the call is handled; a caller that gives up
	// before that is never served.
	Slow Kind = "slow"
	// LockOut locks the token out now, as if it had exceeded the rate limit.
	LockOut Kind = "lock-out"
	// BadGateway answers 502 with the gateway's page.
	BadGateway Kind = "bad-gateway"
	// NotFound answers 404, as if the path did not exist.
	NotFound Kind = "not-found"

	// CommitAndDrop closes the connection without an answer.
	CommitAndDrop Kind = "commit-drop"
	// CommitAndHang answers nothing until the caller gives up.
	CommitAndHang Kind = "commit-hang"
	// CommitAndError answers 500 with a page of HTML.
	CommitAndError Kind = "commit-500"
	// CommitAndBreak answers 500 with the service's own JSON.
	CommitAndBreak Kind = "commit-500-json"
	// CommitAndEmpty answers 200 without a body.
	CommitAndEmpty Kind = "commit-empty"
	// CommitAndTruncate answers half of the JSON.
	CommitAndTruncate Kind = "commit-truncated"
	// CommitAndBabble answers 200 with a text that is no JSON.
	CommitAndBabble Kind = "commit-not-json"
	// CommitAndContradict answers with an errorText added to the success.
	CommitAndContradict Kind = "commit-contradict"
	// CommitAndForget answers a success whose number is missing.
	CommitAndForget Kind = "commit-no-number"
)

func kinds() []Kind {
	return []Kind{
		RefuseConnection, Slow, LockOut, BadGateway, NotFound, CommitAndDrop, CommitAndHang, CommitAndError, CommitAndBreak,
		CommitAndEmpty, CommitAndTruncate, CommitAndBabble, CommitAndContradict, CommitAndForget,
	}
}

// Fault says which calls go wrong, and how.
type Fault struct {
	// Operation is method and path below the base, such as "POST /invoice";
	// empty means every operation.
	Operation string `json:"operation,omitempty"`
	// Nth is the first matching call to fail, counted from when the fault was
	// scripted; 0 means 1.
	Nth int `json:"nth,omitempty"`
	// Times is how many calls fail from then on; 0 means 1, a negative number
	// means all.
	Times int `json:"times,omitempty"`
	// Kind is what happens to them.
	Kind Kind `json:"kind"`
	// Delay is how long Slow waits.
	Delay Delay `json:"delay,omitzero"`
}

// Delay is a duration that JSON writes as "1m30s".
type Delay time.Duration

// ErrBadFault is a fault that cannot be scripted.
var ErrBadFault = errors.New("bad fault")

// UnmarshalJSON reads a text that time.ParseDuration takes.
func (d *Delay) UnmarshalJSON(raw []byte) error {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return fmt.Errorf("read delay: %w", err)
	}
	duration, err := time.ParseDuration(text)
	if err != nil {
		return fmt.Errorf("read delay: %w", err)
	}
	*d = Delay(duration)
	return nil
}

// MarshalJSON writes the delay as UnmarshalJSON reads it.
func (d Delay) MarshalJSON() ([]byte, error) {
	text, err := json.Marshal(time.Duration(d).String())
	if err != nil {
		return nil, fmt.Errorf("write delay: %w", err)
	}
	return text, nil
}

// LoadFaults reads a JSON array of faults. An unknown kind, a misspelt key or
// more text after the array is an error: [ErrBadFault] or one of encoding/json.
func LoadFaults(r io.Reader) ([]Fault, error) {
	decoder := json.NewDecoder(r)
	decoder.DisallowUnknownFields()
	var faults []Fault
	if err := decoder.Decode(&faults); err != nil {
		return nil, fmt.Errorf("read faults: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read faults: %w: text after the list", ErrBadFault)
	}
	for i, fault := range faults {
		if !slices.Contains(kinds(), fault.Kind) {
			return nil, fmt.Errorf("read faults: %w: number %d has the unknown kind %q", ErrBadFault, i+1, fault.Kind)
		}
	}
	return faults, nil
}

// scriptedFault counts the calls that its fault matched.
type scriptedFault struct {
	Fault
	seen int
}

// hits counts a matching call and reports whether it is one to fail.
func (f *scriptedFault) hits(operation string) bool {
	if f.Operation != "" && f.Operation != operation {
		return false
	}
	f.seen++
	first, times := max(f.Nth, 1), f.Times
	if times == 0 {
		times = 1
	}
	return f.seen >= first && (times < 0 || f.seen < first+times)
}

// Script adds faults. Where several hit the same call, the one scripted first wins.
func (s *Server) Script(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, fault := range faults {
		s.faults = append(s.faults, &scriptedFault{Fault: fault})
	}
}

// ClearFaults forgets all scripted faults.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// nextFault is what is to happen to this call; the zero Fault is nothing.
func (s *Server) nextFault(operation string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	var chosen Fault
	for _, fault := range s.faults {
		if fault.hits(operation) && chosen.Kind == "" {
			chosen = fault.Fault
		}
	}
	return chosen
}
