package timelog

import (
	"strings"

	"cadensa/model"
)

// Romanian has a comma below s and t. Old encodings and keyboards have the cedilla in its place, which is Turkish.

// withComma is the letter with a comma below in place of a cedilla.
func withComma(letter rune) rune {
	switch letter {
	case 'ş':
		return 'ș'
	case 'ţ':
		return 'ț'
	case 'Ş':
		return 'Ș'
	case 'Ţ':
		return 'Ț'
	}
	return letter
}

// withCommas writes Romanian with commas below. Text with letters that only Turkish has stays as it is.
func withCommas(text string) string {
	// All four begin with this byte, which most texts have not: looking for it is quick.
	if strings.IndexByte(text, "ş"[0]) < 0 || !strings.ContainsAny(text, "şţŞŢ") || strings.ContainsAny(text, "ğĞıİ") {
		return text
	}
	return strings.Map(withComma, text)
}

// commasBelow writes the texts of an entry with commas below.
func commasBelow(entry *model.Entry) {
	for _, text := range []*string{&entry.Client, &entry.Project, &entry.Task, &entry.Description, &entry.User} {
		*text = withCommas(*text)
	}
	for i, tag := range entry.Tags {
		if changed := withCommas(tag); changed != tag {
			// Rows share their tags.
			entry.Tags = append(append(entry.Tags[:i:i], changed), entry.Tags[i+1:]...)
		}
	}
}
