package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/google/renameio/v2/maybe"
	"github.com/spf13/cobra"

	"cadensa/model/app"
)

// standardStream is the name of a file that means standard input or output.
const standardStream = "-"

// pdf fetches an invoice's PDF.
func (r *root) pdf() *cobra.Command {
	var output string
	command := &cobra.Command{
		Use:   "pdf REF",
		Short: "Save an invoice's PDF and print its path",
		Example: strings.Join([]string{
			"  cadensa pdf FCT-0023                 into the PDF folder of the settings",
			"  cadensa pdf FCT-0023 -o invoice.pdf",
			"  cadensa pdf FCT-0023 -o - | lp",
		}, "\n"),
		Args: oneArgument("reference such as FCT-0023"),
		RunE: func(command *cobra.Command, arguments []string) error {
			if output == standardStream && r.options.Terminal() {
				return usage("a PDF is no text for a terminal: redirect it, or give -o FILE")
			}
			ctx := command.Context()
			return r.withApp(ctx, func(a *app.App) error { return r.writePDF(ctx, a, arguments[0], output) })
		},
	}
	command.Flags().StringVarP(&output, "output", "o", "", "the `FILE` to write, replacing it; - for standard output")
	return command
}

func (r *root) writePDF(ctx context.Context, a *app.App, named, output string) error {
	detail, err := a.ForAct(ctx, named)
	if err != nil {
		return err
	}
	if output == "" {
		path, err := vouched(ctx, r, a, detail.Invoice, false, func() (string, error) { return a.SavePDF(ctx, reference(detail.Invoice)) })
		if err != nil {
			return err
		}
		return r.print(path)
	}
	content, err := vouched(ctx, r, a, detail.Invoice, false, func() ([]byte, error) { return a.PDF(ctx, reference(detail.Invoice)) })
	if err != nil {
		return err
	}
	if output == standardStream {
		if _, err := r.options.Stdout.Write(content); err != nil {
			return fmt.Errorf("write the PDF: %w", err)
		}
		return nil
	}
	if err := writePrivate(output, content); err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	return r.print(output)
}

// privateFile is the mode of files that are their owner's alone.
const privateFile = 0o600

// writePrivate writes a file whole or not at all, readable by its owner alone. What is there and is no file, such as a
// pipe or a device, is written to and not replaced.
func writePrivate(path string, content []byte) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(path, content, privateFile) //nolint:wrapcheck // the caller says what was attempted
	}
	if err := maybe.WriteFile(path, content, privateFile); err != nil {
		// What fails is a file beside it, whose name nobody has chosen.
		if failed, ok := errors.AsType[*fs.PathError](err); ok {
			return &fs.PathError{Op: failed.Op, Path: path, Err: failed.Err}
		}
		return err //nolint:wrapcheck // the caller says what was attempted
	}
	// A file that was there before keeps its mode when it is replaced.
	return os.Chmod(path, privateFile) //nolint:wrapcheck // the caller says what was attempted
}

// print writes one line of data.
func (r *root) print(line string) error {
	if _, err := fmt.Fprintln(r.options.Stdout, line); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}
