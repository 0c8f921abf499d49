package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/model/app"
	"cadensa/model/document"
	"cadensa/model/text"
)

type timesheetRequest struct {
	acting
	named   []string
	output  string
	formats []document.Format
}

// timesheetFile is a written file for other programs, which rely on its names.
type timesheetFile struct {
	Format document.Format `json:"format"`
	Path   string          `json:"path"`
}

// Timesheet writes the hours of an invoice.
func (r *root) timesheet() *cobra.Command {
	request := timesheetRequest{acting: acting{root: r}}
	command := &cobra.Command{
		Use:   "timesheet REF",
		Short: "Write the hours of an invoice as PDF, CSV and Markdown, without money",
		Long: "Writes the hours that an invoice bills, as they were tracked and as they are billed, beside the invoice's PDF and prints\n" +
			"the paths. There is no money on it. It is in Romanian if the invoice is, else in English. Nothing is asked of SmartBill.\n\n" +
			"The CSV names its fields as cadensa entries --json does; what a line of the invoice bills stands on its first entry.\n" +
			"A text that begins with = + - or @ gets an apostrophe before it, so that no spreadsheet takes it for a formula.",
		Example: `  cadensa timesheet FCT-0023                     three files in the PDF folder of the settings
  cadensa timesheet FCT-0023 --format pdf
  cadensa timesheet FCT-0023 -o hours.csv
  cadensa timesheet FCT-0023 --format md -o -`,
		Args: oneArgument(&request.reference, "reference such as FCT-0023"),
		RunE: func(command *cobra.Command, _ []string) error {
			if err := request.chooseFormats(); err != nil {
				return err
			}
			if err := request.checkOutput(); err != nil {
				return err
			}
			return r.withApp(command.Context(), request.writeFiles)
		},
	}
	command.Flags().StringSliceVar(&request.named, "format", nil, "pdf, csv or md, more than once for several (default: all)")
	r.bindPath(command.Flags(), &request.output, "output", "o",
		"the `FILE` to write, replacing it, in the format of its name; - for standard output")
	command.Flags().BoolVar(&request.json, "json", false, "the files as an array of format and path")
	return command
}

func (q *timesheetRequest) chooseFormats() error {
	for _, name := range q.named {
		format := document.Format(strings.ToLower(name))
		if !slices.Contains(document.Formats(), format) {
			return usage("--format %q is none of pdf, csv, md", text.Clean(name))
		}
		if !slices.Contains(q.formats, format) {
			q.formats = append(q.formats, format)
		}
	}
	switch {
	case len(q.formats) > 0:
		return nil
	case q.output == "":
		q.formats = document.Formats()
		return nil
	}
	format := document.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(q.output), ".")))
	if !slices.Contains(document.Formats(), format) {
		return usage("-o %s does not tell the format: add --format pdf, csv or md", text.Clean(q.output))
	}
	q.formats = append(q.formats, format)
	return nil
}

func (q *timesheetRequest) checkOutput() error {
	switch {
	case q.output != "" && len(q.formats) > 1:
		return usage("-o takes one file: give one --format, or leave -o out for all of them in the PDF folder")
	case q.output != standardStream:
		return nil
	case q.json:
		return usage("-o - prints the timesheet itself: leave --json out")
	case q.formats[0] == document.FormatPDF && q.options.Terminal():
		return errNoText
	}
	return nil
}

func (q *timesheetRequest) writeFiles(ctx context.Context, a *app.App) error {
	sheet, err := a.Timesheet(ctx, q.reference)
	if err != nil {
		return err
	}
	paths, err := q.save(a, sheet)
	if err != nil {
		return err
	}
	if !q.json {
		return q.print(paths...)
	}
	files := make([]timesheetFile, len(paths))
	for i, path := range paths {
		files[i] = timesheetFile{Format: q.formats[i], Path: path}
	}
	return writeJSON(q.options.Stdout, files)
}

func (q *timesheetRequest) save(a *app.App, sheet document.Timesheet) ([]string, error) {
	if q.output == "" {
		return sheet.Save(a.PDFFolder(), q.formats)
	}
	content, err := sheet.Write(q.formats[0])
	if err != nil {
		return nil, err
	}
	paths, err := q.writeOutput(q.output, content)
	if err != nil {
		return nil, fmt.Errorf("write the timesheet: %w", err)
	}
	return paths, nil
}
