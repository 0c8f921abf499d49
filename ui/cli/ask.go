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

// say writes one line of words to standard error. If it cannot be written there is nobody left to tell.
func (r *root) say(format string, arguments ...any) {
	fmt.Fprintln(r.options.Stderr, text.Clean(fmt.Sprintf(format, arguments...))) //nolint:errcheck // see above
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

// errDeclined says that a question was not answered with yes.
var errDeclined = errors.New("not confirmed: nothing was done")

// affirmation is the only answer that confirms: a word rather than a key, since what follows is a legal document.
const affirmation = "yes"

// confirm asks on the terminal, unless the answer is known to be yes. Anything but the whole word is a no.
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

// mayAct refuses an act that is not wholly said, and one that nobody can be asked about.
func (r *root) mayAct(command *cobra.Command, yes bool) error {
	if err := checkGiven(command); err != nil {
		return err
	}
	if yes || r.options.Terminal() {
		return nil
	}
	return usage("%s asks before it acts, and there is no terminal: confirm with --yes", command.Name())
}

// confirmingOurs does an act on a document, and once more after its user looked at the PDF of what could not be proven theirs, and typed
// number and client as it shows them. Without a terminal, or with --yes, nobody looks: that is wrong usage.
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

// mostUnknownReferences is how many documents made elsewhere are asked about in a row.
const mostUnknownReferences = 3

// confirmingElsewhere sends an invoice, and again after its user said that a document with a reference which this ledger never gave was
// made elsewhere, by typing its number. Without a terminal, or with --yes, it is refused.
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
