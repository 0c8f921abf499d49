package smartbill

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/text"
)

// Request writes the exact JSON body that Issue sends for the invoice. It fails with model.ErrRefused for one of more
// lines than SmartBill takes (model.MaxLines), of none, or of a kind that is not made from lines.
func (c *Client) Request(prepared model.PreparedInvoice) ([]byte, error) {
	const operation = "write the request"
	lines := len(prepared.Lines) + len(prepared.Discounts())
	switch {
	case creationPaths[prepared.Kind] == [2]string{}:
		return nil, refusedHere(operation, "no document of the kind "+string(prepared.Kind)+" is made from lines")
	case len(prepared.Lines) == 0:
		return nil, refusedHere(operation, "there is no line").withKind(model.ErrNothingToBill)
	case lines > model.MaxLines:
		return nil, refusedHere(operation, fmt.Sprintf(
			"%d lines; SmartBill takes %d on one document: group by project, or bill in two invoices", lines, model.MaxLines))
	}
	return encodeRequest(operation, c.document(prepared))
}

func (c *Client) document(prepared model.PreparedInvoice) documentRequest {
	document := documentRequest{
		CompanyVATCode: text.Clean(cmp.Or(prepared.CIF, c.cif)),
		SeriesName:     text.Clean(prepared.Series),
		IsDraft:        prepared.Unfinished,
		IssueDate:      prepared.IssueDate.String(),
		DueDate:        prepared.DueDate.String(),
		DeliveryDate:   prepared.DeliveryDate().String(),
		Currency:       text.Clean(prepared.Currency),
		ExchangeRate:   exchangeRate(prepared),
		Language:       text.Clean(prepared.Language),
		Precision:      int(prepared.Precision()),
		Mentions:       text.Clean(prepared.Mentions()),
		UseIntraCIF:    prepared.Treatment.IntraEUCode,
		delegate:       delegateOf(prepared.Client.Cleaned()),
		onCollection:   collection(prepared),
		Client:         c.buyer(prepared),
		Products:       products(prepared),
	}
	if prepared.Kind == model.KindProforma {
		// Estimates do not take the fields (Documents).
		document.DeliveryDate, document.onCollection = "", onCollection{}
	}
	return document
}

func delegateOf(client model.Client) delegate {
	return delegate{DelegateName: client.Delegate, DelegateIdentityCard: client.DelegateIdentityCard, DelegateAuto: client.DelegateCar}
}

// collection writes the fields of VAT on collection as SmartBill's own plug-in does, whose invoices are issued unpaid too.
func collection(prepared model.PreparedInvoice) onCollection {
	if !prepared.IsOnCollection() {
		return onCollection{}
	}
	return onCollection{UsePaymentTax: true, PaymentBase: "0", CollectedTax: "0", PaymentTotal: "0"}
}

// exchangeRate is the rate that was shown, which SmartBill would otherwise choose by itself; none for lei.
func exchangeRate(prepared model.PreparedInvoice) json.Number {
	if prepared.Currency == model.DefaultCurrency || !prepared.Exchange.IsKnown() {
		return ""
	}
	return number(prepared.Exchange.Lei)
}

// romania is the country's name as SmartBill knows it.
const romania = "Romania"

func (c *Client) buyer(prepared model.PreparedInvoice) clientRequest {
	prepared.Client = prepared.Client.Cleaned()
	client := prepared.Client
	country := romania
	if !client.IsRomanian() {
		country = cmp.Or(text.Collapse(c.country(client.Country)), client.Country)
	}
	return clientRequest{
		Name:       client.Name,
		VATCode:    prepared.BuyerCode(),
		IsTaxPayer: client.PaysVAT(),
		Address:    client.Address(),
		City:       client.City,
		County:     text.ASCII(client.County),
		Country:    country,
		RegCom:     client.TradeRegister,
		Email:      client.Email,
		Phone:      client.Phone,
		Contact:    client.Contact,
		IBAN:       client.IBAN,
		Bank:       client.Bank,
		SaveToDB:   prepared.SaveClient,
	}
}

func number(value decimal.Decimal) json.Number { return json.Number(value.String()) }

// documentHead is what must be known of a request to judge its answer.
type documentHead struct {
	SeriesName string `json:"seriesName"`
	IsDraft    bool   `json:"isDraft"`
}

// Issue sends a body that Request wrote, in one attempt that could create the document, and waits up to 120 seconds. Test
// model.ErrOutcomeUnknown first: nobody knows what became of it. Else model.ErrNotSent, or model.ErrRefused beside its precise kind. A
// SmartBill draft comes back without a number.
func (c *Client) Issue(ctx context.Context, kind model.Kind, body []byte) (model.Issued, error) {
	operation := "issue the " + string(kind)
	paths, ok := creationPaths[kind]
	if !ok {
		return model.Issued{}, &Error{Operation: operation, kinds: []error{model.ErrNotSent}, detail: "it is not made from lines"}
	}
	var asked documentHead
	if err := decodeJSON(body, &asked); err != nil {
		return model.Issued{}, &Error{Operation: operation, kinds: []error{model.ErrNotSent}, detail: "the stored request is damaged", cause: err}
	}
	made, err := c.create(ctx, operation, kind, c.ordered(paths, kind, asked.IsDraft), body, asked)
	return c.redacted(made), c.conclude(ctx, err)
}

// creationPaths are where documents are made: the path of the requirement, and that of the newest description.
var creationPaths = map[model.Kind][2]string{
	model.KindInvoice:       {"/invoice", "/invoice/v2"},
	model.KindPartialStorno: {"/invoice", "/invoice/v2"},
	model.KindProforma:      {"/estimate", "/estimate/v2"},
}

// ordered puts the path to be tried first at the front. Only the newer one gives a draft the documentId that proves it.
func (c *Client) ordered(paths [2]string, kind model.Kind, draft bool) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	order := paths[:]
	if draft || c.newer[kind] {
		slices.Reverse(order)
	}
	return order
}

// create tries the second path only after the first has proven that it makes nothing.
func (c *Client) create(ctx context.Context, operation string, kind model.Kind, paths []string, body []byte,
	asked documentHead) (model.Issued, error) {
	for _, path := range paths {
		answer, err := c.exchange(ctx, creation(operation, path, body))
		if err != nil {
			return model.Issued{}, err
		}
		if !isMissingPath(answer) {
			c.remember(kind, path)
			return judgeCreation(operation, answer, asked)
		}
	}
	return model.Issued{}, refusedHere(operation, noService)
}

// creation is a call that makes something, in one attempt: a second would do its work again.
func creation(operation, path string, body []byte) call {
	return call{
		operation: operation, method: http.MethodPost, path: path, body: body,
		accept: typeJSON, limit: maxJSON, timeout: createTimeout, writes: true, fresh: true,
	}
}

func (c *Client) post(ctx context.Context, operation, path string, request any, judge func(reply) error) error {
	body, err := encodeRequest(operation, request)
	if err != nil {
		return c.conclude(ctx, err)
	}
	answer, err := c.exchange(ctx, creation(operation, path, body))
	if err == nil {
		err = judge(answer)
	}
	return c.conclude(ctx, err)
}

// isMissingPath reports whether a 404 or 405 proves that the path makes nothing: it names neither a document nor the lock-out.
func isMissingPath(answer reply) bool {
	if !noPath(answer.status) {
		return false
	}
	var head envelope
	if err := decodeJSON(answer.body, &head); err != nil {
		return true
	}
	return head.Number.clean() == "" && !positive(head.DocumentID) && !isLockout(answer.status, head.errorText())
}

// remember keeps that the newer path answered, so that the old one is not asked in vain again.
func (c *Client) remember(kind model.Kind, path string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if path == creationPaths[kind][1] {
		c.newer[kind] = true
	}
}

// products are the lines of an invoice, each discount right behind the lines that it lowers.
func products(prepared model.PreparedInvoice) []productRequest {
	discounts, rate := prepared.Discounts(), exchangeRate(prepared)
	products := make([]productRequest, 0, len(prepared.Lines)+len(discounts))
	for i, line := range prepared.Lines {
		products = append(products, measured(product(line), line.Unit, prepared))
		if len(discounts) > 0 && discounts[0].After == i {
			products = append(products, measured(discount(discounts[0], prepared.Currency), model.UnitItem, prepared))
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
		Quantity:           number(line.Quantity),
		Price:              number(line.Price),
		Currency:           text.Clean(line.Currency),
		IsService:          true,
	}, line.VAT)
}

// discountByValue is the discountType whose amount is given, and not worked out by the service.
const discountByValue = 1

// discount writes a discount (Discounts): of a stated type, or the VAT would not follow; below zero, or the total would rise; over a
// stated number of items, or it would be left out.
func discount(discount model.DiscountLine, currency string) productRequest {
	return taxed(productRequest{
		Name:          text.Collapse(discount.Name),
		Currency:      text.Clean(currency),
		IsService:     true,
		IsDiscount:    true,
		NumberOfItems: discount.Lines,
		DiscountType:  discountByValue,
		DiscountValue: number(discount.Amount.Neg()),
	}, discount.VAT)
}

// measured adds the unit by the account's name, and by that in the document's language.
func measured(product productRequest, unit model.Unit, prepared model.PreparedInvoice) productRequest {
	product.MeasuringUnitName = text.Collapse(prepared.UnitNames.Of(unit))
	product.TranslatedUnit = unit.In(prepared.Language)
	return product
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
