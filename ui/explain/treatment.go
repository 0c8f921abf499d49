package explain

import (
	"cadensa/model"
	"cadensa/model/say"
)

// Treatment says why an invoice to the client bears the VAT that it bears.
func Treatment(treatment model.Treatment, client model.Client) say.Text {
	if supply, ok := supplies[treatment.Reason]; ok {
		if treatment.Basis == model.BasisKept {
			return say.Format("%s, as kept for this client", "%s, cum s-a păstrat la acest client", "%s, ahogy ennél a vevőnél szerepel",
				VATReason(treatment.Reason))
		}
		return supply
	}
	texts, ok := reasonTexts[treatment.Reason]
	if !ok {
		texts = reasonTexts[model.ReasonDomestic]
	}
	switch {
	case treatment.Basis == model.BasisKept:
		return say.Todo("%s, as kept for this client", say.Todo(texts.kept))
	case treatment.IsDomesticReverse(client):
		return say.Todo("reverse charge within Romania, for goods that the law lists (art. 331): the buyer accounts for the VAT")
	case treatment.Basis == model.BasisChosen:
		return say.Todo(texts.chosen)
	case treatment.Reason == model.ReasonNoVATNumber && invalidNumberTexts[client.VATNumberState()] != "":
		return say.Todo(invalidNumberTexts[client.VATNumberState()])
	}
	proposed, values := texts.proposed, []any(nil)
	if place := placeOf(client); place != "" && texts.inPlace != "" {
		proposed, values = texts.inPlace, []any{place}
	}
	return say.Todo(proposed, values...)
}

// invalidNumberTexts say why a VAT number carries no reverse charge.
var invalidNumberTexts = map[model.VATNumberState]string{
	model.VATNumberInvalid: "the VAT number is not valid: Romanian VAT is due, unless you hold other proof that it is a business",
	model.VATNumberDenied:  "VIES denies the VAT number: Romanian VAT is due, unless you hold other proof that it is a business",
}

// placeOf names what the client's country does not tell of the place: a territory outside the EU's VAT area, or Monaco; "" for neither.
func placeOf(client model.Client) string {
	if client.Country == "MC" {
		return "Monaco, which is taxed as France"
	}
	if name, known := territoryNames[client.Territory()]; known {
		return name + ", outside the EU's VAT area"
	}
	return ""
}

var territoryNames = map[model.Territory]string{
	model.TerritoryCanaryIslands: "the Canary Islands", model.TerritoryCeuta: "Ceuta", model.TerritoryMelilla: "Melilla",
	model.TerritoryLivigno: "Livigno", model.TerritoryCampione: "Campione d'Italia", model.TerritoryBusingen: "Büsingen",
	model.TerritoryHeligoland: "Heligoland", model.TerritoryAland: "Åland", model.TerritoryFrenchOverseas: "overseas France",
	model.TerritoryMountAthos: "Mount Athos",
}

// MissedDeadline says that the hours of an invoice were to be invoiced earlier, nothing where they were not.
func MissedDeadline(prepared model.PreparedInvoice) say.Text {
	deadline := prepared.MissedDeadline()
	if deadline.IsZero() {
		return say.Text{}
	}
	return say.Format("the first hours were to be invoiced by %s (art. 319)", "primele ore trebuiau facturate până la %s (art. 319)",
		"az első órákat eddig kellett volna számlázni: %s (319. cikk)", deadline)
}

// reasonText names a reason that is kept with a client, says what a chosen one means, and what about the client proposes one: inPlace
// where the place matters, "" for the same.
type reasonText struct{ kept, chosen, proposed, inPlace string }

const (
	romanianVAT   = "Romanian VAT"
	reverseCharge = "reverse charge"
	buyerAccounts = "reverse charge: the buyer accounts for the VAT; keep the proof that it is a business"
	notRegistered = "the issuer is not registered for VAT"
)

var outside = reasonText{
	kept: "not taxable in Romania", chosen: "not taxable in Romania: the service takes place abroad",
	proposed: "company outside the EU: not taxable in Romania", inPlace: "company in %s: not taxable in Romania",
}

// romanian is a reason of Romanian VAT, which a kept or chosen one calls so.
func romanian(proposed, inPlace string) reasonText {
	return reasonText{kept: romanianVAT, chosen: romanianVAT, proposed: proposed, inPlace: inPlace}
}

var reasonTexts = map[model.Reason]reasonText{
	model.ReasonDomestic: romanian("Romanian client", ""),
	model.ReasonConsumer: romanian("private person: taxed where the supplier is", ""),
	model.ReasonConsumerThird: romanian(
		"private person outside the EU: taxed where the supplier is, unless the law moves that service abroad",
		"private person in %s: taxed where the supplier is, unless the law moves that service abroad"),
	model.ReasonNoVATNumber: romanian(
		"EU company without a VAT number: Romanian VAT is due, unless you hold other proof that it is a business",
		"company in %s, without a VAT number: Romanian VAT is due, unless you hold other proof that it is a business"),
	model.ReasonReverseCharge: {reverseCharge, buyerAccounts, "EU company with a VAT number: the buyer accounts for the VAT",
		"company with a VAT number in %s: the buyer accounts for the VAT"},
	model.ReasonOutsideEU: outside,
	model.ReasonNonPayer:  {romanianVAT, notRegistered, notRegistered, ""},
	model.ReasonNonPayerEU: {reverseCharge, buyerAccounts, "EU company: the buyer accounts for the VAT",
		"company in %s: the buyer accounts for the VAT"},
	model.ReasonNonPayerThird: outside,
}
