package billto

import (
	"slices"
	"strconv"
	"unicode"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

const keyNone = "-"

func given(picker *widget.Picker) string {
	if picker.Value() == keyNone {
		return ""
	}
	return picker.Value()
}

// The unit, the direction and the scope each begin with what holds when nothing is chosen.
func units() []widget.Choice {
	return []widget.Choice{{Key: keyNone, Text: "hour"}, screen.PlainChoice("day"), screen.PlainChoice("item")}
}

func directions() []widget.Choice {
	return []widget.Choice{{Key: keyNone, Text: "up"}, screen.PlainChoice("nearest"), screen.PlainChoice("down")}
}

func scopes() []widget.Choice {
	return []widget.Choice{{Key: keyNone, Text: "each entry"}, {Key: "day", Text: "the entries of a day"},
		{Key: "line", Text: "the whole line"}}
}

func decimals() []widget.Choice {
	choices := []widget.Choice{{Key: keyNone, Text: "as in the settings"}}
	for count := model.MinQuantityDecimals; count <= model.MaxQuantityDecimals; count++ {
		choices = append(choices, widget.Choice{Key: strconv.Itoa(count), Text: strconv.Itoa(count) + " decimals"})
	}
	return choices
}

// decimalsChoice is the choice of a number of decimals, 0 for the settings'.
func decimalsChoice(count int) widget.Choice {
	if count == 0 {
		return choiceOf(decimals(), "")
	}
	return choiceOf(decimals(), strconv.Itoa(count))
}

func currencies() []widget.Choice {
	choices := []widget.Choice{{Key: keyNone, Text: "as the rules say"}}
	for _, code := range model.Currencies() {
		choices = append(choices, screen.PlainChoice(code))
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
	choices := []widget.Choice{{Key: keyNone, Text: "as proposed by country and number"}}
	for _, reason := range model.VATReasons() {
		choices = append(choices, widget.Choice{Key: string(reason), Text: explain.VATReason(reason).In(say.English)})
	}
	return choices
}

func supplyDates() []widget.Choice {
	return []widget.Choice{
		{Key: keyNone, Text: "as the settings say"}, {Key: string(model.SupplyByWork), Text: "the work"},
		{Key: string(model.SupplyByReport), Text: "the report or its acceptance"},
	}
}

// choiceOf is the choice of the key; the first for none, and the key itself for one that is not offered.
func choiceOf(choices []widget.Choice, key string) widget.Choice {
	if key == "" {
		return choices[0]
	}
	at := slices.IndexFunc(choices, func(choice widget.Choice) bool { return choice.Key == key })
	if at < 0 {
		return screen.PlainChoice(key)
	}
	return choices[at]
}

// searchIn finds choices by the beginning of a word, before those that have the query anywhere.
func searchIn(choices []widget.Choice) func(query string) []widget.Choice {
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

// findCountries finds countries by code, name or a slip of it. Without a query those of the address book come first, most
// recently used before the others, or else Romania.
func (s *Screen) findCountries(query string) []widget.Choice {
	matches := countries.Search(query)
	found := make([]widget.Choice, 0, len(matches)+1)
	var recent []string
	if query == "" {
		recent = s.recentCountries()
	}
	for _, code := range recent {
		found = append(found, countryChoice(code))
	}
	for _, match := range matches {
		if slices.Contains(recent, match.Country.Code) {
			continue
		}
		choice := countryChoice(match.Country.Code)
		for _, position := range match.Positions {
			choice.Marks = append(choice.Marks, position+len("RO  "))
		}
		found = append(found, choice)
	}
	return found
}

func (s *Screen) recentCountries() []string {
	var recent []string
	for _, client := range s.clients {
		if _, known := countries.ByCode(client.Country); known && !slices.Contains(recent, client.Country) {
			recent = append(recent, client.Country)
		}
	}
	if len(recent) == 0 {
		recent = []string{model.Romania}
	}
	return recent
}

// findCounties finds counties by what model.CountyNamed understands, or by the beginning of a word of their name, or by any part of it.
func findCounties(query string) []widget.Choice {
	var byName, others []widget.Choice
	named, _ := model.CountyNamed(query)
	for _, county := range model.Counties() {
		choice := countyChoice(county.Name)
		if county == named {
			at, _ := find(county.Name, query)
			choice.Marks = positions(at, query)
			byName = append(byName, choice)
			continue
		}
		others = append(others, choice)
	}
	return append(byName, searchIn(others)(query)...)
}

func findSectors(query string) []widget.Choice {
	var found []widget.Choice
	for _, sector := range model.Sectors() {
		named, ok := model.SectorNamed(query)
		if at, _ := find(sector, query); at >= 0 || ok && named == sector {
			found = append(found, screen.PlainChoice(sector))
		}
	}
	return found
}

// findClients finds clients by the beginning of a word of their name, most recently used first. The keys of the choices
// are positions in the address book, since two clients may share a name.
func findClients(clients []model.Client, query string) []widget.Choice {
	query = text.Collapse(query)
	if len([]rune(query)) < 2 {
		return nil
	}
	var found []widget.Choice
	for i, client := range clients {
		name := text.Collapse(client.Name)
		at, word := find(name, query)
		if !word {
			continue
		}
		choice := widget.Choice{Key: strconv.Itoa(i), Text: name, Marks: positions(at, query)}
		if city := text.Collapse(client.City); city != "" {
			choice.Text += " · " + city
		}
		found = append(found, choice)
	}
	return found
}

// find looks for the query in a text, without regard to case or diacritics, at the beginning of a word before anywhere
// else. It returns the position in runes, -1 for none, and whether it is the beginning of a word.
func find(text, query string) (at int, word bool) {
	letters, wanted := foldedRunes(text), foldedRunes(query)
	at = -1
	for i := 0; i+len(wanted) <= len(letters); i++ {
		if !slices.Equal(letters[i:i+len(wanted)], wanted) {
			continue
		}
		if i == 0 || !unicode.IsLetter(letters[i-1]) && !unicode.IsDigit(letters[i-1]) {
			return i, true
		}
		if at < 0 {
			at = i
		}
	}
	return at, false
}

// foldedRunes folds each rune by itself, so that positions stay those of the text.
func foldedRunes(value string) []rune {
	letters := []rune(value)
	for i, letter := range letters {
		if folded := []rune(text.Fold(string(letter))); len(folded) > 0 {
			letters[i] = folded[0]
		}
	}
	return letters
}

func positions(at int, query string) []int {
	if at < 0 {
		return nil
	}
	marks := make([]int, 0, len(query))
	for i := range []rune(query) {
		marks = append(marks, at+i)
	}
	return marks
}
