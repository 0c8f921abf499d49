package explain

import (
	"cadensa/model"
	"cadensa/model/say"
)

// Treatment says why an invoice to the client bears the VAT that it bears.
func Treatment(treatment model.Treatment, client model.Client) say.Text {
	switch {
	case treatment.Basis == model.BasisKept:
		return say.Todo("%s, as kept for this client", kept(treatment.Reason))
	case treatment.IsDomesticReverse(client):
		return say.Todo("reverse charge within Romania, for goods that the law lists (art. 331): the buyer accounts for the VAT")
	case treatment.Basis == model.BasisChosen:
		return chosen(treatment.Reason)
	}
	return proposed(treatment.Reason, client)
}

// kept is a reason that may be kept with a client, in short; an issuer who is not registered for VAT has counterparts of them.
func kept(reason model.Reason) say.Text {
	switch reason { //nolint:exhaustive // the others stand for Romanian VAT
	case model.ReasonReverseCharge, model.ReasonNonPayerEU:
		return say.Todo("reverse charge")
	case model.ReasonOutsideEU, model.ReasonNonPayerThird:
		return say.Todo("not taxable in Romania")
	}
	return say.Todo("Romanian VAT")
}

// chosen says what a reason means, whoever the client is.
func chosen(reason model.Reason) say.Text {
	switch reason { //nolint:exhaustive // the others stand for Romanian VAT
	case model.ReasonReverseCharge, model.ReasonNonPayerEU:
		return say.Todo("reverse charge: the buyer accounts for the VAT; keep the proof that it is a business")
	case model.ReasonOutsideEU, model.ReasonNonPayerThird:
		return say.Todo("not taxable in Romania: the service takes place abroad")
	case model.ReasonNonPayer:
		return say.Todo("the issuer is not registered for VAT")
	}
	return say.Todo("Romanian VAT")
}

// proposed says what about the client leads to a reason.
func proposed(reason model.Reason, client model.Client) say.Text {
	switch reason {
	case model.ReasonConsumer:
		return say.Todo("private person: taxed where the supplier is")
	case model.ReasonConsumerThird:
		return say.Todo("private person outside the EU: taxed where the supplier is, unless the law moves that service abroad")
	case model.ReasonNoVATNumber:
		if client.DeniedByVIES() {
			return say.Todo("VIES denies the VAT number: Romanian VAT is due, unless you hold other proof that it is a business")
		}
		return say.Todo("EU company without a VAT number: Romanian VAT is due, unless you hold other proof that it is a business")
	case model.ReasonReverseCharge:
		return say.Todo("EU company with a VAT number: the buyer accounts for the VAT")
	case model.ReasonOutsideEU, model.ReasonNonPayerThird:
		return say.Todo("company outside the EU: not taxable in Romania")
	case model.ReasonNonPayer:
		return say.Todo("the issuer is not registered for VAT")
	case model.ReasonNonPayerEU:
		return say.Todo("EU company: the buyer accounts for the VAT")
	case model.ReasonDomestic:
	}
	return say.Todo("Romanian client")
}
