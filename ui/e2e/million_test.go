//go:build e2e && unix

package e2e

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// mostMemory is what a million entries may take, in bytes.
const mostMemory = 400_000_000

// A million entries are read, shown, filtered, ticked, and shown again from the index, in the memory that they may take.
func TestE2EMillionEntries(t *testing.T) {
	u := newUser(t)
	writeMillion(t, u)
	u.write(u.settingsFile(), "time_zone = \"UTC\"\n"+connected+"[[source]]\npath = \""+u.path("hours.csv")+"\"\n"+hourly)
	s := openTerminal(t, u, 120, 40)
	for _, start := range []string{"read for the first time", "from the index"} {
		s.Start("")
		showAll(s)
		s.Sees("1000000 entries")
		s.Press("/")
		s.Type("partea 999999")
		s.Sees("1 entry")
		s.Press("Escape")
		s.Sees("1000000 entries")
		s.Press("a")
		s.Sees("1000000 ticked", "14 lines")
		s.Press("3")
		s.Sees("lines 1 to 9 of 14")
		s.Press("1")
		s.Press("n")
		s.Sees("nothing ticked")
		took := s.mostMemory()
		t.Logf("%s: %d MB at most", start, took/1_000_000)
		if took >= mostMemory {
			t.Errorf("%s it took %d MB, more than %d", start, took/1_000_000, mostMemory/1_000_000)
		}
		s.Press("q")
		s.Ends(0)
	}
}

func writeMillion(t *testing.T, u *user) {
	t.Helper()
	clockify, _ := manyHours(1_000_000)
	u.write(u.path("hours.csv"), clockify)
}

// mostMemory is how much memory the program has taken at most, in bytes.
func (s *terminal) mostMemory() int {
	s.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process()))
	if err != nil {
		s.t.Fatal(err)
	}
	_, peak, found := strings.Cut(string(status), "VmHWM:")
	peak, _, _ = strings.Cut(peak, "kB")
	kilobytes, err := strconv.Atoi(strings.TrimSpace(peak))
	if err != nil || !found {
		s.t.Fatalf("the system does not tell the memory: %v\n%s", err, status)
	}
	return kilobytes * 1024
}
