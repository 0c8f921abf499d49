package app

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// KeepClient puts a client into the address book, in place of the one with the former name; "" for a new one.
func (a *App) KeepClient(ctx context.Context, client model.Client, formerly string) error {
	if formerly == "" {
		return a.records.KeepClient(ctx, client)
	}
	return a.records.RenameClient(ctx, formerly, client)
}

// ClientRequest is the client object of a request to SmartBill, as JSON.
func (a *App) ClientRequest(ctx context.Context, buyer model.Buyer) ([]byte, error) {
	settings := a.Settings()
	// The client object depends on nothing else of the invoice, but there is no request without a line.
	body, err := a.Preview(ctx, model.PreparedInvoice{
		Kind: model.KindInvoice, CIF: a.account(ctx).CIF, Client: buyer.Client, SaveClient: buyer.SaveClient,
		Series: settings.Invoice.Series, Currency: settings.Invoice.Currency, IssueDate: a.Today(),
		Lines: []model.Line{{Name: "-", Quantity: decimal.NewFromInt(1), Unit: model.UnitItem, Currency: settings.Invoice.Currency}},
	})
	if err != nil {
		return nil, err
	}
	var request struct {
		Client json.RawMessage `json:"client"`
	}
	if err := json.Unmarshal(body, &request); err != nil {
		return nil, fmt.Errorf("take the client out of the request: %w", err)
	}
	return request.Client, nil
}
