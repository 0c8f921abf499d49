package cli_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var entryKeys = []string{
	"fingerprint", "state", "invoice", "start", "end", "duration_seconds", "client", "project", "task", "description", "user",
	"tags", "billable", "invoiced", "rate", "currency", "block", "price", "amount", "price_currency",
}

func TestEntriesAsJSON(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	entries := h.entriesOf(t)
	if len(entries) != 7 {
		t.Fatalf("%d entries, want 7", len(entries))
	}
	for _, entry := range entries {
		checkKeys(t, entry, entryKeys...)
	}
	first := entries[0]
	delete(first, "fingerprint")
	want := object{
		"state": "free", "invoice": "", "start": "2026-10-05T09:00:00+03:00", "end": "2026-10-05T11:00:00+03:00",
		"duration_seconds": 7200.0, "client": "Morii", "project": "Atlas", "task": "api", "description": "Tokens",
		"user": "Ana", "tags": []any{"a", "b"}, "billable": true, "block": "",
		"invoiced": false, "rate": "", "currency": "RON", "price": "250.00", "amount": "500.00", "price_currency": "RON",
	}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("first entry (-want +got):\n%s", diff)
	}
	if start := entries[1]["start"]; start != "2026-10-06T09:00:00+03:00" {
		t.Errorf("a time in UTC is shown as %s, not in the issuer's zone", start)
	}
	if tags, ok := entries[1]["tags"].([]any); !ok || len(tags) != 0 {
		t.Errorf("tags of an entry without any are %v, want []", entries[1]["tags"])
	}
	running := entries[6]
	if running["end"] != "" || running["billable"] != false || running["block"] != "running" {
		t.Errorf("a running entry has end %q, billable %v and block %q", running["end"], running["billable"], running["block"])
	}
}

func TestEntriesAreChosen(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	for _, test := range []struct {
		name      string
		arguments []string
		want      []string
	}{
		{"month", []string{"--period", "2026-11"}, []string{"Cache", "Still at it"}},
		{"this month", []string{"--period", "this-month"}, []string{"Cache", "Still at it"}},
		{"days", []string{"--period", "2026-10-08..2026-10-09"}, []string{"Call", "Sketch"}},
		{"filter", []string{"--filter", "text:cache"}, []string{"Cache"}},
		{"filter of the running", []string{"--filter", "is:running"}, []string{"Still at it"}},
		{"filter and period", []string{"--period", "2026-10-08..2026-10-09", "--filter", "-call"}, []string{"Sketch"}},
		{"legal name", []string{"--client", "nordlicht beispiel gmbh"}, []string{"Call"}},
		{"tracker's name", []string{"--client", "Nordlicht"}, []string{"Call"}},
		{"name that only the tracker knows", []string{"--client", "zefir"}, []string{"Sketch"}},
		{"unknown name", []string{"--client", "Nobody"}, []string{}},
		{"format", []string{"--source", "json", "--client", "Zefir"}, []string{"Sketch"}},
		{"other format", []string{"--source", "timewarrior"}, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := values(h.entriesOf(t, test.arguments...), "description")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("descriptions (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEntriesAsCSVSayTheSameAsJSON(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	rows, err := csv.NewReader(strings.NewReader(h.succeed(t, "entries", "--csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(entryKeys, rows[0]); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	for i, entry := range h.entriesOf(t) {
		entry["duration_seconds"] = fmt.Sprintf("%.0f", entry["duration_seconds"])
		entry["tags"] = strings.ReplaceAll(strings.Trim(fmt.Sprint(entry["tags"]), "[]"), " ", ";")
		for column, key := range rows[0] {
			if want := fmt.Sprint(entry[key]); rows[i+1][column] != want {
				t.Errorf("row %d has %s %q, JSON has %q", i+1, key, rows[i+1][column], want)
			}
		}
	}
}

func TestEntriesForPeopleStandInColumns(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	lines := strings.Split(strings.TrimRight(h.succeed(t, "entries", "--client", "Morii"), "\n"), "\n")
	if len(lines) != 6 {
		t.Fatalf("%d lines, want a title and 5 entries:\n%s", len(lines), strings.Join(lines, "\n"))
	}
	column := strings.Index(lines[0], "DAY")
	for _, line := range lines[1:] {
		if !strings.HasPrefix(line[column:], "2026-1") {
			t.Errorf("the day does not stand under its title:\n%s\n%s", lines[0], line)
		}
	}
	for _, state := range []string{"free", "not billable", "running"} {
		if !strings.Contains(strings.Join(lines, "\n"), state) {
			t.Errorf("no entry is %s", state)
		}
	}
}

func TestForeignTextCannotReachTheTerminal(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.write(t, "clients.json", strings.Replace(book, "Str. Morii 14", `Str.\u001b]0;x\u0007 Morii\u009b 14`, 1))
	h.succeed(t, "clients", "import", h.path("clients.json"))
	h.issued(t)
	for _, command := range [][]string{
		{"entries"}, {"entries", "--csv"}, {"entries", "--json"}, {"clients"}, {"clients", "show", "Morii"}, {"clients", "export"},
		{"history"}, {"history", "--json"}, {"doctor"}, {"cancel", "A\x1b[31m-1", "--yes"}, {"entries", "--period", "\x1b[31m"},
		{"clients", "show", "\x1b[31m\u202e"}, {"\x1b[31m"},
	} {
		ended := h.run(t, command...)
		for _, letter := range ended.stdout + ended.stderr {
			if letter < ' ' && letter != '\n' || letter >= 0x7f && letter < 0xa0 || letter >= 0x202a && letter <= 0x202e {
				t.Errorf("%q writes %U", command, letter)
			}
		}
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	t.Parallel()
	t.Run("a row", func(t *testing.T) {
		t.Parallel()
		h := newHarness(t)
		if ended := h.run(t, "entries", "--json"); ended.code != 0 || !strings.Contains(ended.stderr, "hours.json:16:") {
			t.Errorf("ended with %d and says:\n%s", ended.code, ended.stderr)
		}
	})
	t.Run("one source of two", func(t *testing.T) {
		t.Parallel()
		h := newHarness(t)
		h.write(t, "config/cadensa/config.toml", h.read(t, h.settingsFile())+"\n[[source]]\npath = \""+h.path("gone.csv")+"\"\n")
		if ended := h.run(t, "entries", "--json"); ended.code != 0 || !strings.Contains(ended.stderr, "gone.csv") {
			t.Errorf("ended with %d and says:\n%s", ended.code, ended.stderr)
		}
	})
	t.Run("every source", func(t *testing.T) {
		t.Parallel()
		h := newHarness(t)
		h.write(t, "hours.json", "")
		if data := h.fail(t, 1, []string{"hours.json", "empty"}, "entries", "--json"); data != "" {
			t.Errorf("prints %q", data)
		}
	})
	t.Run("every row", func(t *testing.T) {
		t.Parallel()
		h := newHarness(t)
		h.write(t, "hours.json", `[{"start":"never"}]`)
		h.fail(t, 1, []string{"hours.json:1:", "not one row"}, "entries", "--json")
	})
	t.Run("no source", func(t *testing.T) {
		t.Parallel()
		h := newHarness(t)
		h.write(t, "config/cadensa/config.toml", "")
		if data := h.succeed(t, "entries", "--json"); data != "[]\n" {
			t.Errorf("prints %q, want an empty array", data)
		}
	})
}
