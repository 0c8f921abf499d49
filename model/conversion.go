package model

// Conversion is what an invoice that is made from a proforma does not take from it.
type Conversion struct {
	// Series is the invoice's.
	Series string
	// Exchange is the rate of a currency other than RON for an invoice of today.
	Exchange ExchangeRate
}
