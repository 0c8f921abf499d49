package billto

import (
	"cmp"
	"strconv"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// The keys of the rows below the heading, as findings name them.
const (
	rowTerms      = "payment_terms_days"
	rowPrice      = "price"
	rowUnit       = "unit"
	rowStep       = "rounding_step"
	rowDirection  = "rounding_direction"
	rowMinimum    = "rounding_minimum"
	rowScope      = "rounding_scope"
	rowDays       = "day_thresholds"
	rowDecimals   = "quantity_decimals"
	rowCurrency   = "currency"
	rowLanguage   = "language"
	rowVATReason  = "vat_reason"
	rowSupplyDate = "supply_date"
	rowNote       = "note"
	rowTrackers   = "tracker_names"
)

// defaults are the controls of what invoices to the client begin with.
type defaults struct {
	terms, note, trackers      *widget.Field
	currency, language, reason *widget.Picker
	supplyDate                 *widget.Picker
	price, step, minimum, days *widget.Field
	unit, direction, scope     *widget.Picker
	decimals                   *widget.Picker
}

func newDefaults(colours theme.Theme) *defaults {
	field := func() *widget.Field { return widget.NewField(colours) }
	picker := func(choices []widget.Choice) *widget.Picker { return widget.NewPicker(colours, searchIn(choices)) }
	return &defaults{
		terms: field(), note: field(), trackers: field(),
		currency: picker(currencies()), language: picker(languages()), reason: picker(reasons()),
		supplyDate: picker(supplyDates()),
		price:      field(), step: field(), minimum: field(), days: field(),
		unit: picker(units()), direction: picker(directions()), scope: picker(scopes()), decimals: picker(decimals()),
	}
}

func (d *defaults) controls() map[string]widget.Control {
	return map[string]widget.Control{
		rowTerms: d.terms, rowPrice: d.price, rowUnit: d.unit, rowStep: d.step, rowDirection: d.direction, rowMinimum: d.minimum,
		rowScope: d.scope, rowDays: d.days, rowDecimals: d.decimals, rowCurrency: d.currency, rowLanguage: d.language,
		rowVATReason: d.reason, rowSupplyDate: d.supplyDate, rowNote: d.note, rowTrackers: d.trackers,
	}
}

// idle reports whether the row means nothing beside what the others hold, so that it need not be shown. A row that holds
// something is never idle.
func (d *defaults) idle(key string) bool {
	rule := d.rule()
	priced, hourly := rule != model.ClientRule{}, rule.Unit == "" || rule.Unit == model.UnitHour
	switch key {
	case rowUnit:
		return !priced
	case rowStep:
		return rule.RoundingStep == "" && (!priced || !hourly)
	case rowDirection:
		return rule.RoundingDirection == "" && (!rule.Rounds() || !hourly)
	case rowMinimum:
		return rule.RoundingMinimum == "" && (!rule.Rounds() || !hourly)
	case rowScope:
		return rule.RoundingScope == "" && (!rule.Rounds() || !hourly)
	case rowDays:
		return rule.DayThresholds == "" && rule.Unit != model.UnitDay
	}
	return false
}

// notDays stands for a text that is no number of days, so that the check names it.
const notDays = -1

func (d *defaults) value() model.ClientDefaults {
	kept := model.ClientDefaults{
		Currency: given(d.currency), Language: given(d.language), VATReason: model.Reason(given(d.reason)),
		SupplyDate: model.SupplyDate(given(d.supplyDate)), Note: d.note.Value(), ClientRule: d.rule(),
	}
	// The keys of the picker are numbers, but for the one that stands for none.
	kept.QuantityDecimals, _ = strconv.Atoi(given(d.decimals))
	if text := text.Collapse(d.terms.Value()); text != "" {
		days, err := strconv.Atoi(text)
		if err != nil {
			days = notDays
		}
		kept.PaymentTermsDays = &days
	}
	return kept
}

func (d *defaults) rule() model.ClientRule {
	return model.ClientRule{
		Price: d.price.Value(), Unit: model.Unit(given(d.unit)), RoundingStep: d.step.Value(), RoundingMinimum: d.minimum.Value(),
		RoundingDirection: model.Direction(given(d.direction)), RoundingScope: model.Scope(given(d.scope)), DayThresholds: d.days.Value(),
	}
}

// typed are the texts that value and trackerNames do not give back as they stand, nil when they give back all.
func (d *defaults) typed() map[string]string {
	typed := map[string]string{}
	if text := d.terms.Value(); text != daysText(d.value().PaymentTermsDays) {
		typed[rowTerms] = text
	}
	if text := d.trackers.Value(); text != namesText(d.trackerNames()) {
		typed[rowTrackers] = text
	}
	if len(typed) == 0 {
		return nil
	}
	return typed
}

func daysText(days *int) string {
	if days == nil {
		return ""
	}
	return strconv.Itoa(*days)
}

func namesText(names []string) string { return text.JoinNames(names, ',', true) }

func (d *defaults) trackerNames() []string { return text.SplitNames(d.trackers.Value(), ',') }

// fill shows a client's, or what was typed in their place.
func (d *defaults) fill(client model.Client, typed map[string]string) {
	d.terms.SetValue(text.Clean(cmp.Or(typed[rowTerms], daysText(client.PaymentTermsDays))))
	d.trackers.SetValue(text.Clean(cmp.Or(typed[rowTrackers], namesText(client.TrackerNames))))
	d.note.SetValue(text.Clean(client.Note))
	d.price.SetValue(text.Clean(client.Price))
	d.step.SetValue(text.Clean(client.RoundingStep))
	d.minimum.SetValue(text.Clean(client.RoundingMinimum))
	d.days.SetValue(text.Clean(client.DayThresholds))
	d.unit.Choose(choiceOf(units(), string(client.Unit)))
	d.direction.Choose(choiceOf(directions(), string(client.RoundingDirection)))
	d.scope.Choose(choiceOf(scopes(), string(client.RoundingScope)))
	d.decimals.Choose(decimalsChoice(client.QuantityDecimals))
	d.currency.Choose(choiceOf(currencies(), client.Currency))
	d.language.Choose(choiceOf(languages(), client.Language))
	d.reason.Choose(choiceOf(reasons(), string(client.VATReason)))
	d.supplyDate.Choose(choiceOf(supplyDates(), string(client.SupplyDate)))
}

// summary says in a few words each what is kept.
func (d *defaults) summary() []string {
	kept := d.value()
	var parts []string
	switch days := kept.PaymentTermsDays; {
	case days == nil:
	case *days == notDays:
		parts = append(parts, "pays in “"+text.Collapse(d.terms.Value())+"”")
	default:
		parts = append(parts, "pays in "+say.TodoNoun("day", "days").Of(*days).In(say.English))
	}
	if words := kept.ClientRule.Cleaned().Cost(); words != "" {
		parts = append(parts, words)
	}
	if kept.QuantityDecimals != 0 {
		parts = append(parts, decimalsChoice(kept.QuantityDecimals).Text)
	}
	if kept.Currency != "" {
		parts = append(parts, "in "+kept.Currency)
	}
	if kept.Language != "" {
		parts = append(parts, "printed in "+kept.Language)
	}
	if kept.VATReason != "" {
		parts = append(parts, choiceOf(reasons(), string(kept.VATReason)).Text)
	}
	if kept.SupplyDate != "" {
		parts = append(parts, "VAT by the day of "+choiceOf(supplyDates(), string(kept.SupplyDate)).Text)
	}
	if note := text.Collapse(kept.Note); note != "" {
		parts = append(parts, "“"+note+"”")
	}
	if names := d.trackerNames(); len(names) > 0 {
		parts = append(parts, "tracked as "+namesText(names))
	}
	return parts
}
