package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"
)

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

// Script adds faults. Where several hit the same call, the one scripted first
// wins; events happen all, in their order.
func (s *Server) Script(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, fault := range faults {
		s.faults = append(s.faults, &scriptedFault{Fault: fault})
	}
}

// ClearFaults forgets all scripted faults; those of a file that is followed
// until it changes.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.followed.faults = nil, nil
}

// FollowFaults scripts the faults of a file beside those of Script, and looks
// before each call whether the file has changed: then its faults are replaced.
// One that stands in it as before goes on counting. A file that cannot be read,
// or is wrong, is an error at once, and later a warning ([Config.Warn]), told
// once; the faults stay then as they were.
func (s *Server) FollowFaults(path string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.followed = faultFile{path: path}
	return s.followed.read()
}

// faultFile is a file of faults that is followed.
type faultFile struct {
	path   string
	stamp  fileStamp
	faults []*scriptedFault
}

// fileStamp tells two versions of a file apart.
type fileStamp struct {
	modified time.Time
	size     int64
}

// read reads the file if it has another stamp than at the last reading, whether
// that succeeded or not. Without a file there is nothing to do.
func (f *faultFile) read() error {
	if f.path == "" {
		return nil
	}
	stamp := fileStamp{size: -1}
	if info, err := os.Stat(f.path); err == nil {
		stamp = fileStamp{info.ModTime(), info.Size()}
	}
	if stamp.size == f.stamp.size && stamp.modified.Equal(f.stamp.modified) {
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

// replace takes other faults. One that was there already keeps its count, so
// that a file to which a line is added does not begin again.
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

// nextFault lets happen what is to happen before this call, and returns those
// events and what is to go wrong with the call; the zero Fault is nothing.
func (s *Server) nextFault(operation string) (Fault, []Kind) {
	chosen, due, trouble := s.due(operation)
	s.warn(trouble)
	var happened []Kind
	for _, event := range due {
		happened = append(happened, event.Kind)
		s.warn(s.happen(event))
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
