package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
)

type pdfRequest struct {
	acting
	output string
}

func (r *root) pdf() *cobra.Command {
	request := pdfRequest{acting: acting{root: r}}
	command := &cobra.Command{
		Use:   "pdf REF",
		Short: "Save the PDF of an invoice",
		Example: `  cadensa pdf FCT-0023                 into the PDF folder of the settings
  cadensa pdf FCT-0023 -o invoice.pdf
  cadensa pdf FCT-0023 -o - | lp`,
		Args: oneArgument(&request.reference, "reference such as FCT-0023"),
		RunE: func(command *cobra.Command, _ []string) error {
			if request.output == standardStream && r.options.Terminal() {
				return errNoText
			}
			return r.withApp(command.Context(), request.fetch)
		},
	}
	r.bindPath(command.Flags(), &request.output, "output", "o", "write to `FILE`, replacing it; - for standard output")
	return command
}

// errNoText keeps a PDF off a terminal.
var errNoText = usage("a PDF is no text for a terminal: redirect it, or give -o FILE")

func (q *pdfRequest) fetch(ctx context.Context, a *app.App) error {
	detail, err := a.ForAct(ctx, q.reference, model.ActPDF)
	if err != nil {
		return err
	}
	if q.output == "" {
		path, err := confirmingOurs(ctx, &q.acting, a, detail.Invoice, func() (string, error) { return a.SavePDF(ctx, detail.UniqueReference()) })
		if err != nil {
			return err
		}
		return q.print(path)
	}
	content, err := confirmingOurs(ctx, &q.acting, a, detail.Invoice, func() ([]byte, error) { return a.PDF(ctx, detail.UniqueReference()) })
	if err != nil {
		return err
	}
	written, err := q.writeOutput(q.output, content)
	if err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	return q.print(written...)
}
