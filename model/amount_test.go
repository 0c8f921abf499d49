package model_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

// typedAmounts are the ways in which people write numbers, each with what it means: a number, both readings as "whole or fraction",
// or nothing where it is no number.
var typedAmounts = []struct{ typed, want string }{
	// Without thousands, whatever the mark is.
	{"250", "250"},
	{"250.00", "250"},
	{"250,5", "250.5"},
	{"5,0912", "5.0912"},
	{",5", "0.5"},
	{".5", "0.5"},
	{"-12,5", "-12.5"},
	{" 250 ", "250"},
	{"007", "7"},
	// Three digits behind the mark that can only be decimals.
	{"0,125", "0.125"},
	{"0.125", "0.125"},
	{"1250.125", "1250.125"},
	{".125", "0.125"},
	// Three that can also be thousands.
	{"1.250", "1250 or 1.25"},
	{"1,250", "1250 or 1.25"},
	{"12.500", "12500 or 12.50"},
	{"2,125", "2125 or 2.1250"},
	{"1.000", "1000 or 1.00"},
	{"-4,975", "-4975 or -4.9750"},
	// Thousands.
	{"1,687.50", "1687.5"},
	{"1.687,50", "1687.5"},
	{"1.250.000", "1250000"},
	{"12,345,678.9", "12345678.9"},
	{"1.250,500", "1250.5"},
	{"1 250", "1250"},
	{"1 250,50", "1250.5"},
	{"1\u00a0250,50", "1250.5"},
	{"1\u202f250\u2009000.125", "1250000.125"},
	{"1 250.500", "1250.5"},
	// No numbers.
	{"12 50", ""},
	{"0 125", ""},
	{"1 250 00", ""},
	{"1.250 500", ""},
	{"1.25.000", ""},
	{"1,250,50", ""},
	{"1,687.5,0", ""},
	{"0.250,50", ""},
	{"5.", ""},
	{"1.250,", ""},
	{"", ""},
	{"-", ""},
	{",", ""},
	{"- 5", ""},
	{"--5", ""},
	{"+5", ""},
	{"1e9", ""},
	{"0x10", ""},
	{"NaN", ""},
	{"12 lei", ""},
	{"1'250", ""},
	{"1\t250", ""},
	{"٣", ""},
	{"\x1b5", ""},
	{strings.Repeat("9", 25), ""},
	{strings.Repeat("9", 24), strings.Repeat("9", 24)},
}

func TestParseAmount(t *testing.T) {
	for _, test := range typedAmounts {
		got, err := model.ParseAmount(test.typed)
		if readings, is := errors.AsType[*model.AmbiguousAmount](err); is {
			said := readings.Whole.String() + " or " + model.EditableAmount(readings.Fraction)
			if said != test.want || readings.Typed != test.typed {
				t.Errorf("%q is read as %s, want %q", test.typed, err, test.want)
			}
			continue
		}
		if test.want == "" {
			if err == nil || strings.Contains(err.Error(), "\x1b") || !strings.HasSuffix(err.Error(), "is not a number such as 250 or 250.50") {
				t.Errorf("%q is read as %s, %v", test.typed, got, err)
			}
			continue
		}
		if err != nil || got.String() != test.want {
			t.Errorf("%q is read as %s, %v, want %s", test.typed, got, err, test.want)
		}
	}
}

// What files hold is written by programs: a point before the decimals, nothing between thousands.
func TestParsePlainAmount(t *testing.T) {
	for text, want := range map[string]string{
		"250": "250", "250.00": "250", "0.125": "0.125", "1250.125": "1250.125", "1.2500": "1.25", "1.250": "ambiguous", "1,250": "ambiguous",
		"250,5": "", "1,687.50": "", "1 250": "", "-5": "", "5.": "", ".5": "", "": "", " 5": "", "1e9": "",
	} {
		got, err := model.ParsePlainAmount(text)
		_, ambiguous := errors.AsType[*model.AmbiguousAmount](err)
		switch {
		case want == "ambiguous" && ambiguous, want == "" && err != nil && !ambiguous:
		case err != nil || got.String() != want:
			t.Errorf("%q is read as %s, %v, want %q", text, got, err, want)
		}
	}
}

// Whatever the program writes into a field reads back as itself, and so do both readings of a number that was refused, with either
// mark before the decimals.
func TestWhatFieldsAreFilledWithReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := decimals(8).Draw(t, "number")
		written := []string{model.EditableAmount(want), model.EditableNumber(want), model.FormatAmount(want.Round(2))}
		for i, text := range written[:2] {
			written = append(written, strings.Replace(text, ".", ",", 1))
			if plain, err := model.ParsePlainAmount(strings.TrimPrefix(written[i], "-")); err != nil || !plain.Equal(want.Abs()) {
				t.Errorf("%s is written into files as %s, which reads %s (%v)", want, text, plain, err)
			}
		}
		for i, text := range written {
			expected := want
			if i == 2 {
				expected = want.Round(2)
			}
			if got, err := model.ParseAmount(text); err != nil || !got.Equal(expected) {
				t.Errorf("%s is written as %s, which reads %s (%v)", expected, text, got, err)
			}
		}
	})
}

func TestReadingsOfARefusedNumberAreTaken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.StringMatching(`-?[1-9][0-9]{0,2}[.,][0-9]{3}`).Draw(t, "typed")
		_, err := model.ParseAmount(typed)
		readings, is := errors.AsType[*model.AmbiguousAmount](err)
		if !is {
			t.Fatalf("%s is not refused: %v", typed, err)
		}
		for _, reading := range []decimal.Decimal{readings.Whole, readings.Fraction} {
			for _, text := range []string{reading.String(), model.EditableAmount(reading)} {
				if strings.Contains(text, ".") && len(text)-strings.Index(text, ".") == 4 {
					continue // String may have three decimals; it is not offered.
				}
				if got, err := model.ParseAmount(text); err != nil || !got.Equal(reading) {
					t.Errorf("%s offers %s, which reads %s (%v)", typed, text, got, err)
				}
			}
		}
	})
}

func FuzzParseAmount(f *testing.F) {
	for _, test := range typedAmounts {
		f.Add(test.typed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, err := model.ParseAmount(text)
		if err != nil || number.NumDigits() > 18 {
			return // What is not a number, or more money than there is.
		}
		again, err := model.ParseAmount(model.EditableAmount(number))
		if err != nil || !again.Equal(number) {
			t.Errorf("ParseAmount(%q) = %s, written as %s, which reads %s (%v)", text, number, model.EditableAmount(number), again, err)
		}
	})
}

func TestParseLength(t *testing.T) {
	for text, want := range map[string]string{
		"2h": "2h0m0s", "30m": "30m0s", "90s": "1m30s", "1:30": "1h30m0s", "1h30m": "1h30m0s", "2": "2h0m0s", "1.5": "1h30m0s", "1,5h": "1h30m0s",
		"0,125h": "7m30s", "1 000h": "1000h0m0s", "0": "0s",
		"1.250": "", "1,250h": "", "": "", "h": "", "x": "", "-1h": "", "1:60": "", "1:5:0": "", "1.5h30m": "", "12 50": "", "1d": "",
		"9999999999h": "", "99999999999999h1m": "",
	} {
		if got, err := model.ParseLength(text); (err == nil) != (want != "") || err == nil && got.String() != want {
			t.Errorf("%q is read as %s, %v, want %q", text, got, err, want)
		}
	}
	if _, err := model.ParseLength("1.250"); !isAmbiguous(err) {
		t.Errorf("both readings are not given: %v", err)
	}
}

func isAmbiguous(err error) bool {
	_, is := errors.AsType[*model.AmbiguousAmount](err)
	return is
}

// Every reader of typed numbers refuses one with two readings, and says both.
func TestNothingGuessesAnAmbiguousNumber(t *testing.T) {
	for _, typed := range []string{"1.250", "1,250"} {
		_, price := model.ParsePrice(typed)
		_, quantity := model.ParseQuantity(typed, 6)
		_, value := model.ParseDiscount(typed)
		_, percent := model.ParseDiscount(typed + "%")
		_, line := model.ParseFreeLine("Licence; 1; buc; " + typed)
		_, lineQuantity := model.ParseFreeLine("Licence; " + typed + "; buc; 1")
		_, days := model.ParseThresholds(typed + " from 1h")
		_, from := model.ParseThresholds("1 from " + typed + "h")
		for i, err := range []error{price, quantity, value, percent, line, lineQuantity, days, from} {
			if !isAmbiguous(err) {
				t.Errorf("%d: %q gives %v", i, typed, err)
			}
		}
		client := model.Client{Name: "A", ClientDefaults: model.ClientDefaults{ClientRule: model.ClientRule{Price: typed}}}
		if rules := model.ClientRules([]model.Client{client}, nil, "RON"); len(rules) > 0 {
			t.Errorf("%q became the price %s", typed, rules[0].Price)
		}
	}
}
