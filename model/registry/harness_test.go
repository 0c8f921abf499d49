package registry_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"cadensa/model/registry"
)

// noon is when the tests ask; in Romania it is two hours later.
var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// harness is a register on a real socket that answers as it is told to and writes down what it was asked.
type harness struct {
	*httptest.Server
	mu    sync.Mutex
	asked []question
}

type question struct {
	path, contentType, agent, body string
}

// newHarness answers each question in turn, the last answer again and again.
func newHarness(t *testing.T, answers ...http.HandlerFunc) *harness {
	t.Helper()
	s := &harness{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.asked = append(s.asked, question{
			path: r.Method + " " + r.URL.Path, contentType: r.Header.Get("Content-Type"), agent: r.Header.Get("User-Agent"), body: string(body),
		})
		next := answers[min(len(s.asked), len(answers))-1]
		s.mu.Unlock()
		next(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *harness) questions() []question {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]question(nil), s.asked...)
}

// registers asks it in the place of both services, beneath a path of its own.
func (s *harness) registers(t *testing.T, changes ...func(*registry.Options)) *registry.Registers {
	t.Helper()
	options := registry.Options{
		ANAF: s.URL + "/anaf/", VIES: s.URL + "/vies", BNR: s.URL + "/bnr", Now: func() time.Time { return noon },
	}
	for _, change := range changes {
		change(&options)
	}
	registers, err := registry.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return registers
}

func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// breaksOff promises more than it sends.
func breaksOff(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100000")
		_, _ = io.WriteString(w, body)
	}
}

// silent never answers; it ends with the question.
func silent(asked chan<- struct{}) http.HandlerFunc {
	return func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
	}
}

const wall = "<html><body>The requested URL was rejected. Your support ID is: 123</body></html>"

// outages are answers that say nothing about any company, of either service.
func outages() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"web page":       says(200, wall),
		"web page 503":   says(503, " \n"+wall),
		"nothing":        says(200, ""),
		"bad gateway":    says(502, "Bad Gateway"),
		"no JSON object": says(200, `"SUCCESS"`),
		"null":           says(200, "null"),
		"list":           says(200, "[]"),
		"empty object":   says(200, "{}"),
		"path gone":      says(404, `{"timestamp":1,"status":404,"error":"Not Found","path":"/tva"}`),
		"too many":       says(429, `{"message":"Too Many Requests"}`),
		"cut JSON":       says(200, `{"cod":200,"found":[],"notFound":[1`),
		"two answers":    says(200, `{"found":[],"notFound":[1],"valid":true}{}`),
		"breaks off":     breaksOff(`{"cod":200`),
		"too long":       says(200, `{"found":[],"notFound":[1],"valid":true,"name":"`+strings.Repeat("x", 4<<20)+`"}`),
		"redirect":       func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) },
		"permanent": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusPermanentRedirect)
		},
		"hangs up":         func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"controls":         says(500, "\x1b[2J\x07"),
		"other's language": says(200, "Mentenanta"),
	}
}

func toJSON(t *testing.T, value any) string {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func withClock(now func() time.Time) func(*registry.Options) {
	return func(options *registry.Options) { options.Now = now }
}

func withRequester(number string) func(*registry.Options) {
	return func(options *registry.Options) { options.Requester = func() string { return number } }
}
