//go:build e2e && unix

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// The demo shows everything in small and in large windows, and touches nothing of the user's.
func TestE2EDemo(t *testing.T) {
	t.Parallel()
	for _, size := range []struct{ width, height int }{{80, 24}, {120, 40}} {
		t.Run(fmt.Sprintf("%dx%d", size.width, size.height), func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			s := openTerminal(t, u, size.width, size.height)
			s.Start("--demo")
			s.Sees("DEMO", "▸1 Time")
			if folders := u.files("tmp"); len(folders) == 0 || !strings.HasPrefix(folders[0], "cadensa-demo-") {
				t.Errorf("the temporary folder has %q", folders)
			}
			showAround(s, size.width)
			s.Press("q")
			s.Ends(0)
			for _, folder := range []string{"home", "data", "state", "downloads", "tmp", "config/cadensa"} {
				if files := u.files(folder); len(files) > 0 {
					t.Errorf("the demo left %q in %s", files, folder)
				}
			}
		})
	}
}

// showAround goes through all screens and bills the hours of one client.
func showAround(s *terminal, width int) {
	s.t.Helper()
	name := func(screen string) string { return fmt.Sprintf("demo-%d-%s", width, screen) }
	s.Press("p")
	s.Sees("last month")
	s.Type("all")
	s.Press("Enter", "/")
	s.Type("atelier")
	s.Press("Enter")
	s.SeesRow(" all time ", "/ atelier")
	s.Sees("OAuth refresh tokens")
	s.Press("a")
	s.Sees("ticked", "RON net")
	s.keepScreens(name("time"))
	s.Press("2")
	s.Sees("▸2 Bill To", "Atelier Cireș SRL", "facturi@atelier.example", "Cluj-Napoca", "RO99120340")
	s.keepScreens(name("billto"))
	s.Press("C-s")
	s.Sees("▸3 Review", "Atelier Cireș SRL", "RO99120340 · Cluj-Napoca")
	s.keepScreens(name("review"))
	s.Press("i")
	s.Sees("Issue this invoice?")
	s.Press("y")
	s.Sees("▸4 History", "FCT-0023 is issued")
	s.SeesRow("▸ FCT-0023", "Atelier C", "issued")
	s.keepScreens(name("history"))
	s.Press("5")
	s.Sees("▸5 Setup", "API token", "••••")
	s.Press("C-t")
	s.Sees("✓ SmartBill reached", "✓ VAT")
	s.keepScreens(name("setup"))
	s.Press("?")
	s.Sees("Keys of Setup", "suspend")
	s.keepScreens(name("help"))
	s.Press("Escape")
	s.Lacks("Keys of Setup")
	s.Press("1")
	s.Press("G")
	s.Sees("▸1 Time", "FCT-0023", "nothing ticked")
}
