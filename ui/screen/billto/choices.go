package billto

import (
	"slices"

	"cadensa/model"
	"cadensa/ui/widget"
)

// keyNone is the choice to keep nothing.
const keyNone = "-"

func given(picker *widget.Picker) string {
	if picker.Value() == keyNone {
		return ""
	}
	return picker.Value()
}

// The unit, the direction and the scope each begin with what holds when nothing is chosen.
func units() []widget.Choice {
	return []widget.Choice{{Key: keyNone, Text: "hour"}, plainChoice("day"), plainChoice("item")}
}

func directions() []widget.Choice {
	return []widget.Choice{{Key: keyNone, Text: "up"}, plainChoice("nearest"), plainChoice("down")}
}

func scopes() []widget.Choice {
	return []widget.Choice{{Key: keyNone, Text: "each entry"}, {Key: "day", Text: "the entries of a day"}, {Key: "line", Text: "the whole line"}}
}

func currencies() []widget.Choice {
	choices := []widget.Choice{{Key: keyNone, Text: "as the rules say"}}
	for _, code := range model.Currencies() {
		choices = append(choices, plainChoice(code))
	}
	return choices
}

func languages() []widget.Choice {
	names := map[string]string{
		"RO": "Romanian", "EN": "English", "DE": "German", "FR": "French", "IT": "Italian", "ES": "Spanish",
	}
	choices := []widget.Choice{{Key: keyNone, Text: "as SmartBill does"}}
	for _, code := range model.Languages() {
		choices = append(choices, widget.Choice{Key: code, Text: code + "  " + names[code]})
	}
	return choices
}

func reasons() []widget.Choice {
	words := map[model.Reason]string{
		model.ReasonDomestic: "Romanian VAT", model.ReasonReverseCharge: "reverse charge (EU company)",
		model.ReasonOutsideEU: "not taxable in Romania",
	}
	choices := []widget.Choice{{Key: keyNone, Text: "as proposed by country and number"}}
	for _, reason := range model.VATReasons() {
		choices = append(choices, widget.Choice{Key: string(reason), Text: words[reason]})
	}
	return choices
}

// chosen is the choice of the key; the first for none, and the key itself for one that is not offered.
func chosen(choices []widget.Choice, key string) widget.Choice {
	if key == "" {
		return choices[0]
	}
	at := slices.IndexFunc(choices, func(choice widget.Choice) bool { return choice.Key == key })
	if at < 0 {
		return plainChoice(key)
	}
	return choices[at]
}

// among finds choices by the beginning of a word, before those that have the query anywhere.
func among(choices []widget.Choice) func(query string) []widget.Choice {
	return func(query string) []widget.Choice {
		var byWord, byPart []widget.Choice
		for _, choice := range choices {
			at, whole := find(choice.Text, query)
			choice.Marks = positions(at, query)
			switch {
			case at < 0:
			case whole:
				byWord = append(byWord, choice)
			default:
				byPart = append(byPart, choice)
			}
		}
		return append(byWord, byPart...)
	}
}
