package timelog

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// cellFormat is what the number of a cell stands for.
type cellFormat int

const (
	formatNumber cellFormat = iota
	formatDate
	formatDateTime
	formatClock
	formatElapsed
)

// builtInFormats are those that have no code in the file (ECMA-376, 18.8.30).
var builtInFormats = map[int]cellFormat{
	14: formatDate, 15: formatDate, 16: formatDate, 17: formatDate,
	18: formatClock, 19: formatClock, 20: formatClock, 21: formatClock, 22: formatDateTime,
	45: formatElapsed, 46: formatElapsed, 47: formatElapsed,
}

// readStyles reads how the cells of each style are shown.
func (b *workbook) readStyles(_ context.Context, in io.Reader) error {
	var found struct {
		Codes []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Styles []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := xml.NewDecoder(io.LimitReader(in, largestList)).Decode(&found); err != nil {
		return err //nolint:wrapcheck // open names the part
	}
	codes := map[int]cellFormat{}
	for _, each := range found.Codes {
		codes[each.ID] = formatOfCode(each.Code)
	}
	for _, style := range found.Styles {
		known, custom := codes[style.Format]
		if !custom {
			known = builtInFormats[style.Format]
		}
		b.formats = append(b.formats, known)
	}
	return nil
}

var (
	// elapsedCode stands for all hours, minutes or seconds, and not for those of the clock.
	elapsedCode = regexp.MustCompile(`\[(?:h+|m+|s+)\]`)
	// literalCode is shown as it is, or is a colour, a condition or a language.
	literalCode = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|am/pm|a/p`)
)

// formatOfCode tells what the first section of a format's code is for, such as `dd/mm/yyyy hh:mm` or `[h]:mm:ss`.
func formatOfCode(code string) cellFormat {
	code = strings.ToLower(code)
	plain := literalCode.ReplaceAllString(code, "")
	plain, _, _ = strings.Cut(plain, ";")
	clock := strings.ContainsAny(plain, "hs")
	date := strings.ContainsAny(plain, "yd") || !clock && strings.Contains(plain, "m")
	switch {
	case strings.Contains(plain, "general"):
		return formatNumber
	case elapsedCode.MatchString(code):
		return formatElapsed
	case date && clock:
		return formatDateTime
	case date:
		return formatDate
	case clock:
		return formatClock
	}
	return formatNumber
}

var (
	secondsPerDay = decimal.NewFromInt(daySeconds)
	oneDay        = decimal.NewFromInt(1)
	// mostDuration is in days: a longer one that is shown as a time is a day and a time. lastSerial is the last day of 9999.
	mostDuration, lastSerial = decimal.NewFromInt(10_000), decimal.NewFromInt(2_958_465)
)

const (
	daySeconds = 24 * 60 * 60
	// excelDigits is how many digits of a number count; the file has some more, of the binary number behind it. Of a third of
	// an hour, shownDecimals are enough.
	excelDigits, shownDecimals = 15, 10
)

// showNumber returns a number as the style of its cell means it: days since 1900 or 1904, parts of a day, or a number.
func (b *workbook) showNumber(text string, style int) string {
	number, ok := parseSheetNumber(text)
	if !ok {
		return text
	}
	format := formatNumber
	if style >= 0 && style < len(b.formats) {
		format = b.formats[style]
	}
	if format == formatElapsed || format == formatClock && number.LessThan(mostDuration) ||
		format == formatDateTime && number.LessThan(oneDay) {
		return showDuration(number)
	}
	if format == formatNumber || number.IsNegative() || number.GreaterThan(lastSerial) {
		return number.Round(shownDecimals).String()
	}
	seconds := number.Mul(secondsPerDay).Round(0).IntPart()
	at := b.dayZero(number).AddDate(0, 0, int(seconds/daySeconds)).Add(time.Duration(seconds%daySeconds) * time.Second)
	layouts := map[cellFormat]string{formatClock: time.TimeOnly, formatDate: time.DateOnly, formatDateTime: time.DateTime}
	return at.Format(layouts[format])
}

// parseSheetNumber reads a number as a workbook writes it, such as 8.3333333333333329E-2.
func parseSheetNumber(text string) (decimal.Decimal, bool) {
	const longest = 40
	if len(text) > longest {
		return decimal.Decimal{}, false
	}
	number, err := decimal.NewFromString(text)
	if err != nil || number.Exponent() > longest || number.Exponent() < -10*longest {
		return decimal.Decimal{}, false
	}
	return number.Round(excelDigits - int32(number.NumDigits()) - number.Exponent()), true //nolint:gosec // there are few digits
}

// dayZero is the day from which days are counted. Excel takes 1900 for a leap year, as the spreadsheet before it did.
func (b *workbook) dayZero(number decimal.Decimal) time.Time {
	const inventedDay = 60
	switch {
	case b.since1904:
		return time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	case number.LessThan(decimal.NewFromInt(inventedDay)):
		return time.Date(1899, time.December, 31, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
}

// showDuration writes a part of a day, or several days, in hours, minutes and seconds.
func showDuration(days decimal.Decimal) string {
	sign := ""
	if days.IsNegative() {
		sign, days = "-", days.Neg()
	}
	if days.GreaterThan(lastSerial) {
		return sign + days.String()
	}
	seconds := days.Mul(secondsPerDay).Round(0).IntPart()
	return fmt.Sprintf("%s%d:%02d:%02d", sign, seconds/3600, seconds/60%60, seconds%60)
}
