package sandbox

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/shopspring/decimal"
)

const (
	mostLines       = 400
	reverseCharge   = "Taxare inversa"
	taxWithin       = "TVA Inclus"
	homeCurrency    = "RON"
	byValue         = 1
	byPercentage    = 2
	mixedDiscount   = "La aplicarea unui discount pentru produse cu cote tva diferite, trebuie sa specifici si cota tva a discountului."
	onlyDiscount    = "Nu poti sa emiti un document care contine doar un discount. Trebuie sa ai si produse / servicii adaugate."
	otherCurrencies = "Aveti produse care au pretul in alta moneda decat cea a %s."
)

// priceLines turns the products of a request into lines. It leaves out discounts without numberOfItems, as the service does.
func (c *company) priceLines(products []productRequest, doc *document) ([]Line, error) {
	if len(products) == 0 {
		return nil, refused("%s trebuie specificat si trebuie sa contina cel putin un element", words(doc.kind).products)
	}
	if len(products) > mostLines {
		return nil, refusedWith(http.StatusGone, "Numarul maxim acceptat de 400 intrari pe document a fost depasit.")
	}
	if !slices.ContainsFunc(products, func(p productRequest) bool { return !bool(p.IsDiscount) }) {
		return nil, refused(onlyDiscount)
	}
	var lines []Line
	for i := range products {
		priced, err := c.priceLine(&products[i], doc, lines)
		if err != nil {
			return nil, err
		}
		lines = append(lines, priced...)
	}
	return lines, nil
}

// priceLine is one line, or none for a discount that applies to nothing.
func (c *company) priceLine(product *productRequest, doc *document, before []Line) ([]Line, error) {
	if product.Name == "" {
		return nil, refused("name trebuie specificat pentru fiecare produs")
	}
	line := Line{
		Name: product.Name, Description: product.ProductDescription, Code: product.Code,
		Unit: product.MeasuringUnitName, TaxIncluded: c.VATPayer && bool(product.IsTaxIncluded),
	}
	if product.IsDiscount {
		return c.priceDiscount(product, line, before)
	}
	if err := c.checkProduct(product, doc); err != nil {
		return nil, err
	}
	if err := c.taxProduct(product, &line); err != nil {
		return nil, err
	}
	line.Quantity, line.Price = product.Quantity.Decimal, product.Price.Round(doc.precision)
	line.settle(line.Quantity.Mul(line.Price))
	return []Line{line}, nil
}

func (c *company) checkProduct(product *productRequest, doc *document) error {
	switch {
	case product.MeasuringUnitName == "":
		return refused("measuringUnitName trebuie specificat pentru fiecare produs")
	case product.Quantity == nil:
		return refused("quantity trebuie specificat pentru fiecare produs")
	case product.Price == nil:
		return refused("price trebuie specificat pentru fiecare produs")
	case c.ProductCodes && product.Code == "":
		return refused("Produsul %s nu are codul specificat.", product.Name)
	case cmp.Or(product.Currency, homeCurrency) != doc.Currency:
		return refused(otherCurrencies, words(doc.kind).genitive)
	}
	return nil
}

// taxProduct sets the line's rate; a company that pays no VAT has none, whatever the product says.
func (c *company) taxProduct(product *productRequest, line *Line) error {
	if !c.VATPayer {
		return nil
	}
	if product.TaxPercentage == nil {
		return refused("Trebuie sa setezi o cota tva pentru produsul %s", product.Name)
	}
	tax, found := c.tax(product.TaxName, product.TaxPercentage.Decimal)
	if !found {
		return refused("Cota tva a produsului %s nu a fost gasita pe server!", product.Name)
	}
	line.TaxName, line.TaxPercentage = tax.Name, tax.Percentage
	return nil
}

// tax finds the exact pair; without a name the first rate of the percentage serves, and 0 % means reverse charge.
func (c *company) tax(name string, percentage decimal.Decimal) (Tax, bool) {
	if name == "" && percentage.IsZero() {
		name = reverseCharge
		if c.variants.has(NamesZeroTVAInclus) {
			name = taxWithin
		}
	}
	for _, tax := range c.Taxes {
		if tax.Percentage.Equal(percentage) && (name == "" || tax.Name == name) {
			return tax, true
		}
	}
	return Tax{}, false
}

// priceDiscount prices a discount over the lines before it. As at the service, a positive value raises the total, and a type other than
// 1 and 2 does not touch the VAT.
func (c *company) priceDiscount(product *productRequest, line Line, before []Line) ([]Line, error) {
	if product.NumberOfItems == nil || *product.NumberOfItems <= 0 || len(before) == 0 {
		return nil, nil
	}
	covered := before[max(0, len(before)-*product.NumberOfItems):]
	line.Discount, line.Quantity = true, decimal.NewFromInt(1)
	kind := byPercentage
	if product.DiscountType != nil {
		kind = *product.DiscountType
	}
	if kind != byPercentage && c.variants.has(TakesOddDiscountsForValues) {
		kind = byValue
	}
	if kind == byPercentage {
		return c.percentageDiscount(product, line, covered)
	}
	if product.DiscountValue == nil {
		return nil, refused("discountValue trebuie specificat pentru fiecare produs de tip discount")
	}
	if kind == byValue {
		if err := c.taxDiscount(product, &line, covered); err != nil {
			return nil, err
		}
	} else {
		line.TaxIncluded = false
	}
	line.Price = product.DiscountValue.Decimal
	line.settle(line.Price)
	return []Line{line}, nil
}

func (c *company) percentageDiscount(product *productRequest, line Line, covered []Line) ([]Line, error) {
	share := product.DiscountPercentage
	if share == nil || !share.IsPositive() || share.GreaterThan(hundred()) {
		return nil, refused("Trebuie sa introduceti valoarea procentului!")
	}
	if !sameRate(covered) {
		return nil, refused(mixedDiscount)
	}
	line.TaxName, line.TaxPercentage = covered[0].TaxName, covered[0].TaxPercentage
	line.TaxIncluded = !slices.ContainsFunc(covered, func(l Line) bool { return !l.TaxIncluded })
	base := decimal.Zero
	for i := range covered {
		if line.TaxIncluded {
			base = base.Add(covered[i].sum())
		} else {
			base = base.Add(covered[i].Net)
		}
	}
	line.Price = percentOf(base, share.Decimal).Neg()
	line.settle(line.Price)
	return []Line{line}, nil
}

// taxDiscount takes the rate of the covered lines, or the discount's own where theirs differ.
func (c *company) taxDiscount(product *productRequest, line *Line, covered []Line) error {
	if sameRate(covered) {
		line.TaxName, line.TaxPercentage = covered[0].TaxName, covered[0].TaxPercentage
		return nil
	}
	if product.TaxPercentage == nil {
		return refused(mixedDiscount)
	}
	tax, found := c.tax(product.TaxName, product.TaxPercentage.Decimal)
	if !found {
		return refused("Cota %s nu a fost gasita pe server!", cmp.Or(product.TaxName, product.TaxPercentage.String()))
	}
	line.TaxName, line.TaxPercentage = tax.Name, tax.Percentage
	return nil
}

func sameRate(lines []Line) bool {
	return !slices.ContainsFunc(lines, func(line Line) bool {
		return line.TaxName != lines[0].TaxName || !line.TaxPercentage.Equal(lines[0].TaxPercentage)
	})
}

// Line is one printed line, in the document's currency. VAT is 0 where the price does not include it: it arises per rate.
type Line struct {
	Name, Description, Code, Unit string
	Quantity, Price               decimal.Decimal
	TaxName                       string
	TaxPercentage                 decimal.Decimal
	TaxIncluded                   bool
	Discount                      bool
	Net, VAT                      decimal.Decimal
}

// Totals are sums of rounded amounts: Total = Net + VAT exactly.
type Totals struct {
	Net, VAT, Total decimal.Decimal
	Rates           []RateTotal
}

// RateTotal is the VAT of one rate. Zero rates are kept apart by name, since their reasons differ.
type RateTotal struct {
	TaxName       string
	Percentage    decimal.Decimal
	Base, VAT     decimal.Decimal
	netPriced     decimal.Decimal
	vatFromPrices decimal.Decimal
}

const amountDecimals = 2

// hundred turns a percentage into a share.
func hundred() decimal.Decimal { return decimal.NewFromInt(100) }

func percentOf(base, percentage decimal.Decimal) decimal.Decimal {
	return base.Mul(percentage).DivRound(hundred(), amountDecimals)
}

// settle fills in Net from an amount, and VAT where the amount includes it: VAT = price − price/(1+rate).
func (l *Line) settle(sum decimal.Decimal) {
	sum = sum.Round(amountDecimals)
	if !l.TaxIncluded {
		l.Net = sum
		return
	}
	l.VAT = sum.Mul(l.TaxPercentage).DivRound(hundred().Add(l.TaxPercentage), amountDecimals)
	l.Net = sum.Sub(l.VAT)
}

// sum is the line's amount in its own pricing.
func (l *Line) sum() decimal.Decimal {
	return l.Net.Add(l.VAT)
}

// addUp computes totals (EN 16931): the sum of rounded nets, and VAT rounded once per rate, halves away from zero.
func addUp(lines []Line) Totals {
	var totals Totals
	for _, line := range lines {
		rate := totals.rate(line.TaxName, line.TaxPercentage)
		rate.Base = rate.Base.Add(line.Net)
		rate.vatFromPrices = rate.vatFromPrices.Add(line.VAT)
		if !line.TaxIncluded {
			rate.netPriced = rate.netPriced.Add(line.Net)
		}
	}
	for i := range totals.Rates {
		rate := &totals.Rates[i]
		rate.VAT = percentOf(rate.netPriced, rate.Percentage).Add(rate.vatFromPrices)
		totals.Net = totals.Net.Add(rate.Base)
		totals.VAT = totals.VAT.Add(rate.VAT)
	}
	totals.Total = totals.Net.Add(totals.VAT)
	return totals
}

func (t *Totals) rate(name string, percentage decimal.Decimal) *RateTotal {
	for i := range t.Rates {
		existing := &t.Rates[i]
		if existing.Percentage.Equal(percentage) && (percentage.IsPositive() || existing.TaxName == name) {
			return existing
		}
	}
	t.Rates = append(t.Rates, RateTotal{TaxName: name, Percentage: percentage})
	return &t.Rates[len(t.Rates)-1]
}

func negated(lines []Line) []Line {
	reversed := make([]Line, len(lines))
	for i, line := range lines {
		line.Quantity, line.Net, line.VAT = line.Quantity.Neg(), line.Net.Neg(), line.VAT.Neg()
		reversed[i] = line
	}
	return reversed
}
