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
		Short: "Save the hours of an invoice as PDF, CSV and Markdown",
		Long: "Saves the hours of an invoice, as tracked and as billed, next to its PDF and prints the paths. Timesheets contain no\n" +
			"prices. They are in Romanian if the invoice is, otherwise in English. SmartBill is not asked.\n\n" +
			"The CSV has the fields of cadensa entries --json. What a line of the invoice bills is on the line's first entry. Text that\n" +
			"starts with = + - or @ gets a leading apostrophe, so that a spreadsheet does not read it as a formula.",
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
	command.Flags().StringSliceVar(&request.named, "format", nil, "the `FORMAT`: pdf, csv or md; repeat for several (default: all)")
	r.bindPath(command.Flags(), &request.output, "output", "o",
		"write to `FILE`, in the format of its extension, replacing it; - for standard output")
	command.Flags().BoolVar(&request.json, "json", false, "print an array of {format, path}")
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
