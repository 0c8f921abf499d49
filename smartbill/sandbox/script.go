package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/shopspring/decimal"
)

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

// Script adds faults. Where several hit the same call, the one scripted first wins; events happen all, in their order.
func (s *Server) Script(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, fault := range faults {
		s.faults = append(s.faults, &scriptedFault{Fault: fault})
	}
}

// ClearFaults forgets all scripted faults; those of a file that is followed until it changes.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.followed.faults = nil, nil
}

// FollowFaults scripts the faults of a file beside those of Script, and reads it again when it changes; a fault that stays in it goes
// on counting. A wrong file is an error now, and later a warning ([Config.Warn]) that changes nothing.
func (s *Server) FollowFaults(path string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.followed = faultFile{path: path}
	return s.followed.read()
}

type faultFile struct {
	path string
	// stamp is its size and when it was modified, which tell two versions of it apart.
	stamp  string
	faults []*scriptedFault
}

// read reads the file if it has another stamp than at the last reading, successful or not.
func (f *faultFile) read() error {
	if f.path == "" {
		return nil
	}
	stamp := "there is none"
	if info, err := os.Stat(f.path); err == nil {
		stamp = fmt.Sprint(info.Size(), info.ModTime().UnixNano())
	}
	if stamp == f.stamp {
		return nil
	}
	f.stamp = stamp
	file, err := os.Open(f.path)
	if err != nil {
		return fmt.Errorf("read faults: %w", err)
	}
	defer func() { _ = file.Close() }()
	faults, err := LoadFaults(file)
	if err != nil {
		return err
	}
	f.replace(faults)
	return nil
}

// replace takes other faults. One that was there keeps its count: a line can be added to the file.
func (f *faultFile) replace(faults []Fault) {
	before := f.faults
	f.faults = nil
	for _, fault := range faults {
		scripted := &scriptedFault{Fault: fault}
		if at := slices.IndexFunc(before, func(old *scriptedFault) bool { return fault.equals(old.Fault) }); at >= 0 {
			scripted = before[at]
			before = slices.Delete(slices.Clone(before), at, at+1)
		}
		f.faults = append(f.faults, scripted)
	}
}

// equals compares what two faults are written as: their amounts may be equal in other ways than Go's.
func (f Fault) equals(other Fault) bool {
	mine, err := json.Marshal(f)
	theirs, otherErr := json.Marshal(other)
	return err == nil && otherErr == nil && string(mine) == string(theirs)
}

// nextFault runs the events that are due before this call. It returns them and the fault of the call; the zero Fault is none.
func (s *Server) nextFault(operation string) (Fault, []Kind) {
	chosen, due, trouble := s.due(operation)
	s.warn(trouble)
	var happened []Kind
	for _, event := range due {
		happened = append(happened, event.Kind)
		if err := s.takePlace(event.Kind, event.Event); err != nil {
			s.warn(fmt.Errorf("%s: %w", event.Kind, err))
		}
	}
	return chosen, happened
}

// due counts the call for every scripted fault.
func (s *Server) due(operation string) (chosen Fault, events []Fault, trouble error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	trouble = s.followed.read()
	for _, fault := range slices.Concat(s.faults, s.followed.faults) {
		switch hit := fault.hits(operation); {
		case hit && fault.Kind.isEvent():
			events = append(events, fault.Fault)
		case hit && chosen.Kind == "":
			chosen = fault.Fault
		}
	}
	return chosen, events, trouble
}

// warn passes on what went wrong with the script.
func (s *Server) warn(err error) {
	if err != nil && s.config.Warn != nil {
		s.config.Warn(err)
	}
}

// Event is something that a person does in the web application while a program uses the API, as a [Fault] scripts it.
type Event struct {
	// CIF is the company, as it is stored; empty means the first of the first account.
	CIF string `json:"cif,omitempty"`
	// Document is "invoice", "storno" or "proforma"; empty means "invoice".
	Document string `json:"document,omitempty"`
	// Series and Number name what is deleted or reversed. What is issued else gets its number by the series.
	Series string `json:"series,omitempty"`
	Number string `json:"number,omitempty"`
	// Client, VATCode, Total and Mentions describe what is issued, as in [Foreign].
	Client   string          `json:"client,omitempty"`
	VATCode  string          `json:"vat_code,omitempty"`
	Total    decimal.Decimal `json:"total,omitzero"`
	Mentions string          `json:"mentions,omitempty"`
}

// The documents that an event can be about.
const (
	eventInvoice  = "invoice"
	eventStorno   = "storno"
	eventProforma = "proforma"
)

func events() []Kind { return []Kind{DeleteOnWeb, IssueOnWeb, HideMentions, PrintMentions} }

func (k Kind) isEvent() bool { return slices.Contains(events(), k) }

func (e Event) isDescribed() bool {
	return cmp.Or(e.CIF, e.Document, e.Series, e.Number, e.Client, e.VATCode, e.Mentions) != "" || !e.Total.IsZero()
}

// trouble says what is missing or too much for the kind of event, "" for nothing.
func (e Event) trouble(kind Kind) string {
	document := cmp.Or(e.Document, eventInvoice)
	switch {
	case !slices.Contains([]string{eventInvoice, eventStorno, eventProforma}, document):
		return fmt.Sprintf("has the unknown document %q", e.Document)
	case e.Series == "":
		return "names no series"
	case kind == IssueOnWeb && document == eventStorno && e.Number == "":
		return "does not name the number that is reversed"
	case kind == IssueOnWeb && document != eventStorno && e.Number != "":
		return "chooses a number, which is the series' to give"
	}
	return ""
}

func (e Event) kind() SeriesType {
	if e.Document == eventProforma {
		return EstimateSeries
	}
	return InvoiceSeries
}

func (s *Server) takePlace(kind Kind, event Event) error {
	cif := cmp.Or(event.CIF, s.CIF())
	switch kind {
	case DeleteOnWeb:
		if event.Number == "" {
			_, err := s.deleteLast(cif, event.kind(), event.Series)
			return err
		}
		return s.DeleteOnWeb(cif, event.kind(), event.Series, event.Number)
	case IssueOnWeb:
		if event.Document == eventStorno {
			_, err := s.ReverseForeign(cif, event.Series, event.Number)
			return err
		}
		_, err := s.IssueForeign(cif, Foreign{
			Kind: event.kind(), Series: event.Series, Client: event.Client, VATCode: event.VATCode, Total: event.Total, Mentions: event.Mentions,
		})
		return err
	case HideMentions, PrintMentions:
		s.SetPrintsMentions(kind == PrintMentions)
	default:
	}
	return nil
}
