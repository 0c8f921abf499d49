package explain

import (
	"fmt"

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

// unclearDay gives the readings of a typed day, and how the likeliest one is typed in its place.
func unclearDay(typed *model.UnclearDay) say.Text {
	first := typed.Readings[0]
	if first.Year == 0 && len(typed.Readings) == 1 {
		return say.Join(say.Format("%s has no year.", "%s nu are an.", "%s: hiányzik az év.", typed.Typed), typeInstead(first))
	}
	if len(typed.Readings) == 1 {
		return say.Join(say.Format("%s looks like %s.", "%s pare să fie %s.", "%s: valószínűleg %s", typed.Typed, inWords(first, 0)),
			typeInstead(first))
	}
	second, known := typed.Readings[1], first.Year
	if second.Year != first.Year {
		known = 0
	}
	return say.Join(say.Format("%s can be %s or %s.", "%s poate fi %s sau %s.", "%s: lehet %s vagy %s", typed.Typed, inWords(first, known),
		inWords(second, known)), typeInstead(first))
}

// inWords leaves out the year that was typed in full.
func inWords(day model.Date, known int) say.Text {
	if day.Year == known {
		return say.DayInWords(0, day.Month, day.Day)
	}
	return say.DayInWords(day.Year, day.Month, day.Day)
}

func typeInstead(day model.Date) say.Text {
	year := say.Same(fmt.Sprintf("%04d", day.Year))
	if day.Year == 0 {
		year = say.In("yyyy", "aaaa", "éééé")
	}
	return say.Format("Type %[1]s-%[2]s-%[3]s or %[3]s.%[2]s.%[1]s.", "Scrie %[1]s-%[2]s-%[3]s sau %[3]s.%[2]s.%[1]s.",
		"Írd így: %[1]s-%[2]s-%[3]s vagy %[1]s. %[2]s. %[3]s.", year, fmt.Sprintf("%02d", int(day.Month)), fmt.Sprintf("%02d", day.Day))
}
