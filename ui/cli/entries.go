package cli

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/filter"
	"cadensa/model/timelog"
	"cadensa/ui/explain"
)

type entriesRequest struct {
	*root
	period, source, client, filter string
	form                           form

	// rules and decimals price the entries.
	rules    *model.Rules
	decimals model.QuantityDecimals
}

func (r *root) entries() *cobra.Command {
	request := entriesRequest{root: r}
	command := &cobra.Command{
		Use:   "entries",
		Short: "List tracked hours and the invoices they are on",
		Example: `  cadensa entries --period last-month
  cadensa entries --client "Morii Studio SRL" --json
  cadensa entries --source timewarrior --period 2026-10-01..2026-10-15 --csv
  cadensa entries --period last-month --filter "project:atlas >2h -is:billed"`,
		Args: noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			if err := request.check(); err != nil {
				return err
			}
			return r.withApp(command.Context(), request.list)
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.period, "period", "all", "only entries of `PERIOD`: "+model.PeriodForms)
	flags.StringVar(&request.source, "source", "", "only entries from sources of `FORMAT`: "+strings.Join(timelog.Formats(), ", "))
	flags.StringVar(&request.client, "client", "", "only entries of client `NAME`: the name, the start of it, or the tax number")
	flags.StringVar(&request.filter, "filter", "", "only entries that match `TERMS`: "+filter.Forms)
	request.form.bind(command, "print an array of entries", "tags")
	return command
}

func (q *entriesRequest) check() error {
	if err := checkOneOf("source", q.source, timelog.Formats()); err != nil {
		return err
	}
	if err := checkFilter(q.filter, filter.Check); err != nil {
		return err
	}
	return q.form.check()
}

// checkFilter refuses a filter that is not understood, or asks for nothing; one that is not given is left out.
func checkFilter(terms string, check func(string) error) error {
	if terms == "" {
		return nil
	}
	if err := check(terms); err != nil {
		return wrongFlag("filter", err)
	}
	return nil
}

func (q *entriesRequest) list(ctx context.Context, a *app.App) error {
	period, err := parsePeriod(q.period, a.Today())
	if err != nil {
		return err
	}
	tracked, err := trackedBy(ctx, a, q.client)
	if err != nil {
		return err
	}
	hours, err := q.hours(ctx, a)
	if err != nil {
		return err
	}
	matches, err := matcher(ctx, a, q.filter, hours.Statuses)
	if err != nil {
		return err
	}
	preferences, err := a.Preferences(ctx)
	if err != nil {
		return err
	}
	q.rules, q.decimals = model.NewRules(preferences.Rules), preferences.QuantityDecimals
	return q.write(chosen(hours.Entries, func(entry *model.Entry) bool {
		return period.Contains(entry.Day(a.Location())) && (q.source == "" || entry.Source == q.source) && tracked(entry.Client) &&
			matches(entry)
	}), hours.Statuses, a.Location())
}

// errNothingRead reports that every row of every source was refused.
var errNothingRead = errors.New("not one row of the sources could be read")

// hours reads the sources and says what could not be read.
func (r *root) hours(ctx context.Context, a *app.App) (model.Hours, error) {
	if len(a.Settings().Sources) == 0 {
		r.say("No source of hours is set up yet: cadensa import FILE adds one.")
	}
	hours, err := a.Hours(ctx, nil)
	if err != nil {
		return model.Hours{}, err
	}
	r.sayRejected(hours.Rejected)
	if len(hours.Entries) == 0 && hours.Failure != nil {
		return model.Hours{}, hours.Failure
	}
	if hours.Failure != nil {
		r.say("%s", explain.OneLine(hours.Failure))
	}
	if len(hours.Entries) == 0 && len(hours.Rejected) > 0 {
		return model.Hours{}, errNothingRead
	}
	return hours, nil
}

func (r *root) sayRejected(rejected []model.Rejected) {
	for _, row := range rejected {
		r.say("%s; the row was skipped", row)
	}
}

func chosen(entries []model.Entry, fits func(entry *model.Entry) bool) []*model.Entry {
	var chosen []*model.Entry
	for i := range entries {
		if fits(&entries[i]) {
			chosen = append(chosen, &entries[i])
		}
	}
	return chosen
}

// matcher reads --filter, which is in the language of the Time screen.
func matcher(
	ctx context.Context, a *app.App, terms string, statuses map[string]model.EntryStatus,
) (func(entry *model.Entry) bool, error) {
	if terms == "" {
		return func(*model.Entry) bool { return true }, nil
	}
	typed, err := filter.Parse(terms)
	if err != nil {
		return nil, err
	}
	subject, err := a.FilterSubjects(ctx, statuses)
	return func(entry *model.Entry) bool {
		of := subject(entry)
		return typed.Matches(&of)
	}, err
}

func (q *entriesRequest) write(entries []*model.Entry, statuses map[string]model.EntryStatus, location *time.Location) error {
	record := func(entry *model.Entry) entryRecord {
		return recordEntry(entry, statuses[entry.Fingerprint], q.rules, q.decimals, location)
	}
	switch {
	case q.form.json:
		return writeJSONList(q.options.Stdout, ofEach(entries, record))
	case q.form.csv:
		return writeRecords(q.options.Stdout, ofEach(entries, record))
	case len(entries) == 0:
		q.say("No entries.")
		return nil
	}
	return q.printTable(entryColumns, slices.Collect(ofEach(entries, func(entry *model.Entry) []string {
		return entryRow(entry, statuses[entry.Fingerprint], location)
	})))
}

// entryRecord is an entry for other programs, which rely on its names.
type entryRecord struct {
	Fingerprint string           `json:"fingerprint"`
	State       model.EntryState `json:"state"`
	// Invoice is the reference of the one that holds the entry, "" when it is free.
	Invoice string `json:"invoice"`
	// Start and End are RFC 3339 in the issuer's zone; End is "" while the entry runs.
	Start       string   `json:"start"`
	End         string   `json:"end"`
	Seconds     int64    `json:"duration_seconds"`
	Client      string   `json:"client"`
	Project     string   `json:"project"`
	Task        string   `json:"task"`
	Description string   `json:"description"`
	User        string   `json:"user"`
	Tags        []string `json:"tags"`
	Billable    bool     `json:"billable"`
	// Invoiced is the tracker's word that the entry stands on an invoice made elsewhere.
	Invoiced bool `json:"invoiced"`
	// Rate is what an hour costs by the tracker, "" when it says nothing; Currency is the rate's, or else the price's.
	Rate     string `json:"rate"`
	Currency string `json:"currency"`
	// Block says briefly why the entry cannot be billed as it is, "" if it can.
	Block string `json:"block"`
	// Price is what a unit costs by the rules, "" without a rule; Amount is what the entry alone comes to, both net, in
	// PriceCurrency.
	Price         string `json:"price"`
	Amount        string `json:"amount"`
	PriceCurrency string `json:"price_currency"`
}

func recordEntry(
	entry *model.Entry, status model.EntryStatus, rules *model.Rules, decimals model.QuantityDecimals, location *time.Location,
) entryRecord {
	record := entryRecord{
		Fingerprint: entry.Fingerprint, State: cmp.Or(status.State, model.EntryFree), Invoice: status.Invoice,
		Start: moment(entry.Start, location), End: moment(entry.End, location), Seconds: entry.Seconds,
		Client: entry.Client, Project: entry.Project, Task: entry.Task, Description: entry.Description, User: entry.User,
		Tags: append([]string{}, entry.Tags...), Billable: entry.Billable && !entry.Running,
		Invoiced: entry.AlreadyInvoiced, Block: entry.Block(status),
	}
	if rule, priced := rules.For(*entry); priced {
		record.Price, record.PriceCurrency, record.Currency = priceText(rule.Price), rule.Currency, rule.Currency
		record.Amount = model.RoundMoney(rule.Estimate(entry.Seconds, decimals.Tracked(entry.Client)).Mul(rule.Price)).StringFixed(2)
	}
	if entry.Price != nil {
		record.Rate, record.Currency = priceText(entry.Price.Amount), entry.Price.Currency
	}
	return record
}

// priceText writes a price with two decimals, or with as many as it has.
func priceText(price decimal.Decimal) string { return price.StringFixed(max(2, -price.Exponent())) }

func moment(t model.Instant, location *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(location).Format(time.RFC3339)
}

var entryColumns = []column{
	{title: "FINGERPRINT", most: 16}, {title: "DAY", most: 10}, {title: "TRACKED", most: 8, right: true}, {title: "CLIENT", most: 24},
	{title: "PROJECT · TASK", most: 24}, {title: "DESCRIPTION", most: 40}, {title: "STATE", most: 48},
}

func entryRow(entry *model.Entry, status model.EntryStatus, location *time.Location) []string {
	return []string{
		entry.Fingerprint, entry.Day(location).String(), model.FormatTracked(entry.Seconds), entry.Client, entry.Label(), entry.Description,
		standing(entry, status),
	}
}

// standing says whether an entry can be billed, or why not.
func standing(entry *model.Entry, status model.EntryStatus) string {
	if status.State == model.EntryBilled {
		return "billed on " + status.Invoice
	}
	return cmp.Or(entry.Block(status), string(model.EntryFree))
}
