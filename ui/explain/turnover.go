package explain

import (
	"cadensa/model"
	"cadensa/model/say"
)

// turnoverFindings are formats for what an invoice does to the turnover of its year: the year, the turnover, the threshold.
var turnoverFindings = map[model.FindingCode]say.Text{
	model.FindingExemptionNear: say.In(
		"with this invoice the turnover of %d comes to %s lei, by the invoices known here; above %s lei VAT registration is due (art. 310)",
		"cu această factură, cifra de afaceri din %d ajunge la %s lei, după facturile cunoscute aici; peste %s lei înregistrarea în "+
			"scopuri de TVA este obligatorie (art. 310)",
		"ezzel a számlával %d árbevétele az itt ismert számlák szerint %s lej; %s lej felett kötelező az áfás regisztráció (310. cikk)"),
	model.FindingExemptionPassed: say.In(
		"with this invoice the turnover of %d comes to %s lei, above %s lei: VAT registration is due the same day, and VAT from the "+
			"invoice that passes the threshold (art. 310)",
		"cu această factură, cifra de afaceri din %d ajunge la %s lei, peste %s lei: înregistrarea în scopuri de TVA se cere în aceeași zi, "+
			"iar TVA se datorează de la factura care depășește plafonul (art. 310)",
		"ezzel a számlával %d árbevétele %s lej, több mint %s lej: az áfás regisztráció még aznap kötelező, és a határt átlépő számla "+
			"már áfás (310. cikk)"),
	model.FindingCollectionNear: say.In(
		"with this invoice the turnover of %d comes to %s lei, by the invoices known here; above %s lei VAT on collection ends (art. 282)",
		"cu această factură, cifra de afaceri din %d ajunge la %s lei, după facturile cunoscute aici; peste %s lei sistemul TVA la încasare "+
			"încetează (art. 282)",
		"ezzel a számlával %d árbevétele az itt ismert számlák szerint %s lej; %s lej felett megszűnik a pénzforgalmi áfa (282. cikk)"),
	model.FindingCollectionPassed: say.In(
		"with this invoice the turnover of %d comes to %s lei, above %s lei: VAT on collection ends, ask your accountant from when (art. 282)",
		"cu această factură, cifra de afaceri din %d ajunge la %s lei, peste %s lei: sistemul TVA la încasare încetează, întreabă contabilul "+
			"de când (art. 282)",
		"ezzel a számlával %d árbevétele %s lej, több mint %s lej: a pénzforgalmi áfa megszűnik, kérdezd meg a könyvelőt, mikortól "+
			"(282. cikk)"),
	model.FindingTurnoverIncomplete: say.In(
		"the turnover of %d is not known whole: documents without an exchange rate are left out, %d of them",
		"cifra de afaceri din %d nu este cunoscută în întregime: documentele fără curs valutar sunt lăsate deoparte, în număr de %d",
		"%d árbevétele nem teljes: az árfolyam nélküli bizonylatok kimaradtak belőle, számuk %d"),
}

// Turnover says where the turnover of a year stands to the issuer's threshold, without an invoice in the making.
func Turnover(check model.TurnoverCheck) say.Text {
	counted := check.Counted()
	said := say.Format("%s lei of %s lei in %d, by the invoices known here", "%s lei din %s lei în %d, după facturile cunoscute aici",
		"%s lej, a határ %s lej (%d), az itt ismert számlák szerint",
		model.FormatAmount(counted), model.FormatAmount(check.Threshold.Lei), check.Before.Period.From.Year)
	if check.Before.Unconverted > 0 {
		said = say.Format("%s; without an exchange rate, and left out: %d", "%s; fără curs valutar și lăsate deoparte: %d",
			"%s; árfolyam nélkül kimaradt: %d", said, check.Before.Unconverted)
	}
	return said
}

// TurnoverAdvice says what to do about a turnover above the issuer's threshold, nothing below it.
func TurnoverAdvice(check model.TurnoverCheck) say.Text {
	switch {
	case check.Threshold.State(check.Counted()) != model.ThresholdPassed:
		return say.Text{}
	case check.Threshold.Name == model.ThresholdExemption:
		return say.In("VAT registration is due, and VAT from the invoice that passed the threshold (art. 310): ask your accountant.",
			"Înregistrarea în scopuri de TVA este obligatorie, iar TVA se datorează de la factura care a depășit plafonul (art. 310): "+
				"întreabă contabilul.",
			"Kötelező az áfás regisztráció, és a határt átlépő számla már áfás (310. cikk): kérdezd meg a könyvelőt.")
	}
	return say.In("VAT on collection ends (art. 282): ask your accountant from when, then take vat_on_collection out of the settings.",
		"Sistemul TVA la încasare încetează (art. 282): întreabă contabilul de când, apoi scoate vat_on_collection din setări.",
		"A pénzforgalmi áfa megszűnik (282. cikk): kérdezd meg a könyvelőt, mikortól, majd vedd ki a beállításokból a vat_on_collection kulcsot.")
}
