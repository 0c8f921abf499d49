package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/text"
)

// say writes one line of words to standard error. If it cannot be written there is nobody left to tell.
func (r *root) say(format string, arguments ...any) {
	fmt.Fprintln(r.options.Stderr, text.Clean(fmt.Sprintf(format, arguments...))) //nolint:errcheck // see above
}

// errDeclined says that a question was not answered with yes.
var errDeclined = errors.New("not confirmed: nothing was done")

// affirmation is the only answer that confirms: a word rather than a key, since what follows is a legal document.
const affirmation = "yes"

// narrowing are the flags of acts without which more is done, or on another day: everything is billed or paid.
func narrowing() []string {
	return []string{"period", "entries", "series", "group", "due", "exchange-rate", "amount", "date", "kind"}
}

// checkGiven refuses a flag that was given and has no value, as a script gives it whose variable is empty: the default in
// its place would bill or pay more than was meant.
func checkGiven(command *cobra.Command) error {
	for _, name := range narrowing() {
		flag := command.Flags().Lookup(name)
		if flag == nil || !flag.Changed {
			continue
		}
		if value := strings.TrimSpace(flag.Value.String()); value == "" || value == "[]" {
			return usage("--%s is given without a value: leave it out, or say what is meant", name)
		}
	}
	return nil
}

// unusualDateFlag says that a date is meant which looks like a slip.
const unusualDateFlag = "unusual-date"

// unusualDateHelp explains the flag.
const unusualDateHelp = "take a date that is more than a year off"

// checkDate refuses a --date that is still to come, and one that is most likely a slip while nobody is asked about it.
func checkDate(date, today model.Date, yes, meant bool) error {
	switch {
	case date.After(today):
		return usage("--date %s is in the future; nothing was sent", date)
	case yes && !meant && date.IsUnusual(today):
		return usage("--date %s is more than a year back; nothing was sent. If it is meant, say so with --%s", date, unusualDateFlag)
	}
	return nil
}

// withDateNotice puts before a question that its date is most likely a slip.
func withDateNotice(question string, date, today model.Date, meant bool) string {
	if meant || !date.IsUnusual(today) {
		return question
	}
	return fmt.Sprintf("%s is more than a year back. %s", date, question)
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

// confirm asks on the terminal. Anything but the whole word is a no.
func (r *root) confirm(ctx context.Context, question string) error {
	line, err := r.ask(ctx, question+fmt.Sprintf(" Type %s to go on:", affirmation))
	if err == nil && line != affirmation {
		err = errDeclined
	}
	return err
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

// oneArgument wants exactly the argument that the use line names.
func oneArgument(name string) cobra.PositionalArgs {
	return func(command *cobra.Command, arguments []string) error {
		if len(arguments) != 1 {
			return usage("%s takes one %s; see %s --help", command.Name(), name, command.CommandPath())
		}
		return nil
	}
}
