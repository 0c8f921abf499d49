package timelog

import (
	"context"
	"sync"
)

// kimai is Kimai's CSV export. Its header is in the language of the user, its date stands before both times, and an
// entry may end on a later day.
var kimai = format{
	name:   "kimai",
	about:  "a Kimai CSV (with the columns Date, From, To, Duration, Customer, Project and Activity, in the user's language)",
	detect: detectKimai,
	read: func(ctx context.Context, file openedFile, into *collector) error {
		return sheetFormat{
			aliases: kimaiColumns(),
			needs:   [][]string{{"date"}, {"end time", "duration"}},
			dated:   true,
			aside:   kimaiAside(),
			record:  kimaiRecord,
		}.read(ctx, file, into)
	},
}

// kimaiTitles are the headers of Kimai in its languages, from its translations: English, German, Romanian, Hungarian, French,
// Spanish, Italian and Polish.
var kimaiTitles = map[column]string{
	columnStartDate:   `date, Datum, Data, Dátum, Fecha`,
	columnStartTime:   `from, Von, De la, Mettől, Kezdés, De, Da, Od`,
	columnEndTime:     `to, Bis, Până la, Meddig, Befejezés, À, Para, A, Do`,
	columnDuration:    `duration, Dauer, Durata, Időtartam, Durée, Duración, Czas trwania`,
	columnCurrency:    `currency, Währung, Moneda, Pénznem, Devise, Valuta, Waluta`,
	columnRate:        `hourly price, hourly rate, Preis pro Stunde, Tarif orar, Órabér, Óradíj, Taux horaire, Tarifa por hora, Tariffa oraria, Stawka godzinowa`,
	columnUser:        `name, Nume, Név, Nom, Nombre, Nome, Nazwa`,
	columnClient:      `customer, Kunde, Client, Ügyfél, Cliente, Klient`,
	columnProject:     `project, Projekt, Proiect, Projet, Proyecto, Progetto`,
	columnTask:        `activity, Tätigkeit, Activitate, Tevékenység, Activité, Actividad, Attività, Aktywność`,
	columnDescription: `description, Beschreibung, Descriere, Leírás, Descripción, Descrizione, Opis`,
	columnBillable:    `billable, Abrechenbar, Facturabil, Számlázható, Facturable, Fatturabile`,
	columnTags:        `tags, Schlagworte, Etichete, Címkék, Mots-clés, Etiquetas, Etichette, Tagi`,
	columnExported:    `exported, Exportiert, Exportat, Exportált, Exporté, Exportado, Esportato, Wyeksportowane`,
	columnBreak:       `break, Pause, Pauză, Pauza, Szünet, Pausa, Descanso, Przerwa`,
}

// kimaiUnused are columns of Kimai that are of no use here: sums of money, accounts, and the login beside the name.
const kimaiUnused = `ID, Price, Internal price, Fixed price, User, E-mail, Staff number, Type, category, Account, Account number,
	Project number, Activity number, VAT-ID, Order number, Preis, Interner Preis, Festpreis, Benutzer, Personalnummer, Typ, Kategorie,
	Kundennummer, Projektnummer, USt-IdNr., Umsatzsteuer-ID, Auftragsnummer, Bestellnummer`

var (
	kimaiColumns = sync.OnceValue(func() map[string]column {
		found := map[string]column{}
		for common := range columnCount {
			for title := range titlesIn(kimaiTitles[common]) {
				found[title] = common
			}
		}
		return found
	})
	kimaiAside = sync.OnceValue(func() []string {
		var aside []string
		for title := range titlesIn(kimaiUnused) {
			aside = append(aside, title)
		}
		return aside
	})
)

// kimaiMarks are columns that together no other export has.
var kimaiMarks = []column{columnStartDate, columnStartTime, columnEndTime, columnDuration, columnClient, columnProject, columnTask}

func detectKimai(head []byte) bool {
	opened, err := openSheet(textOf(head), kimaiColumns())
	if err != nil || isJSONArray(head) || opened.has(columnEndDate) || opened.titles.have("start date") {
		return false
	}
	return opened.hasAll(kimaiMarks)
}

// kimaiRecord reads one row. A mark that is not set is written as nothing.
func kimaiRecord(row row, order dateOrder) (record, error) {
	parsed, err := detailedRecord(row, order)
	if err != nil {
		return record{}, err
	}
	parsed.entry.Billable = parsed.entry.Billable && (!row.sheet.has(columnBillable) || row.cell(columnBillable) != "")
	switch {
	case !parsed.end.isZero():
		parsed.end = onLaterDay(parsed.start, parsed.end, parsed.tracked)
	case !parsed.start.dayOnly && parsed.tracked.seconds == 0 && parsed.tracked.failure == nil:
		parsed.tracked = duration{}
	}
	parsed.pause = row.pause()
	return parsed, nil
}
