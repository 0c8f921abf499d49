package document

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/renameio/v2/maybe"

	"cadensa/model"
	"cadensa/model/text"
)

const (
	privateFile   = 0o600
	privateFolder = 0o700
	// maxCopies is how many files of one name a folder may hold before Save gives up.
	maxCopies = 1000
)

// Save writes a PDF into the folder, private to its owner, whole or not at all, and returns its path. It makes a missing folder.
// A file of that name stays: with the same content or the same text it is returned, since SmartBill prints an invoice anew, with
// another time stamp, whenever it is asked; else the PDF becomes "name (2).pdf".
func Save(folder, name string, content []byte) (path string, err error) {
	return save(folder, name, content, sameDocument)
}

// save is Save for any file, with what counts as the same content.
func save(folder, name string, content []byte, same func(found, content []byte) bool) (path string, err error) {
	if name == "." || filepath.Base(name) != name || !filepath.IsLocal(name) || strings.ContainsAny(name, `/\`) {
		return "", fmt.Errorf("save file: %q is not a plain file name", name)
	}
	if err := os.MkdirAll(folder, privateFolder); err != nil {
		return "", fmt.Errorf("save file: make the folder: %w", err)
	}
	for copies := 1; copies <= maxCopies; copies++ {
		path := filepath.Join(folder, numbered(name, copies))
		taken, err := claim(path)
		if err != nil {
			return "", fmt.Errorf("save file: %w", err)
		}
		if taken {
			return path, fill(path, content)
		}
		if holds(path, content, same) {
			return path, nil
		}
	}
	return "", fmt.Errorf("save file: %s holds too many files called %s", folder, name)
}

// numbered is the name of the n-th file that would be called so.
func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	suffix := filepath.Ext(name)
	stem := fit(strings.TrimSuffix(name, suffix), longestName-len(suffix)-len(" (9999)"))
	return fmt.Sprintf("%s (%d)%s", stem, n, suffix)
}

// claim makes an empty file under the path, unless there is one already: whoever makes it may replace it.
func claim(path string) (bool, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateFile)
	if errors.Is(err, os.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("make the file: %w", err)
	}
	if err := file.Close(); err != nil {
		return false, fmt.Errorf("make the file: %w", errors.Join(err, os.Remove(path)))
	}
	return true, nil
}

// fill replaces the empty file by one with the content, at once.
func fill(path string, content []byte) error {
	if err := maybe.WriteFile(path, content, privateFile); err != nil {
		return fmt.Errorf("save file: write the file: %w", errors.Join(err, os.Remove(path)))
	}
	return nil
}

// holds reports whether the file is a plain one with the same content. One that cannot be read is somebody else's.
func holds(path string, content []byte, same func(found, content []byte) bool) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > MaxSize {
		return false
	}
	found, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	return same(found, content)
}

func sameDocument(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	first, err := Text(a)
	if err != nil || strings.TrimSpace(first) == "" {
		return false
	}
	second, err := Text(b)
	return err == nil && first == second
}

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
var reserved = regexp.MustCompile(`(?i)^\s*(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\.|$)`)

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
	if reserved.MatchString(name) {
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
