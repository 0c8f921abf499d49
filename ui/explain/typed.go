package explain

import (
	"errors"
	"fmt"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/model/filter"
	"cadensa/model/say"
	"cadensa/model/text"
)

// typedText says what is wrong with something that a person typed; empty for other errors.
func typedText(err error) say.Text {
	if mistake, ok := errors.AsType[*filter.Mistake](err); ok {
		return Filter(mistake)
	}
	if typed, ok := errors.AsType[*model.AmbiguousAmount](err); ok {
		return ambiguousAmount(typed)
	}
	if typed, ok := errors.AsType[*model.UnclearDay](err); ok {
		return unclearDay(typed)
	}
	if loose, ok := errors.AsType[*model.LoosePathError](err); ok {
		return loosePath(loose)
	}
	if errors.Is(err, config.ErrOutsideDemo) {
		return say.In("The demo writes into its own folder only. Leave the PDF folder as it was.",
			"Demonstrația scrie numai în dosarul ei. Lasă dosarul pentru PDF-uri cum era.",
			"A bemutató csak a saját mappájába ír. Hagyd a PDF-ek mappáját úgy, ahogy volt.")
	}
	return say.Text{}
}

// ambiguousAmount gives both readings of a typed number, each as it can be typed in its place.
func ambiguousAmount(typed *model.AmbiguousAmount) say.Text {
	return say.Format("%s can mean %s or %s. Type one of these.", "„%s” poate însemna %s sau %s. Scrie una dintre ele.",
		"„%s”: kétféleképpen olvasható, %s vagy %s. Írd be az egyiket.",
		typed.Typed, typed.Whole.String(), say.Number(model.EditableAmount(typed.Fraction)))
}

// loosePath says how a path of the settings is written.
func loosePath(loose *model.LoosePathError) say.Text {
	path := text.Clean(loose.Path)
	if loose.Full == "" {
		return say.Format("%s is not a full path. Begin it with / or ~/.", "„%s” nu este o cale completă. Începe-o cu / sau ~/.",
			"„%s”: nem teljes útvonal. Kezdd így: / vagy ~/.", path)
	}
	return say.Format("%s is not a full path. Write %s, or begin it with /.", "„%s” nu este o cale completă. Scrie %s sau începe-o cu /.",
		"„%s”: nem teljes útvonal. Írd így: %s, vagy kezdd /-rel.", path, text.Clean(loose.Full))
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
