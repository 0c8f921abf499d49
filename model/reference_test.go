package model_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"cadensa/model"
)

// No letter of a reference looks like another, so that it survives print, fax and telephone.
func TestIntentReferenceLetters(t *testing.T) {
	form := regexp.MustCompile(`^CAD-[34679ACDEFGHJKMNPQRTUVWXY]{6}$`)
	seen := map[string]bool{}
	letters := map[rune]bool{}
	for range 2000 {
		reference, err := model.NewIntentReference(rand.Reader)
		if err != nil || !form.MatchString(reference) {
			t.Fatalf("reference %q, %v", reference, err)
		}
		seen[reference] = true
		for _, letter := range strings.TrimPrefix(reference, model.ReferencePrefix) {
			letters[letter] = true
		}
	}
	if len(seen) < 1990 || len(letters) != 25 {
		t.Errorf("%d different references of %d letters", len(seen), len(letters))
	}
}

// Bytes from 250 on are drawn again: they would make the first letters come up more often.
func TestIntentReferenceIsFair(t *testing.T) {
	got, err := model.NewIntentReference(bytes.NewReader([]byte{250, 0, 255, 24, 25, 249, 251, 1, 2}))
	if want := "CAD-3Y3Y46"; err != nil || got != want {
		t.Errorf("reference %q, %v, want %q", got, err, want)
	}
}

func TestIntentReferenceNeedsRandomness(t *testing.T) {
	if got, err := model.NewIntentReference(bytes.NewReader([]byte{1, 2, 3})); !errors.Is(err, io.EOF) || got != "" {
		t.Errorf("reference %q, %v, want io.EOF", got, err)
	}
}

// A PDF's text comes back with line breaks, spaces and hyphens where the layout liked them.
func TestReferenceIsFoundInTheTextOfAPDF(t *testing.T) {
	const reference = "CAD-7F3K4Q"
	for _, text := range []string{
		"Ref: CAD-7F3K4Q", "Ref: CAD-7F3\nK4Q | Total", "Ref:\nCAD-\r\n7F3K4Q", "R e f : C A D - 7 F 3 K 4 Q", "Ref: CAD\u20117F3K4Q",
		"Ref: CAD\u00ad-7F3\u00adK4Q", "Ref: CAD–7F3K4Q", "ref: cad-7f3k4q", "Ref: CAD7F3K4QTotal", "Ref:\u00a0CAD\u00a0-\u200b7F3K4Q",
	} {
		if !model.CarriesReference(text, reference) {
			t.Errorf("%q does not carry the reference", text)
		}
	}
	for _, text := range []string{"", "Ref: CAD-7F3K4", "Ref: CAD-7F3K4R", "7F3K4Q", "Ref: CAD-7F3K 4 | Q", "a copy of CAD-7F3K4Q"} {
		if model.CarriesReference(text, reference) {
			t.Errorf("%q carries the reference", text)
		}
	}
	// Nothing proves nothing.
	for _, nothing := range []string{"", " ", "-", "\u200b"} {
		if model.CarriesReference("any text", nothing) {
			t.Errorf("any text carries %q", nothing)
		}
	}
}

func TestSplitReference(t *testing.T) {
	for reference, want := range map[string][2]string{
		"FCT-0023": {"FCT", "0023"}, "FCT-2026-0023": {"FCT-2026", "0023"}, "A--1": {"A-", "1"}, "Ș-1": {"Ș", "1"},
	} {
		series, number, ok := model.SplitReference(reference)
		if !ok || series != want[0] || number != want[1] {
			t.Errorf("SplitReference(%q) = %q, %q, %t", reference, series, number, ok)
		}
	}
	for _, reference := range []string{"", "-", "FCT", "FCT-", "-0023", "0023"} {
		if series, number, ok := model.SplitReference(reference); ok || series != "" || number != "" {
			t.Errorf("SplitReference(%q) = %q, %q, %t", reference, series, number, ok)
		}
	}
}

func FuzzSplitReference(f *testing.F) {
	for _, seed := range []string{"FCT-0023", "FCT-2026-0023", "-", "A--", "\xff-1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, reference string) {
		series, number, ok := model.SplitReference(reference)
		if !ok {
			return
		}
		if series == "" || number == "" || strings.Contains(number, "-") || model.InvoiceReference(series, number) != reference {
			t.Errorf("SplitReference(%q) = %q, %q", reference, series, number)
		}
	})
}

func TestNumberIsTypedAloneOrBehindItsSeries(t *testing.T) {
	for typed, want := range map[string]string{
		"0023": "0023", " 0023 ": "0023", "FCT-0023": "0023", "FCT0023": "0023", "fct 0023": "0023", "FCT - 0023": "0023",
		"FCT": "FCT", "": "", "ABC-0023": "ABC-0023", "ș": "ș", "FCȘ0023": "FCȘ0023",
	} {
		if got := model.NumberTyped(typed, "FCT"); got != want {
			t.Errorf("%q is number %q, want %q", typed, got, want)
		}
	}
	for typed, want := range map[string]string{"23": "23", "2 3": "3", "2-0003": "0003"} {
		if got := model.NumberTyped(typed, "2"); got != want {
			t.Errorf("in series 2, %q is number %q, want %q", typed, got, want)
		}
	}
}
