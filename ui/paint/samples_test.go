package paint

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// marks are what terminals count differently: a row with one of them must only stay within its row.
var marks = []string{"👩‍👩‍👧‍👦", "🇷🇴", "👍🏽", "❤️", "☝️", "1️⃣"}

// texts are what every terminal counts alike: ASCII, one rune a cell, wide runes, marks on letters, emoji.
var texts = []string{"invoice", "Ștefan", "€ 1 250,00", "│ ─ ╮", "請求書", "ｗｉｄｅ", "e\u0301te\u0301", "s\u0326i t\u0326a\u0306ra\u0306", "😀",
	"🚀 up", "a", "   "}

var styles = []string{"\x1b[1m", "\x1b[31;44m", "\x1b[38;5;120m", "\x1b[7m", "\x1b[m", "\x1b[0m", "\x1b[48;2;1;2;3m"}

// wild marks a row whose cells terminals count differently.
const wild = "~"

// sampleView makes up a view for a window: too few rows or too many, empty, full, too long, with styles left open.
func sampleView(random *rand.Rand, width, height int) string {
	count := height
	switch random.IntN(6) {
	case 0:
		count = random.IntN(height + 1)
	case 1:
		count = height + random.IntN(4)
	}
	rows := make([]string, count)
	for y := range rows {
		rows[y] = sampleRow(random, y, width)
	}
	return strings.Join(rows, "\n")
}

func sampleRow(random *rand.Rand, y, width int) string {
	var row strings.Builder
	switch random.IntN(8) {
	case 0:
		return ""
	case 1:
		return strings.Repeat("x", width)
	case 2:
		return strings.Repeat("─", width-1) + "╮"
	case 3:
		fmt.Fprintf(&row, "%s%d ", wild, y)
		row.WriteString(marks[random.IntN(len(marks))])
	default:
		fmt.Fprintf(&row, "%d ", y)
	}
	for range random.IntN(width/4 + 3) {
		if random.IntN(4) == 0 {
			row.WriteString(styles[random.IntN(len(styles))])
		}
		row.WriteString(texts[random.IntN(len(texts))])
	}
	return row.String()
}
