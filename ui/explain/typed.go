package explain

import (
	"cadensa/model"
	"cadensa/model/say"
)

// ambiguousAmount gives both readings of a typed number, each as it can be typed in its place.
func ambiguousAmount(typed *model.AmbiguousAmount) say.Text {
	return say.Format("%s can mean %s or %s. Type one of these.", "„%s” poate însemna %s sau %s. Scrie una dintre ele.",
		"„%s”: kétféleképpen olvasható, %s vagy %s. Írd be az egyiket.",
		typed.Typed, typed.Whole.String(), say.Number(model.EditableAmount(typed.Fraction)))
}

// foundAmbiguous is ambiguousAmount as a finding.
func foundAmbiguous(values []any) say.Text {
	typed, ok := values[0].(*model.AmbiguousAmount)
	if !ok {
		return say.Text{}
	}
	return say.Format("%s can mean %s or %s; type one of these", "„%s” poate însemna %s sau %s; scrie una dintre ele",
		"„%s”: kétféleképpen olvasható, %s vagy %s; írd be az egyiket",
		typed.Typed, typed.Whole.String(), say.Number(model.EditableAmount(typed.Fraction)))
}
