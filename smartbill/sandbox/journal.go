package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

const masked = "********"

// journalEntry is a request as the journal keeps it. Credentials are reduced
// to the e-mail address.
type journalEntry struct {
	Time   time.Time       `json:"time"`
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Query  string          `json:"query,omitempty"`
	Email  string          `json:"email,omitempty"`
	Token  string          `json:"token,omitempty"`
	Body   json.RawMessage `json:"body,omitempty"`
	// Before is what happened before the call was answered, by its script.
	Before []Kind `json:"before,omitempty"`
	Fault  Kind   `json:"fault,omitempty"`
	Status int    `json:"status"`
}

// neverAnswered is the journal's status of a call that its caller gave up.
const neverAnswered = 0

// record writes the request to the journal. Status is what the service would
// have answered, even if a fault then loses the answer.
func (s *Server) record(r *http.Request, body []byte, fault Fault, before []Kind, status int) {
	if s.config.Journal == nil {
		return
	}
	email, token, _ := r.BasicAuth()
	entry := journalEntry{
		Time: s.config.Now(), Method: r.Method, Path: r.URL.Path, Query: mask(r.URL.RawQuery, token),
		Email: mask(email, token), Body: journalBody(mask(string(body), token)), Before: before, Fault: fault.Kind, Status: status,
	}
	if token != "" {
		entry.Token = masked
	}
	line, err := json.Marshal(entry)
	s.journalMu.Lock()
	defer s.journalMu.Unlock()
	if err == nil {
		_, err = s.config.Journal.Write(append(line, '\n'))
	}
	if err != nil && s.journalErr == nil {
		s.journalErr = fmt.Errorf("write journal: %w", err)
	}
}

// JournalError is the first failure to write the journal, or nil.
func (s *Server) JournalError() error {
	s.journalMu.Lock()
	defer s.journalMu.Unlock()
	return s.journalErr
}

func mask(text, token string) string {
	if token == "" {
		return text
	}
	return strings.ReplaceAll(text, token, masked)
}

// journalBody keeps JSON as it is, and anything else as a JSON text.
func journalBody(body string) json.RawMessage {
	if body == "" {
		return nil
	}
	if json.Valid([]byte(body)) {
		return json.RawMessage(body)
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil
	}
	return text
}
