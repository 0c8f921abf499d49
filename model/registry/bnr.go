package registry

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

const bnr = "BNR"

// bnrFeed is the National Bank's file of rates. Names are matched without their namespace, which has changed.
type bnrFeed struct {
	XMLName xml.Name
	Cubes   []bnrCube `xml:"Body>Cube"`
}

type bnrCube struct {
	Date  string `xml:"date,attr"`
	Rates []struct {
		Currency string `xml:"currency,attr"`
		// Multiplier is how many units the rate is for, such as 100 for HUF; one if it is not there.
		Multiplier string `xml:"multiplier,attr"`
		Lei        string `xml:",chardata"`
	} `xml:"Rate"`
}

// oldestRates is how many days the newest rates may lie behind: banks are never closed for so long, so a feed that is
// older stands still.
const oldestRates = 10

// Rates asks BNR for the rates that hold for an invoice of the day: the newest that were published before it. Errors:
// model.ErrUnavailable when BNR does not answer or its feed stands still, context.Canceled.
func (r *Registers) Rates(ctx context.Context, day model.Date) (model.ExchangeRates, error) {
	return r.rates.answer(ctx, day.String(), func(ctx context.Context) (model.ExchangeRates, bool, error) {
		// The feed of the day has one day's rates; those of a year have all of it, and nothing before the second of January.
		feeds := []string{"nbrfxrates.xml", yearOfRates(day.Year), yearOfRates(day.Year - 1)}
		newest := model.Date{}
		for _, feed := range feeds {
			rates, err := r.askBNR(ctx, feed, day)
			if err != nil {
				return model.ExchangeRates{}, false, err
			}
			if !rates.Date.AddDays(oldestRates).Before(day) {
				return rates, !day.After(model.DateOf(rates.Asked.In(r.romania))), nil
			}
			newest = rates.Date
		}
		return model.ExchangeRates{}, false, outOfOrder(bnr, "it has no rates of the days before "+day.String()+lastSeen(newest))
	})
}

func yearOfRates(year int) string { return "files/xml/years/nbrfxrates" + strconv.Itoa(year) + ".xml" }

func lastSeen(newest model.Date) string {
	if newest.IsZero() {
		return ""
	}
	return " (the last are of " + newest.String() + ")"
}

// askBNR returns the newest rates before the day in one feed, with no date if it has none.
func (r *Registers) askBNR(ctx context.Context, feed string, day model.Date) (model.ExchangeRates, error) {
	asked := r.now()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.bnr.JoinPath(feed).String(), http.NoBody)
	if err != nil {
		return model.ExchangeRates{}, fmt.Errorf("ask %s: %w", bnr, err)
	}
	given, err := r.send(bnr, request)
	if err != nil {
		return model.ExchangeRates{}, err
	}
	cubes, err := given.cubes()
	if err != nil {
		return model.ExchangeRates{}, err
	}
	newest := model.ExchangeRates{Source: bnr, Asked: asked}
	for _, cube := range cubes {
		date, err := model.ParseDate(strings.TrimSpace(cube.Date))
		if err != nil {
			return model.ExchangeRates{}, given.unreadable()
		}
		if lei := cube.lei(); date.Before(day) && date.After(newest.Date) && len(lei) > 0 {
			newest.Date, newest.Lei = date, lei
		}
	}
	return newest, nil
}

// cubes are the days of a feed. A file that has none is no feed.
func (a answer) cubes() ([]bnrCube, error) {
	var feed bnrFeed
	err := xml.Unmarshal(bytes.TrimPrefix(a.body, []byte("\ufeff")), &feed)
	if strings.EqualFold(feed.XMLName.Local, "html") || err != nil && bytes.Contains(bytes.ToLower(a.body), []byte("<html")) {
		return nil, a.webPage()
	}
	if err != nil || a.status != http.StatusOK || len(feed.Cubes) == 0 {
		return nil, a.unreadable()
	}
	return feed.Cubes, nil
}

// lei leaves out what is no rate.
func (c bnrCube) lei() map[string]decimal.Decimal {
	rates := map[string]decimal.Decimal{}
	for _, rate := range c.Rates {
		lei, ok := positive(rate.Lei)
		units := decimal.NewFromInt(1)
		if ok && rate.Multiplier != "" {
			units, ok = positive(rate.Multiplier)
		}
		if ok && model.IsCurrency(rate.Currency) {
			rates[rate.Currency] = lei.Div(units)
		}
	}
	return rates
}

// positive reads a plain decimal number above zero: no exponent, which could make it as long as it likes.
func positive(text string) (decimal.Decimal, bool) {
	text = strings.TrimSpace(text)
	if len(text) > 20 || strings.Trim(text, "0123456789.") != "" {
		return decimal.Decimal{}, false
	}
	number, err := decimal.NewFromString(text)
	return number, err == nil && number.IsPositive()
}
