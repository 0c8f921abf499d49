package entries_test

import (
	"testing"

	"cadensa/ui/uitest"
)

// A word that templates do not know is asked about before it is printed on invoices.
func TestUnknownWordOfATemplateIsAskedAbout(t *testing.T) {
	for answer, want := range map[string]string{
		"y": "{client}: {project}", "k": "{clinet}: {project}", "esc": "",
	} {
		uitest.Run(t, func(t *testing.T) {
			records := sample(t)
			s := start(t, records, 80, 24).Press("t").Type("{clinet}: {project}").Press("ctrl+s")
			s.Sees("No template knows {clinet}", "use {client}").Press(answer).Lacks("No template knows")
			if got := records.Settings().LineTexts().Name; got != want {
				t.Errorf("%s: %q is kept", answer, got)
			}
			if answer == "esc" {
				s.Sees("What lines of hours say", "{clinet}: {project}")
			}
		})
	}
}
