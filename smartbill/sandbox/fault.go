package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"
)

// Kind is a way in which a call goes wrong, or an event that it finds.
type Kind string

// The kinds of fault. Those of the first group leave the state as it was; those of the second do what the call asks for and then lose
// or damage the answer; those of the third happen before the call, which is then answered as things are.
const (
	// RefuseConnection closes the connection unread; through [Transport] it refuses the dial, and no byte is sent.
	RefuseConnection Kind = "refuse-connection"
	// Slow waits for Delay before the call is handled; a caller that gives up before that is never served.
	Slow Kind = "slow"
	// LockOut locks the token out now, as if it had exceeded the rate limit.
	LockOut Kind = "lock-out"
	// BadGateway answers 502 with the gateway's page.
	BadGateway Kind = "bad-gateway"
	// NotFound answers 404, as if the path did not exist.
	NotFound Kind = "not-found"
	// FindNothing handles the call as if there were no documents: whatever it names is answered as what never was.
	FindNothing Kind = "find-nothing"

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

	// DeleteOnWeb deletes the [Event]'s document on the web; without a number the last of the series.
	DeleteOnWeb Kind = "delete-on-web"
	// IssueOnWeb issues what the [Event] describes on the web: an invoice, a proforma, or the storno of an invoice.
	IssueOnWeb Kind = "issue-on-web"
	// HideMentions takes the mentions off the template: later PDFs do not show them, of older documents too.
	HideMentions Kind = "hide-mentions"
	// PrintMentions puts them back.
	PrintMentions Kind = "print-mentions"
)

// Kinds are all of them.
func Kinds() []Kind {
	return append([]Kind{
		RefuseConnection, Slow, LockOut, BadGateway, NotFound, FindNothing, CommitAndDrop, CommitAndHang, CommitAndError, CommitAndBreak,
		CommitAndEmpty, CommitAndTruncate, CommitAndBabble, CommitAndContradict, CommitAndForget,
	}, events()...)
}

// Fault says which calls go wrong, and how, or before which calls something happens.
type Fault struct {
	// Operation is method and path below the base, such as "POST /invoice"; empty means every operation.
	Operation string `json:"operation,omitempty"`
	// Nth is the first matching call to fail, counted from when the fault was scripted; 0 means 1.
	Nth int `json:"nth,omitempty"`
	// Times is how many calls fail from then on; 0 means 1, a negative number means all. An event happens as often.
	Times int `json:"times,omitempty"`
	// Kind is what happens to them.
	Kind Kind `json:"kind"`
	// Delay is how long Slow waits.
	Delay Delay `json:"delay,omitzero"`

	Event
}

// Delay is a duration that JSON writes as "1m30s".
type Delay time.Duration

// ErrBadFault is a fault that cannot be scripted.
var ErrBadFault = errors.New("bad fault")

// UnmarshalText reads what time.ParseDuration takes.
func (d *Delay) UnmarshalText(text []byte) error {
	duration, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("read delay: %w", err)
	}
	*d = Delay(duration)
	return nil
}

// MarshalText writes the delay as UnmarshalText reads it.
func (d Delay) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// LoadFaults reads a JSON array of faults. An unknown kind, a misspelt key, an event that is not described, or more
// text after the array is an error: [ErrBadFault] or one of encoding/json.
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
		if trouble := fault.trouble(); trouble != "" {
			return nil, fmt.Errorf("read faults: %w: number %d %s", ErrBadFault, i+1, trouble)
		}
	}
	return faults, nil
}

// trouble says why the fault cannot be scripted, "" if it can.
func (f Fault) trouble() string {
	switch {
	case !slices.Contains(Kinds(), f.Kind):
		return fmt.Sprintf("has the unknown kind %q", f.Kind)
	case f.Kind == DeleteOnWeb || f.Kind == IssueOnWeb:
		return f.Event.trouble(f.Kind)
	case f.isDescribed():
		return fmt.Sprintf("describes a document, which %q has no use for", f.Kind)
	}
	return ""
}

// spoil loses or damages the answer to a call that was carried out.
func (s *Server) spoil(ctx context.Context, fault Fault, result answer) answer {
	switch fault.Kind {
	case CommitAndDrop:
		panic(http.ErrAbortHandler)
	case CommitAndHang:
		<-ctx.Done()
		panic(http.ErrAbortHandler)
	case CommitAndError:
		return htmlReport(http.StatusInternalServerError)
	case CommitAndBreak:
		return jsonAnswer(http.StatusInternalServerError, createdEnvelope{envelope: envelope{ErrorText: "Internal Server Error!"}})
	case CommitAndEmpty:
		return plain(http.StatusOK, typeJSON, "")
	case CommitAndTruncate:
		result.body = result.body[:len(result.body)/2]
	case CommitAndBabble:
		return plain(http.StatusOK, typeJSON, "Serviciul este in mentenanta.")
	case CommitAndContradict:
		return rewritten(result, "errorText", "Eroare la salvarea documentului.")
	case CommitAndForget:
		return rewritten(result, "number", "")
	default:
	}
	return result
}

// rewritten changes one member of a JSON object; any other answer stays as it is.
func rewritten(result answer, member, value string) answer {
	var object map[string]any
	if err := json.Unmarshal(result.body, &object); err != nil {
		return result
	}
	object[member] = value
	return jsonAnswer(result.status, object)
}
