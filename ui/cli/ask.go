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

// errDeclined reports an answer other than yes.
var errDeclined = errors.New("not confirmed: nothing was done")

// affirmation is the only answer that confirms: a word and no key, because a legal document follows.
const affirmation = "yes"

// confirm asks on the terminal, unless the answer is known to be yes. Only the whole word confirms.
func (r *root) confirm(ctx context.Context, yes bool, question string) error {
	if yes {
		return nil
	}
	line, err := r.ask(ctx, question+fmt.Sprintf(" Type %s to go on:", affirmation))
	if err == nil && line != affirmation {
		err = errDeclined
	}
	return err
}

// mayAct refuses an incomplete command line, and an act without a terminal to confirm it on.
func (r *root) mayAct(command *cobra.Command, yes bool) error {
	if err := checkGiven(command); err != nil {
		return err
	}
	if yes || r.options.Terminal() {
		return nil
	}
	return usage("%s asks before it acts, and there is no terminal: confirm with --yes", command.Name())
}

// confirmingOurs does an act on a document. If SmartBill's document cannot be proven ours, it has the user look at the PDF and type
// number and client, and does the act again. Without a terminal, or with --yes, that is wrong usage.
func confirmingOurs[T any](ctx context.Context, r *root, a *app.App, invoice model.Invoice, yes bool, do func() (T, error)) (T, error) {
	value, err := do()
	if _, unproven := errors.AsType[*model.UnprovenError](err); !unproven {
		return value, err
	}
	if yes || !r.options.Terminal() {
		return value, &UsageError{Err: err}
	}
	if err := r.confirmOurs(ctx, a, invoice, err); err != nil {
		return value, err
	}
	return do()
}

func (r *root) confirmOurs(ctx context.Context, a *app.App, invoice model.Invoice, unproven error) error {
	r.say("%s.", oneLine(unproven))
	path, err := a.SaveCandidate(ctx, invoice.UniqueReference(), invoice.Number)
	if err != nil {
		return errors.Join(unproven, err)
	}
	r.say("What SmartBill has under this number is saved: %s. Look at it. If it is yours, type what it shows; an empty line leaves all as "+
		"it is.", path)
	number, err := r.ask(ctx, "Number:")
	if err != nil || number == "" {
		return errors.Join(unproven, err)
	}
	client, err := r.ask(ctx, "Client:")
	if err != nil || client == "" {
		return errors.Join(unproven, err)
	}
	_, err = a.ConfirmDocument(ctx, invoice.UniqueReference(), number, client)
	return err
}

// mostUnknownReferences is how many foreign documents it asks about in a row.
const mostUnknownReferences = 3

// confirmingElsewhere sends an invoice. If a document has a reference that this ledger never gave, the user can confirm by its
// number that another installation made it, and the invoice is sent again. Without a terminal, or with --yes, it is refused.
func confirmingElsewhere(
	ctx context.Context, r *root, a *app.App, kind model.Kind, yes bool, do func() (model.Invoice, error),
) (model.Invoice, error) {
	for range mostUnknownReferences {
		invoice, err := do()
		unknown, found := errors.AsType[*model.UnknownReferenceError](err)
		if !found || yes || !r.options.Terminal() {
			return invoice, err
		}
		r.say("%s.", oneLine(err))
		name := model.InvoiceReference(unknown.Series, unknown.Number)
		r.say("%s", explain.UnknownReference(explain.Command).In(say.English))
		typed, failure := r.ask(ctx, "If another installation made "+name+", type its number to record that and go on; an empty line sends "+
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
