package model

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"
)

// SeriesKind is what a series numbers, by the API's letter.
type SeriesKind string

// The kinds of a series: invoices, proformas and receipts (the API's type f, p, c).
const (
	SeriesInvoice  SeriesKind = "f"
	SeriesProforma SeriesKind = "p"
	SeriesReceipt  SeriesKind = "c"
)

// Series is a numbering of the account, with the number that it gives next.
type Series struct {
	Name string     `json:"name"`
	Kind SeriesKind `json:"kind"`
	// Next is 0 when it could not be read.
	Next int64 `json:"next"`
}

// FormatCounter writes the next number of a series as it will stand on the document: four digits at least, "not read" for 0.
func FormatCounter(next int64) string {
	if next <= 0 {
		return "not read"
	}
	return fmt.Sprintf("%04d", next)
}

// Account is what the SmartBill account said of itself when it was last asked.
type Account struct {
	// CIF is the company's code that was asked for.
	CIF    string    `json:"cif"`
	Rates  VATRates  `json:"rates"`
	Series []Series  `json:"series"`
	Asked  time.Time `json:"asked"`
}

// SeriesNamed finds a series of the account by its kind and exact name.
func (a Account) SeriesNamed(name string, kind SeriesKind) (Series, bool) {
	for _, series := range a.Series {
		if series.Name == name && series.Kind == kind {
			return series, true
		}
	}
	return Series{}, false
}

// Numbered is the account after its series of the kind gave the number. It reports whether that is news.
func (a Account) Numbered(kind SeriesKind, series, number string) (Account, bool) {
	given, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return a, false
	}
	at := slices.IndexFunc(a.Series, func(known Series) bool {
		return known.Name == series && known.Kind == kind && known.Next <= given
	})
	if at < 0 {
		return a, false
	}
	a.Series = slices.Clone(a.Series)
	a.Series[at].Next = given + 1
	return a, true
}

// KnownRates is the account's list, which may be empty, or FallbackVATRates while the account was not asked.
func (a Account) KnownRates() VATRates {
	if a.Asked.IsZero() && len(a.Rates) == 0 {
		return FallbackVATRates()
	}
	return a.Rates
}

// Credentials open a SmartBill account.
type Credentials struct {
	Email string
	Token Secret
	// CIF is the company's code exactly as the account has it, with RO for a VAT payer.
	CIF string
	// BaseURL is where the API answers, without a slash at its end.
	BaseURL string
}

// Secret is a text that never prints: not by fmt, not as JSON, not in a log.
type Secret string

// mask stands for every secret, whatever its length.
const mask = "••••••••"

// Format prints the mask for every verb, the wrong ones too, which fmt would otherwise answer with the value itself.
func (Secret) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, mask) }

// String returns the mask.
func (Secret) String() string { return mask }

// GoString returns the mask.
func (Secret) GoString() string { return mask }

// MarshalText returns the mask.
func (Secret) MarshalText() ([]byte, error) { return []byte(mask), nil }

// Reveal returns the secret itself, for the one place that sends it.
func (s Secret) Reveal() string { return string(s) }
