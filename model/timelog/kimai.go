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

// kimaiTitles are the headers of Kimai in its languages, from its translations (kimai/kimai, translations/messages.*.xlf): English,
// German, Romanian, Hungarian, French, Spanish, Italian, Polish, Dutch, Czech, Slovak, Portuguese, Swedish, Danish, Croatian, Turkish,
// Norwegian, Russian, Greek, Japanese, Chinese; and what Ukrainian and Finnish have of their own.
var kimaiTitles = map[column]string{
	columnStartDate: `date, Datum, Data, Dátum, Fecha, Dato, Tarih,
		Дата, Ημερομηνία, 日付, 日期`,
	columnStartTime: `from, Von, De la, Mettől, Kezdés, De, Da, Od, Van, Začít, Från, Fra, Başlangıç,
		С, Από, 始于`,
	columnEndTime: `to, Bis, Până la, Meddig, Befejezés, À, Para, A, Do, Tot, Ukončit, till, Til, Bitiş,
		До, Σε, 至`,
	columnDuration: `duration, Dauer, Durata, Időtartam, Durée, Duración, Czas trwania, Duur, Doba trvání, Trvanie, Duração, Varaktighet,
		Varighed, Trajanje, Süre,
		Продолжительность, Διάρκεια, Varighet, 期間, 持续时间`,
	columnCurrency: `currency, Währung, Moneda, Pénznem, Devise, Valuta, Waluta, Měna, Mena, Moeda,
		Валюта, 通貨`,
	columnRate: `hourly price, hourly rate, Preis pro Stunde, Tarif orar, Órabér, Óradíj, Taux horaire, Tarifa por hora, Tariffa oraria,
		Stawka godzinowa, Uurtarief, Hodinová mzda, Hodinová sadzba, Taxa horária, Timpris, Timesats, Satnica, Saatlik ücret,
		Почасовая оплата, Погодинна ставка, Ωρομίσθιο, 時間給, 每小时收费`,
	columnUser: `name, Nume, Név, Nom, Nombre, Nome, Nazwa, Naam, Jméno, Meno, Namn, Navn, Ime, Ad,
		Имя, Ім'я, Όνομα, 名前, 名称`,
	columnClient: `customer, Kunde, Client, Ügyfél, Cliente, Klient, Klant, Zákazník, Kund, Kupac, Müşteri,
		Клиент, Клієнт, Πελάτης, Asiakas, 得意先, 客户`,
	columnProject: `project, Projekt, Proiect, Projet, Proyecto, Progetto, Projeto, Proje,
		Prosjekt, Проект, Проєкт, Εργασία, プロジェクト, 项目`,
	columnTask: `activity, Tätigkeit, Activitate, Tevékenység, Activité, Actividad, Attività, Aktywność, Activiteit, Aktivity, Činnosti,
		Atividade, Aktivitet, Aktivnost, Etkinlik,
		Активность, Діяльність, Δραστηριότητα, アクティビティ, 活动`,
	columnDescription: `description, Beschreibung, Descriere, Leírás, Descripción, Descrizione, Opis, Beschrijving, Popis, Descrição,
		Beskrivning, Beskrivelse, Açıklama,
		Описание, Περιγραφή, 説明, 描述`,
	columnBillable: `billable, Abrechenbar, Facturabil, Számlázható, Facturable, Fatturabile, Naplativo,
		Τιμολογήσιμο`,
	columnTags: `tags, Schlagworte, Etichete, Címkék, Mots-clés, Etiquetas, Etichette, Tagi, Labels, Štítky, Značky, Taggar, Etiketter,
		Oznake, Etiketler,
		Мітки, Ετικέτες, Ετικέτα, タグ, 标签`,
	columnExported: `exported, Exportiert, Exportat, Exportált, Exporté, Exportado, Esportato, Wyeksportowane`,
	columnBreak: `break, Pause, Pauză, Pauza, Szünet, Pausa, Descanso, Przerwa, Pauze, Přestávka, Prestávka, Paus, Rast, Stanka, Odmor,
		Intervalo, Mola, Tauko, Перерыв, Перерва, Διάλειμμα, 休憩, 休息, 휴식`,
}

// kimaiUnused are columns of Kimai that are of no use here: sums of money, accounts, and the login beside the name.
const kimaiUnused = `ID, Price, Internal price, Fixed price, User, E-mail, Staff number, Type, category, Account, Account number,
	Project number, Activity number, VAT-ID, Order number,
	Preis, Bér, Tarif, Taux, Tarifa, Prezzo, Stawka, Bedrag, Sazba, Sadzba, Taxa, Pris, Sats, Cijena, Ücret,
	Interner Preis, Costo interno, Interna cijena, Festpreis, Fix bér, Tarif fix, Taux fixe, Tarifa fija, Stała stawka, Vast bedrag,
	Fixní sazba, Pevne stanovená sadzba, Taxa fixa, Fast pris, Fast sats, Sabit ücret,
	Benutzer, Felhasználónév, Utilizator, Identifiant, Nombre de usuario, Utente, Użytkownik, Gebruikersnaam, Uživatelské jméno,
	Prihlasovacie meno, Nome do usuário, Användare, Brugernavn, Korisnik, Kullanıcı, Courriel, Correo electrónico, E-post, Eposta,
	Personalnummer, Typ, Kategorie, Kundennummer, Projektnummer, USt-IdNr., Umsatzsteuer-ID, Auftragsnummer, Bestellnummer`

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
