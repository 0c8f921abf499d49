package document

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cadensa/model"
	"cadensa/model/text"
)

const (
	extension = ".pdf"
	// longestName is the length in bytes of a file name; every file system takes more, every e-mail program takes this.
	longestName = 120
	// anonymous names a file for which nothing is left to name it by.
	anonymous = "invoice"
)

// forbidden are the characters that some file system does not take in a name.
const forbidden = `<>:"/\|?*`

// reserved are the names of devices on Windows, with or without an extension.
var reserved = []string{
	"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
	"COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
	"LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
}

// FileName names the PDF of an invoice, "FCT-0023 Fabrica de Pâine SRL.pdf": in one folder, on any file system, at most
// 120 bytes, with its diacritics.
func FileName(series, number, clientName string) string {
	return fileName(model.InvoiceReference(series, number)+" "+clientName, extension)
}

// fileName makes a name of any text that ends with the suffix whole.
func fileName(text, suffix string) string {
	return fit(safeName(text), longestName-len(suffix)) + suffix
}

// safeName takes out what a file name cannot have, or should not begin or end with.
func safeName(value string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(forbidden, r):
			return '-'
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		}
		return r
	}, text.Collapse(value))
	name = strings.TrimLeft(name, ".-~ ")
	stem, _, _ := strings.Cut(name, ".")
	if slices.Contains(reserved, strings.ToUpper(strings.TrimSpace(stem))) {
		name = "_" + name
	}
	return name
}

// fit cuts a name at the end of a letter and takes off what must not stand before an extension.
func fit(name string, limit int) string {
	if len(name) > limit {
		name = name[:limit]
		for !utf8.ValidString(name) {
			name = name[:len(name)-1]
		}
	}
	name = strings.TrimRight(name, ". ")
	if name == "" {
		return anonymous
	}
	return name
}
