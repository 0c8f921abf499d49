package ui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"cadensa/ui/screen"
)

type brokenTerminal struct{}

func (brokenTerminal) Write([]byte) (int, error) { return 0, errors.New("gone") }

// "Copied" is said only when something took the text.
func TestCopiedIsSaidOnlyWhenSomethingWas(t *testing.T) {
	tests := []struct {
		name  string
		env   map[string]string
		works string
		tried string
		tone  screen.Tone
		asked bool
	}{
		{"tmux first", map[string]string{"TMUX": "1", "WAYLAND_DISPLAY": "w", "TERM": "xterm"}, "tmux", "tmux", screen.ToneGood, false},
		{"Wayland after tmux", map[string]string{"TMUX": "1", "WAYLAND_DISPLAY": "w"}, "wl-copy", "tmux wl-copy", screen.ToneGood, false},
		{"the second of X", map[string]string{"DISPLAY": ":0"}, "xsel", "xclip xsel", screen.ToneGood, false},
		{"no tool of another computer", map[string]string{"SSH_CONNECTION": "1", "DISPLAY": ":0", "TERM": "xterm"}, "xclip", "", screen.ToneInfo, true},
		{"the terminal last", map[string]string{"TERM": "xterm"}, "", "pbcopy clip.exe", screen.ToneInfo, true},
		{"a console", map[string]string{"TERM": "linux"}, "", "pbcopy clip.exe", screen.ToneWarn, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var tried []string
			var terminal strings.Builder
			c := clipboard{getenv: func(name string) string { return test.env[name] }, terminal: &terminal,
				run: func(_ context.Context, text, program string, _ ...string) error {
					if tried = append(tried, program); program == test.works && text == "FCT-0023" {
						return nil
					}
					return errors.New("no such program")
				}}
			notice := c.copyText(t.Context(), "FCT-0023")
			if got := strings.Join(tried, " "); got != test.tried || notice.Tone != test.tone || (terminal.Len() > 0) != test.asked {
				t.Errorf("tried %q, wrote %q, said %q", got, terminal.String(), notice.Text)
			}
			if copied := strings.Contains(notice.Text, "is copied"); copied != (test.tone == screen.ToneGood) || !strings.Contains(notice.Text, "FCT-0023") {
				t.Errorf("said %q", notice.Text)
			}
		})
	}
	c := clipboard{getenv: func(string) string { return "xterm" }, terminal: brokenTerminal{},
		run: func(context.Context, string, string, ...string) error { return errors.New("no") }}
	if notice := c.copyText(t.Context(), "FCT-0023"); notice.Tone != screen.ToneWarn || !strings.Contains(notice.Text, "by hand: FCT-0023") {
		t.Errorf("said %q", notice.Text)
	}
}
