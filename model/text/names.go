package text

import (
	"encoding/csv"
	"strings"
)

// JoinNames writes a list of names as one text, parted by the separator and a space after it if spaced. A name that
// would not come back as it is, such as "Acme, Inc.", stands in quotes.
func JoinNames(names []string, separator rune, spaced bool) string {
	written := make([]string, len(names))
	for i, name := range names {
		written[i] = name
		if strings.ContainsRune(name, separator) || strings.HasPrefix(name, `"`) {
			written[i] = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		}
	}
	between := string(separator)
	if spaced {
		between += " "
	}
	return strings.Join(written, between)
}

// SplitNames reads what JoinNames writes, or people type: names between separators, collapsed, empty ones left out.
func SplitNames(text string, separator rune) []string {
	reader := csv.NewReader(strings.NewReader(Clean(text)))
	reader.Comma, reader.LazyQuotes, reader.TrimLeadingSpace = separator, true, true
	fields, err := reader.Read()
	if err != nil {
		fields = strings.Split(text, string(separator))
	}
	var names []string
	for _, name := range fields {
		if name = Collapse(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}
