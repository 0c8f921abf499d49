package cli

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"cadensa/model"
)

// noArguments refuses anything that is not a flag or a subcommand.
func noArguments(command *cobra.Command, arguments []string) error {
	if len(arguments) > 0 {
		return usage("%s does not know %q; see %s --help", command.CommandPath(), arguments[0], command.CommandPath())
	}
	return nil
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

// narrowing lists flags whose absence widens an act, or moves it to another day.
func narrowing() []string {
	return []string{"period", "entries", "series", "group", "due", "exchange-rate", "amount", "date", "kind"}
}

// checkGiven refuses an empty flag, as a script with an empty variable gives it: the default would bill or pay more than was meant.
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

// unusualDateFlag confirms a date that looks like a slip.
const unusualDateFlag = "unusual-date"

// unusualDateHelp explains the flag.
const unusualDateHelp = "take a date that is more than a year off"

// checkDate refuses a future --date, and one that looks like a slip while nobody is asked about it.
func checkDate(date, today model.Date, yes, meant bool) error {
	switch {
	case date.After(today):
		return usage("--date %s is in the future; nothing was sent", date)
	case yes && !meant && date.IsUnusual(today):
		return usage("--date %s is more than a year back; nothing was sent. If it is meant, say so with --%s", date, unusualDateFlag)
	}
	return nil
}

// withDateNotice warns before a question of a date that looks like a slip.
func withDateNotice(question string, date, today model.Date, meant bool) string {
	if meant || !date.IsUnusual(today) {
		return question
	}
	return fmt.Sprintf("%s is more than a year back. %s", date, question)
}

// form is how a list is written: for people unless a flag says otherwise.
type form struct{ json, csv bool }

func (f form) check() error {
	if f.json && f.csv {
		return usage("--json and --csv exclude each other")
	}
	return nil
}

// parsePeriod reads --period.
func parsePeriod(text string, today model.Date) (model.Period, error) {
	period, err := model.ParsePeriod(text, today)
	if err != nil {
		return model.Period{}, &UsageError{Err: fmt.Errorf("--period: %w", err)}
	}
	return period, nil
}

// typedRate reads --exchange-rate, invalid if empty.
func typedRate(text string) (decimal.NullDecimal, error) {
	if text == "" {
		return decimal.NullDecimal{}, nil
	}
	lei, err := model.ParseAmount(text)
	if err != nil {
		return decimal.NullDecimal{}, &UsageError{Err: fmt.Errorf("--exchange-rate: %w", err)}
	}
	return decimal.NewNullDecimal(lei), nil
}

// errNeedlessRate refuses an exchange rate that would be ignored.
var errNeedlessRate = usage("--exchange-rate is for invoices in another currency than %s; nothing was sent", model.DefaultCurrency)
