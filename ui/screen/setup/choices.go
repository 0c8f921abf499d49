package setup

import (
	"fmt"
	"slices"
	"strings"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/widget"
)

// usualSeries is the name that SmartBill's accounts begin with, and the program's own default.
const usualSeries = "FCT"

// plainChoice is a choice that is shown as it is kept.
func plainChoice(value string) widget.Choice {
	value = text.Collapse(value)
	return widget.Choice{Key: value, Text: value}
}

// matching keeps the choices whose text contains the query, without regard to case or diacritics.
func matching(choices []widget.Choice, query string) []widget.Choice {
	wanted := text.Fold(text.Collapse(query))
	return slices.DeleteFunc(choices, func(choice widget.Choice) bool {
		return !strings.Contains(text.Fold(choice.Text), wanted)
	})
}

func findCurrencies(query string) []widget.Choice {
	var found []widget.Choice
	for _, code := range model.Currencies() {
		found = append(found, plainChoice(code))
	}
	return matching(found, query)
}

// statusWords say what the statuses mean (Cod fiscal art. 316, 310, 317).
var statusWords = map[model.VATStatus]string{
	model.VATPayer:           "registered for VAT",
	model.VATNonPayer:        "not registered for VAT",
	model.VATNonPayerIntraEU: "not registered; EU code only (art. 317)",
}

func statusChoice(status model.VATStatus) widget.Choice {
	if words, ok := statusWords[status]; ok {
		return widget.Choice{Key: string(status), Text: words}
	}
	return plainChoice(string(status))
}

func findStatuses(query string) []widget.Choice {
	var found []widget.Choice
	for _, status := range model.VATStatuses() {
		found = append(found, statusChoice(status))
	}
	return matching(found, query)
}

// rateChoice is a tax of the account. Its key is what the setting says: the name where that is enough to find it again,
// else the percentage.
func rateChoice(rates model.VATRates, rate model.VATRate) widget.Choice {
	choice := widget.Choice{Key: rate.Name, Text: text.Clean(rate.Name) + " " + rate.Percent.String() + " %"}
	if first, _ := rates.ByName(rate.Name); !first.Equal(rate) {
		choice.Key = rate.Percent.String()
	}
	return choice
}

// rateNamed is the tax that a setting names, or the setting itself when the account lacks it.
func rateNamed(rates model.VATRates, setting string) widget.Choice {
	rate, err := rates.Resolve(setting)
	if err != nil {
		return plainChoice(setting)
	}
	return widget.Choice{Key: setting, Text: rateChoice(rates, rate).Text}
}

func findRates(rates model.VATRates, query string) []widget.Choice {
	found := make([]widget.Choice, 0, len(rates))
	for _, rate := range rates {
		found = append(found, rateChoice(rates, rate))
	}
	return matching(found, query)
}

func seriesChoice(series model.Series) widget.Choice {
	return widget.Choice{Key: series.Name, Text: fmt.Sprintf("%s (next %s)", text.Clean(series.Name), model.FormatCounter(series.Next))}
}

// seriesNamed is the account's series of the kind and name, or the name alone when it is not known there.
func seriesNamed(account model.Account, kind model.SeriesKind, name string) widget.Choice {
	if series, ok := account.SeriesNamed(name, kind); ok {
		return seriesChoice(series)
	}
	return plainChoice(name)
}

// noProformas is the choice of no series for proformas.
func noProformas() widget.Choice { return widget.Choice{Text: "none"} }

// proformaSeriesNamed is seriesNamed for proformas, which may have none.
func proformaSeriesNamed(account model.Account, name string) widget.Choice {
	if name == "" {
		return noProformas()
	}
	return seriesNamed(account, model.SeriesProforma, name)
}

// findProformaSeries finds none and the account's series for proformas. While the account is not known, whatever is typed
// is the name of one.
func findProformaSeries(account model.Account, query string) []widget.Choice {
	found := []widget.Choice{noProformas()}
	for _, series := range account.Series {
		if series.Kind == model.SeriesProforma {
			found = append(found, seriesChoice(series))
		}
	}
	if len(account.Series) == 0 && query != "" {
		return []widget.Choice{plainChoice(query)}
	}
	return matching(found, query)
}

// findSeries finds the account's invoice series, the usual one first. While the account is not known, whatever is typed
// is the name of a series.
func findSeries(account model.Account, query string) []widget.Choice {
	var usual, others []widget.Choice
	for _, series := range account.Series {
		switch {
		case series.Kind != model.SeriesInvoice:
		case series.Name == usualSeries:
			usual = append(usual, seriesChoice(series))
		default:
			others = append(others, seriesChoice(series))
		}
	}
	found := append(usual, others...) //nolint:gocritic // usual is not used again
	if len(found) > 0 {
		return matching(found, query)
	}
	if query == "" {
		query = usualSeries
	}
	return []widget.Choice{plainChoice(query)}
}
