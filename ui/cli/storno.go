package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

type stornoRequest struct {
	acting
	date dateFlag
	// typed are the lines to reverse as they were given, none for the whole invoice.
	typed []string
	lines []lineChoice
}

func (r *root) storno() *cobra.Command {
	request := stornoRequest{acting: acting{root: r}}
	command := &cobra.Command{
		Use:   "storno REF",
		Short: "Reverse an invoice, or some of its lines, by a storno",
		Long: "Reverses an invoice by a storno: a second document with its own number and a negative total. It goes to ANAF like the\n" +
			"invoice and cannot be undone. The hours of the invoice can be billed again. Use it if ANAF (SPV) or the client has the\n" +
			"invoice; otherwise use cadensa cancel. Prints the storno.\n\n" +
			"With --line it reverses single lines or parts of them, by an invoice with negative lines that names the first one.\n" +
			"You can cancel that invoice. Hours can be billed again only if their whole line is reversed.\n\n" +
			"Exit codes: 0 done; 1 refused; 2 wrong usage; 3 outcome not known, run cadensa settle; 4 not done, try again later.",
		Example: "  cadensa storno FCT-0023\n  cadensa storno FCT-0023 --date 2026-11-20 --yes --json\n" +
			"  cadensa storno FCT-0023 --line 2 --line 3=1.5",
		Args: oneArgument(&request.reference, "reference such as FCT-0023"),
		RunE: func(command *cobra.Command, _ []string) error {
			err := request.date.parse()
			if err != nil {
				return err
			}
			if err := request.mayAct(command, true); err != nil {
				return err
			}
			if request.lines, err = parseLines(request.typed); err != nil {
				return err
			}
			return r.withWriting(command.Context(), true, request.make)
		},
	}
	request.date.bind(command, "the `DATE` of the storno, such as "+model.DayForms+" (default: today)")
	command.Flags().StringArrayVar(&request.typed, lineFlag, nil,
		"reverse only line `NUMBER`, counted from 1, or a part of it (2=1.5); repeat for several")
	request.bind(command, "the storno")
	return command
}

func (q *stornoRequest) make(ctx context.Context, a *app.App) error {
	if err := q.date.complete(a.Today(), q.yes); err != nil {
		return err
	}
	if len(q.lines) > 0 {
		return q.makePartial(ctx, a)
	}
	detail, err := a.ForAct(ctx, q.reference, model.ActStorno)
	if err != nil {
		return err
	}
	question := fmt.Sprintf("%sMake the storno of %s to %s: a second invoice over %s %s, dated %s, which goes to ANAF too and cannot be "+
		"taken back, and free its %s?", q.date.notice(a.Today()), detail.Reference(), detail.ClientName,
		model.FormatAmount(detail.Total.Neg()), detail.Currency, q.date.day, counted(len(detail.Entries), "entry", "entries"))
	if err := q.confirm(ctx, withNotice(question, explain.MoneyKept(detail.Invoice).In(say.English))); err != nil {
		return err
	}
	q.say("Checking %s, then making its storno. If this is interrupted, the storno may exist and not be known.", detail.Reference())
	storno, err := confirmingOurs(ctx, &q.acting, a, detail.Invoice, func() (model.Invoice, error) {
		return a.Storno(ctx, detail.UniqueReference(), q.date.day)
	})
	if err == nil {
		q.say("%s is reversed by %s; its hours are free.", detail.Reference(), storno.Reference())
	}
	return q.write(ctx, a, storno, err)
}
