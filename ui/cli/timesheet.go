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

// timesheetRequest is the command line.
type timesheetRequest struct {
	formats []string
	output  string
	json    bool
}

// timesheetFile is a written file for other programs, which rely on its names.
type timesheetFile struct {
	Format document.Format `json:"format"`
	Path   string          `json:"path"`
}

// Timesheet writes the hours of an invoice.
func (r *root) timesheet() *cobra.Command {
	var request timesheetRequest
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
		Args: oneArgument("reference such as FCT-0023"),
		RunE: func(command *cobra.Command, arguments []string) error {
			formats, err := request.check(r.options.Terminal)
			if err != nil {
				return err
			}
			ctx := command.Context()
			return r.withApp(ctx, func(a *app.App) error {
				return r.writeTimesheet(ctx, a, arguments[0], request, formats)
			})
		},
	}
	command.Flags().StringSliceVar(&request.formats, "format", nil, "pdf, csv or md, more than once for several (default: all)")
	command.Flags().StringVarP(&request.output, "output", "o", "",
		"the `FILE` to write, replacing it, in the format of its name; - for standard output")
	command.Flags().BoolVar(&request.json, "json", false, "the files as an array of format and path")
	return command
}

// check chooses the formats, and refuses impossible combinations.
func (q timesheetRequest) check(terminal func() bool) ([]document.Format, error) {
	var formats []document.Format
	for _, name := range q.formats {
		format := document.Format(strings.ToLower(name))
		if !slices.Contains(document.Formats(), format) {
			return nil, usage("--format %q is none of pdf, csv, md", text.Clean(name))
		}
		if !slices.Contains(formats, format) {
			formats = append(formats, format)
		}
	}
	switch {
	case q.output == "" && len(formats) == 0:
		return document.Formats(), nil
	case q.output == "":
		return formats, nil
	case len(formats) == 0:
		format := document.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(q.output), ".")))
		if !slices.Contains(document.Formats(), format) {
			return nil, usage("-o %s does not tell the format: add --format pdf, csv or md", text.Clean(q.output))
		}
		formats = append(formats, format)
	case len(formats) > 1:
		return nil, usage("-o takes one file: give one --format, or leave -o out for all of them in the PDF folder")
	}
	switch {
	case q.output != standardStream:
		return formats, nil
	case q.json:
		return nil, usage("-o - prints the timesheet itself: leave --json out")
	case formats[0] == document.FormatPDF && terminal():
		return nil, usage("a PDF is no text for a terminal: redirect it, or give -o FILE")
	}
	return formats, nil
}

func (r *root) writeTimesheet(
	ctx context.Context, a *app.App, reference string, request timesheetRequest, formats []document.Format,
) error {
	sheet, err := a.Timesheet(ctx, reference)
	if err != nil {
		return err
	}
	var paths []string
	switch request.output {
	case "":
		if paths, err = sheet.Save(a.PDFFolder(), formats); err != nil {
			return err
		}
	default:
		content, err := sheet.Write(formats[0])
		if err != nil {
			return err
		}
		if request.output == standardStream {
			_, err = r.options.Stdout.Write(content)
		} else {
			paths, err = []string{request.output}, writePrivate(request.output, content)
		}
		if err != nil {
			return fmt.Errorf("write the timesheet: %w", err)
		}
	}
	if request.json {
		files := make([]timesheetFile, len(paths))
		for i, path := range paths {
			files[i] = timesheetFile{Format: formats[i], Path: path}
		}
		return writeJSON(r.options.Stdout, files)
	}
	for _, path := range paths {
		if err := r.print(path); err != nil {
			return err
		}
	}
	return nil
}
