package timelog_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"cadensa/model"
	"cadensa/model/timelog"
)

func TestKimai(t *testing.T) {
	t.Parallel()
	atlas := model.Entry{
		Client: "Morii Software SRL", Project: "Atlas", Task: "api", User: "Ilinca Vardar", Billable: true,
		Price: hourly("60", "EUR"),
	}
	tagged := atlas
	tagged.Start, tagged.End, tagged.Seconds = utc(t, "2026-10-05 06:00:00"), utc(t, "2026-10-05 08:30:00"), 9000
	tagged.Description, tagged.Tags = `Paginare, filtre și "export"`, []string{"deep", "backend"}
	overMidnight := atlas
	overMidnight.Start, overMidnight.End, overMidnight.Seconds = utc(t, "2026-10-05 20:30:00"), utc(t, "2026-10-05 21:15:00"), 2700
	overMidnight.Description, overMidnight.AlreadyInvoiced = "Peste miezul nopții", true
	withBreak := model.Entry{
		Start: utc(t, "2026-10-07 06:00:00"), End: utc(t, "2026-10-07 15:00:00"), Seconds: 28800,
		Client: "Morii Software SRL", Project: "Intern", Task: "admin", User: "Ilinca Vardar", Description: "Cu o pauză",
	}
	running := atlas
	running.Start, running.Description, running.Running = utc(t, "2026-10-08 07:00:00"), "În curs", true
	requireEntries(t, "kimai.csv", "kimai", []model.Entry{tagged, overMidnight, withBreak, running})

	decimalWithBreak := tagged
	decimalWithBreak.End, decimalWithBreak.Description = utc(t, "2026-10-05 09:00:00"), "Paginare"
	clockBack := atlas
	clockBack.Start, clockBack.End, clockBack.Seconds = utc(t, "2026-10-24 23:30:00"), utc(t, "2026-10-25 01:30:00"), 7200
	clockBack.Description = "Uhr zurück"
	longer := model.Entry{
		Start: utc(t, "2026-10-26 06:00:00"), End: utc(t, "2026-10-27 08:00:00"), Seconds: 93600,
		Client: "Morii Software SRL", Project: "Atlas", Task: "api", User: "Ilinca Vardar", Description: "Bis morgen",
	}
	requireEntries(t, "kimai-de.csv", "kimai", []model.Entry{decimalWithBreak, clockBack, longer})
}

// TestKimaiInAnotherLanguage checks that the language of the header does not change what is read.
func TestKimaiInAnotherLanguage(t *testing.T) {
	t.Parallel()
	headers := []string{
		"Date,From,To,Duration,Name,Customer,Project,Activity,Description,Exported,Billable,Tags\n",
		"Datum,Von,Bis,Dauer,Name,Kunde,Projekt,Tätigkeit,Beschreibung,Exportiert,Abrechenbar,Schlagworte\n",
		"Data,De la,Până la,Durata,Nume,Client,Proiect,Activitate,Descriere,Exportat,Facturabil,Etichete\n",
		"Dátum,Mettől,Meddig,Időtartam,Név,Ügyfél,Projekt,Tevékenység,Leírás,Exportált,Számlázható,Címkék\n",
		"Dátum,Kezdés,Befejezés,Időtartam,Név,Ügyfél,Projekt,Tevékenység,Leírás,Exportált,Számlázható,Címkék\n",
		"Date,De,À,Durée,Nom,Client,Projet,Activité,Description,Exporté,Facturable,Mots-clés\n",
		"Fecha,De,Para,Duración,Nombre,Cliente,Proyecto,Actividad,Descripción,Exportado,Facturable,Etiquetas\n",
		"Data,Da,A,Durata,Nome,Cliente,Progetto,Attività,Descrizione,Esportato,Fatturabile,Etichette\n",
		"Data,Od,Do,Czas trwania,Nazwa,Klient,Projekt,Aktywność,Opis,Exported,Billable,Tagi\n",
		"Datum,Van,Tot,Duur,Naam,Klant,Project,Activiteit,Beschrijving,Exported,Billable,Labels\n",
		"Datum,Začít,Ukončit,Doba trvání,Jméno,Zákazník,Projekt,Aktivity,Popis,Exported,Billable,Štítky\n",
		"Dátum,Od,Do,Trvanie,Meno,Zákazník,Projekt,Činnosti,Popis,Exported,Billable,Značky\n",
		"Data,De,Para,Duração,Nome,Cliente,Projeto,Atividade,Descrição,Exported,Billable,Tags\n",
		"Datum,Från,till,Varaktighet,Namn,Kund,Projekt,Aktivitet,Beskrivning,Exported,Billable,Taggar\n",
		"Dato,Fra,Til,Varighed,Navn,Kunde,Projekt,Aktivitet,Beskrivelse,Exported,Billable,Etiketter\n",
		"Tarih,Başlangıç,Bitiş,Süre,Ad,Müşteri,Proje,Etkinlik,Açıklama,Exported,Billable,Etiketler\n",
		"Dato,Fra,Til,Varighet,Navn,Kunde,Prosjekt,Aktivitet,Beskrivelse,Exported,Billable,Etiketter\n",
		"Дата,С,До,Продолжительность,Имя,Клиент,Проект,Активность,Описание,Exported,Billable,Tags\n",
		"Ημερομηνία,Από,Σε,Διάρκεια,Όνομα,Πελάτης,Εργασία,Δραστηριότητα,Περιγραφή,Exported,Τιμολογήσιμο,Ετικέτες\n",
		"日付,From,To,期間,名前,得意先,プロジェクト,アクティビティ,説明,Exported,Billable,タグ\n",
		"日期,始于,至,持续时间,名称,客户,项目,活动,描述,Exported,Billable,标签\n",
		"日期,從,到,持續時長,名稱,客戶,專案,活動,說明,Exported,可計費,標籤\n",
		"Datum,Od,Do,Trajanje,Ime,Kupac,Projekt,Aktivnost,Opis,Exported,Naplativo,Oznake\n",
		"Datum,Od,Do,Trajanje,Ime,Klijent,Projekat,Aktivnost,Opis,Exported,Naplativo,Oznake\n",
		"Datum,Od,Za,Trajanje,Ime,Stranka,Projekt,Aktivnost,Opis,Exported,Plačljivo,Oznake\n",
		"Дата,От,До,Продължителност,Име,Клиент,Проект,Дейност,Описание,Exported,Таксувано,Етикети\n",
		"Дата,З,До,Тривалість,Ім'я,Клієнт,Проєкт,Діяльність,Опис,Експортовано,Підлягає оплаті,Мітки\n",
		"Päivämäärä,Alkaen,Saakka,Kesto,Nimi,Asiakas,Projekti,Työtehtävä,Kuvaus,Exported,Laskutettava,Tunnisteet\n",
		"Kuupöev,From,To,Kestvus,Nimi,Customer,Project,Activity,Kirjeldus,Exported,Billable,Tags\n",
		"Dato,Frá,Til,Tíðarlongd,Navn,Customer,Verkætlan,Virksemi,Frágreiðing,Exported,Billable,Frámerkir\n",
		"Data,De,A,Duració,Nom,Client,Projecte,Activitat,Descripció,Exported,Facturable,Etiquetes\n",
		"Data,Hasi,Bukatu,Iraupena,Izena,Bezeroa,Proiektua,Jarduera,Deskribapena,Exportatua,Fakturagarria,Etiketak\n",
		"Dato,De,Al,Daŭro,Nomo,Kliento,Projekto,Aktivaĵo,Priskribo,Exported,Fakturebla,Etikedoj\n",
		"Ngày,Từ,Đến,Thời lượng,Tên,khách hàng,Dự án,Hoạt động,Sự miêu tả,Đã xuất,Billable,Thẻ\n",
		"Tanggal,Dari,Kepada,Durasi,Nama,Pelanggan,Proyek,Aktivitas,Description,Exported,Dapat ditagih,Tag\n",
		"날짜,시작,종료,소요시간,이름,고객,프로젝트,활동,업무 보고,내보내기,청구 가능한,태그\n",
		"תאריך,התחלה,סיום,משך זמן,שם,לקוח,מיזם,פעילות,תיאור,עבר ייצוא,להחזר,תגיות\n",
		"تاريخ,من,إلى,المدة الزمنية,الإسم,الزبون,المشروع,النشاط,وصف,Exported,Billable,Tags\n",
		"روز,از,به,مدت زمان,نام,مشتری,پروژه,فعالیت,توضیحات,Exported,قابل پرداخت,برچسب ها\n",
		"ਤਾਰੀਖ਼,From,To,ਮਿਆਦ,ਨਾਮ,ਗਾਹਕ,ਪ੍ਰੋਜੈਕਟ,Activity,ਵਰਣਨ,Exported,Billable,ਟੈਗ\n",
	}
	const rows = "2026-10-05,09:00,11:30,2:30,Ilinca,Morii,Atlas,api,Paginare,1,1,\"a, b\"\n"
	want := mustReadText(t, headers[0]+rows, timelog.Source{})
	if want[0].Client != "Morii" || want[0].Task != "api" || !want[0].AlreadyInvoiced || len(want[0].Tags) != 2 {
		t.Fatalf("read %+v", want[0])
	}
	if want[0].Source != "kimai" {
		t.Fatalf("recognised as %s", want[0].Source)
	}
	for _, header := range headers[1:] {
		requireEqual(t, want, mustReadText(t, header+rows, timelog.Source{}))
		// Files from elsewhere have letters and marks apart, and marks for the direction of the text around the titles.
		apart := "\u200f" + strings.ReplaceAll(norm.NFD.String(header), ",", "\u200e,\u200f")
		requireEqual(t, want, mustReadText(t, apart+rows, timelog.Source{}))
	}
}

// TestKimaiHasItsSumsApart checks that the sum of a row, in any language, is taken for no hourly rate and is no column that nothing
// reads.
func TestKimaiHasItsSumsApart(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]*model.HourlyPrice{
		"Data,De,A,Duració,Client,Projecte,Activitat,Preu,Preu intern,Preu fix,Preu per hora,Currency\n":                    hourly("60", "EUR"),
		"Data,Hasi,Bukatu,Iraupena,Bezeroa,Proiektua,Jarduera,Tarifa,Barne tasa,Tarifa finkoa,Orduko tarifa,Txanpoia\n":     hourly("60", "EUR"),
		"Datum,Od,Do,Trajanje,Klijent,Projekat,Aktivnost,Cena,Interna cena,Fiksna cena,Satnica,Valuta\n":                    hourly("60", "EUR"),
		"날짜,시작,종료,소요시간,고객,프로젝트,활동,비용,내부 수익률,고정값,시간당 비용,통화\n":                                                                hourly("60", "EUR"),
		"תאריך,התחלה,סיום,משך זמן,לקוח,מיזם,פעילות,תעריף,תעריף פנימי,תעריף קבוע,תעריף שעתי,מטבע\n":                          hourly("60", "EUR"),
		"Päivämäärä,Alkaen,Saakka,Kesto,Asiakas,Projekti,Työtehtävä,Hinta,Sisäinen hinta,Kiinteä hinta,Käyttäjä,Valuutta\n": nil,
	} {
		row := "2026-10-05,09:00,11:30,2:30,Morii,Atlas,api,150,100,0,60,EUR\n"
		result, err := readText(t, header+row, timelog.Source{})
		if err != nil || len(result.Entries) != 1 {
			t.Fatalf("%s: %v, %d entries", header, err, len(result.Entries))
		}
		requireEqual(t, want, result.Entries[0].Price)
		if len(result.Remarks) > 0 {
			t.Errorf("%s: %v", header, result.Remarks)
		}
	}
}

// TestWordsOfKimaiAloneMeanNothingElsewhere checks that a preposition which is Kimai's title in one language is left alone in other
// sheets: "Za" is for whom in most Slavic languages.
func TestWordsOfKimaiAloneMeanNothingElsewhere(t *testing.T) {
	t.Parallel()
	requireEqual(t, []string{"2026-10-05 00:00 5400s||||||"}, summaries(t, mustReadText(t, "Datum,Za,Hours\n2026-10-05,Morii,1.5\n", timelog.Source{})))
}

func TestKimaiRejects(t *testing.T) {
	t.Parallel()
	const header = "Date,From,To,Duration,Customer,Project,Activity,Exported,Billable,Break\n"
	requireRejected(t, header+
		"2026-10-05,09:00,11:30,2:30,Morii,good,api,,1,\n"+
		"2026-10-05,nine,11:30,2:30,Morii,odd time,api,,1,\n"+
		"2026-10-05,09:00,11:30,-2:30,Morii,negative,api,,1,\n"+
		"2026-10-05,09:00,11:30,2:30,Morii,odd mark,api,soon,1,\n"+
		"2026-10-05,09:00,11:30,0:40,Morii,a break,api,,1,\n"+
		"31.11.2026,09:00,11:30,2:30,Morii,no day,api,,1,\n",
		timelog.Source{}, 3,
		`3: "nine" is not a time of day`,
		`4: its duration is negative`,
		`7: "31.11.2026" is not a day of the calendar`,
	)
}
