package cli

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// KeepClient puts a client into the address book, in the place of the one who was called formerly; "" for nobody.
func (s *Session) KeepClient(ctx context.Context, client model.Client, formerly string) error {
	if formerly == "" {
		return s.records.KeepClient(ctx, client)
	}
	return s.records.RenameClient(ctx, formerly, client)
}

// ForgetClient takes the client of the name out of the address book.
func (s *Session) ForgetClient(ctx context.Context, name string) error {
	return s.records.ForgetClient(ctx, name)
}

// ClientRequest is the client object of the request that SmartBill would get, as JSON.
func (s *Session) ClientRequest(ctx context.Context, buyer model.Buyer) ([]byte, error) {
	service, err := s.billing(ctx)
	if err != nil {
		return nil, err
	}
	settings := s.current()
	// The client object depends on nothing else of the draft, but there is no request without a line.
	body, err := service.Preview(model.Draft{
		Kind: model.KindInvoice, CIF: s.account(ctx, settings).CIF, Client: buyer.Client, SaveClient: buyer.SaveClient,
		Series: settings.Invoice.Series, Currency: settings.Invoice.Currency, IssueDate: s.today(),
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
