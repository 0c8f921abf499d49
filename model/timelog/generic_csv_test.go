package timelog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/timelog"
)

// summary is what a sheet says of an entry: when in Bucharest, how long, for whom, what, and its marks.
func summary(t *testing.T, entry model.Entry) string {
	t.Helper()
	said := entry.Start.In(bucharest(t)).Format("2006-01-02 15:04") + fmt.Sprintf(" %ds", entry.Seconds)
	for _, text := range []string{entry.Client, entry.Project, entry.Task, entry.Description, entry.User, strings.Join(entry.Tags, "+")} {
		said += "|" + text
	}
	if !entry.Billable {
		said += " not billable"
	}
	if entry.AlreadyInvoiced {
		said += " invoiced"
	}
	if entry.Price != nil {
		said += " " + entry.Price.Amount.String() + " " + entry.Price.Currency
	}
	return said
}

func summaries(t *testing.T, entries []model.Entry) []string {
	t.Helper()
	var said []string
	for _, entry := range entries {
		said = append(said, summary(t, entry))
	}
	return said
}

// TestAnySheet reads sheets without settings: those that people keep, in their languages, and exports of trackers that have no
// format of their own.
func TestAnySheet(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"English, by hand", "Date,Start,End,Project,Notes\n2026-10-05,9:00,10:30,Atlas,Fix\n", []string{"2026-10-05 09:00 5400s||Atlas||Fix||"}},
		{"over midnight", "Date,From,To,Project\n2026-10-05,23:00,01:30,Atlas\n", []string{"2026-10-05 23:00 9000s||Atlas||||"}},
		{"English, hours", "Date,Client,Hours\n2026-10-05,Morii,1.5\n", []string{"2026-10-05 00:00 5400s|Morii|||||"}},
		{"Romanian", "Data;Client;Proiect;Descriere;Ore\n05.10.2026;Morii;Atlas;Ședință;1,5\n",
			[]string{"2026-10-05 00:00 5400s|Morii|Atlas||Ședință||"}},
		{"Romanian, times", "Dată;De la;Până la;Beneficiar;Lucrare;Angajat;Facturat\n05.10.2026;09:00;10:30;Morii;Fix;Ana;da\n",
			[]string{"2026-10-05 09:00 5400s|Morii|||Fix|Ana| invoiced"}},
		{"Hungarian", "Dátum;Ügyfél;Projekt;Leírás;Órák\n2026-10-05;Morii;Atlas;Megbeszélés;1,5\n",
			[]string{"2026-10-05 00:00 5400s|Morii|Atlas||Megbeszélés||"}},
		{"Hungarian, minutes", "Nap;Munkatárs;Feladat;Perc\n2026-10-05;Ana;api;90\n", []string{"2026-10-05 00:00 5400s|||api||Ana|"}},
		{"German", "Tag;Beginn;Ende;Kunde;Tätigkeit;Mitarbeiter\n05.10.2026;09:00;10:30;Morii;api;Ana\n",
			[]string{"2026-10-05 09:00 5400s|Morii||api||Ana|"}},
		{"German, hours", "Datum;Stunden;Kunde;Bemerkung;Stundensatz\n05.10.2026;1,5;Morii;Fix;60,00 €\n",
			[]string{"2026-10-05 00:00 5400s|Morii|||Fix|| 60 EUR"}},
		{"French", "Date;Heures;Projet;Commentaire;Facturable\n05/10/2026;1,5;Atlas;Fix;Non\n13/10/2026;2;Atlas;Fix;Oui\n",
			[]string{"2026-10-05 00:00 5400s||Atlas||Fix|| not billable", "2026-10-13 00:00 7200s||Atlas||Fix||"}},
		{"Spanish", "Fecha;Desde;Hasta;Cliente;Proyecto;Descripción\n13/10/2026;09:00;10:30;Morii;Atlas;Fix\n",
			[]string{"2026-10-13 09:00 5400s|Morii|Atlas||Fix||"}},
		{"Italian", "Giorno;Ore;Cliente;Progetto;Attività\n13/10/2026;1,5;Morii;Atlas;api\n",
			[]string{"2026-10-13 00:00 5400s|Morii|Atlas|api|||"}},
		{"Polish", "Data;Od;Do;Klient;Projekt;Opis\n2026-10-05;09:00;10:30;Morii;Atlas;Fix\n",
			[]string{"2026-10-05 09:00 5400s|Morii|Atlas||Fix||"}},
		{"the weekday beside the date", "Day,Date,Hours,Project\nMon,2026-10-05,1.5,Atlas\n", []string{"2026-10-05 00:00 5400s||Atlas||||"}},
		{"a date with midnight", "Date,Project,Hours\n2026-10-05 00:00:00,Atlas,1.5\n05.10.2026 00:00,Atlas,2\n",
			[]string{"2026-10-05 00:00 5400s||Atlas||||", "2026-10-05 00:00 7200s||Atlas||||"}},
		{"hours and minutes", "Data;Ore;Minute\n05.10.2026;1;30\n06.10.2026;1,5;90\n07.10.2026;0;45\n08.10.2026;2;\n",
			[]string{"2026-10-05 00:00 5400s||||||", "2026-10-06 00:00 5400s||||||", "2026-10-07 00:00 2700s||||||",
				"2026-10-08 00:00 7200s||||||"}},
		{"a title above the header", "Pontaj octombrie 2026;;;\n;;;\nData;Client;Proiect;Ore\n05.10.2026;Morii;Atlas;1,5\n",
			[]string{"2026-10-05 00:00 5400s|Morii|Atlas||||"}},
		{"units in titles", "Date,Project,Duration (min)\n2026-10-05,Atlas,90\n", []string{"2026-10-05 00:00 5400s||Atlas||||"}},
		{"names with underscores", "start_time,end_time,project_name,task_name\n2026-10-05 09:00,2026-10-05 10:30,Atlas,api\n",
			[]string{"2026-10-05 09:00 5400s||Atlas|api|||"}},
		{"a break beside the span", "Datum,Von,Bis,Pause,Projekt\n2026-10-05,09:00,17:30,0:30,Atlas\n2026-10-06,09:00,17:30,30,Atlas\n",
			[]string{"2026-10-05 09:00 28800s||Atlas||||", "2026-10-06 09:00 28800s||Atlas||||"}},
		{"a calendar", "Subject,Start Date,Start Time,End Date,End Time,All Day Event\n" +
			"Morii call,10/25/2026,9:00 AM,10/25/2026,10:30 AM,False\n" +
			"Holiday,10/26/2026,12:00 AM,10/27/2026,12:00 AM,True\n", []string{"2026-10-25 09:00 5400s||||Morii call||"}},
		{"Timing", "Project,Title,Start Date,End Date,Duration\nAtlas,Fix,2026-10-05 09:00:00,2026-10-05 10:30:00,1:30:00\n",
			[]string{"2026-10-05 09:00 5400s||Atlas||Fix||"}},
		{"timetrap", "start,end,note,sheet\n2026-10-05 09:00:00,2026-10-05 10:30:00,Fix,Atlas\n",
			[]string{"2026-10-05 09:00 5400s||Atlas||Fix||"}},
		{"Tyme", "start,end,project,task,note,rate,billing\n2026-10-05 09:00,2026-10-05 10:30,Atlas,api,Fix,60,BILLED\n" +
			"2026-10-06 09:00,2026-10-06 10:30,Atlas,api,Fix,60,UNBILLED\n",
			[]string{"2026-10-05 09:00 5400s||Atlas|api|Fix|| invoiced 60 ", "2026-10-06 09:00 5400s||Atlas|api|Fix|| 60 "}},
		{"Everhour", "Date,Member,Client,Project,Task,Time Spent,Comment\n2026-10-05,Ana,Morii,Atlas,api,1:30,Fix\n",
			[]string{"2026-10-05 00:00 5400s|Morii|Atlas|api|Fix|Ana|"}},
		{"My Hours", "Date,Client,Project,Task,Description,Start time,End time,Hours,Billable,Invoiced\n" +
			"2026-10-05,Morii,Atlas,api,Fix,9:00 AM,10:30 AM,1.5,Yes,No\n", []string{"2026-10-05 09:00 5400s|Morii|Atlas|api|Fix||"}},
		{"Redmine", "Project,Date,User,Activity,Comment,Hours\nAtlas,10/13/2026,Ana,Development,Fix,1.50\n",
			[]string{"2026-10-13 00:00 5400s||Atlas|Development|Fix|Ana|"}},
		{"OpenProject", "Date (Spent),User,Activity,Work package,Comment,Project,Hours\n2026-10-05,Ana,Development,,Fix,Atlas,1.5\n",
			[]string{"2026-10-05 00:00 5400s||Atlas|Development|Fix|Ana|"}},
		{"Tempo", "Issue Key,Hours,Work date,Username,Work Description,Project Name\nATL-7,1.5,2026-10-05 09:00,ana,Fix,Atlas\n",
			[]string{"2026-10-05 09:00 5400s||Atlas|ATL-7|Fix|ana|"}},
		{"Simple Time Tracker", "activity name,time started,time ended,comment,categories,record tags,duration,duration minutes\n" +
			"Atlas,2026-10-05 09:00:00,2026-10-05 10:30:00,Fix,,deep,1:30:00,90\n", []string{"2026-10-05 09:00 5400s|||Atlas|Fix||deep"}},
		{"Hungarian hours", "Dátum;Ügyfél;Óra\n2026. 10. 05.;Morii;1,5\n", []string{"2026-10-05 00:00 5400s|Morii|||||"}},
		{"Everhour", "Date,Member,Client,Project,Task,Time\n2026-10-05,Ana,Morii,Atlas,api,1.5\n",
			[]string{"2026-10-05 00:00 5400s|Morii|Atlas|api||Ana|"}},
		{"My Hours", "Date,User,Client,Project,Task,Log Notes,Start,End\n10/15/2026,Ana,Morii,Atlas,api,Fix,9:00 AM,10:30 AM\n",
			[]string{"2026-10-15 09:00 5400s|Morii|Atlas|api|Fix|Ana|"}},
		{"a category", "Date,Hours,Category\n2026-10-05,1.5,deep\n", []string{"2026-10-05 00:00 5400s||||||deep"}},
		{"OpenProject's units", "Date,User,Project,Units\n2026-10-05,Ana,Atlas,1.5 hours\n", []string{"2026-10-05 00:00 5400s||Atlas|||Ana|"}},
		{"Outlook in Romanian", "Subiect,Data începerii,Ora începerii,Ora terminării,Eveniment pe toată durata zilei\n" +
			"Morii,22.10.2026,09:00:00,10:30:00,False\nConcediu,23.10.2026,,,True\n", []string{"2026-10-22 09:00 5400s||||Morii||"}},
		{"Super Productivity", "Date,Started,Ended,Titles,Time worked\n2026-10-05,09:00,10:30,Fix,1:30\n",
			[]string{"2026-10-05 09:00 5400s||||Fix||"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			entries := mustReadText(t, test.text, timelog.Source{})
			requireEqual(t, test.want, summaries(t, entries))
			if entries[0].Source != "csv" {
				t.Errorf("read as %s", entries[0].Source)
			}
		})
	}
}

// TestNoHoursAreGuessed refuses what may be hours as well as minutes, seconds or days.
func TestNoHoursAreGuessed(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Date,Project,Duration\n2026-10-05,Atlas,2\n2026-10-06,Atlas,90\n", "Date,Project,Duration\n2026-10-05,Atlas,3600\n",
		"Started,Duration\n2026-10-05 09:00,45\n",
	} {
		result, err := readText(t, text, timelog.Source{})
		if err == nil || len(result.Entries) > 0 || !strings.Contains(err.Error(), "--columns minutes=Duration") {
			t.Errorf("%q: %v, %v", text, summaries(t, result.Entries), err)
		}
	}
	minutes := timelog.Source{Columns: map[string]string{"minutes": "Duration"}}
	requireEqual(t, []string{"2026-10-05 00:00 5400s||Atlas||||"},
		summaries(t, mustReadText(t, "Date,Project,Duration\n2026-10-05,Atlas,90\n", minutes)))
	requireRejected(t, "Date,Project,Time\n2026-10-05,Atlas,1:30\n", timelog.Source{}, 0,
		`2: "1:30" in the column "Time" may be a length or a time of day: name the column, as in --columns duration=Time`)
	for _, text := range []string{
		"Task,Start Date,End Date,Duration\nDesign,2026-05-18,2026-05-19,2 days\n", "Task,Start Date,End Date\nDesign,2026-05-18,2026-05-19\n",
	} {
		if result, err := readText(t, text, timelog.Source{}); err != nil || len(result.Entries) > 0 || len(result.Rejected) != 1 {
			t.Errorf("%q: %v, %v", text, summaries(t, result.Entries), err)
		}
	}
}

// TestSheetRemarks checks what is said of a sheet whose rows are all read.
func TestSheetRemarks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"columns that nothing reads", "Start,End,Project,Billing,Cost centre,Empty\n2026-10-05 09:00,2026-10-05 10:30,Atlas,BILLED,K7,\n",
			[]string{`these columns were not used: "Cost centre"`}},
		{"a tracker's own columns", testdata(t, "harvest.csv"), []string{"it is longer than a day, and billed only if you say so"}},
		{"Kimai's own columns", testdata(t, "kimai.csv"), nil},
		{"German Kimai's own columns", testdata(t, "kimai-de.csv"), []string{"it is longer than a day, and billed only if you say so"}},
		{"Clockify's own columns", testdata(t, "clockify.csv"), nil},
		{"Toggl's own columns", testdata(t, "toggl.csv"), nil},
		{"solidtime's own columns", testdata(t, "solidtime.csv"), nil},
		{"a title above the header", "Pontaj\nData;Client;Ore\n05.10.2026;Morii;1,5\n", []string{"what stands above the header was not read"}},
		{"a rate that is none", "Date,Hours,Rate\n2026-10-05,1,high\n2026-10-06,1,higher\n",
			[]string{`"Rate" has "high", which is no rate: the hours are read without one`}},
		{"marks that are not understood", "Date,Hours,Invoiced\n2026-10-05,1,soon\n2026-10-06,1,no\n2026-10-07,1,later\n",
			[]string{`"Invoiced" has "soon", "later", which does not say whether the hours are invoiced: they count as not invoiced`}},
		{"numbers without a unit", "Date,Duration\n2026-10-05,1.5\n", []string{`"Duration" has numbers without a unit: they were read as hours`}},
		{"events of a day", "Subject,Start Date,Start Time,End Time,All day event\na,2026-10-05,09:00,10:00,False\n" +
			"b,2026-10-05,,,True\nc,2026-10-05,,,True\n",
			[]string{"2 events of the whole day are no tracked time and were left out"}},
		{"ids instead of names", "id,description,start,end,billable,member_id,organization_id,client_id,project_id,tags\n" +
			"1,Fix,2026-03-04T09:23:00Z,2026-03-04T10:23:00Z,true,m,o,c,p,[]\n",
			[]string{`these columns were not used: "member_id", "client_id", "project_id"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result, err := readText(t, test.text, timelog.Source{})
			if err != nil || len(result.Rejected) > 0 || len(result.Entries) == 0 {
				t.Fatalf("%v, rejected %v", err, result.Rejected)
			}
			var said []string
			for _, remark := range result.Remarks {
				said = append(said, remark.Text)
			}
			if diff := cmp.Diff(test.want, said); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestInvoicedElsewhere checks that hours which a sheet calls invoiced, in whatever words, are.
func TestInvoicedElsewhere(t *testing.T) {
	t.Parallel()
	yes := []string{"yes", "Billed", "INVOICED", "paid", "Facturat", "plătită", "számlázva", "abgerechnet", "facturé", "1", "R-7",
		"2026-10-31", "✓"}
	no := []string{"", "no", "0", "0.00", "-", "open", "Unbilled", "not invoiced", "nefacturat", "de facturat", "offen", "nyitott"}
	for _, title := range []string{"Invoiced", "Billing", "Facturat", "Kiszámlázva", "Abgerechnet", "Invoice ID", "exported"} {
		for _, word := range slices.Concat(yes, no) {
			entry := mustReadText(t, "Date,Hours,"+title+"\n2026-10-05,1,"+word+"\n", timelog.Source{})[0]
			if entry.AlreadyInvoiced != slices.Contains(yes, word) {
				t.Errorf("%s %q: invoiced %t", title, word, entry.AlreadyInvoiced)
			}
		}
	}
}

// TestRatesAsPeopleWriteThem checks what people write as the price of an hour.
func TestRatesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"60": "60 RON", " EUR 60.00 ": "60 EUR", `" 60,00 € "`: "60 EUR", "60 lei/h": "60 RON", "$60.50": "60.5 USD", "60 lei / oră": "60 RON",
		"1 200.50 HUF": "1200.5 HUF", "60 EUR/hour": "60 EUR", "0": "", "": "", "-60": "", "60 bananas": "", "60 EUR USD": "",
	}
	for written, want := range tests {
		entry := mustReadText(t, "Date,Hours,Rate,Currency\n2026-10-05,1,"+written+",RON\n", timelog.Source{})[0]
		got := ""
		if entry.Price != nil {
			got = entry.Price.Amount.String() + " " + entry.Price.Currency
		}
		if got != want {
			t.Errorf("%q: %q, want %q", written, got, want)
		}
	}
}

// TestSheetsAreRecognised checks that a sheet is read as a tracker's only when it has what that tracker alone has.
func TestSheetsAreRecognised(t *testing.T) {
	t.Parallel()
	tests := []struct{ format, text string }{
		{"toggl", "Description,Tags,Start date,Start time,Stop date,Stop time\nFix,,2026-10-05,09:00:00,2026-10-05,10:30:00\n"},
		{"toggl", "Project,Start date,Duration\nAtlas,2026-10-05,01:30:00\n"},
		{"csv", "Project,Start Date,Duration\nAtlas,2026-10-05,01:30:00\n"},
		{"csv", "Subject,Start Date,Start Time,End Date,End Time\nFix,2026-10-05,09:00,2026-10-05,10:30\n"},
		{"csv", "Project,Notes,Start date,Start time,End time\nAtlas,Fix,2026-10-05,09:00,10:30\n"},
		{"clockify", "Projekt,Kunde,Beschreibung,Benutzer,Startdatum,Startzeit,Enddatum,Endzeit,Dauer (h),Dauer (dezimal)\n" +
			"Atlas,Morii,Fix,Ana,05.10.2026,09:00:00,05.10.2026,10:30:00,01:30:00,1.5\n"},
		{"clockify", "Proyecto,Cliente,Descripción,Usuario,Fecha de inicio,Hora de inicio," +
			"Fecha de finalización,Hora de finalización,Duración (decimal)\n" +
			"Atlas,Morii,Fix,Ana,2026-10-05,09:00:00,2026-10-05,10:30:00,1.5\n"},
		{"clockify", "Projet,Client,Description,Utilisateur,Date de début,Heure de début,Date de fin,Heure de fin,Durée (décimale)\n" +
			"Atlas,Morii,Fix,Ana,2026-10-05,09:00:00,2026-10-05,10:30:00,1.5\n"},
		{"clockify", "Projeto,Cliente,Descrição,Usuário,Data de início,Hora de início," +
			"Data de término,Hora de término,Duração (h),Duração (decimal)\n" +
			"Atlas,Morii,Fix,Ana,2026-10-05,09:00:00,2026-10-05,10:30:00,01:30:00,1.5\n"},
		{"watson", "id,start,stop,project,tags\nb5002be,2026-10-05 09:00:00,2026-10-05 10:30:00,Atlas,\n"},
		{"csv", "id,start,stop,project,tags,client\n1,2026-10-05 09:00:00,2026-10-05 10:30:00,Atlas,,Morii\n"},
	}
	for _, test := range tests {
		entry := mustReadText(t, test.text, timelog.Source{})[0]
		if entry.Source != test.format || entry.Seconds != 5400 {
			t.Errorf("%s is read as %s, %d s", strings.SplitN(test.text, "\n", 2)[0], entry.Source, entry.Seconds)
		}
	}
}

// TestClockifyInItsLanguages reads headers that people have published with their programs: all that they say is used or known to be of
// no use.
func TestClockifyInItsLanguages(t *testing.T) {
	t.Parallel()
	for header, row := range map[string]string{
		"Project,Client,Description,Task,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,Duration (h)," +
			"Duration (decimal),Billable Rate (EUR),Billable Amount (EUR)": "Yes,05/10/2026",
		"Projekt,Kunde,Beschreibung,Aufgabe,Benutzer,Gruppe,Email,Tags,Abrechenbar,Startdatum,Startzeit,Enddatum,Endzeit,Dauer (h)," +
			"Dauer (dezimal),Abrechenbarer Tarif (EUR),Rechnungsbetrag (EUR)": "Ja,05.10.2026",
		"Proyecto,Cliente,Descripción,Tarea,Usuario,Grupo,Correo,Etiquetas,Facturable,Fecha inicio,Hora inicio,Fecha fin,Hora fin," +
			"Duración (h),Duración (decimal),Tarifa (EUR),Importe (EUR)": "Sí,05/10/2026",
		"Projeto,Cliente,Descrição,Tarefa,Usuário,Grupo,E-mail,Etiquetas,Faturável,Data de início,Hora de início,Data de término," +
			"Hora de término,Duração (h),Duração (decimal),Taxa faturável (EUR),Valor faturável (EUR)": "Sim,05/10/2026",
		"Projeto,Cliente,Descrição,Tarefa,Do utilizador,Grupo,E-mail,Etiqueta,Faturável,Data de início,Hora de início,Data final," +
			"Hora de término,Duração (h),Duração (decimal),Taxa Faturável (EUR),Valor Faturável (EUR)": "Sim,05/10/2026",
	} {
		billable, day, _ := strings.Cut(row, ",")
		text := header + "\nAtlas,Morii,Fix,api,Ana,Devs,a@x.ro,deep," + billable + "," + day + ",09:00:00," + day + ",10:30:00,01:30:00,1.5,60,90\n"
		result, err := readText(t, text, timelog.Source{DateOrder: "dmy"})
		if err != nil || len(result.Entries) != 1 || len(result.Remarks) > 0 {
			t.Fatalf("%s: %v, %d entries, %v", header, err, len(result.Entries), result.Remarks)
		}
		entry := result.Entries[0]
		if entry.Source != "clockify" || entry.Seconds != 5400 || entry.Client != "Morii" || entry.Project != "Atlas" || entry.Task != "api" ||
			entry.User != "Ana" || entry.Description != "Fix" || !slices.Equal(entry.Tags, []string{"deep"}) || !entry.Billable {
			t.Errorf("%s: %+v", header, entry)
		}
		requireEqual(t, hourly("60", "EUR"), entry.Price)
	}
}

// TestColumnsAreFoundBesideNamedOnes checks that naming some columns leaves the others of a sheet to be understood only where it could
// not be read before: what was read keeps its fingerprints.
func TestColumnsAreFoundBesideNamedOnes(t *testing.T) {
	t.Parallel()
	requireEqual(t, []string{"2026-10-05 00:00 5400s|Morii||||Ana|"}, summaries(t, mustReadText(t,
		"Data;Pentru;Ore;Angajat\n05.10.2026;Morii;1,5;Ana\n", timelog.Source{Columns: map[string]string{"client": "Pentru"}})))
	requireEqual(t, []string{"2026-10-05 09:00 5400s||||||"}, summaries(t, mustReadText(t,
		"Von;Bis;Kunde\n2026-10-05 09:00;2026-10-05 10:30;Morii\n", timelog.Source{Columns: map[string]string{"start": "Von", "end": "Bis"}})))
}

// TestFormatsThatFitEquallyWellAreAskedAbout checks that nobody guesses which of two trackers wrote a file.
func TestFormatsThatFitEquallyWellAreAskedAbout(t *testing.T) {
	t.Parallel()
	const text = "Date,Hours,First Name,Start,End,user_name\n2026-10-05,1.5,Ana,2026-10-05T06:00:00Z,2026-10-05T07:30:00Z,Ana\n"
	result, err := readText(t, text, timelog.Source{})
	requireFailure(t, err, timelog.ErrAmbiguousFormat, "harvest or solidtime", "--format")
	if len(result.Several) != 1 || !slices.Equal(result.Several[0].Formats, []string{"harvest", "solidtime"}) {
		t.Errorf("several %v", result.Several)
	}
	if entry := mustReadText(t, text, timelog.Source{Format: "solidtime"})[0]; entry.Seconds != 5400 {
		t.Errorf("read %d s", entry.Seconds)
	}
}

// TestDateWithMidnightIsADay checks that hours of a day do not stand at its beginning.
func TestDateWithMidnightIsADay(t *testing.T) {
	t.Parallel()
	entry := mustReadText(t, "Date,Hours\n2026-10-05 00:00:00,1.5\n", timelog.Source{})[0]
	if entry.End != entry.Start || entry.Seconds != 5400 {
		t.Errorf("%s to %s, %d s", entry.Start, entry.End, entry.Seconds)
	}
}

func TestStatusSaysWhatWasBilled(t *testing.T) {
	t.Parallel()
	entries := mustReadText(t, "Date,Hours,Status\n2026-10-05,1,Billed\n2026-10-06,1,Open\n2026-10-07,1,Facturat\n", timelog.Source{})
	for i, want := range []bool{true, false, true} {
		if entries[i].AlreadyInvoiced != want {
			t.Errorf("row %d counts as invoiced: %v", i+1, entries[i].AlreadyInvoiced)
		}
	}
}
