package timelog

import (
	"strings"
	"sync"

	"cadensa/model/text"
)

// titleWords are how sheets call their columns, in English, Romanian, Hungarian, German, French, Spanish, Italian and Polish, and as
// trackers' exports do. A word that means two things in two languages, such as "ora", is not here.
var titleWords = map[column]string{
	columnClient: `client, client name, customer, customer name, company, account name;
		nume client, beneficiar, firma; ügyfél, ügyfél neve, megrendelő, vevő, cég; kunde, kundenname, auftraggeber, mandant;
		nom du client; cliente, nombre del cliente; klient, kontrahent, zleceniodawca, nazwa klienta`,
	columnProject: `project, project name, sheet, job;
		proiect, nume proiect; projekt, projekt neve; projektname, vorhaben; projet, nom du projet; proyecto; progetto, commessa;
		projeto`,
	columnTask: `task, task name, activity, activity name, issue, issue key, ticket, work package, story;
		sarcină, activitate, tichet; feladat, tevékenység, munka; aufgabe, tätigkeit, vorgang, arbeitspaket; tâche, activité;
		tarea, actividad; compito, attività; zadanie, czynność, aktywność; tarefa`,
	columnDescription: `description, note, notes, comment, comments, subject, title, titles, summary, details, work description, log notes,
		memo; descriere, observații, comentariu, comentarii, detalii, subiect, titlu, lucrare; leírás, megjegyzés, tárgy, jegyzet;
		beschreibung, bemerkung, bemerkungen, kommentar, notiz, notizen, betreff, titel;
		commentaire, commentaires, remarque, remarques, libellé, objet; descripción, comentario, comentarios, nota, notas, asunto;
		descrizione, commento, oggetto; opis, komentarz, uwagi, temat, notatka; descrição`,
	columnUser: `user, user name, username, employee, employee name, person, consultant, member, team member, worker, author, who;
		utilizator, angajat, persoană, persoana, consultant; felhasználó, munkatárs, dolgozó, alkalmazott;
		benutzer, mitarbeiter, mitarbeiterin, bearbeiter, mitarbeitende; utilisateur, employé, collaborateur, salarié, personne;
		usuario, empleado, persona; utente, dipendente; użytkownik, pracownik, osoba; usuário`,
	columnTags: `tags, tag, labels, label, record tags;
		etichete, etichetă; címkék, címke; schlagworte, schlagwörter; étiquettes, mots-clés, mot-clé; etiquetas; etichette;
		tagi, etykiety`,
	columnBillable: `billable, is billable, chargeable;
		facturabil, facturabilă, de facturat; számlázható; abrechenbar, verrechenbar; facturable; fatturabile;
		płatne, rozliczalne; faturável`,
	columnStart: `start, begin, started, started at, start datetime, start date time, start date/time, time started;
		început, începere, început la; kezdés, kezdet, kezdete; beginn, anfang; début; inicio, comienzo; inizio;
		początek, rozpoczęcie, start`,
	columnEnd: `end, stop, finish, ended, ended at, finished, stopped, end datetime, end date time, end date/time, time ended;
		sfârșit, sfârșire, final, terminare; befejezés, vége, vég; ende; fin; final; fine; koniec, zakończenie`,
	columnSeconds: `duration_seconds, seconds, secs, sec, duration seconds, time spent seconds, timespentseconds;
		secunde; másodperc; sekunden; secondes; segundos; secondi; sekundy`,
	columnStartDate: `date, work date, entry date, spent on, spent date, start date, startdate, begin date;
		data, dată, data începerii, data început, data de început; dátum, kezdő dátum, kezdés dátuma;
		datum, startdatum, beginndatum, anfangsdatum, beginnt am; date de début; fecha, fecha de inicio, fecha inicio;
		data di inizio, data inizio; data rozpoczęcia; data de início`,
	columnStartTime: `start time, starttime, from, time from, begin time, time in, clock in;
		de la, ora început, ora start, ora începerii, ora de început; mettől, kezdő időpont, kezdési idő, kezdés ideje;
		von, startzeit, beginnzeit, anfangszeit, uhrzeit von, beginnt um; de, heure de début, heure début, à partir de;
		desde, hora de inicio, hora inicio; da, dalle, ora di inizio, ora inizio; od, godzina od, godzina rozpoczęcia;
		hora de início`,
	columnEndDate: `end date, enddate, stop date, finish date;
		data sfârșit, data de sfârșit, data terminării; befejező dátum, befejezés dátuma; enddatum, endet am; date de fin;
		fecha de fin, fecha fin, fecha de finalización; data di fine, data fine; data zakończenia;
		data de término, data final`,
	columnEndTime: `end time, endtime, stop time, finish time, to, until, till, time to, time out, clock out;
		până la, până, pana la, ora sfârșit, ora final, ora de sfârșit, ora terminării; meddig, befejezési idő, befejezés ideje;
		bis, endzeit, uhrzeit bis, endet um; à, heure de fin, heure fin, jusqu'à; hasta, para, hora de fin, hora fin,
		hora de finalización; a, alle, ora di fine, ora fine; do, godzina do, godzina zakończenia; hora de término`,
	columnDuration: `duration, time spent, spent time, timespent, time worked, worked, tracked, tracked time, worked time, logged;
		durată, durata, timp, timp lucrat; időtartam, munkaidő, eltöltött idő, ráfordítás; dauer, zeitaufwand, aufwand, arbeitszeit;
		durée, temps, temps passé; duración, tiempo; tempo; czas, czas trwania, czas pracy; duração`,
	columnHours: `hours, hrs, decimal hours, hours worked, worked hours, logged hours, total hours, billable hours, number of hours;
		ore, nr ore, nr. ore, număr ore, număr de ore, ore lucrate, total ore; óraszám, órák, munkaóra, munkaórák, ledolgozott órák;
		stunden, std, std., arbeitsstunden, stundenzahl, anzahl stunden; heures, nb heures, nombre d'heures, heures travaillées;
		horas, horas trabajadas; ore lavorate; godziny, liczba godzin, ilość godzin`,
	columnMinutes: `minutes, mins, min, duration minutes;
		minute; perc, percek; minuten; minutos; minuti; minuty`,
	columnBreak: `break, breaks, break time, pause; pauză, pauza, pauze; szünet; pausen; pausa, descanso; przerwa`,
	columnRate: `rate, hourly rate, billable rate, price per hour, hourly price;
		tarif, tarif orar, tarif pe oră, preț pe oră; óradíj, órabér; stundensatz, preis pro stunde; taux horaire, tarif horaire;
		tarifa, tarifa por hora, precio por hora; tariffa, tariffa oraria; stawka, stawka godzinowa;
		abrechenbarer tarif, taxa faturável`,
	columnCurrency: `currency; monedă, moneda, valută, valuta; pénznem, deviza; währung; devise; waluta`,
	columnInvoiced: `invoiced, billed, is billed, is invoiced, billing, billing status, invoice status;
		facturat, facturată, facturate, stare facturare; számlázva, kiszámlázva; abgerechnet, verrechnet, fakturiert;
		facturé, facturée, facturada, facturado; fatturato, fatturata; zafakturowano, zafakturowane, rozliczone`,
	columnInvoiceNumber: `invoice, invoice id, invoice number, invoice no, invoice no., invoice date;
		factură, număr factură, nr factură, nr. factură, data facturii; számla, számlaszám; rechnung, rechnungsnummer, rechnungsnr;
		numéro de facture; número de factura; fattura, numero fattura; faktura, numer faktury`,
	columnExported: `exported, is exported; exportat; exportálva, exportált; exportiert; exporté; exportado; esportato; wyeksportowano`,
	columnAllDay: `all day event, all day, is all day;
		toată ziua, eveniment pentru toată ziua, eveniment pe toată durata zilei; egész nap, egész napos, egész napos esemény; ganztägig,
		ganztägiges ereignis;
		toute la journée, journée entière; todo el día; tutto il giorno; cały dzień, zdarzenie całodzienne`,
}

// dayWords are a date where the sheet has no other: beside one they are days of the week, and "Tag" is a tag in English.
var dayWords = titlesIn(`day, zi, ziua, nap, tag, jour, día, giorno, dzień, dia`)

// vagueTitles are words that mean a column only where the sheet has none of those that say it better.
var vagueTitles = []struct {
	words  map[string]bool
	means  column
	unless []column
}{
	{titlesIn(`óra, ora, time, units, zeit, temps, tiempo, czas, idő`), columnDuration,
		[]column{columnDuration, columnHours, columnMinutes, columnSeconds, columnEnd, columnEndTime}},
	{titlesIn(`status, state, stare, stadiu, állapot, státusz, statut, estado, stato, stan`), columnInvoiced,
		[]column{columnInvoiced, columnInvoiceNumber}},
	{titlesIn(`categories, category, categorie, categorii, kategória, kategorie, kategorien, catégorie, categoría, categoria, kategoria`),
		columnTags, []column{columnTags}},
}

// foldedTitles lead from a folded word to its column.
var foldedTitles = sync.OnceValue(func() map[string]column {
	words := map[string]column{}
	for common := range columnCount {
		for word := range titlesIn(titleWords[common]) {
			if _, known := words[word]; !known {
				words[word] = common
			}
		}
	}
	alone := titlesIn(kimaiAlone)
	for word, common := range kimaiColumns() {
		if _, known := words[word]; !known && common != columnUser && !alone[word] {
			words[word] = common
		}
	}
	return words
})

// titlesIn are the words of a list, folded.
func titlesIn(list string) map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == ';' }) {
		words[text.Fold(strings.TrimSpace(word))] = true
	}
	return words
}

// unitColumns are the columns of a duration whose title names its unit, as in "Duration (min)".
var unitColumns = map[string]column{
	"h": columnHours, "hrs": columnHours, "hours": columnHours, "decimal": columnHours, "dezimal": columnHours, "decimale": columnHours,
	"ore": columnHours, "ora": columnHours, "std": columnHours, "std.": columnHours, "stunden": columnHours, "heures": columnHours,
	"horas": columnHours, "godziny": columnHours, "dezimalzahl": columnHours,
	"m": columnMinutes, "min": columnMinutes, "mins": columnMinutes, "minutes": columnMinutes, "minute": columnMinutes, "perc": columnMinutes,
	"minuten": columnMinutes, "minutos": columnMinutes, "minuti": columnMinutes, "minuty": columnMinutes,
	"s": columnSeconds, "sec": columnSeconds, "secs": columnSeconds, "seconds": columnSeconds, "sekunden": columnSeconds,
	"secunde": columnSeconds,
}

// columnMeant finds the column that a title means in any language. The title is as columnName gives it.
func columnMeant(title string) (column, bool) {
	words := foldedTitles()
	if common, known := words[title]; known {
		return common, true
	}
	plain := strings.Trim(strings.NewReplacer("_", " ", "-", " ").Replace(title), " ?:*.")
	if common, known := words[plain]; known {
		return common, true
	}
	word, unit := cutUnit(plain)
	common, known := words[word]
	if !known {
		return 0, false
	}
	if common == columnDuration || common == columnHours || common == columnMinutes {
		if measured, told := unitColumns[unit]; told {
			return measured, true
		}
	}
	return common, true
}

// cutUnit parts "duration (h)" and "duration [h]" into the word and its unit.
func cutUnit(title string) (word, unit string) {
	opening := strings.LastIndexAny(title, "([")
	if opening < 0 || !strings.HasSuffix(title, ")") && !strings.HasSuffix(title, "]") {
		return title, ""
	}
	return strings.TrimSpace(title[:opening]), strings.TrimSpace(title[opening+1 : len(title)-1])
}

// isInMinutes reports whether the title of a column says that it counts minutes.
func (s *sheet) isInMinutes(common column) bool {
	if !s.has(common) {
		return false
	}
	name, _ := columnName(s.header[s.places[common]-1])
	_, unit := cutUnit(name)
	return unitColumns[unit] == columnMinutes
}
