package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/document"
	"cadensa/model/filter"
	"cadensa/model/timelog"
)

// entriesRequest is what the command line asks for.
type entriesRequest struct {
	period, source, client, filter string
	form                           form
}

// entries lists tracked entries.
func (r *root) entries() *cobra.Command {
	var request entriesRequest
	command := &cobra.Command{
		Use:   "entries",
		Short: "List tracked hours and the invoices that hold them",
		Example: strings.Join([]string{
			"  cadensa entries --period last-month",
			"  cadensa entries --client \"Morii Studio SRL\" --json",
			"  cadensa entries --source timewarrior --period 2026-10-01..2026-10-15 --csv",
			"  cadensa entries --period last-month --filter \"project:atlas >2h -is:billed\"",
		}, "\n"),
		Args: noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			if err := request.check(); err != nil {
				return err
			}
			ctx := command.Context()
			return r.withApp(ctx, func(a *app.App) error { return r.listEntries(ctx, a, request) })
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.period, "period", "all", "`PERIOD`: "+model.PeriodForms)
	flags.StringVar(&request.source, "source", "", "only entries of the `FORMAT`: "+strings.Join(timelog.Formats(), ", "))
	flags.StringVar(&request.client, "client", "", "only entries of the client with the legal or tracker `NAME`")
	flags.StringVar(&request.filter, "filter", "", "only entries that fit the `TERMS`: "+filter.Forms)
	flags.BoolVar(&request.form.json, "json", false, "an array of entries")
	flags.BoolVar(&request.form.csv, "csv", false, "the same fields with a header; tags are joined by "+listSeparator+sheetHelp)
	return command
}

func (q entriesRequest) check() error {
	if q.source != "" && !slices.Contains(timelog.Formats(), q.source) {
		return usage("source %q is none of %s", q.source, strings.Join(timelog.Formats(), ", "))
	}
	return q.form.check()
}

func (r *root) listEntries(ctx context.Context, a *app.App, request entriesRequest) error {
	wanted := entryFilter{source: request.source}
	var err error
	if wanted.period, err = parsePeriod(request.period, a.Today()); err != nil {
		return err
	}
	if wanted.matches, err = trackedBy(ctx, a, request.client); err != nil {
		return err
	}
	hours, err := r.hours(ctx, a)
	if err != nil {
		return err
	}
	if request.filter != "" {
		wanted.typed = filter.Parse(request.filter)
		if wanted.standing, err = a.FilterSubjects(ctx, hours.Statuses); err != nil {
			return err
		}
	}
	return r.writeEntries(a, wanted.apply(hours.Entries, a.Location()), hours.Statuses, request.form)
}

func (r *root) writeEntries(a *app.App, entries []*model.Entry, statuses map[string]model.EntryStatus, form form) error {
	record := func(entry *model.Entry) entryRecord {
		return recordEntry(entry, statuses[entry.Fingerprint], a.Location())
	}
	switch {
	case form.json:
		return writeJSONList(r.options.Stdout, ofEach(entries, record))
	case form.csv:
		return document.Sheet{Header: entryHeader}.Write(r.options.Stdout, ofEach(entries, func(entry *model.Entry) []string { return record(entry).fields() }))
	case len(entries) == 0:
		r.say("No entries.")
		return nil
	}
	return writeTable(r.options.Stdout, entryColumns, slices.Collect(ofEach(entries, func(entry *model.Entry) []string {
		return entryRow(entry, statuses[entry.Fingerprint], a.Location())
	})))
}

// errNothingRead says that every row of every source was refused.
var errNothingRead = errors.New("not one row of the sources could be read")

// hours reads the sources and says on standard error what could not be read.
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
		r.say("%s", oneLine(hours.Failure))
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

// parsePeriod reads a period as the command line gives it.
func parsePeriod(text string, today model.Date) (model.Period, error) {
	period, err := model.ParsePeriod(text, today)
	if err != nil {
		return model.Period{}, &UsageError{Err: fmt.Errorf("--period: %w", err)}
	}
	return period, nil
}
