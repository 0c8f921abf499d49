package billto

import (
	"slices"
	"strconv"
	"strings"

	"cadensa/model"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// The keys of the rows below the heading, as findings name them.
const (
	rowTerms     = "payment_terms_days"
	rowCurrency  = "currency"
	rowLanguage  = "language"
	rowVATReason = "vat_reason"
	rowNote      = "note"
	rowPrice     = "price"
	rowTrackers  = "tracker_names"
)

// defaults are the controls of what invoices to the client begin with.
type defaults struct {
	terms, price               *widget.Field
	note, trackers             *widget.Field
	currency, language, reason *widget.Picker
}

func newDefaults(colours theme.Theme) *defaults {
	return &defaults{
		terms: widget.NewField(colours), price: widget.NewField(colours), note: widget.NewField(colours), trackers: widget.NewField(colours),
		currency: widget.NewPicker(colours, among(currencies())), language: widget.NewPicker(colours, among(languages())),
		reason: widget.NewPicker(colours, among(reasons())),
	}
}

func (d *defaults) controls() map[string]widget.Control {
	return map[string]widget.Control{
		rowTerms: d.terms, rowCurrency: d.currency, rowLanguage: d.language, rowVATReason: d.reason, rowNote: d.note,
		rowPrice: d.price, rowTrackers: d.trackers,
	}
}

// has reports whether the row of the key is one of these.
func (d *defaults) has(key string) bool {
	_, found := d.controls()[key]
	return found
}

// notDays stands for a text that is no number of days, so that the check names it.
const notDays = -1

// value is what the controls hold.
func (d *defaults) value() model.ClientDefaults {
	kept := model.ClientDefaults{
		Currency: given(d.currency), Language: given(d.language), VATReason: model.Reason(given(d.reason)), Note: d.note.Value(),
		Price: d.price.Value(),
	}
	if text := model.Collapse(d.terms.Value()); text != "" {
		days, err := strconv.Atoi(text)
		if err != nil {
			days = notDays
		}
		kept.PaymentTermsDays = &days
	}
	return kept
}

// trackerNames are the globs between the commas.
func (d *defaults) trackerNames() []string {
	var names []string
	for name := range strings.SplitSeq(d.trackers.Value(), ",") {
		if name = model.Collapse(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// fill shows a client's.
func (d *defaults) fill(client model.Client) {
	days := ""
	if client.PaymentTermsDays != nil {
		days = strconv.Itoa(*client.PaymentTermsDays)
	}
	d.terms.SetValue(days)
	d.note.SetValue(model.Clean(client.Note))
	d.price.SetValue(model.Clean(client.Price))
	d.trackers.SetValue(model.Clean(strings.Join(client.TrackerNames, ", ")))
	d.currency.Choose(chosen(currencies(), client.Currency))
	d.language.Choose(chosen(languages(), client.Language))
	d.reason.Choose(chosen(reasons(), string(client.VATReason)))
}

// summary says in one line what is kept, "" for nothing.
func (d *defaults) summary() string {
	kept := d.value()
	var parts []string
	if days := kept.PaymentTermsDays; days != nil && *days != notDays {
		parts = append(parts, "pays in "+countOf(*days, "day"))
	}
	if price := model.Collapse(kept.Price); price != "" {
		parts = append(parts, price+" an hour")
	}
	if kept.Currency != "" {
		parts = append(parts, "in "+kept.Currency)
	}
	if kept.Language != "" {
		parts = append(parts, "printed in "+kept.Language)
	}
	if kept.VATReason != "" {
		parts = append(parts, chosen(reasons(), string(kept.VATReason)).Text)
	}
	if note := model.Collapse(kept.Note); note != "" {
		parts = append(parts, "“"+note+"”")
	}
	if names := d.trackerNames(); len(names) > 0 {
		parts = append(parts, "tracked as "+strings.Join(names, ", "))
	}
	return strings.Join(parts, " · ")
}

// keyNone is the choice to keep nothing.
const keyNone = "-"

func given(picker *widget.Picker) string {
	if picker.Value() == keyNone {
		return ""
	}
	return picker.Value()
}

func currencies() []widget.Choice {
	choices := []widget.Choice{{Key: keyNone, Text: "as the rules say"}}
	for _, code := range model.Currencies() {
		choices = append(choices, plainChoice(code))
	}
	return choices
}

func languages() []widget.Choice {
	names := map[string]string{
		"RO": "Romanian", "EN": "English", "DE": "German", "FR": "French", "IT": "Italian", "ES": "Spanish",
	}
	choices := []widget.Choice{{Key: keyNone, Text: "as SmartBill does"}}
	for _, code := range model.Languages() {
		choices = append(choices, widget.Choice{Key: code, Text: code + "  " + names[code]})
	}
	return choices
}

func reasons() []widget.Choice {
	words := map[model.Reason]string{
		model.ReasonDomestic: "Romanian VAT", model.ReasonReverseCharge: "reverse charge (EU company)",
		model.ReasonOutsideEU: "not taxable in Romania",
	}
	choices := []widget.Choice{{Key: keyNone, Text: "as proposed by country and number"}}
	for _, reason := range model.VATReasons() {
		choices = append(choices, widget.Choice{Key: string(reason), Text: words[reason]})
	}
	return choices
}

// chosen is the choice of the key; the first for none, and the key itself for one that is not offered.
func chosen(choices []widget.Choice, key string) widget.Choice {
	if key == "" {
		return choices[0]
	}
	at := slices.IndexFunc(choices, func(choice widget.Choice) bool { return choice.Key == key })
	if at < 0 {
		return plainChoice(key)
	}
	return choices[at]
}

// among finds choices by the beginning of a word, before those that have the query anywhere.
func among(choices []widget.Choice) func(query string) []widget.Choice {
	return func(query string) []widget.Choice {
		var byWord, byPart []widget.Choice
		for _, choice := range choices {
			at, whole := find(choice.Text, query)
			choice.Marks = positions(at, query)
			switch {
			case at < 0:
			case whole:
				byWord = append(byWord, choice)
			default:
				byPart = append(byPart, choice)
			}
		}
		return append(byWord, byPart...)
	}
}

func countOf(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
