package cli

import (
	"fmt"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// typedRate reads --exchange-rate; it is not valid when there is none.
func typedRate(text string) (decimal.NullDecimal, error) {
	if text == "" {
		return decimal.NullDecimal{}, nil
	}
	lei, err := model.ParseAmount(text)
	if err != nil {
		return decimal.NullDecimal{}, &UsageError{Err: fmt.Errorf("--exchange-rate: %w", err)}
	}
	return decimal.NewNullDecimal(lei), nil
}

// errNeedlessRate refuses an exchange rate that would be passed over.
var errNeedlessRate = usage("--exchange-rate is for invoices in another currency than %s; nothing was sent", model.DefaultCurrency)
