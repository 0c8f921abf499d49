package explain_test

import (
	"testing"

	"cadensa/model/filter"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

func TestMisspeltFiltersAreSaid(t *testing.T) {
	for typed, want := range map[string][3]string{
		"proj:acme": {"proj:acme is not understood. Did you mean project:acme?", "proj:acme nu se înțelege. Ai vrut să scrii project:acme?",
			"proj:acme: nem érthető. Erre gondoltál: project:acme?"},
		"10:30": {`10:30 is not understood. Put text in quotes: "10:30"`, `10:30 nu se înțelege. Pune textul între ghilimele: "10:30"`,
			`10:30: nem érthető. Szöveget tegyél idézőjelbe: "10:30"`},
		">abc": {">abc is not understood. Type a length such as >2h, <30m or >=1:30.",
			">abc nu se înțelege. Scrie o durată, de exemplu >2h, <30m sau >=1:30.", ">abc: nem érthető. Írj be egy időtartamot, például >2h, <30m vagy >=1:30."},
		">1.250": {"1.250 can mean 1250 or 1.25. Type one of these.", "„1.250” poate însemna 1250 sau 1,25. Scrie una dintre ele.",
			"„1.250”: kétféleképpen olvasható, 1250 vagy 1,25. Írd be az egyiket."},
	} {
		_, err := filter.Parse(typed)
		what, _ := explain.Error(err, explain.Screen)
		for language, want := range want {
			if got := what.In(say.Language(language)); got != want {
				t.Errorf("%s is said as %q, want %q", typed, got, want)
			}
		}
	}
}
