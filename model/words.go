package model

import "strconv"

// Count counts a noun: "1 line", "3 lines", "2 entries".
func Count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case noun == "entry":
		noun = "entrie"
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
