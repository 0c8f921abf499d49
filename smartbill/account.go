package smartbill

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"

	"cadensa/model"
)

type seriesAnswer struct {
	List []struct {
		Name       looseText `json:"name"`
		NextNumber looseText `json:"nextNumber"`
		Type       looseText `json:"type"`
	} `json:"list"`
}

// Series reads the account's series of a kind, all kinds for "", each with the number that it gives next.
func (c *Client) Series(ctx context.Context, kind model.SeriesKind) ([]model.Series, error) {
	const operation = "read the series"
	query := url.Values{"cif": {c.cif}}
	if kind != "" {
		query.Set("type", string(kind))
	}
	var answer seriesAnswer
	err := c.read(ctx, operation, "/series", query, &answer, func(envelope) bool { return answer.List != nil })
	if err != nil {
		return nil, err
	}
	series := make([]model.Series, 0, len(answer.List))
	for _, item := range answer.List {
		next, err := strconv.ParseInt(item.NextNumber.clean(), 10, 64)
		if err != nil {
			return nil, c.conclude(ctx, damaged(operation, "the next number of "+item.Name.clean(), err))
		}
		given := cmp.Or(model.SeriesKind(item.Type.clean()), kind)
		series = append(series, model.Series{Name: c.told(item.Name), Kind: given, Next: next})
	}
	return series, nil
}

// read makes a GET call that answers with JSON. known tells, after decoding, whether the answer is what was asked for.
func (c *Client) read(ctx context.Context, operation, path string, query url.Values, into any, known func(envelope) bool) error {
	err := c.repeat(ctx, reading(operation, path, query), func(answer reply) error { return judgeRead(operation, answer, into, known) })
	return c.conclude(ctx, err)
}

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

// The header by which a simulator says that it is one.
const (
	simulatorHeader = "X-Simulator"
	simulatorName   = "cadensa"
)

// Simulated reports whether the last answer came from a simulator, whose documents are not fiscal; false before any answer.
func (c *Client) Simulated() bool { return c.simulated.Load() }

func isSimulator(header http.Header) bool { return header.Get(simulatorHeader) == simulatorName }
