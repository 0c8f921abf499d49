package smartbill

import (
	"context"
	"net/url"

	"cadensa/model"
)

type taxAnswer struct {
	Taxes []struct {
		Name       looseText `json:"name"`
		Percentage looseText `json:"percentage"`
	} `json:"taxes"`
}

// Rates reads the taxes of the account, in its own order. A company that is not registered for VAT may have none.
func (c *Client) Rates(ctx context.Context) (model.VATRates, error) {
	const operation = "read the VAT rates"
	var answer taxAnswer
	err := c.read(ctx, operation, "/tax", url.Values{"cif": {c.cif}}, &answer, func(head envelope) bool {
		return answer.Taxes != nil || head.ErrorText != nil
	})
	if err != nil {
		return nil, err
	}
	rates := make(model.VATRates, 0, len(answer.Taxes))
	for _, item := range answer.Taxes {
		percent, err := item.Percentage.decimal()
		if err != nil {
			return nil, c.conclude(ctx, damaged(operation, "the percentage of "+item.Name.clean(), err))
		}
		rates = append(rates, model.VATRate{Name: c.told(item.Name), Percent: percent})
	}
	return rates, nil
}
