package document_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cadensa/model/document"
)

func TestSheetText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":           "",
		"Nord SRL":   "Nord SRL",
		"=1+1":       "'=1+1",
		"+40 722":    "'+40 722",
		"+40722":     "'+40722",
		"-1|cmd":     "'-1|cmd",
		"@SUM(A1)":   "'@SUM(A1)",
		"\t=1":       "'\t=1",
		"\rx":        "'\rx",
		" =1":        "' =1",
		"＝1":         "'＝1",
		"-125.50":    "-125.50",
		"-7":         "-7",
		"0023":       "0023",
		"-1.5.":      "'-1.5.",
		"-":          "'-",
		"'s Gravens": "'s Gravens",
		"'=1":        "''=1",
		"''-7":       "'''-7",
	} {
		if got := document.SheetText(text); got != want {
			t.Errorf("SheetText(%q) = %q, want %q", text, got, want)
		}
	}
}

// What is written is read back as it was, and nothing in it begins like a formula.
func TestSheetRoundTrip(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.StringMatching(`'{0,2}[ \t\r]?[-=+@＝]?[0-9a-c'" ;,.-]{0,6}`), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOf(rapid.SliceOfN(text, 3, 3)).Draw(t, "rows")
		var sheet bytes.Buffer
		if err := (document.Sheet{Header: []string{"a", "b", "c"}}).Write(&sheet, slices.Values(rows)); err != nil {
			t.Fatal(err)
		}
		read, err := csv.NewReader(&sheet).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range read[1:] {
			for j, cell := range row {
				_, number := strings.CutPrefix(cell, "-")
				if cell != "" && strings.ContainsRune("=+@\t\r＝", []rune(cell)[0]) || number && strings.Trim(cell, "-.0123456789") != "" {
					t.Fatalf("a spreadsheet runs %q", cell)
				}
				// The reader makes one line feed of a carriage return and one.
				want := strings.ReplaceAll(rows[i][j], "\r\n", "\n")
				if got := document.FromSheetText(cell); got != want {
					t.Fatalf("%q became %q", want, got)
				}
			}
		}
	})
}

type fullDisk struct{}

var errDiskFull = errors.New("no space left on device")

func (fullDisk) Write([]byte) (int, error) { return 0, errDiskFull }

func TestSheetTellsThatItCouldNotBeWritten(t *testing.T) {
	t.Parallel()
	sheet := document.Sheet{Header: []string{"a"}, CRLF: true}
	if err := sheet.Write(fullDisk{}, slices.Values([][]string{{"1"}})); !errors.Is(err, errDiskFull) {
		t.Errorf("got %v", err)
	}
	var written strings.Builder
	if err := sheet.Write(&written, slices.Values([][]string{{"=1"}})); err != nil || !cmp.Equal(written.String(), "a\r\n'=1\r\n") {
		t.Errorf("wrote %q, %v", &written, err)
	}
}
