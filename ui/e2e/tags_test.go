//go:build e2e && unix

package e2e

import (
	"strings"
	"testing"
)

// Plain tags of the real timewarrior, which sorts them: none of several is the project before their user says so. A source is
// added, asked about, switched off and removed with the keyboard alone.
func TestE2EPlainTags(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.track(3, "11:00", "OAuth", "zen", "api")
	u.track(2, "10:00", "Review", "zen", "meeting")
	s := openTerminal(t, u, 80, 24)
	s.Start("")
	s.Press("Escape")
	s.Press("1")
	s.Sees("Where are your hours?", "▸ timewarrior (timew export)")
	s.Press("Enter")
	s.Sees("Which tags of timew export are projects", "▸ zen", "3:00", "2 entries")
	s.Press("p")
	s.Sees("project")
	s.Press("C-s")
	s.Lacks("Which tags")
	s.keepScreens("tags")
	if saved := u.read(u.settingsFile()); !strings.Contains(saved, `project_tag = "zen"`) || !strings.Contains(saved, "client_tag = []") {
		t.Errorf("the settings are\n%s", saved)
	}
	if entries := u.cadensa("entries", "--period", "all", "--json"); strings.Count(entries, `"project": "zen"`) != 2 {
		t.Errorf("the entries are %s", entries)
	}

	s.Press("S")
	s.Sees("✓ timew export", "timewarrior", "2 entries")
	s.Press("x")
	s.Sees("– timew export", "off")
	s.Press("d")
	s.Sees("Remove this source?", "▸ keep it")
	s.Press("Tab", "Enter")
	s.Sees("no source; a adds one")
	s.Press("Escape")
	s.Sees("Where are your hours?")
	s.Press("q")
	s.Ends(0)
}
