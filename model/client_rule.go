package model

import (
	"cmp"
	"errors"
	"slices"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// ClientRule is what a client's work costs, in the place of the settings' rules, which hold without a price. Numbers are kept as they
// were typed, so that a slip can be shown.
type ClientRule struct {
	// Price is the net price of one unit, as ParseAmount reads it, in the client's currency.
	Price string `json:"price,omitempty"`
	// Unit is what is charged by; "" is the hour.
	Unit Unit `json:"unit,omitempty"`
	// RoundingStep and RoundingMinimum are as ParseMinutes reads them, "0" for none. Without both the settings' rounding holds.
	RoundingStep    string `json:"rounding_step,omitempty"`
	RoundingMinimum string `json:"rounding_minimum,omitempty"`
	// RoundingDirection is up when it is left out, RoundingScope each entry.
	RoundingDirection Direction `json:"rounding_direction,omitempty"`
	RoundingScope     Scope     `json:"rounding_scope,omitempty"`
	// DayThresholds are as ParseThresholds reads them, for the unit day; without them the settings' hold.
	DayThresholds string `json:"day_thresholds,omitempty"`
}

// Directions lists the directions of rounding, the usual one first.
func Directions() []Direction { return []Direction{RoundUp, RoundNearest, RoundDown} }

// Scopes lists what can be rounded as one, the usual first.
func Scopes() []Scope { return []Scope{ScopeEntry, ScopeDay, ScopeLine} }

// Cleaned returns the rule with every text cleaned and trimmed.
func (r ClientRule) Cleaned() ClientRule {
	for _, value := range []*string{&r.Price, &r.RoundingStep, &r.RoundingMinimum, &r.DayThresholds} {
		*value = text.Collapse(*value)
	}
	// A price goes into files as programs write it. One that is wrong stays, so that it can be shown.
	if price, err := ParseAmount(r.Price); err == nil && !plainAmount.MatchString(r.Price) {
		r.Price = EditableAmount(price)
	}
	r.Unit = Unit(text.Fold(text.Collapse(string(r.Unit))))
	r.RoundingDirection = Direction(text.Fold(text.Collapse(string(r.RoundingDirection))))
	r.RoundingScope = Scope(text.Fold(text.Collapse(string(r.RoundingScope))))
	return r
}

// Rounds reports whether the rule says by itself how hours are rounded.
func (r ClientRule) Rounds() bool { return r.RoundingStep != "" || r.RoundingMinimum != "" }

// amount is the price, above 0.
func (r ClientRule) amount() (decimal.Decimal, error) {
	price, err := ParsePrice(r.Price)
	if err == nil && !price.IsPositive() {
		err = errors.New("a price is above 0")
	}
	return price, err
}

// over puts the client's rule over the settings'; false when it has no price, or cannot be applied as it was meant.
func (r ClientRule) over(usual Rule) (Rule, bool) {
	var wrong Findings
	r.validate(&wrong)
	price, err := r.amount()
	if err != nil || len(wrong.Errors()) > 0 {
		return Rule{}, false
	}
	rule := Rule{Unit: cmp.Or(r.Unit, UnitHour), Price: price}
	switch rule.Unit {
	case UnitDay:
		if rule.Days = usual.Days; r.DayThresholds != "" {
			rule.Days, err = ParseThresholds(r.DayThresholds)
		}
	case UnitHour:
		if rule.Rounding = usual.Rounding; r.Rounds() {
			rule.Rounding, err = r.rounding()
		}
	case UnitItem:
	}
	return rule, err == nil
}

func (r ClientRule) rounding() (Rounding, error) {
	step, stepErr := ParseMinutes(r.RoundingStep)
	minimum, minimumErr := ParseMinutes(r.RoundingMinimum)
	rounding := Rounding{
		Step: step, Direction: cmp.Or(r.RoundingDirection, RoundUp), Minimum: minimum, Scope: cmp.Or(r.RoundingScope, ScopeEntry),
	}
	return rounding, errors.Join(stepErr, minimumErr)
}

func (r ClientRule) validate(f *Findings) {
	switch _, err := r.amount(); {
	case r.Price == "" && r != ClientRule{}:
		f.warn("price", ruleRequired, FindingRuleWithoutPrice)
	case r.Price != "":
		failAmount(f, "price", err, FindingPriceMalformed, PriceDecimals)
	}
	checkChoice(f, "unit", ruleFormat, r.Unit, Units(), FindingUnitUnknown)
	for _, length := range []struct{ field, text string }{{"rounding_step", r.RoundingStep}, {"rounding_minimum", r.RoundingMinimum}} {
		if _, err := ParseMinutes(length.text); err != nil {
			f.fail(length.field, ruleFormat, FindingMinutesMalformed)
		}
	}
	checkChoice(f, "rounding_direction", ruleFormat, r.RoundingDirection, Directions(), FindingDirectionUnknown)
	checkChoice(f, "rounding_scope", ruleFormat, r.RoundingScope, Scopes(), FindingScopeUnknown)
	_, err := ParseThresholds(r.DayThresholds)
	failAmount(f, "day_thresholds", err, FindingThresholdsMalformed)
	if r.DayThresholds != "" && r.Unit != UnitDay {
		f.warn("day_thresholds", ruleFormat, FindingThresholdsUnused)
	}
}

// failAmount finds why a number was not taken: that it can be read in two ways, or that it is malformed; nothing without an error.
func failAmount(f *Findings, field string, err error, malformed FindingCode, values ...any) {
	if typed, ok := errors.AsType[*AmbiguousAmount](err); ok {
		f.fail(field, ruleFormat, FindingAmountAmbiguous, typed)
	} else if err != nil {
		f.fail(field, ruleFormat, malformed, values...)
	}
}

// Cost says in a line what the work costs, "" without a price: "48 an hour, rounded up to 15 min each entry".
func (r ClientRule) Cost() string {
	if r.Price == "" {
		return ""
	}
	switch r.Unit {
	case UnitDay:
		words := r.Price + " a day"
		if r.DayThresholds != "" {
			words += " (" + r.DayThresholds + ")"
		}
		return words
	case UnitItem:
		return r.Price + " an item"
	case UnitHour:
	}
	words := r.Price + " an hour"
	rounding, err := r.rounding()
	if err != nil || !r.Rounds() {
		return words
	}
	each := "each " + string(rounding.Scope)
	if rounding.Step > 0 {
		words += ", rounded " + string(rounding.Direction) + " to " + FormatMinutes(rounding.Step) + " min " + each
	}
	if rounding.Minimum > 0 {
		words += ", at least " + FormatMinutes(rounding.Minimum) + " min " + each
	}
	return words
}

// ClientRules are the rules of the clients that have a price of their own, one for each tracker name, or for the client's own name.
// The settings' rounding and day thresholds hold where a client's say nothing; the currency is for clients without one.
func ClientRules(clients []Client, settings []Rule, currency string) []Rule {
	known := NewRules(settings)
	var rules []Rule
	for _, client := range clients {
		names := client.TrackerNames
		if len(names) == 0 {
			names = []string{client.Name}
		}
		for _, name := range names {
			usual, _ := known.For(Entry{Client: name})
			rule, ok := client.ClientRule.over(usual)
			if !ok {
				continue
			}
			rule.Client, rule.Currency = name, cmp.Or(client.Currency, currency)
			rules = append(rules, rule)
		}
	}
	return slices.Clip(rules)
}
