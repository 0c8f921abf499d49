package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
)

// pdf fetches an invoice's PDF.
func (r *root) pdf() *cobra.Command {
	var output string
	command := &cobra.Command{
		Use:   "pdf REF",
		Short: "Save an invoice's PDF and print its path",
		Example: `  cadensa pdf FCT-0023                 into the PDF folder of the settings
  cadensa pdf FCT-0023 -o invoice.pdf
  cadensa pdf FCT-0023 -o - | lp`,
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
	detail, err := a.ForAct(ctx, named, model.ActPDF)
	if err != nil {
		return err
	}
	if output == "" {
		path, err := confirmingOurs(ctx, r, a, detail.Invoice, false, func() (string, error) { return a.SavePDF(ctx, detail.UniqueReference()) })
		if err != nil {
			return err
		}
		return r.print(path)
	}
	content, err := confirmingOurs(ctx, r, a, detail.Invoice, false, func() ([]byte, error) { return a.PDF(ctx, detail.UniqueReference()) })
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
