package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
)

type acting struct {
	*root
	reference string
	yes, json bool
}

func (q *acting) bind(command *cobra.Command, prints string) {
	command.Flags().BoolVar(&q.yes, "yes", false, "do not ask for confirmation")
	command.Flags().BoolVar(&q.json, "json", false, "print "+prints+" as JSON")
}

// mayAct refuses an incomplete command line, and an act that asks without a terminal to confirm it on.
func (q *acting) mayAct(command *cobra.Command, asks bool) error {
	err := checkGiven(command)
	if err != nil || !asks || q.yes || q.options.Terminal() {
		return err
	}
	return usage("%s asks before it acts, and there is no terminal: confirm with --yes", command.Name())
}

// ask reads the answer to a question from the terminal, "" for none.
func (r *root) ask(ctx context.Context, question string) (string, error) {
	if _, err := fmt.Fprint(r.options.Stderr, text.Clean(question)+" "); err != nil {
		return "", fmt.Errorf("ask: %w", err)
	}
	if r.answers == nil {
		r.answers = bufio.NewReader(r.options.Stdin)
	}
	answered := make(chan string, 1)
	go func() {
		// An answer that ends without a line break is as good; one that cannot be read is a no.
		line, _ := r.answers.ReadString('\n')
		answered <- text.Collapse(line)
	}()
	select {
	case line := <-answered:
		return line, nil
	case <-ctx.Done():
		return "", errDeclined
	}
}

var (
	// errDeclined reports an answer other than yes.
	errDeclined = errors.New("not confirmed: nothing was done")
	// errMidnight reports that the day of issue changed before the answer.
	errMidnight = errors.New("midnight has passed, and the invoice would bear another date: nothing was sent; run it again")
)

// affirmation is the only answer that confirms: a word and no key, because a legal document follows.
const affirmation = "yes"

// confirm asks on the terminal, unless --yes answers. Only the whole word confirms.
func (q *acting) confirm(ctx context.Context, question string) error {
	if q.yes {
		return nil
	}
	line, err := q.ask(ctx, question+" Type "+affirmation+" to go on:")
	if err == nil && line != affirmation {
		err = errDeclined
	}
	return err
}

// confirmDated is confirm for a document that bears the date of today, which may end before the answer.
func (q *acting) confirmDated(ctx context.Context, a *app.App, today model.Date, question string) error {
	err := q.confirm(ctx, question)
	if err == nil && !q.yes && a.Today() != today {
		return errMidnight
	}
	return err
}

// confirmingOurs does an act on a document. If SmartBill's document cannot be proven ours, it has the user look at the PDF and type
// number and client, and does the act again. Without a terminal, or with --yes, that is wrong usage.
func confirmingOurs[T any](ctx context.Context, q *acting, a *app.App, invoice model.Invoice, do func() (T, error)) (T, error) {
	value, err := do()
	if _, unproven := errors.AsType[*model.UnprovenError](err); !unproven {
		return value, err
	}
	if q.yes || !q.options.Terminal() {
		return value, &UsageError{Err: err}
	}
	if err := q.confirmOurs(ctx, a, invoice, err); err != nil {
		return value, err
	}
	return do()
}

func (r *root) confirmOurs(ctx context.Context, a *app.App, invoice model.Invoice, unproven error) error {
	r.say("%s.", explain.OneLine(unproven))
	path, err := a.SaveCandidate(ctx, invoice.UniqueReference(), invoice.Number)
	if err != nil {
		return errors.Join(unproven, err)
	}
	r.say("What SmartBill has under this number is saved: %s. Look at it. If it is yours, type what it shows; an empty line leaves all as "+
		"it is.", path)
	var typed [2]string
	for i, label := range []string{"Number:", "Client:"} {
		if typed[i], err = r.ask(ctx, label); err != nil || typed[i] == "" {
			return errors.Join(unproven, err)
		}
	}
	_, err = a.ConfirmDocument(ctx, invoice.UniqueReference(), typed[0], typed[1])
	return err
}

// mostUnknownReferences is how many foreign documents it asks about in a row.
const mostUnknownReferences = 3

// confirmingElsewhere sends an invoice. If a document has a reference that this ledger never gave, the user can confirm by its
// number that another installation made it, and the invoice is sent again. Without a terminal, or with --yes, it is refused.
func (q *acting) confirmingElsewhere(
	ctx context.Context, a *app.App, kind model.Kind, do func() (model.Invoice, error),
) (model.Invoice, error) {
	for range mostUnknownReferences {
		invoice, err := do()
		unknown, found := errors.AsType[*model.UnknownReferenceError](err)
		if !found || q.yes || !q.options.Terminal() {
			return invoice, err
		}
		q.say("%s.", explain.OneLine(err))
		name := model.InvoiceReference(unknown.Series, unknown.Number)
		q.say("%s", explain.UnknownReference(explain.Command).In(say.English))
		typed, failure := q.ask(ctx, "If another installation made "+name+", type its number to record that and go on; an empty line sends "+
			"nothing:")
		if failure != nil || model.NumberTyped(typed, unknown.Series) != unknown.Number {
			return invoice, errors.Join(err, failure)
		}
		if err := a.MadeElsewhere(ctx, kind, unknown.Series, unknown.Number); err != nil {
			return invoice, err
		}
	}
	return do()
}
