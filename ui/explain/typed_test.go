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

// A day that is not clear is refused with what it can mean, and how the likeliest is typed.
func TestReadingsOfADayAreSaid(t *testing.T) {
	for typed, want := range map[string][3]string{
		"03/04/2026": {
			"03/04/2026 can be 3 April or 4 March. Type 2026-04-03 or 03.04.2026.", "03/04/2026 poate fi 3 aprilie sau 4 martie. Scrie 2026-04-03 sau 03.04.2026.",
			"03/04/2026: lehet április 3. vagy március 4. Írd így: 2026-04-03 vagy 2026. 04. 03.",
		},
		"03.04.26": {
			"03.04.26 can be 3 April 2026 or 26 April 2003. Type 2026-04-03 or 03.04.2026.",
			"03.04.26 poate fi 3 aprilie 2026 sau 26 aprilie 2003. Scrie 2026-04-03 sau 03.04.2026.",
			"03.04.26: lehet 2026. április 3. vagy 2003. április 26. Írd így: 2026-04-03 vagy 2026. 04. 03.",
		},
		"30/11/2026": {
			"30/11/2026 looks like 30 November 2026. Type 2026-11-30 or 30.11.2026.", "30/11/2026 pare să fie 30 noiembrie 2026. Scrie 2026-11-30 sau 30.11.2026.",
			"30/11/2026: valószínűleg 2026. november 30. Írd így: 2026-11-30 vagy 2026. 11. 30.",
		},
		"30.11.": {
			"30.11. has no year. Type yyyy-11-30 or 30.11.yyyy.", "30.11. nu are an. Scrie aaaa-11-30 sau 30.11.aaaa.",
			"30.11.: hiányzik az év. Írd így: éééé-11-30 vagy éééé. 11. 30.",
		},
	} {
		_, err := model.ParseDay(typed)
		what, _ := explain.Error(fmt.Errorf("in a field: %w", err), explain.Screen)
		for language, want := range want {
			if got := what.In(say.Language(language)); got != want {
				t.Errorf("%s is said as %q, want %q", typed, got, want)
			}
		}
	}
}
