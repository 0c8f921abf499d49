package timelog

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"cadensa/model"
	"cadensa/model/text"
)

// priceOf reads the price of an hour, in the row's own currency or the sheet's. Rows share it where it is the same as in
// the row before. A price that cannot be read is noted, and there is none.
func priceOf(row row) *model.HourlyPrice {
	last := &row.sheet.lastPrice
	text, own := row.cell(columnRate), row.cell(columnCurrency)
	if text == last.text && own == last.currency {
		return last.price
	}
	price, err := parsePrice(text, cmp.Or(currencyCode(strings.ToUpper(own)), row.sheet.currency))
	if err != nil {
		row.sheet.noted.rate = cmp.Or(row.sheet.noted.rate, text)
	}
	last.text, last.currency, last.price = text, own, price
	return price
}

// parsePrice reads a price such as "60.00", "EUR 60.00" or "60 lei/h", in the currency given unless it names its own.
// Trackers write 0 where none was set.
func parsePrice(text, currency string) (*model.HourlyPrice, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // no price is no error
	}
	amount, err := parseDecimal(text)
	if err != nil {
		number, own, valid := cutCurrency(text)
		if !valid {
			return nil, err
		}
		if amount, err = parseDecimal(number); err != nil {
			return nil, fmt.Errorf("%s is not a number", quoted(text))
		}
		currency = cmp.Or(own, currency)
	}
	if amount.IsNegative() {
		return nil, errors.New("its rate is negative")
	}
	if amount.IsZero() {
		return nil, nil //nolint:nilnil // no price is no error
	}
	return &model.HourlyPrice{Amount: amount, Currency: currency}, nil
}

// amountAmongWords is a number with what stands before and after it.
var amountAmongWords = regexp.MustCompile(`^([^\d\-]*)(-?\d[\d.,'\s]*)(.*)$`)

// currencySigns lead from what people write to a code.
var currencySigns = map[string]string{
	"€": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "us$": "USD", "£": "GBP", "lei": "RON", "leu": "RON", "ft": "HUF", "zł": "PLN",
	"zl": "PLN", "kč": "CZK", "kc": "CZK",
}

// hourWords are what may stand beside a rate and says only that it is that of an hour.
var hourWords = titlesIn(`h, hr, hour, oră, ora, ore, óra, std, stunde, heure, hora, godz, per, pe, pro, par, por`)

// cutCurrency parts "60,00 lei/h" into the number and the code of its currency, which is "" where it names none. It is not valid
// when a word beside the number is neither a currency nor an hour.
func cutCurrency(value string) (number, currency string, valid bool) {
	parts := amountAmongWords.FindStringSubmatch(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(value))
	if parts == nil {
		return "", "", false
	}
	for word := range strings.FieldsFuncSeq(parts[1]+" "+parts[3], func(r rune) bool { return r == ' ' || r == '/' || r == '.' }) {
		word = strings.ToLower(word)
		code, known := currencySigns[word]
		switch {
		case known:
		case hourWords[text.Fold(word)]:
			continue
		case isCode(word):
			code = strings.ToUpper(word)
		default:
			return "", "", false
		}
		if currency != "" && currency != code {
			return "", "", false
		}
		currency = code
	}
	return strings.NewReplacer(" ", "", "'", "").Replace(strings.TrimRight(parts[2], " .,")), currency, true
}

// isCode reports whether a word may be the code of a currency.
func isCode(word string) bool {
	return len(word) == 3 && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") == ""
}

// currencyCode returns the code of a currency that Harvest writes as "Euro - EUR".
func currencyCode(text string) string {
	if _, code, found := strings.Cut(text, " - "); found {
		return code
	}
	return text
}
