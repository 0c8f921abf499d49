package explain_test

import (
	"fmt"
	"testing"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// A number with two readings is refused with both, as they can be typed in each language.
func TestBothReadingsOfANumberAreSaid(t *testing.T) {
	for typed, want := range map[string][3]string{
		"1.250": {
			"1.250 can mean 1250 or 1.25. Type one of these.", "„1.250” poate însemna 1250 sau 1,25. Scrie una dintre ele.",
			"„1.250”: kétféleképpen olvasható, 1250 vagy 1,25. Írd be az egyiket.",
		},
		"1,255": {
			"1,255 can mean 1255 or 1.2550. Type one of these.", "„1,255” poate însemna 1255 sau 1,2550. Scrie una dintre ele.",
			"„1,255”: kétféleképpen olvasható, 1255 vagy 1,2550. Írd be az egyiket.",
		},
	} {
		_, err := model.ParseAmount(typed)
		what, advice := explain.Error(fmt.Errorf("in a field: %w", err), explain.Screen)
		for language, want := range want {
			if got := what.In(say.Language(language)); got != want || !advice.IsEmpty() {
				t.Errorf("%s is said as %q, want %q", typed, got, want)
			}
		}
	}
}
