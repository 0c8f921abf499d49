package explain

import (
	"strings"

	"cadensa/model/filter"
	"cadensa/model/say"
)

// Filter names the word of a filter that is not understood, and the nearest right one.
func Filter(mistake *filter.Mistake) say.Text {
	if mistake.Err != nil {
		what, _ := Error(mistake.Err, Screen)
		return what
	}
	wrong := say.Format("%s is not understood.", "%s nu se înțelege.", "%s: nem érthető.", mistake.Word)
	return say.Join(wrong, filterCure(mistake))
}

func filterCure(mistake *filter.Mistake) say.Text {
	switch {
	case mistake.Wanted == filter.WantedQuotes:
		return say.Format("Put text in quotes: %s", "Pune textul între ghilimele: %s", "Szöveget tegyél idézőjelbe: %s", mistake.Nearest)
	case mistake.Nearest != "":
		return say.Format("Did you mean %s?", "Ai vrut să scrii %s?", "Erre gondoltál: %s?", mistake.Nearest)
	case mistake.Wanted == filter.WantedState:
		return say.Format("Use one of %s.", "Folosește una dintre %s.", "Ezek egyikét írd: %s.", strings.Join(mistake.Choices, " "))
	case mistake.Wanted == filter.WantedAmount:
		return say.In("Type an amount such as >1000 or <=250.50.", "Scrie o sumă, de exemplu >1000 sau <=250,50.",
			"Írj be egy összeget, például >1000 vagy <=250,50.")
	case mistake.Wanted == filter.WantedDay:
		return say.In("Type a day, month, quarter or year, such as 2026-11-30, 2026-12, 2026-Q4 or 2026.",
			"Scrie o zi, o lună, un trimestru sau un an, de exemplu 30.11.2026, 2026-12, 2026-Q4 sau 2026.",
			"Írj be egy napot, hónapot, negyedévet vagy évet, például 2026-11-30, 2026-12, 2026-Q4 vagy 2026.")
	}
	return say.In("Type a length such as >2h, <30m or >=1:30.", "Scrie o durată, de exemplu >2h, <30m sau >=1:30.",
		"Írj be egy időtartamot, például >2h, <30m vagy >=1:30.")
}
