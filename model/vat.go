package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// VATStatus is how the issuer stands to VAT.
type VATStatus string

// The VAT statuses of an issuer: registered (Cod fiscal art. 316), not registered (art. 310), and not registered but
// with a code for intra-EU services (art. 317).
const (
	VATPayer           VATStatus = "payer"
	VATNonPayer        VATStatus = "non-payer"
	VATNonPayerIntraEU VATStatus = "non-payer-intra-eu"
)

// VATStatuses lists the values that the setting takes.
func VATStatuses() []VATStatus { return []VATStatus{VATPayer, VATNonPayer, VATNonPayerIntraEU} }

// VATRate is one tax of the account by its name in SmartBill. The zero value is an unregistered issuer's: no tax fields are sent.
type VATRate struct {
	Name    string          `json:"name"`
	Percent decimal.Decimal `json:"percent"`
}

// IsNone reports whether there is no tax at all, which is not the same as a tax of 0 %.
func (r VATRate) IsNone() bool { return r.Name == "" }

// Equal reports whether both name the same tax at the same percentage.
func (r VATRate) Equal(other VATRate) bool {
	return r.Name == other.Name && r.Percent.Equal(other.Percent)
}

// String writes "21 % Normala", or "no VAT".
func (r VATRate) String() string {
	if r.IsNone() {
		return "no VAT"
	}
	return r.Percent.String() + " % " + r.Name
}

// VATRates is an account's list, as `GET /tax` answers it.
type VATRates []VATRate

// FallbackVATRates serves while the account's list is not known: the rates since 2025-08-01 (Law 141/2025), then earlier ones.
func FallbackVATRates() VATRates {
	return VATRates{
		{"Normala", decimal.NewFromInt(21)}, {"Redusa", decimal.NewFromInt(11)},
		{"Normala", decimal.NewFromInt(19)}, {"Redusa", decimal.NewFromInt(9)},
		{"Redusa1", decimal.NewFromInt(5)}, {"Scutit", decimal.Zero},
		{"Taxare inversa", decimal.Zero}, {"SDD", decimal.Zero}, {"SFDD", decimal.Zero},
	}
}

// ErrVATRateMissing marks a rate that the account does not have. SmartBill would refuse the invoice.
var ErrVATRateMissing = errors.New("VAT rate not in the account")

// ByName finds a tax by its name, without regard to case or diacritics; of several, the first.
func (rates VATRates) ByName(name string) (VATRate, bool) {
	for _, rate := range rates {
		if text.Fold(rate.Name) == text.Fold(text.Collapse(name)) {
			return rate, true
		}
	}
	return VATRate{}, false
}

// Zero lists the taxes at 0 %, among which the user chooses the one for each reason.
func (rates VATRates) Zero() VATRates {
	return slices.DeleteFunc(slices.Clone(rates), func(rate VATRate) bool { return !rate.Percent.IsZero() })
}

var seedNames = map[string]string{"19": "Normala", "21": "Normala", "9": "Redusa", "11": "Redusa", "5": "Redusa1", "0": "Scutit"}

// ByPercent finds a tax by its percentage: first the one with the preferred name, then with the usual one, then any. A zero rate is
// only found by name: four regimes share 0 %.
func (rates VATRates) ByPercent(percent decimal.Decimal, preferred string) (VATRate, bool) {
	for _, name := range []string{preferred, seedNames[percent.String()]} {
		for _, rate := range rates {
			if name != "" && rate.Percent.Equal(percent) && text.Fold(rate.Name) == text.Fold(name) {
				return rate, true
			}
		}
	}
	if percent.IsZero() {
		return VATRate{}, false
	}
	for _, rate := range rates {
		if rate.Percent.Equal(percent) {
			return rate, true
		}
	}
	return VATRate{}, false
}

// Resolve finds the tax that a setting names: "Normala", or a rate such as "21" or "21%".
func (rates VATRates) Resolve(setting string) (VATRate, error) {
	if rate, ok := rates.ByName(setting); ok {
		return rate, nil
	}
	if percent, err := parsePercent(setting); err == nil {
		if rate, ok := rates.ByPercent(percent, ""); ok {
			return rate, nil
		}
		return VATRate{}, missingRate(percent.String() + " %")
	}
	return VATRate{}, missingRate("named " + text.Clean(setting))
}

func parsePercent(setting string) (decimal.Decimal, error) {
	return ParseAmount(strings.TrimSuffix(strings.TrimSpace(setting), "%"))
}

func missingRate(name string) error {
	return fmt.Errorf("the SmartBill account has no VAT rate %s: add it in Configurare → Cote TVA, or choose another: %w",
		name, ErrVATRateMissing)
}
