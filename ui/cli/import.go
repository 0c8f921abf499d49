package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/text"
	"cadensa/model/timelog"
)

// importReport is the result of an import; programs rely on its names.
type importReport struct {
	Read int `json:"read"`
	// New counts entries that neither the ledger nor a source of the settings had, Known the others.
	New      int              `json:"new"`
	Known    int              `json:"known"`
	Rejected []model.Rejected `json:"rejected"`
	// Remarks are words about rows that were read all the same, and about whole files (line 0).
	Remarks []model.Remark `json:"remarks"`
	// Twins counts new entries with the same hours as an entry read before.
	Twins int `json:"twins"`
}

type importRequest struct {
	*root
	// like is the source that each file becomes.
	like  model.Source
	files []string
	json  bool

	report importReport
	// seen are the fingerprints of all entries, fresh of the new ones.
	seen, fresh map[string]bool
}

// importHours adds trackers' files to the sources.
func (r *root) importHours() *cobra.Command {
	request := importRequest{
		root: r, report: importReport{Rejected: []model.Rejected{}, Remarks: []model.Remark{}}, seen: map[string]bool{}, fresh: map[string]bool{},
	}
	command := &cobra.Command{
		Use:   "import FILE...",
		Short: "Add trackers' files to your sources",
		Long: "Reads trackers' files, lists what they contain, and adds them to the sources in the settings. Leave the files where they\n" +
			"are: cadensa reads them again whenever they change. Standard input (-) is read and counted, but not added.",
		Example: `  cadensa import ~/hours/october.csv
  cadensa import '~/hours/*.csv' --format toggl --date-order dmy --json
  cadensa import hours.csv --columns date=Wann,hours=Wieviel,client=Wer
  timew export | cadensa import - --json`,
		RunE: func(command *cobra.Command, files []string) error {
			if len(files) == 0 {
				return usage("import takes at least one file; see %s --help", command.CommandPath())
			}
			if err := checkSource(request.like); err != nil {
				return err
			}
			request.files = files
			return r.withApp(command.Context(), request.importFiles)
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.like.Format, "format", "",
		"the `FORMAT` of the file (default: recognised by the content): "+strings.Join(timelog.Formats(), ", "))
	flags.StringVar(&request.like.Encoding, "encoding", "", "the character `ENCODING` (default: recognised by the content): "+
		strings.Join(model.Encodings(), ", "))
	flags.StringArrayVar(&request.like.ClientTags, "client-tag", nil,
		"tags that match `GLOB`, such as client:*, name the client; repeat for several")
	flags.StringArrayVar(&request.like.ProjectTags, "project-tag", nil, "tags that match `GLOB` name the project; repeat for several")
	flags.StringVar(&request.like.DateOrder, "date-order", "", "the `ORDER` of dates such as 03/04/2026: dmy or mdy (default: by the content)")
	flags.StringToStringVar(&request.like.Columns, "columns", nil,
		"`NAME=TITLE,...` for column titles that cadensa does not understand, such as start=Begin,client=Kunde; NAME is one of "+
			strings.Join(timelog.ColumnNames(), ", "))
	flags.StringSliceVar(&request.like.IgnoredColumns, "ignore-columns", nil, "skip the columns `TITLE,...`")
	flags.StringVar(&request.like.User, "user", "", "the `NAME` of the person who tracked entries without a user")
	flags.StringVar((*string)(&request.like.Billable), "billable", "",
		"which `ENTRIES` are billable: file (as marked in the file), all, none (default file)")
	flags.StringVar((*string)(&request.like.Rates), "rates", "",
		"the `PRICE` of hours without a rule: rules (none) or tracker (the tracker's rate) (default rules)")
	flags.BoolVar(&request.json, "json", false, "print an object of {read, new, known, rejected, remarks, twins}")
	return command
}

func checkSource(source model.Source) error {
	if err := checkOneOf("format", source.Format, timelog.Formats()); err != nil {
		return err
	}
	if err := checkOneOf("encoding", source.Encoding, model.Encodings()); err != nil {
		return err
	}
	if err := timelog.CheckColumns(source.Format, source.Columns, source.IgnoredColumns); err != nil {
		return usage("--columns: %w", err)
	}
	if !slices.Contains([]string{"", "dmy", "mdy"}, source.DateOrder) {
		return usage("--date-order %q is neither dmy nor mdy", source.DateOrder)
	}
	if !slices.Contains(append(model.AllBillableMarks(), ""), source.Billable) {
		return usage("--billable %q is none of file, all, none", source.Billable)
	}
	if !slices.Contains(append(model.AllTrackerRates(), ""), source.Rates) {
		return usage("--rates %q is neither rules nor tracker", source.Rates)
	}
	return nil
}

// importFiles reads every file, adds the readable ones, and reports. An unreadable file is an error, after the others were taken.
func (q *importRequest) importFiles(ctx context.Context, a *app.App) error {
	sources, err := sourcesOf(q.like, q.files)
	if err != nil {
		return err
	}
	known, err := a.KnownEntries(ctx)
	if err != nil {
		return err
	}
	var failures []error
	for _, source := range sources {
		result, err := a.ReadSource(ctx, source)
		q.count(result, known)
		if err == nil && len(result.Entries) == 0 && len(result.Rejected) > 0 {
			err = fmt.Errorf("not one row of %s could be read; it is no source of hours", text.Clean(source.Path))
		}
		if err != nil {
			failures = append(failures, err)
			continue
		}
		added, err := a.AddFile(ctx, source, result.Files)
		if added {
			q.say("%s is a source of hours now (%s).", source.Path, a.SettingsFile())
		}
		if err != nil {
			return err
		}
	}
	q.sayRejected(q.report.Rejected)
	for _, remark := range q.report.Remarks {
		q.say("%s", remark)
	}
	if err := q.sayTwins(ctx, a); err != nil {
		return err
	}
	if q.json {
		err = writeJSON(q.options.Stdout, q.report)
	} else {
		err = q.print(fmt.Sprintf("%d read: %d new, %d known; %d rejected", q.report.Read, q.report.New, q.report.Known, len(q.report.Rejected)))
	}
	return errors.Join(err, errors.Join(failures...))
}

// count adds a file to the report; an entry of several files counts once.
func (q *importRequest) count(result timelog.Result, known map[string]bool) {
	q.report.Rejected = append(q.report.Rejected, result.Rejected...)
	q.report.Remarks = append(q.report.Remarks, result.Remarks...)
	for _, entry := range result.Entries {
		q.seen[entry.Fingerprint] = true
		if !known[entry.Fingerprint] {
			q.fresh[entry.Fingerprint] = true
		}
	}
	q.report.Read, q.report.New, q.report.Known = len(q.seen), len(q.fresh), len(q.seen)-len(q.fresh)
}

// sayTwins counts the new entries that stand in another source already, and says so.
func (q *importRequest) sayTwins(ctx context.Context, a *app.App) error {
	if len(q.fresh) == 0 {
		return nil
	}
	hours, err := a.Hours(ctx, nil)
	if err != nil {
		// The imported file reports its own failure.
		return ctx.Err()
	}
	in := map[string]int{}
	for fingerprint, status := range hours.Statuses {
		if status.TwinOf != "" && q.fresh[fingerprint] {
			in[status.TwinIn]++
			q.report.Twins++
		}
	}
	for _, name := range slices.Sorted(maps.Keys(in)) {
		q.say("%s: the same hours stand in %s, which is read first. What stands twice is flagged and billed once; take one of the two "+
			"sources out of %s.", counted(in[name], "twin", "twins"), name, a.SettingsFile())
	}
	return nil
}

// sourcesOf makes each file a source, once, that can be read from any working directory.
func sourcesOf(like model.Source, files []string) ([]model.Source, error) {
	var sources []model.Source
	for _, file := range files {
		source := like
		source.Path = file
		if file != model.StandardInput && !strings.HasPrefix(file, "~/") {
			absolute, err := filepath.Abs(file)
			if err != nil {
				return nil, fmt.Errorf("find %s: %w", text.Clean(file), err)
			}
			source.Path = absolute
		}
		if !slices.ContainsFunc(sources, func(named model.Source) bool { return named.Path == source.Path }) {
			sources = append(sources, source)
		}
	}
	return sources, nil
}
