package app

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// accountLists are the account's lists, as far as they could be read.
type accountLists struct {
	account model.Account
	// nextNumbers are the next numbers of the invoices' series as they were written, by their name.
	nextNumbers map[string]string
	// series and taxes tell which lists could be read.
	series, taxes bool
}

// lists checks the account's lists. It returns false if the credentials are refused.
func (c *accountCheck) lists(ctx context.Context) (listed accountLists, ok bool) {
	listed.nextNumbers = map[string]string{}
	for _, kind := range []struct {
		letter model.SeriesKind
		name   string
	}{{model.SeriesInvoice, "invoices"}, {model.SeriesProforma, "proformas"}, {model.SeriesReceipt, "receipts"}} {
		reading := c.look(ctx, kind.name, pathSeries, "type", string(kind.letter))
		if reading.Status == http.StatusUnauthorized {
			c.refused(reading)
			return listed, false
		}
		assumed := assumption{"the series of " + kind.name + " are listed", "cadensa cannot read the next number, and issues nothing"}
		if !c.answered(assumed, reading) {
			continue
		}
		isList := listed.readSeries(reading, kind.letter)
		c.judge(assumed, isList, described(reading))
		if kind.letter == model.SeriesInvoice {
			listed.series = isList
		}
	}
	reading := c.look(ctx, "all", pathTaxes)
	listed.taxes = listed.readTaxes(reading)
	c.expect(assumption{"the taxes are listed", "the VAT of a line cannot be chosen from the account's own list"}, reading, listed.taxes)
	return listed, true
}

func (l *accountLists) readSeries(reading model.Reading, kind model.SeriesKind) (isList bool) {
	var answer struct {
		List []struct {
			Name       string          `json:"name"`
			NextNumber json.RawMessage `json:"nextNumber"`
		} `json:"list"`
	}
	err := json.Unmarshal(reading.Body, &answer)
	if err != nil || reading.Status != http.StatusOK || answer.List == nil {
		return false
	}
	for _, each := range answer.List {
		// A next number that is none is judged apart.
		next, _ := nextNumberOf(string(each.NextNumber))
		l.account.Series = append(l.account.Series, model.Series{Name: each.Name, Kind: kind, Next: next})
		if kind == model.SeriesInvoice {
			l.nextNumbers[each.Name] = string(each.NextNumber)
		}
	}
	return true
}

// nextNumberOf reads a next number, which may be written as a text; false when it is none.
func nextNumberOf(written string) (next int64, isNumber bool) {
	next, err := strconv.ParseInt(strings.Trim(written, `"`), 10, 64)
	return next, err == nil
}

func (l *accountLists) readTaxes(reading model.Reading) (isList bool) {
	var answer struct {
		Taxes []struct {
			Name       string          `json:"name"`
			Percentage decimal.Decimal `json:"percentage"`
		} `json:"taxes"`
	}
	if reading.Status != http.StatusOK || json.Unmarshal(reading.Body, &answer) != nil {
		return false
	}
	for _, tax := range answer.Taxes {
		l.account.Rates = append(l.account.Rates, model.VATRate{Name: tax.Name, Percent: tax.Percentage})
	}
	return true
}

// checkSettings holds the settings against the lists, by the same rule as Examine and Setup.
func (a *App) checkSettings(ctx context.Context, check *accountCheck, listed accountLists) error {
	if !listed.series || !listed.taxes {
		return nil
	}
	preferences, err := a.Preferences(ctx)
	if err != nil {
		return err
	}
	listed.account.Asked = a.options.Now()
	for _, setting := range listed.account.CheckSettings(preferences, a.Today()) {
		check.wrong = check.wrong || setting.Err != nil
		check.tell(settingFinding(setting))
	}
	return nil
}

// nextNumber gives the next number of the series of the settings, 0 if it is unknown.
func (c *accountCheck) nextNumber(listed accountLists, series string) int64 {
	written, found := listed.nextNumbers[series]
	if !found {
		return 0
	}
	next, isNumber := nextNumberOf(written)
	meaning := "cadensa cannot read the next number, and issues nothing"
	if isNumber {
		meaning = "it is a text; cadensa reads that too"
	}
	c.judge(assumption{"the next number is a number", meaning}, isNumber && !strings.Contains(written, `"`), written)
	return next
}
