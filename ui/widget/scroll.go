package widget

// scrollFar is farther than any list is long, in rows: to the first or the last one.
const scrollFar = 1 << 30

// Scroll tells how many rows a key moves through a list or a text of which so many rows are in view, upwards if negative;
// false for a key that does not scroll. The caller keeps within the rows that there are.
func Scroll(name string, height int) (rows int, ok bool) {
	half, page := max(1, height/2), max(1, height-1)
	switch name {
	case "up", "k":
		return -1, true
	case "down", "j":
		return 1, true
	case "ctrl+u":
		return -half, true
	case "ctrl+d":
		return half, true
	case "pgup", "ctrl+b":
		return -page, true
	case "pgdown", "ctrl+f":
		return page, true
	case "home", "g":
		return -scrollFar, true
	case "end", "G":
		return scrollFar, true
	}
	return 0, false
}

// isPlainScroll reports whether a key scrolls and is no text, so that it moves a list while a field has the keyboard.
func isPlainScroll(name string) bool {
	switch name {
	case "up", "down", "pgup", "pgdown":
		return true
	}
	return false
}

// Step tells by how many a key moves among a few choices or fields: one forth or back, or none.
func Step(name string) int {
	switch name {
	case "down", "j", "tab":
		return 1
	case "up", "k", "shift+tab":
		return -1
	}
	return 0
}
