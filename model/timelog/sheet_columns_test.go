package timelog_test

import (
	"maps"
	"path/filepath"
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

func germanColumns() map[string]string {
	return map[string]string{
		"date": "Datum", "start_time": "Beginn", "end_time": "ENDE", "client": "Kunde", "project": "Vorhaben", "task": "Was",
		"description": "Was", "rate": "Stundensatz (EUR)", "billable": "Berechnet", "invoiced": "Abgerechnet",
	}
}

func TestColumns(t *testing.T) {
	t.Parallel()
	want := []model.Entry{
		{
			Source: "csv", Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000,
			Client: "Morii Software SRL", Project: "Atlas", Task: "Paginare, filtre", Description: "Paginare, filtre",
			Billable: true, Price: hourly("60", "EUR"),
		},
		{
			Source: "csv", Start: utc(t, "2026-10-05 20:50:00"), End: utc(t, "2026-10-05 21:05:00"), Seconds: 900,
			Client: "Morii Software SRL", Project: "Atlas", Task: `Facturat; "gata"`, Description: `Facturat; "gata"`,
			Billable: true, AlreadyInvoiced: true, Price: hourly("60", "EUR"),
		},
		{
			Source: "csv", Start: utc(t, "2026-10-14 12:30:00"), End: utc(t, "2026-10-14 13:15:00"), Seconds: 2700,
			Client: "Vardar SRL", Project: "Intern",
		},
	}
	for _, format := range []string{"", "csv"} {
		source := timelog.Source{
			Path: filepath.Join("testdata", "columns.csv"), Format: format, Columns: germanColumns(), Location: bucharest(t),
		}
		result, err := timelog.Reader{}.Read(t.Context(), source)
		if err != nil || len(result.Rejected) > 0 {
			t.Fatalf("%v, rejected %v", err, result.Rejected)
		}
		requireEqual(t, want, result.Entries, compareEntries)
	}
}

// TestColumnsOfTimes checks each way in which a file may tell when an entry was, and for how long.
func TestColumnsOfTimes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		columns    map[string]string
		start, end string
		seconds    int64
	}{
		{"a time in one cell, day first", "Von,Bis\n13/10/2026 9:00,13/10/2026 10:30\n",
			map[string]string{"start": "Von", "end": "Bis"}, "2026-10-13 06:00:00", "2026-10-13 07:30:00", 5400},
		{"ISO needs no order", "Von,Bis\n2026-03-04T09:00:00Z,2026-03-04 13:00\n",
			map[string]string{"start": "Von", "end": "Bis"}, "2026-03-04 09:00:00", "2026-03-04 11:00:00", 7200},
		{"a duration on the clock", "Von,Dauer\n2026-10-05 09:00,1:30\n",
			map[string]string{"start": "Von", "duration": "Dauer"}, "2026-10-05 06:00:00", "2026-10-05 07:30:00", 5400},
		{"decimal hours on a day", "Tag;Stunden\n05.10.2026;\"1,25\"\n",
			map[string]string{"date": "Tag", "duration": "Stunden"}, "2026-10-04 21:00:00", "2026-10-04 21:00:00", 4500},
		{"seconds", "Von,s\n2026-10-05 09:00,90\n",
			map[string]string{"start": "Von", "duration_seconds": "s"}, "2026-10-05 06:00:00", "2026-10-05 06:01:30", 90},
		{"the hour that autumn repeats", "d,a,b\n2026-10-25,03:50,03:10\n",
			map[string]string{"date": "d", "start_time": "a", "end_time": "b"}, "2026-10-25 00:50:00", "2026-10-25 01:10:00", 1200},
		{"the day of the end", "d,a,e,b\n2026-10-05,22:00,2026-10-07,02:00\n",
			map[string]string{"date": "d", "start_time": "a", "end_date": "e", "end_time": "b"}, "2026-10-05 19:00:00", "2026-10-06 23:00:00",
			100800},
		{"a column of the common name is not taken for another", "Start,End,From\n2026-10-05,11:00,10:00\n",
			map[string]string{"date": "Start", "start_time": "From", "end_time": "End"}, "2026-10-05 07:00:00", "2026-10-05 08:00:00", 3600},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			entry := mustReadText(t, test.text, timelog.Source{Columns: test.columns})[0]
			if entry.Start != utc(t, test.start) || entry.End != utc(t, test.end) || entry.Seconds != test.seconds {
				t.Errorf("%s – %s, %d s", entry.Start, entry.End, entry.Seconds)
			}
		})
	}
}

func TestColumnsOfUnclearDates(t *testing.T) {
	t.Parallel()
	const text = "Von,Bis\n03/04/2026 09:00,03/04/2026 10:00\n"
	source := timelog.Source{Columns: map[string]string{"start": "Von", "end": "Bis"}}
	_, err := readText(t, text, source)
	requireFailure(t, err, timelog.ErrAmbiguousDates, `"03/04/2026"`)
	source.DateOrder = "mdy"
	if day := mustReadText(t, text, source)[0].Day(bucharest(t)).String(); day != "2026-03-04" {
		t.Errorf("read on %s", day)
	}
}

func TestColumnsRejects(t *testing.T) {
	t.Parallel()
	columns := map[string]string{"start": "Von", "end": "Bis", "duration": "Dauer", "invoiced": "Rechnung", "rate": "Satz"}
	requireRejected(t, "Von,Bis,Dauer,Rechnung,Satz\n"+
		"2026-10-05 09:00,2026-10-05 10:00,1:00,da,60\n"+
		"gestern,2026-10-05 10:00,1:00,nu,60\n"+
		"2026-10-05 09:00,2026-10-05 25:00,1:00,nu,60\n"+
		"2026-10-05 09:00,2026-10-05 10:00,-1:00,nu,60\n"+
		"2026-10-05 09:00,2026-10-05 10:00,1:00,R-7,60\n"+
		"2026-10-05 09:00,2026-10-05 10:00,1:00,nu,viel\n",
		timelog.Source{Columns: columns}, 3,
		`3: "gestern" is not a time such as 2026-10-05T09:00:00+03:00`,
		`4: "2026-10-05 25:00" is not a time such as 2026-10-05T09:00:00+03:00`,
		`5: its duration is negative`,
	)
}

// TestIgnoredColumnsAreNotRead checks that a column is left out whatever its title means, in our words or another language's, that
// its meaning is free for another column, and that it is not told as one that was not used.
func TestIgnoredColumnsAreNotRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text    string
		ignored []string
		columns map[string]string
		want    string
	}{
		{"Start,End,Client,Rate,Shift\n2026-10-05 09:00,2026-10-05 10:30,Morii,75,late\n", []string{"rate", "Shift"}, nil,
			"2026-10-05 09:00 5400s|Morii|||||"},
		{"Datum;Stunden;Kunde;Auftraggeber\n05.10.2026;1,5;A 17;Morii\n", []string{"Kunde"}, nil, "2026-10-05 00:00 5400s|Morii|||||"},
		{"Wann;Bis;Client;Notiz\n2026-10-05 09:00;2026-10-05 10:30;Morii;x\n", []string{"Client", "Notiz"},
			map[string]string{"start": "Wann", "end": "Bis"}, "2026-10-05 09:00 5400s||||||"},
		{"Start,End,Client\n2026-10-05 09:00,2026-10-05 10:30,Morii\n", []string{"Not there"}, nil, "2026-10-05 09:00 5400s|Morii|||||"},
	} {
		result, err := readText(t, test.text, timelog.Source{Columns: test.columns, IgnoredColumns: test.ignored})
		if err != nil || len(result.Remarks) > 0 {
			t.Fatalf("%s: %v, %v", test.text, err, result.Remarks)
		}
		requireEqual(t, []string{test.want}, summaries(t, result.Entries))
		if result.Entries[0].Price != nil {
			t.Errorf("%s: priced %v", test.text, result.Entries[0].Price)
		}
	}
}

func TestColumnsThatAreWrong(t *testing.T) {
	t.Parallel()
	text := testdata(t, "columns.csv")
	with := func(name, title string) map[string]string {
		columns := maps.Clone(germanColumns())
		columns[name] = title
		return columns
	}
	tests := []struct {
		name   string
		source timelog.Source
		words  string
	}{
		{"an unknown name", timelog.Source{Columns: with("hour", "Ende")}, `columns has "hour", which is none of all_day, billable`},
		{"no title", timelog.Source{Columns: with("user", " ")}, "columns.user names no column"},
		{"a title that is not there", timelog.Source{Columns: with("user", "Wer")}, `no column "Wer", which columns.user names`},
		{"another format", timelog.Source{Format: "toggl", Columns: germanColumns()}, `columns go with the format "csv", not with "toggl"`},
		{"left out in another format", timelog.Source{Format: "toggl", IgnoredColumns: []string{"Ende"}}, `columns go with the format "csv"`},
		{"named and left out", timelog.Source{Columns: germanColumns(), IgnoredColumns: []string{" ende "}}, `"ENDE" is ignored, and columns.end_time`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := readText(t, text, test.source)
			if err == nil {
				t.Fatal("no error")
			}
			requireFailure(t, err, err, test.words)
		})
	}
}
