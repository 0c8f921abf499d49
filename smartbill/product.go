package smartbill

import (
	"cadensa/model"
	"cadensa/model/text"
)

// products are the lines of a draft, each discount right behind the lines that it lowers.
func products(draft model.Draft) []productRequest {
	discounts, rate := draft.Discounts(), exchangeRate(draft)
	products := make([]productRequest, 0, len(draft.Lines)+len(discounts))
	for i, line := range draft.Lines {
		products = append(products, product(line))
		if len(discounts) > 0 && discounts[0].After == i {
			products = append(products, discount(discounts[0], draft.Currency))
			discounts = discounts[1:]
		}
	}
	for i := range products {
		products[i].ExchangeRate = rate
	}
	return products
}

func product(line model.Line) productRequest {
	return taxed(productRequest{
		Name:               text.Collapse(line.Name),
		ProductDescription: text.Collapse(line.Details),
		MeasuringUnitName:  line.Unit.Romanian(),
		Quantity:           number(line.Quantity),
		Price:              number(line.Price),
		Currency:           text.Clean(line.Currency),
		IsService:          true,
	}, line.VAT)
}

// discountByValue is the discountType whose amount is given, and not worked out by the service.
const discountByValue = 1

// discount writes a discount as the service takes it for one (Discounts): of a stated type, or the VAT would not
// follow; of a value below zero, or it would raise the total; over a stated number of items, or it would be left out
// without a word.
func discount(discount model.DiscountLine, currency string) productRequest {
	return taxed(productRequest{
		Name:              text.Collapse(discount.Name),
		MeasuringUnitName: model.UnitItem.Romanian(),
		Currency:          text.Clean(currency),
		IsService:         true,
		IsDiscount:        true,
		NumberOfItems:     discount.Lines,
		DiscountType:      discountByValue,
		DiscountValue:     number(discount.Amount.Neg()),
	}, discount.VAT)
}

// taxed adds the VAT, with prices that do not include it; an issuer who is not registered sends no field of it.
func taxed(product productRequest, vat model.VATRate) productRequest {
	if vat.IsNone() {
		return product
	}
	product.IsTaxIncluded = new(bool)
	product.TaxName = text.Clean(vat.Name)
	product.TaxPercentage = number(vat.Percent)
	return product
}
