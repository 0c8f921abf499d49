package model_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadensa/model"
)

func TestParseDay(t *testing.T) {
	for typed, want := range map[string]string{
		"2026-11-30": "2026-11-30", "30.11.2026": "2026-11-30", "2026.11.30.": "2026-11-30", "2026. 11. 30.": "2026-11-30",
		"2026.11.30": "2026-11-30", "30. 11. 2026": "2026-11-30", " 3.4.2026 ": "2026-04-03", "03.04.2026": "2026-04-03", "2026-4-3": "2026-04-03",
		"29.02.2028": "2028-02-29",
		// What does not tell which day it is, with its readings.
		"03/04/2026": "2026-04-03 or 2026-03-04", "30/11/2026": "2026-11-30?", "11/30/2026": "2026-11-30?", "2026/11/30": "2026-11-30?",
		"04/04/2026": "2026-04-04?", "03-04-2026": "2026-04-03 or 2026-03-04", "03.04.26": "2026-04-03 or 2003-04-26",
		"03/04/26": "2026-04-03 or 2026-03-04", "30.11.26": "2026-11-30 or 2030-11-26", "31.11.26": "2031-11-26?",
		"30.11.": "0000-11-30?", "11.30.": "0000-11-30?", "03.04": "0000-04-03 or 0000-03-04", "3/4": "0000-04-03 or 0000-03-04",
		"11-30": "0000-11-30?", "29.02.": "0000-02-29?",
		"": "", "tomorrow": "", "2026-02-30": "", "31.11.2026": "", "11.30.2026": "", "2026-13-01": "", "2026": "", "2026-11": "", "30": "",
		"30.11.20266": "", "0000-01-01": "", "30.11.6": "", "+14": "", "2026--11-30": "", "\x1b2026-11-30": "", "30.02.": "",
	} {
		got, err := model.ParseDay(typed)
		said := got.String()
		if unclear, is := errors.AsType[*model.UnclearDay](err); is {
			said = strings.TrimPrefix(unclear.Error(), strings.TrimSpace(typed)+" can mean ")
			if len(unclear.Readings) == 1 {
				said += "?"
			}
		} else if err != nil {
			said = ""
			if !strings.HasSuffix(err.Error(), "is not a day such as 2026-11-30 or 30.11.2026") || strings.Contains(err.Error(), "\x1b") {
				t.Errorf("%q: %v", typed, err)
			}
		}
		if said != want {
			t.Errorf("%q is read as %q, want %q", typed, said, want)
		}
	}
}

// Every day is read back in each of the forms that people and the program write.
func TestDaysReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := model.DateOf(time.Date(1000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3_000_000).Draw(t, "days")))
		at := day.Midnight(time.UTC)
		for _, layout := range []string{"2006-01-02", "02.01.2006", "2006.01.02.", "2006. 01. 02.", "2.1.2006", "2006. 1. 2."} {
			typed := at.Format(layout)
			if got, err := model.ParseDay(typed); err != nil || got != day {
				t.Errorf("%s is read as %s (%v)", typed, got, err)
			}
		}
		for _, layout := range []string{"02/01/2006", "02.01.06", "02.01."} {
			if got, err := model.ParseDay(at.Format(layout)); err == nil {
				t.Errorf("%s is guessed to be %s", at.Format(layout), got)
			}
		}
	})
}

func TestParseDue(t *testing.T) {
	issued := model.NewDate(2026, time.November, 22)
	for typed, want := range map[string]string{
		"": "", " ": "", "+14": "2026-12-06", "+0": "2026-11-22", "+ 30": "2026-12-22", "30.11.2026": "2026-11-30", "2026-11-30": "2026-11-30",
		"14": "error", "+": "error", "+-1": "error", "-14": "error", "+99999": "error", "+1.5": "error", "30/11/2026": "error",
	} {
		due, err := model.ParseDue(typed)
		said := due.Of(issued).String()
		if err != nil {
			said = "error"
		}
		if said != want {
			t.Errorf("%q is %q (%v), want %q", typed, said, err, want)
		}
	}
}

func FuzzParseDay(f *testing.F) {
	for _, seed := range []string{"2026-11-30", "30.11.2026", "2026. 11. 30.", "03/04/2026", "03.04.26", "11.30.", "+14", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		day, err := model.ParseDay(typed)
		if unclear, is := errors.AsType[*model.UnclearDay](err); is && len(unclear.Readings) != 1 && len(unclear.Readings) != 2 {
			t.Errorf("%q has the readings %v", typed, unclear.Readings)
		}
		if err != nil {
			return
		}
		if again, err := model.ParseDay(day.String()); err != nil || again != day {
			t.Errorf("%q is %s, which reads %s (%v)", typed, day, again, err)
		}
	})
}
