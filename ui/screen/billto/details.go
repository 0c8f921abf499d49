package billto

import (
	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// The keys of the rows of what is printed of the client beside its name and address, as findings name them.
const (
	rowTradeRegister = "trade_register"
	rowPhone         = "phone"
	rowIBAN          = "iban"
	rowBank          = "bank"
	rowDelegate      = "delegate"
	rowDelegateCard  = "delegate_identity_card"
	rowDelegateCar   = "delegate_car"
)

// details are the controls of what is printed of the client beside its name and address.
type details struct {
	tradeRegister, phone, iban, bank, delegate, card, car *widget.Field
}

func newDetails(colours theme.Theme) *details {
	field := func() *widget.Field { return widget.NewField(colours) }
	return &details{field(), field(), field(), field(), field(), field(), field()}
}

func (d *details) controls() map[string]widget.Control {
	return map[string]widget.Control{
		rowTradeRegister: d.tradeRegister, rowPhone: d.phone, rowIBAN: d.iban, rowBank: d.bank, rowDelegate: d.delegate,
		rowDelegateCard: d.card, rowDelegateCar: d.car,
	}
}

// idle reports whether the row means nothing while no delegate is named and the row is empty.
func (d *details) idle(key string) bool {
	switch key {
	case rowDelegateCard:
		return d.delegate.Value() == "" && d.card.Value() == "" && d.car.Value() == ""
	case rowDelegateCar:
		return d.card.Value() == "" && d.car.Value() == ""
	}
	return false
}

func (d *details) value() model.ClientDetails {
	return model.ClientDetails{
		TradeRegister: d.tradeRegister.Value(), Phone: d.phone.Value(), IBAN: d.iban.Value(), Bank: d.bank.Value(),
		Delegate: d.delegate.Value(), DelegateIdentityCard: d.card.Value(), DelegateCar: d.car.Value(),
	}
}

func (d *details) fill(kept model.ClientDetails) {
	d.tradeRegister.SetValue(text.Clean(kept.TradeRegister))
	d.phone.SetValue(text.Clean(kept.Phone))
	d.iban.SetValue(text.Clean(kept.IBAN))
	d.bank.SetValue(text.Clean(kept.Bank))
	d.delegate.SetValue(text.Clean(kept.Delegate))
	d.card.SetValue(text.Clean(kept.DelegateIdentityCard))
	d.car.SetValue(text.Clean(kept.DelegateCar))
}

// summary says in a few words each what is kept.
func (d *details) summary() []string {
	kept := d.value().Cleaned()
	var parts []string
	for _, part := range []struct{ word, value string }{
		{"", kept.TradeRegister}, {"phone ", kept.Phone}, {"", kept.IBAN}, {"", kept.Bank}, {"delegate ", kept.Delegate},
	} {
		if part.value != "" {
			parts = append(parts, part.word+part.value)
		}
	}
	return parts
}
