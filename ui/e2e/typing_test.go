//go:build e2e && unix

package e2e

import (
	"encoding/json"
	"slices"
	"testing"
)

// A token copied from a web page comes with line breaks and blanks around it.
func TestE2EPasteToken(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	service := startSandbox(t, u, "")
	u.write(u.settingsFile(), service.address())
	s := openTerminal(t, u, 80, 24)
	s.Start("")
	s.Sees("▸5 Setup", "API token     ▸")
	s.Paste(" " + service.token + "\n")
	s.Sees("new, unsaved")
	s.Press("Tab")
	s.Paste(service.email + "\n")
	s.Press("Tab")
	s.Paste("\n" + service.cif)
	s.Sees(service.email, service.cif)
	s.Press("C-t")
	s.Sees("✓ token and e-mail", "accepted")
}

// What is pasted where nothing takes text does nothing, though each of its letters is a key.
func TestE2EPasteIsNoKey(t *testing.T) {
	t.Parallel()
	s := openTerminal(t, offline(t), 80, 24)
	s.Start("")
	showAll(s)
	s.Paste("q")
	s.Paste("aq2\n")
	s.Press("j")
	s.SeesRow("▸", "second")
	s.Sees("▸1 Time", "nothing ticked")
	s.Press("/")
	s.Paste("thi")
	s.Sees("/ thi", "1 entry")
	s.Lacks("second")
}

// Keys that arrive together are pressed one after the other.
func TestE2EJoinedKeys(t *testing.T) {
	t.Parallel()
	s := openTerminal(t, offline(t), 80, 24)
	s.Start("")
	showAll(s)
	s.SeesRow("▸", "first")
	s.Type("jjj")
	s.SeesRow("▸", "fourth")
	s.Type("gg")
	s.SeesRow("▸", "first")
	s.Type("j jj")
	s.SeesRow(" ✓ ", "second")
	s.SeesRow("▸", "fourth")
	s.Sees("1 ticked")
}

// Text that is wide, joined or made of several marks leaves the columns beside it where they are.
func TestE2EWideText(t *testing.T) {
	t.Parallel()
	descriptions := []string{
		"plain", "Ședință în București", "S\u0326edint\u0326a\u0306", "日本語の設計書", "한국어 회의 자료",
		"emoji 🚀 and ✅ marks", "very long 日本語 text that has to be cut somewhere in the middle 日本語",
		"e\u0301\u0302\u0323 marks", "zero\u200bwidth", "tab\tand \x1b[31mescape", "right \u202eto left",
	}
	type tracked struct {
		Start       string `json:"start"`
		Seconds     int    `json:"duration_seconds"`
		Project     string `json:"project"`
		Description string `json:"description"`
	}
	hours := make([]tracked, 0, len(descriptions))
	for _, description := range descriptions {
		hours = append(hours, tracked{Start: "2026-10-05T09:00:00Z", Seconds: 5400, Project: "Atlas", Description: description})
	}
	content, err := json.Marshal(hours)
	if err != nil {
		t.Fatal(err)
	}
	u := offline(t)
	u.write(u.path("hours.json"), string(content))
	s := openTerminal(t, u, 80, 24)
	s.Start("")
	showAll(s)
	s.Sees("11 entries")
	s.keepScreens("wide")
	for _, text := range []string{"1:30", "1.50 h"} {
		columns := s.Columns(text)
		if len(columns) != len(descriptions) || len(slices.Compact(slices.Clone(columns))) != 1 {
			t.Errorf("%q ends at the cells %v:\n%s", text, columns, s.Screen())
		}
	}
	s.Press("R")
	s.Sees("What hours cost")
	s.Press("a")
	s.Sees("What do such hours cost?")
	columns := s.Columns("│")
	slices.Sort(columns)
	if columns = slices.Compact(columns); len(columns) != 2 {
		t.Errorf("the borders of the box are at the cells %v:\n%s", columns, s.Screen())
	}
}
