package uitest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"time"

	"cadensa/smartbill/sandbox"
)

// wire leads to the simulator. It refuses, loses and notes calls where the simulator cannot.
type wire struct {
	office *Office

	mutex sync.Mutex
	// refusals are what the calls of an operation are answered with.
	refusals map[string]string
	// ends are the operations at whose next call the program ends.
	ends map[string]bool
	// withheld are the numbers of documents of which nothing is answered.
	withheld map[string]bool
	// real has SmartBill itself answer, and no simulator.
	real bool
	// happened is what the simulator's state came from, in order; what is only read is not in it.
	happened []event
}

// event is something that happened to a simulator at a time.
type event struct {
	at     time.Time
	happen func(server *sandbox.Server) error
}

// RoundTrip carries a request to the simulator.
func (w *wire) RoundTrip(request *http.Request) (*http.Response, error) {
	operation := request.Method + " " + strings.TrimPrefix(request.URL.String(), w.office.Simulator.BaseURL())
	operation, _, _ = strings.Cut(operation, "?")
	operation = strings.TrimSuffix(operation, newerPath)
	w.mutex.Lock()
	refusal, refused := w.refusals[operation]
	ends, isReal, withheld := w.ends[operation], w.real, w.withheld[request.URL.Query().Get("number")]
	delete(w.ends, operation)
	w.mutex.Unlock()
	if ends {
		// Only what is deferred happens still, as the system frees the locks of a program that ended.
		runtime.Goexit()
	}
	if refused {
		return answer(request, http.StatusBadRequest, refusal)
	}
	if withheld {
		return answer(request, http.StatusServiceUnavailable, "")
	}
	if request.Method != http.MethodGet {
		if err := w.note(request); err != nil {
			return nil, err
		}
	}
	answered, err := sandbox.Transport(w.office.Simulator).RoundTrip(request)
	if err == nil && isReal {
		answered.Header.Del(sandbox.SimulatorHeader)
	}
	return answered, err
}

// newerPath ends the other paths on which SmartBill makes documents.
const newerPath = "/v2"

// answer answers in SmartBill's place.
func answer(request *http.Request, status int, text string) (*http.Response, error) {
	body, err := json.Marshal(map[string]string{"errorText": text})
	if err != nil {
		return nil, fmt.Errorf("write an answer: %w", err)
	}
	header := http.Header{"Content-Type": {"application/json"}, sandbox.SimulatorHeader: {sandbox.SimulatorName}}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(bytes.NewReader(body)), Request: request}, nil
}

// note keeps a request, to be sent to another simulator.
func (w *wire) note(request *http.Request) error {
	var body []byte
	if request.Body != nil {
		var err error
		if body, err = io.ReadAll(request.Body); err != nil {
			return err
		}
		request.Body = io.NopCloser(bytes.NewReader(body))
	}
	method, url, header := request.Method, request.URL.String(), request.Header.Clone()
	w.happens(func(server *sandbox.Server) error {
		//nolint:gosec // It goes to a simulator in this process.
		again, err := http.NewRequestWithContext(context.Background(), method, url, bytes.NewReader(body))
		if err != nil {
			return fmt.Errorf("repeat a request: %w", err)
		}
		again.Header = header
		// That the answer was lost is part of what happened.
		if answered, err := sandbox.Transport(server).RoundTrip(again); err == nil {
			return answered.Body.Close()
		}
		return nil
	})
	return nil
}

func (w *wire) happens(what func(server *sandbox.Server) error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.happened = append(w.happened, event{at: w.office.Now(), happen: what})
}

// Web does something in SmartBill's web application, or to it.
func (o *Office) Web(what func(server *sandbox.Server) error) *Office {
	o.t.Helper()
	o.wire.happens(what)
	if err := what(o.Simulator); err != nil {
		o.t.Fatal(err)
	}
	return o
}

// Script has the next calls fail, or something happen before them.
func (o *Office) Script(faults ...sandbox.Fault) *Office {
	o.t.Helper()
	return o.Web(func(server *sandbox.Server) error {
		server.Script(faults...)
		return nil
	})
}

// Fails has the next call of an operation fail.
func (o *Office) Fails(operation string, kind sandbox.Kind) *Office {
	o.t.Helper()
	return o.Script(sandbox.Fault{Operation: operation, Kind: kind})
}

// FailsOn has all calls of an operation fail until Recovers.
func (o *Office) FailsOn(operation string, kind sandbox.Kind) *Office {
	o.t.Helper()
	return o.Script(sandbox.Fault{Operation: operation, Kind: kind, Times: -1})
}

// Recovers ends all that was scripted.
func (o *Office) Recovers() *Office {
	o.t.Helper()
	o.wire.mutex.Lock()
	clear(o.wire.refusals)
	o.wire.mutex.Unlock()
	return o.Web(func(server *sandbox.Server) error {
		server.ClearFaults()
		return nil
	})
}

// Slowly is how long the calls take that Slow holds back.
const Slowly = 10 * time.Second

// Slow has all calls of an operation take their time.
func (o *Office) Slow(operation string) *Office {
	o.t.Helper()
	return o.Script(sandbox.Fault{Operation: operation, Kind: sandbox.Slow, Times: -1, Delay: sandbox.Delay(Slowly)})
}

// Refuses has the calls of an operation refused in SmartBill's words until Recovers.
func (o *Office) Refuses(operation, text string) *Office {
	o.wire.mutex.Lock()
	defer o.wire.mutex.Unlock()
	o.wire.refusals[operation] = text
	return o
}

// Withholds has SmartBill answer nothing about a document, by its number; an empty one ends that.
func (o *Office) Withholds(number string) *Office {
	o.wire.mutex.Lock()
	defer o.wire.mutex.Unlock()
	o.wire.withheld = map[string]bool{number: number != ""}
	return o
}

// Real has SmartBill itself answer from now on, where documents of a simulator are nothing.
func (o *Office) Real() *Office {
	o.wire.mutex.Lock()
	defer o.wire.mutex.Unlock()
	o.wire.real = true
	return o
}

// Writes counts the calls that may have changed something at SmartBill.
func (o *Office) Writes() int {
	count := 0
	for operation, calls := range o.Simulator.CallCounts() {
		if !strings.HasPrefix(operation, http.MethodGet) {
			count += calls
		}
	}
	return count
}
