package explain

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/taxid"
)

// Findings says everything that was found, one behind the other.
func Findings(findings model.Findings, front Front) say.Text {
	var all say.Text
	for _, finding := range findings {
		said := Finding(finding, front)
		if !all.IsEmpty() {
			said = say.Todo("%s; %s", all, said)
		}
		all = said
	}
	return all
}

// ByPostalCode says what a client's county or city was taken for where the postal code alone told it.
func ByPostalCode(client model.Client, field string) say.Text {
	if field == "county" {
		return say.Format("county %s is taken from the postal code %s", "județul %s este luat din codul poștal %s",
			"megye: %s, az irányítószám (%s) szerint", client.County, client.PostalCode)
	}
	return say.Format("%s is taken from the postal code %s", "%s este luat din codul poștal %s", "%s, az irányítószám (%s) szerint",
		client.City, client.PostalCode)
}

// FindingWithRule is the finding on a screen, with its rule if that is one of e-Factura's (BR-…), as its refusals name it.
func FindingWithRule(finding model.Finding) say.Text {
	said := Finding(finding, Screen)
	if !strings.HasPrefix(finding.Rule, "BR-") {
		return said
	}
	return say.Todo("%s (%s)", said, finding.Rule)
}

// Finding says what is wrong and what cures it, as the part of a sentence.
func Finding(finding model.Finding, front Front) say.Text {
	switch finding.Code { //nolint:exhaustive // These two have sentences of their own.
	case model.FindingAmountAmbiguous:
		return foundAmbiguous(finding.Values)
	case model.FindingSeveralCurrencies:
		return foundCurrencies(finding.Values, front)
	}
	values := make([]any, len(finding.Values))
	for i, value := range finding.Values {
		values[i] = formatted(finding.Code, value)
	}
	if formats, ok := findingFormats[finding.Code]; ok {
		return say.Format(formats.In(say.English), formats.In(say.Romanian), formats.In(say.Hungarian), values...)
	}
	english := findingTexts[finding.Code]
	if own, ok := findingTextsOfCommands[finding.Code]; ok && front == Command {
		english = own
	}
	said := say.Todo(english, values...)
	if formats, ok := turnoverFindings[finding.Code]; ok {
		said = say.Format(formats.In(say.English), formats.In(say.Romanian), formats.In(say.Hungarian), values...)
	}
	if slices.Contains(confirmable, finding.Code) && finding.Severity == model.SeverityError {
		return say.Todo("%s: it has to be confirmed", said)
	}
	return said
}

// confirmable are the findings that keep an invoice back only until its user has said that it is meant.
var confirmable = []model.FindingCode{
	model.FindingIssueDateLongPast, model.FindingDueDateFarOff, model.FindingLineVATReplaced, model.FindingLineVATUnknown,
}

func formatted(code model.FindingCode, value any) any {
	switch value := value.(type) {
	case taxid.Problem:
		return taxNumber(value)
	case []model.OwnedHours:
		return foreignHours(value)
	case model.Unit:
		return value.Short()
	case int64: // The seconds that were tracked.
		return model.FormatTracked(value)
	case decimal.Decimal:
		if _, turnover := turnoverFindings[code]; turnover || code == model.FindingDiscountAboveNet {
			return model.FormatAmount(value)
		}
		if code == model.FindingLineRetyped {
			return model.FormatQuantity(value)
		}
	}
	return value
}

// findingFormats are formats for the values of their findings, the same on screens and in commands.
var findingFormats = map[model.FindingCode]say.Text{
	model.FindingOwnCompany: say.In("this is your own company, not a client", "aceasta este propria ta firmă, nu un client",
		"ez a saját céged, nem ügyfél"),
	model.FindingVATReasonUnknown: say.In(
		"there is no VAT reason %s; choose domestic, reverse-charge, outside-eu, standard, reduced, education, tuition, medical, therapy or exempt",
		"nu există motivul de TVA %s; alege domestic, reverse-charge, outside-eu, standard, reduced, education, tuition, medical, therapy sau exempt",
		"nincs %s áfaindok; válassz: domestic, reverse-charge, outside-eu, standard, reduced, education, tuition, medical, therapy, exempt"),
	model.FindingHoursOfOthers: say.In("the invoice goes to %s, and bills hours of others: %s. Leave them out, or change the client",
		"factura este pentru %s și cuprinde ore ale altora: %s. Lasă-le deoparte sau schimbă clientul",
		"a vevő %s, de a számlán mások órái is vannak: %s. Hagyd ki őket, vagy válassz másik vevőt"),
	model.FindingHoursOfUnknown: say.In("the invoice goes to %s, and bills hours tracked for others: %s. Leave them out, change the client, "+
		"or add the name to its tracker names",
		"factura este pentru %s și cuprinde ore lucrate pentru alții: %s. Lasă-le deoparte, schimbă clientul sau adaugă numele "+
			"la cele din aplicația de pontaj",
		"a vevő %s, de a számlán másnak mért órák is vannak: %s. Hagyd ki őket, válassz másik vevőt, vagy add a nevet a vevő "+
			"időkövetőbeli neveihez"),
	model.FindingHoursOfSeveral: say.In("the hours are of several clients: %s. An invoice bills one of them",
		"orele sunt ale mai multor clienți: %s. O factură este pentru unul singur",
		"az órák több ügyféléi: %s. Egy számla csak egynek szólhat"),
	model.FindingLinesCurrency: say.In("the lines are in %s, the invoice in %s: choose the currency of the lines",
		"liniile sunt în %s, factura în %s: alege moneda liniilor", "a tételek pénzneme %s, a számláé %s: válaszd a tételekét"),
	model.FindingReducedRate: say.In("the reduced rate is for what the law lists (art. 291), not for hours as such",
		"cota redusă este pentru ce enumeră legea (art. 291), nu pentru ore în general",
		"a kedvezményes kulcs arra való, amit a törvény felsorol (291. cikk), nem általában órákra"),
	model.FindingExemptionUnnamed: say.In("the mentions name art. 292 alone: say in the note which exemption it is",
		"mențiunile numesc doar art. 292: scrie în notă care scutire este",
		"a számlán csak a 292. cikk szerepel: írd a megjegyzésbe, melyik mentesség"),
	model.FindingLineVATReduced: say.In("line %d bears the reduced rate, which is for what the law lists (art. 291)",
		"linia %d are cota redusă, care este pentru ce enumeră legea (art. 291)",
		"a(z) %d. tétel kulcsa kedvezményes, ami arra való, amit a törvény felsorol (291. cikk)"),
	model.FindingLineVATFollows: say.In("line %d cannot have a VAT of its own here: the whole invoice bears no Romanian VAT",
		"linia %d nu poate avea aici un TVA propriu: toată factura este fără TVA din România",
		"a(z) %d. tételnek itt nem lehet saját áfája: az egész számla román áfa nélküli"),
}

// foreignHours names the owners of hours, each with their time.
func foreignHours(foreign []model.OwnedHours) say.Text {
	const most = 5
	var named []string
	for _, hours := range foreign[:min(len(foreign), most)] {
		named = append(named, hours.Owner+" "+model.FormatTracked(hours.Seconds))
	}
	said := say.Same(strings.Join(named, ", "))
	if more := len(foreign) - most; more > 0 {
		said = say.Format("%s and %d more", "%s și încă %d", "%s és még %d", said, more)
	}
	return said
}

// findingTexts are formats for the values of their findings.
var findingTexts = map[model.FindingCode]string{
	model.FindingNameMissing:              "the company name is needed",
	model.FindingNameOfSigns:              "the company name has no letter and no digit",
	model.FindingNameTooLong:              "the company name has %d characters; e-Factura takes %d: shorten it",
	model.FindingContactTooLong:           "the contact name has %d characters; e-Factura takes %d: shorten it",
	model.FindingTradeRegisterMalformed:   "this is no trade register number such as J12/345/2006 or J2006000345126: look for a typing slip",
	model.FindingPhoneTooLong:             "the phone number has %d characters; e-Factura takes %d: shorten it",
	model.FindingIBANInvalid:              "the check digits of this IBAN are wrong: look for a typing slip",
	model.FindingDelegateMissing:          "SmartBill prints the identity card with the delegate's name only: type the name",
	model.FindingDelegateCardMissing:      "SmartBill prints the car with the delegate's name and identity card only: type both",
	model.FindingEmailMalformed:           "this is not an e-mail address: it has a name, an @ and a domain",
	model.FindingEmailTooLong:             "the e-mail address is longer than %d characters: give another",
	model.FindingCountryMissing:           "choose the country",
	model.FindingStreetMissing:            "the street is needed",
	model.FindingStreetTooLong:            "the street has %d characters; e-Factura takes %d: shorten it",
	model.FindingAddressTooLong:           "street and postal code together are longer than %d characters: shorten the street",
	model.FindingPostalCodeMissing:        "the postal code is needed (a single - if the country has none)",
	model.FindingPostalCodeTooLong:        "the postal code is longer than %d characters: shorten it",
	model.FindingPostalCodeMalformed:      "a Romanian postal code has 6 digits",
	model.FindingPostalCodeNotOfBucharest: "postal codes of Bucharest begin with 01 to 06; check the code or the county",
	model.FindingPostalCodeOfBucharest:    "this is a postal code of Bucharest, %s; check the code or the county",
	model.FindingPostalCodeOfSector:       "this is a postal code of %s; check the code or the sector",
	model.FindingPostalCodeOfCounty:       "this is a postal code of county %s; check the code or the county",
	model.FindingCityMissing:              "the city is needed",
	model.FindingCityTooLong:              "the city has %d characters; e-Factura takes %d: shorten it",
	model.FindingCountyMissing:            "choose one of the 42 counties",
	model.FindingCountyProposed:           "choose one of the 42 counties; by the postal code it is %s",
	model.FindingSectorMissing:            "in Bucharest the city is Sector 1 to Sector 6; choose one",
	model.FindingSectorProposed:           "in Bucharest the city is Sector 1 to Sector 6; by the postal code it is %s",
	model.FindingCNPInvalid:               "this is not a valid personal code (CNP): thirteen zeros are sent in its place",
	model.FindingCUIMissing:               "ANAF knows a Romanian company by its CUI: enter it, or thirteen zeros are sent as for a private person",
	model.FindingVATNumberMissing: "without a VAT number there is no reverse charge, and Romanian VAT is due: " +
		"enter it if there is one",
	model.FindingTaxNumberDoubtful: "%s",
	model.FindingVATNumberDenied:   "VIES says that this number is not valid: ask the client, or Romanian VAT is due",

	model.FindingTermsOutOfRange:      "the days to pay are a number from 0 to %d: enter one, or none",
	model.FindingDecimalsOutOfRange:   "quantities have from %d to %d decimals: enter one of these, or none",
	model.FindingUsualCurrencyUnknown: "SmartBill does not take the currency %s; choose one of its list",
	model.FindingLanguageUnknown:      "SmartBill does not print %s; choose RO, EN, DE, FR, IT or ES",
	model.FindingSupplyDateUnknown:    "no day %s can decide the VAT; choose work or report",
	model.FindingNoteTooLong:          "the note has %d characters; e-Factura takes %d: shorten it",
	model.FindingNoteWithoutRoom:      "the note has %d characters; beside the words that the law wants e-Factura has room for %d: shorten it",
	model.FindingReverseChargeKept: "reverse charge within Romania is for the goods that the law lists, not for hours; " +
		"let the VAT be proposed",
	model.FindingReverseChargeNumberless: "e-Factura wants the buyer's number for a reverse charge; enter it",
	model.FindingRuleWithoutPrice:        "without a price the settings' rules hold, and the rest of this one is not used; enter it",
	model.FindingPriceMalformed:          "the price is a number above 0, with at most %d decimals, such as 250 or 250.50",
	model.FindingUnitUnknown:             "there is no unit %s; choose hour, day or item",
	model.FindingMinutesMalformed:        "this is a number of minutes up to a day, such as 15; 0 for none",
	model.FindingDirectionUnknown:        "nothing is rounded %s; choose up, nearest or down",
	model.FindingScopeUnknown:            "what is rounded as one is an entry, a day or a line, not %s",
	model.FindingThresholdsMalformed:     "write how many days from how many hours on, such as: 0.5 from 1s, 1 from 6h",
	model.FindingThresholdsUnused:        "these are for the unit day; choose it, or take them away",

	model.FindingSeriesMissing:         "choose a series in Setup",
	model.FindingProformaSeriesMissing: "choose a series for proformas in Setup (SmartBill: Configurare → Serii documente, type Proforma)",
	model.FindingCIFMissing:            "the company's CIF is missing: see Setup",
	model.FindingMentionsTooLong:       "the mentions are longer than %d characters: shorten the note",
	model.FindingIssueDateMissing:      "the issue date is missing",
	model.FindingIssueDateInFuture:     "the issue date %s is in the future: an invoice bears the day on which it is made, or an earlier one",
	model.FindingIssueDateLongPast:     "the issue date %s is more than a year back",
	model.FindingIssueDateLate:         "the issue date is %s: e-Factura wanted the invoice by %s, 5 working days after its date",
	model.FindingIssueDateOutOfOrder:   "the last invoice of the series is of %s: numbers should follow the dates",
	model.FindingHoursAfterIssueDate:   "hours of %s lie after the issue date",
	model.FindingSupplyDateOpen: "the VAT has changed since the hours of %s: i asks whether the day of the work decides, or that " +
		"of the report",
	model.FindingReportAfterIssueDate: "the report is of %s, after the issue date: give an earlier day",
	model.FindingReportBeforeHours:    "the report is of %s, and hours of %s are on the invoice: check the day",
	model.FindingDueDateMissing:       "the due date is missing: give one on Review",
	model.FindingDueDateTooEarly:      "the due date is before the issue date: give a later one",
	model.FindingDueDateFarOff:        "the due date %s is more than a year after the issue date",

	model.FindingCurrencyUnknown: "SmartBill does not take the currency %s",
	model.FindingCurrencyNotLei:  "an invoice between Romanian companies is usually in lei",
	model.FindingCurrencyUnusual: "this client is billed in %s, these lines in %s: check the rules, or the client's currency",
	model.FindingRateNotPositive: "an exchange rate is above 0: type what 1 %s is worth in lei",
	model.FindingRateUnknown: "no rate of %[1]s is known, and SmartBill would take its own: " +
		"look it up, or type what 1 %[1]s is worth in lei",
	model.FindingRateFarOff:             "1 %s = %s RON is far from the published %s: look again",
	model.FindingRateOld:                "the exchange rate is of %s: look up a newer one",
	model.FindingDiscountTwice:          "the discount is a percentage or a value: give one of them",
	model.FindingDiscountNegative:       "a discount below 0 would raise the invoice: give one above 0",
	model.FindingDiscountAboveAll:       "a discount is 100 % at most",
	model.FindingDiscountAboveNet:       "the discount of %s is more than the net %s: give less",
	model.FindingDiscountTooPrecise:     "the discount has more than 2 decimals: round it",
	model.FindingDiscountOnNegativeLine: "a discount cannot lower line %d, which is negative: lower the prices instead",
	model.FindingConsumerInEU: "electronic services to a consumer in the EU are taxed in the consumer's country (OSS): " +
		"these hours are taken for other services",
	model.FindingConsumerOutsideEU: "some services to a person outside the EU are not taxable in Romania: choose the VAT that fits",
	model.FindingIntraEUCodeMissing: "before services to an EU company the issuer needs a code for them (art. 317): " +
		"if you have it, set vat_status = \"non-payer-intra-eu\"",
	model.FindingReverseChargeBuyer:    "an invoice with reverse charge bears the buyer's VAT number (art. 319): enter it on Bill To",
	model.FindingReverseChargeDomestic: "reverse charge within Romania is for the goods that the law lists, not for hours",

	model.FindingVATNumberInvalid: "a VAT number that is not valid carries no reverse charge: correct it on Bill To, or choose the VAT",
	model.FindingVATNumberUnproven: "VIES has not confirmed the VAT number: look it up on Bill To, " +
		"its answer is the proof for the reverse charge",
	model.FindingReverseChargeNumberInvalid: "the reverse charge rests on a VAT number that is not valid: " +
		"keep other proof that the buyer is a business",
	model.FindingBuyerUnknownToANAF: "taxed in Romania, and ANAF knows no buyer by a foreign VAT number: it will reject the invoice. " +
		"Without the number thirteen zeros are sent",

	model.FindingNoLines:                "tick some hours first",
	model.FindingTotalNegative:          "the total is %s: only a storno may be below 0. Take less off, or reverse the earlier invoice",
	model.FindingTooManyLines:           "%d lines; SmartBill takes %d: group by project or bill in two invoices",
	model.FindingLineNameMissing:        "line %d has no description: a letter or a digit is needed",
	model.FindingLineNameTooLong:        "the description of line %d is longer than %d characters: shorten it",
	model.FindingLineDetailsTooLong:     "the details of line %d are longer than %d characters: shorten them",
	model.FindingDeductionOfAnother:     "line %d deducts an advance of %s, another client: take it off",
	model.FindingLineCut:                "the text of line %d was cut to what e-Factura takes",
	model.FindingLineOfOneWord:          "line %d says nothing but %q: write what was done",
	model.FindingLinePriceNegative:      "the price of line %d is negative",
	model.FindingLinePriceTooPrecise:    "the price of line %d has more than %d decimals: round it",
	model.FindingLineQuantityZero:       "the quantity of line %d is zero",
	model.FindingLineQuantityTooPrecise: "the quantity of line %d has more than %d decimals: round it",
	model.FindingLineQuantityPrecise:    "the quantity of line %d has more than %d decimals: SmartBill may round it",
	model.FindingLineRetyped:            "line %d bills %s %s, tracked %s",
	model.FindingLineVATUndecided:       "the VAT of line %d is not decided",
	model.FindingLineVATReplaced: "line %d bears %s %% VAT, but for work of %s the law sets %s %%; " +
		"add that in SmartBill (Configurare → Cote TVA)",
	model.FindingLineVATUnknown: "line %d bears %s %% VAT, which is no rate of the law on %s; " +
		"choose another in Setup, or look for a newer version of cadensa",
	model.FindingLineVATZero: "line %d bears no VAT (%s): that is for services that the law exempts (art. 292)",
}

// findingTextsOfCommands name a command or a flag where the texts above name a screen.
var findingTextsOfCommands = map[model.FindingCode]string{
	model.FindingSeriesMissing: "choose a series: --series, or series in the settings",
	model.FindingProformaSeriesMissing: "choose a series for proformas: --series, or proforma_series in the settings " +
		"(SmartBill: Configurare → Serii documente, type Proforma)",
	model.FindingCIFMissing:     "the company's CIF is missing: enter it in the settings",
	model.FindingDueDateMissing: "the due date is missing: give one with --due",
	model.FindingReverseChargeBuyer: "an invoice with reverse charge bears the buyer's VAT number (art. 319): " +
		"enter it with cadensa clients import",
	model.FindingVATNumberInvalid: "a VAT number that is not valid carries no reverse charge: correct it with cadensa clients import, " +
		"or decide with --vat-reason",
	model.FindingVATNumberUnproven: "VIES has not confirmed the VAT number: keep other proof for the reverse charge, or look it up " +
		"where the client is entered",
	model.FindingSupplyDateOpen: "the VAT has changed since the hours of %s: say with --supply-date whether the day of the work or " +
		"that of the report decides",
	model.FindingNoLines: "there are no hours to bill",
	model.FindingLineVATUnknown: "line %d bears %s %% VAT, which is no rate of the law on %s; " +
		"choose another by vat in the settings, or look for a newer version of cadensa",
}

func taxNumber(problem taxid.Problem) say.Text {
	form := say.Todo(vatNumberForms[problem.Prefix])
	switch problem.Kind {
	case taxid.ProblemForeign:
		return say.Todo("this number begins with %s; a VAT number of this country is %s", problem.Foreign, form)
	case taxid.ProblemPrefix:
		return say.Todo("a VAT number of this country begins with %s: it is %s", problem.Prefix, form)
	case taxid.ProblemForm:
		return say.Todo("a VAT number of this country is %s: look for a typing slip", form)
	case taxid.ProblemCheckDigits:
		return say.In("the check digits of this VAT number are wrong: look for a typing slip",
			"cifrele de control ale acestui cod de TVA sunt greșite: caută o greșeală de tastare",
			"ennek a közösségi adószámnak rosszak az ellenőrző számjegyei: keress elgépelést")
	case taxid.ProblemCUIForm:
		return say.In("a Romanian CUI has 2 to 10 digits, with RO before it for a VAT payer: without one thirteen zeros are sent",
			"un CUI românesc are între 2 și 10 cifre, cu RO în față la plătitorii de TVA: fără el se trimit treisprezece zerouri",
			"a román adószám (CUI) 2–10 számjegy, áfaalanynál RO-val az elején: nélküle tizenhárom nulla megy el")
	case taxid.ProblemCUICheckDigit:
		return say.In("the check digit of this CUI is wrong, and ANAF will reject the invoice: look for a typing slip",
			"cifra de control a acestui CUI este greșită, iar ANAF va respinge factura: caută o greșeală de tastare",
			"ennek az adószámnak (CUI) rossz az ellenőrző számjegye, az ANAF elutasítja a számlát: keress elgépelést")
	case taxid.ProblemNorthernIreland:
	}
	return say.In("a number of Northern Ireland counts for goods only: for services its owner is outside the EU",
		"un cod din Irlanda de Nord contează doar pentru bunuri: pentru servicii, titularul este în afara UE",
		"az észak-írországi szám csak termékekre jó: szolgáltatásnál a tulajdonosa az EU-n kívül van")
}

// vatNumberForms are what VAT numbers look like, by their prefix.
var vatNumberForms = map[string]string{
	"AT": "ATU and 8 digits",
	"BE": "BE and 10 digits that begin with 0 or 1",
	"BG": "BG and 9 or 10 digits",
	"CY": "CY, 8 digits and a letter",
	"CZ": "CZ and 8 to 10 digits",
	"DE": "DE and 9 digits",
	"DK": "DK and 8 digits",
	"EE": "EE10 and 7 digits",
	"EL": "EL and 9 digits",
	"ES": "ES and 9 characters, the first or the last a letter",
	"FI": "FI and 8 digits",
	"FR": "FR, 2 characters and 9 digits",
	"HR": "HR and 11 digits",
	"HU": "HU and 8 digits",
	"IE": "IE, 7 digits and 1 or 2 letters",
	"IT": "IT and 11 digits",
	"LT": "LT and 9 or 12 digits",
	"LU": "LU and 8 digits",
	"LV": "LV and 11 digits",
	"MT": "MT and 8 digits",
	"NL": "NL, 9 digits, B and 2 digits",
	"PL": "PL and 10 digits",
	"PT": "PT and 9 digits",
	"RO": "RO and 2 to 10 digits",
	"SE": "SE and 12 digits, the last two 01",
	"SI": "SI and 8 digits",
	"SK": "SK and 10 digits",
	"XI": "XI and 9 or 12 digits",
}
