package say

import (
	"strconv"
	"time"
)

// monthNames are those of January to December, as they stand in the middle of a sentence.
var monthNames = [...]Text{
	In("January", "ianuarie", "január"), In("February", "februarie", "február"), In("March", "martie", "március"),
	In("April", "aprilie", "április"), In("May", "mai", "május"), In("June", "iunie", "június"),
	In("July", "iulie", "július"), In("August", "august", "augusztus"), In("September", "septembrie", "szeptember"),
	In("October", "octombrie", "október"), In("November", "noiembrie", "november"), In("December", "decembrie", "december"),
}

// Month is the name of a month.
func Month(month time.Month) Text { return monthNames[month-1] }

// DayInWords is a day with the name of its month, without the year where that is 0: "3 April 2026".
func DayInWords(year int, month time.Month, day int) Text {
	if year == 0 {
		return Format("%[1]d %[2]s", "%[1]d %[2]s", "%[2]s %[1]d.", day, Month(month))
	}
	return Format("%[1]d %[2]s %[3]s", "%[1]d %[2]s %[3]s", "%[3]s. %[2]s %[1]d.", day, Month(month), strconv.Itoa(year))
}
