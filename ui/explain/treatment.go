package explain

import (
	"cadensa/model"
	"cadensa/model/say"
)

// Treatment says why an invoice to the client bears the VAT that it bears.
func Treatment(treatment model.Treatment, client model.Client) say.Text {
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
	case treatment.Reason == model.ReasonNoVATNumber && client.DeniedByVIES():
		return say.Todo("VIES denies the VAT number: Romanian VAT is due, unless you hold other proof that it is a business")
	}
	return say.Todo(texts.proposed)
}

// reasonText names a reason that is kept with a client, says what a chosen one means, and what about the client proposes one.
type reasonText struct{ kept, chosen, proposed string }

const (
	romanianVAT   = "Romanian VAT"
	reverseCharge = "reverse charge"
	buyerAccounts = "reverse charge: the buyer accounts for the VAT; keep the proof that it is a business"
	notRegistered = "the issuer is not registered for VAT"
)

var outside = reasonText{
	kept: "not taxable in Romania", chosen: "not taxable in Romania: the service takes place abroad",
	proposed: "company outside the EU: not taxable in Romania",
}

var reasonTexts = map[model.Reason]reasonText{
	model.ReasonDomestic: {romanianVAT, romanianVAT, "Romanian client"},
	model.ReasonConsumer: {romanianVAT, romanianVAT, "private person: taxed where the supplier is"},
	model.ReasonConsumerThird: {romanianVAT, romanianVAT,
		"private person outside the EU: taxed where the supplier is, unless the law moves that service abroad"},
	model.ReasonNoVATNumber: {romanianVAT, romanianVAT,
		"EU company without a VAT number: Romanian VAT is due, unless you hold other proof that it is a business"},
	model.ReasonReverseCharge: {reverseCharge, buyerAccounts, "EU company with a VAT number: the buyer accounts for the VAT"},
	model.ReasonOutsideEU:     outside,
	model.ReasonNonPayer:      {romanianVAT, notRegistered, notRegistered},
	model.ReasonNonPayerEU:    {reverseCharge, buyerAccounts, "EU company: the buyer accounts for the VAT"},
	model.ReasonNonPayerThird: outside,
}
