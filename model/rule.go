package model

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// Unit is what a rule charges by.
type Unit string

// The units, and what SmartBill prints for them (measuringUnitName): ora, zi, buc.
const (
	UnitHour Unit = "hour"
	UnitDay  Unit = "day"
	UnitItem Unit = "item"
)

// Units lists the values that the setting takes.
func Units() []Unit { return []Unit{UnitHour, UnitDay, UnitItem} }

var errUnit = errors.New("a unit: hour (ora), day (zi) or item (buc)")

// ParseUnit reads a unit by its value or by its name on the invoice: "hour" or "ora", "day" or "zi", "item" or "buc".
func ParseUnit(value string) (Unit, error) {
	folded := text.Fold(text.Collapse(value))
	for _, unit := range Units() {
		if folded == string(unit) || folded == unit.Romanian() {
			return unit, nil
		}
	}
	return "", errUnit
}

// Romanian is the unit's name on the invoice.
func (u Unit) Romanian() string {
	switch u {
	case UnitDay:
		return "zi"
	case UnitItem:
		return "buc"
	case UnitHour:
	}
	return "ora"
}

// Short is the unit's mark in a column: h, d or ×.
func (u Unit) Short() string {
	switch u {
	case UnitDay:
		return "d"
	case UnitItem:
		return "×"
	case UnitHour:
	}
	return "h"
}

// DayThreshold turns the hours of a day into days: from AtLeast on, Days are billed.
type DayThreshold struct {
	AtLeast time.Duration
	Days    decimal.Decimal
}

// DefaultDayThresholds bills half a day for anything tracked, and a whole one from six hours.
func DefaultDayThresholds() []DayThreshold {
	return []DayThreshold{
		{AtLeast: time.Second, Days: decimal.New(5, -1)},
		{AtLeast: 6 * time.Hour, Days: decimal.NewFromInt(1)},
	}
}

// Rule prices the entries that it matches. Empty globs match everything.
type Rule struct {
	Client, Project, Task, Tag string
	Unit                       Unit
	// Price is net, of one unit, in Currency.
	Price    decimal.Decimal
	Currency string
	Rounding Rounding
	// Days holds the thresholds of the day unit; none means DefaultDayThresholds.
	Days []DayThreshold
}

// Equal reports whether both rules say the same of the same entries.
func (r Rule) Equal(other Rule) bool {
	return r.Client == other.Client && r.Project == other.Project && r.Task == other.Task && r.Tag == other.Tag && r.chargesLike(other)
}

// RulePlace is where a rule stands among the settings' rules, from 0, and what it says there.
type RulePlace struct {
	Index int
	Rule  Rule
}

// Subject says what the rule is for: "Atelier* · Atlas · api · #late", "project Atlas", "task api" or "everything".
func (r Rule) Subject() string {
	project, task, tag := r.Project, r.Task, r.Tag
	if project != "" && r.Client == "" {
		project = "project " + project
	}
	if task != "" && r.Project == "" {
		task = "task " + task
	}
	if tag != "" {
		tag = "#" + tag
	}
	return cmp.Or(joinLabel(r.Client, project, task, tag), "everything")
}

// chargesLike reports whether both rules turn the same hours into the same amount.
func (r Rule) chargesLike(other Rule) bool {
	return r.Unit == other.Unit && r.Price.Equal(other.Price) && r.Currency == other.Currency &&
		r.Rounding == other.Rounding && slices.EqualFunc(r.Days, other.Days, func(a, b DayThreshold) bool {
		return a.AtLeast == b.AtLeast && a.Days.Equal(b.Days)
	})
}

func (r Rule) days(seconds int64) decimal.Decimal {
	thresholds := r.Days
	if len(thresholds) == 0 {
		thresholds = DefaultDayThresholds()
	}
	best, reached := decimal.Zero, time.Duration(-1)
	for _, threshold := range thresholds {
		if time.Duration(seconds)*time.Second >= threshold.AtLeast && threshold.AtLeast > reached {
			best, reached = threshold.Days, threshold.AtLeast
		}
	}
	return best
}

// Estimate is the quantity that one entry alone comes to, in the rule's unit, to as many decimals. On a line whose rounding
// spans a day or the line, the sum can differ; Exact tells.
func (r Rule) Estimate(seconds int64, decimals int) decimal.Decimal {
	switch r.Unit {
	case UnitItem:
		return decimal.NewFromInt(1)
	case UnitDay:
		return r.days(seconds)
	case UnitHour:
	}
	if r.Exact() {
		seconds = r.Rounding.Seconds(seconds)
	}
	return hours(seconds, decimals)
}

// Exact reports whether Estimate is what the entry adds to its line.
func (r Rule) Exact() bool {
	return r.Unit == UnitItem || r.Unit == UnitHour && r.Rounding.Scope != ScopeDay && r.Rounding.Scope != ScopeLine
}

// Rules finds the rule of an entry: the first that matches wins. It remembers, and is not safe for concurrent use.
type Rules struct {
	compiled []compiledRule
	known    map[ruleKey]int
	// settings is how many of the compiled rules are the settings'; trackers' prices that count follow them.
	settings int
	priced   map[string]int
	// tags holds an entry's tags while they are looked up.
	tags []byte
}

type compiledRule struct {
	rule Rule
	// charge is the position of the first rule that charges alike, so that two rules for one price do not split a line.
	charge                     int
	client, project, task, tag text.Glob
}

// ruleKey holds all that a rule can look at.
type ruleKey struct{ client, project, task, tags string }

// NewRules prepares the rules in their order.
func NewRules(rules []Rule) *Rules {
	compiled := make([]compiledRule, len(rules))
	for i, rule := range rules {
		compiled[i] = compiledRule{
			rule: rule, client: text.NewGlob(rule.Client), project: text.NewGlob(rule.Project),
			task: text.NewGlob(rule.Task), tag: text.NewGlob(rule.Tag), charge: slices.IndexFunc(rules, rule.chargesLike),
		}
	}
	return &Rules{compiled: compiled, known: map[ruleKey]int{}, settings: len(compiled), priced: map[string]int{}}
}

// For returns the rule of the entry, or what its tracker's own price makes where that counts; false for neither.
func (r *Rules) For(entry Entry) (Rule, bool) {
	index := r.place(&entry)
	if index < 0 {
		return Rule{}, false
	}
	return r.compiled[index].rule, true
}

// Place returns the position of the entry's rule, -1 when none matches.
func (r *Rules) Place(entry *Entry) int {
	if index := r.place(entry); index < r.settings {
		return index
	}
	return -1
}

// place is Place, beyond the rules for an entry that its tracker prices.
func (r *Rules) place(entry *Entry) int {
	r.tags = r.tags[:0]
	for _, tag := range entry.Tags {
		r.tags = append(append(r.tags, tag...), betweenTags)
	}
	// A look-up makes no string of the bytes.
	index, known := r.known[ruleKey{entry.Client, entry.Project, entry.Task, string(r.tags)}]
	if !known {
		index = slices.IndexFunc(r.compiled[:r.settings], func(rule compiledRule) bool { return rule.matches(entry) })
		r.known[ruleKey{entry.Client, entry.Project, entry.Task, string(r.tags)}] = index
	}
	if index < 0 && entry.Price != nil && entry.Price.Counts {
		return r.placeOfPrice(entry.Price)
	}
	return index
}

// placeOfPrice is the place of a rule that charges a tracker's price for an hour.
func (r *Rules) placeOfPrice(price *HourlyPrice) int {
	key := price.Amount.String() + price.Currency
	if index, known := r.priced[key]; known {
		return index
	}
	rule := Rule{Unit: UnitHour, Price: price.Amount, Currency: price.Currency}
	index := len(r.compiled)
	charge := slices.IndexFunc(r.compiled, func(other compiledRule) bool { return other.rule.chargesLike(rule) })
	if charge < 0 {
		charge = index
	}
	r.compiled, r.priced[key] = append(r.compiled, compiledRule{rule: rule, charge: charge}), index
	return index
}

func (c compiledRule) matches(entry *Entry) bool {
	if !matchesIfSet(c.client, entry.Client) || !matchesIfSet(c.project, entry.Project) || !matchesIfSet(c.task, entry.Task) {
		return false
	}
	if c.tag.IsEmpty() {
		return true
	}
	return slices.ContainsFunc(entry.Tags, func(tag string) bool { return matchesIfSet(c.tag, tag) })
}

func matchesIfSet(glob text.Glob, value string) bool { return glob.IsEmpty() || glob.Matches(value) }
