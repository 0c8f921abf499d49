package timelog

import "sync"

// kimaiTitles are the headers of Kimai in its languages, from its translations (kimai/kimai, translations/messages.*.xlf, by the keys
// that its exports take their headers from): English, German, Romanian, Hungarian, French, Spanish, Italian, Polish, Dutch, Czech,
// Slovak, Portuguese, Swedish, Danish, Faroese, Croatian, Serbian, Slovenian, Bulgarian, Turkish, Norwegian, Finnish, Estonian,
// Catalan, Basque, Esperanto, Russian, Ukrainian, Greek, Hebrew, Arabic, Persian, Punjabi, Vietnamese, Indonesian, Korean, Japanese,
// Chinese in both scripts. What a translation lacks is English in the export too. A title stands once: no two languages mean
// different columns by it.
var kimaiTitles = map[column]string{
	columnStartDate: `date, Datum, Data, Dátum, Fecha, Dato, Tarih, Päivämäärä, Kuupöev, Ngày, Tanggal,
		Дата, Ημερομηνία, תאריך, تاريخ, روز, ਤਾਰੀਖ਼, 날짜, 日付, 日期`,
	columnStartTime: `from, Von, De la, Mettől, Kezdés, De, Da, Od, Van, Začít, Från, Fra, Frá, Başlangıç, Alkaen, Hasi, Từ, Dari,
		С, З, От, Από, התחלה, من, از, 시작, 始于, 從`,
	columnEndTime: `to, Bis, Până la, Meddig, Befejezés, À, Para, A, Do, Za, Tot, Ukončit, till, Til, Bitiş, Saakka, Bukatu, Al, Đến, Kepada,
		До, Σε, סיום, إلى, به, 종료, 至, 到`,
	columnDuration: `duration, Dauer, Durata, Időtartam, Durée, Duración, Czas trwania, Duur, Doba trvání, Trvanie, Duração, Varaktighet,
		Varighed, Trajanje, Süre, Varighet, Tíðarlongd, Kesto, Kestvus, Duració, Iraupena, Daŭro, Thời lượng, Durasi,
		Продолжительность, Продължителност, Тривалість, Διάρκεια, משך זמן, المدة الزمنية, مدت زمان, ਮਿਆਦ, 소요시간, 期間, 持续时间, 持續時長`,
	columnCurrency: `currency, Währung, Moneda, Pénznem, Devise, Valuta, Waluta, Měna, Mena, Moeda, Gjaldoyra, Valuutta, Txanpoia, Valuto,
		Tiền tệ, Mata uang,
		Валюта, מטבע, العملة, واحد پول, 통화, 通貨`,
	columnRate: `hourly price, hourly rate, Preis pro Stunde, Tarif orar, Órabér, Óradíj, Taux horaire, Tarifa por hora, Tariffa oraria,
		Stawka godzinowa, Uurtarief, Hodinová mzda, Hodinová sadzba, Taxa horária, Timpris, Timesats, Satnica, Saatlik ücret,
		Tímaprísur, Cena na uro, Tuntihinta, Preu per hora, Orduko tarifa, Hora kotizo, Tỷ lệ hàng giờ, Harga per jam,
		Почасовая оплата, Погодинна ставка, Почасова цена, Ωρομίσθιο, תעריף שעתי, بالساعة, نرخ ساعتی, ਘੰਟੇ ਦੀ ਕੀਮਤ, 시간당 비용, 時間給,
		每小时收费, 每小時費用`,
	columnUser: `name, Nume, Név, Nom, Nombre, Nome, Nazwa, Naam, Jméno, Meno, Namn, Navn, Ime, Ad, Nimi, Izena, Nomo, Tên, Nama,
		Имя, Ім'я, Име, Όνομα, שם, الإسم, نام, ਨਾਮ, 이름, 名前, 名称, 名稱`,
	columnClient: `customer, Kunde, Client, Ügyfél, Cliente, Klient, Klant, Zákazník, Kund, Kupac, Müşteri, Klijent, Stranka, Asiakas,
		Bezeroa, Kliento, Khách hàng, Pelanggan,
		Клиент, Клієнт, Πελάτης, לקוח, الزبون, مشتری, ਗਾਹਕ, 고객, 得意先, 客户, 客戶`,
	columnProject: `project, Projekt, Proiect, Projet, Proyecto, Progetto, Projeto, Proje, Prosjekt, Projekat, Verkætlan, Projekti, Projecte,
		Proiektua, Projekto, Dự án, Proyek,
		Проект, Проєкт, Εργασία, מיזם, المشروع, پروژه, ਪ੍ਰੋਜੈਕਟ, 프로젝트, プロジェクト, 项目, 專案`,
	columnTask: `activity, Tätigkeit, Activitate, Tevékenység, Activité, Actividad, Attività, Aktywność, Activiteit, Aktivity, Činnosti,
		Atividade, Aktivitet, Aktivnost, Etkinlik, Virksemi, Työtehtävä, Activitat, Jarduera, Aktivaĵo, Hoạt động, Aktivitas,
		Активность, Діяльність, Дейност, Δραστηριότητα, פעילות, النشاط, فعالیت, 활동, アクティビティ, 活动, 活動`,
	columnDescription: `description, Beschreibung, Descriere, Leírás, Descripción, Descrizione, Opis, Beschrijving, Popis, Descrição,
		Beskrivning, Beskrivelse, Açıklama, Frágreiðing, Kuvaus, Kirjeldus, Descripció, Deskribapena, Priskribo, Sự miêu tả,
		Описание, Опис, Περιγραφή, תיאור, وصف, توضیحات, ਵਰਣਨ, 업무 보고, 説明, 描述, 說明`,
	columnBillable: `billable, Abrechenbar, Facturabil, Számlázható, Facturable, Fatturabile, Naplativo, Plačljivo, Laskutettava,
		Fakturagarria, Fakturebla, Dapat ditagih,
		Підлягає оплаті, Таксувано, Τιμολογήσιμο, להחזר, قابل پرداخت, 청구 가능한, 可計費`,
	columnTags: `tags, Schlagworte, Etichete, Címkék, Mots-clés, Etiquetas, Etichette, Tagi, Labels, Štítky, Značky, Taggar, Etiketter,
		Oznake, Etiketler, Frámerkir, Tunnisteet, Etiquetes, Etiketak, Etikedoj, Thẻ, Tag,
		Мітки, Етикети, Ετικέτες, Ετικέτα, תגיות, برچسب ها, ਟੈਗ, 태그, タグ, 标签, 標籤`,
	columnExported: `exported, Exportiert, Exportat, Exportált, Exporté, Exportado, Esportato, Wyeksportowane, Exportatua, Đã xuất,
		Експортовано, עבר ייצוא, 내보내기`,
	columnBreak: `break, Pause, Pauză, Pauza, Szünet, Pausa, Descanso, Przerwa, Pauze, Přestávka, Prestávka, Paus, Rast, Stanka, Odmor,
		Intervalo, Mola, Tauko, Перерыв, Перерва, Διάλειμμα, 休憩, 休息, 휴식`,
}

// kimaiAlone are titles that mean so little by themselves, or so different things in languages that Kimai does not speak, that only
// its exports are read by them.
const kimaiAlone = `Al, Hasi, Za, З, От, به, از, من, 到, 從`

// kimaiUnused are columns of Kimai that are of no use here: sums of money, accounts, and the login beside the name.
const kimaiUnused = `ID, Price, Internal price, Fixed price, User, E-mail, Staff number, Type, category, Account, Account number,
	Project number, Activity number, VAT-ID, Order number,
	Preis, Bér, Tarif, Taux, Tarifa, Prezzo, Stawka, Bedrag, Sazba, Sadzba, Taxa, Pris, Sats, Cijena, Ücret, Prísur, Cena, Hinta, Preu,
	Kotizo, Tỷ lệ, Harga, Ставка, Цена, תעריף, المعدل, نرخ, ਕੀਮਤ, 비용, 費用,
	Interner Preis, Costo interno, Interna cijena, Interna cena, Sisäinen hinta, Preu intern, Barne tasa, Interna kotizo, Tỷ lệ nội bộ,
	Harga internal, Innanhýsis tímaprísur, Внутрішня ціна, Вътрешна цена, תעריף פנימי, نرخ داخلی, 내부 수익률,
	Festpreis, Fix bér, Tarif fix, Taux fixe, Tarifa fija, Stała stawka, Vast bedrag,
	Fixní sazba, Pevne stanovená sadzba, Taxa fixa, Fast pris, Fast sats, Sabit ücret, Fiksna cijena, Fiksna cena, Kiinteä hinta,
	Preu fix, Tarifa finkoa, Fiksita kotizo, Tỷ lệ cố định, Harga tetap, Фіксована ставка, Фиксирана цена, תעריף קבוע, معدل ثابت,
	نرخ ثابت, 고정값, 固定費率,
	Benutzer, Felhasználónév, Utilizator, Identifiant, Nombre de usuario, Utente, Użytkownik, Gebruikersnaam, Uživatelské jméno,
	Prihlasovacie meno, Nome do usuário, Användare, Brugernavn, Korisnik, Kullanıcı, Brúkari, Uporabnik, Uporabniško ime, Käyttäjä,
	Kasutaja, Usuari, Erabiltzailea, Erabiltzaile izena, Uzanto, Người dùng, Pengguna, Користувач, Потребител, Потребителско име, משתמש,
	שם משתמש, المستخدم, اسم المستخدم, کاربر, ਯੂਜ਼ਰ, 사용자, 사용자 이름, 使用者, 使用者名稱,
	Courriel, Correo electrónico, E-post, Eposta, E-pošta, Sähköposti, Correu electrònic, Emaila, Retadreso, Thư điện tử, Surel,
	Електронна поща, Ел.пошта, דוא״ל, البريد الإلكتروني, ایمیل, 이메일, 電子郵件,
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
	kimaiAside = sync.OnceValue(func() map[string]bool { return titlesIn(kimaiUnused) })
)
