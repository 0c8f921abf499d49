package cli

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cadensa/model"
	"cadensa/model/text"
)

// noArguments refuses anything that is not a flag or a subcommand.
func noArguments(command *cobra.Command, arguments []string) error {
	if len(arguments) > 0 {
		return usage("%s does not know %q%s; see %s --help",
			command.CommandPath(), text.Clean(arguments[0]), didYouMean(nearestCommand(command, arguments[0])), command.CommandPath())
	}
	return nil
}

// oneArgument takes exactly the argument that the use line names.
func oneArgument(into *string, name string) cobra.PositionalArgs {
	return func(command *cobra.Command, arguments []string) error {
		if len(arguments) != 1 {
			return usage("%s takes one %s; see %s --help", command.Name(), name, command.CommandPath())
		}
		*into = arguments[0]
		return nil
	}
}

// checkGiven refuses an empty flag whose absence widens an act, or moves it to another day: a script with an empty variable would
// bill or pay more than was meant.
func checkGiven(command *cobra.Command) error {
	for _, name := range []string{
		"period", "entries", "filter", "series", "group", "due", issueDateFlag, "supply-date", rateFlag, vatReasonFlag, "discount", "currency",
		lineFlag, deductFlag, "amount", "date", "kind", "to",
	} {
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

const (
	// unusualDateFlag confirms a date that looks like a slip.
	unusualDateFlag = "unusual-date"
	unusualDateHelp = "accept a date that is more than a year away"
	// rateFlag is the value of one unit of the invoice's currency.
	rateFlag = "exchange-rate"
)

// dateFlag is the day of an act, today unless it is given.
type dateFlag struct {
	typed string
	// meant confirms a day that looks like a slip.
	meant bool
	day   model.Date
}

func (d *dateFlag) bind(command *cobra.Command, help string) {
	command.Flags().StringVar(&d.typed, "date", "", help)
	command.Flags().BoolVar(&d.meant, unusualDateFlag, false, unusualDateHelp)
}

func (d *dateFlag) parse() error {
	return readDay("date", d.typed, &d.day)
}

// readDay reads the day of a flag, none if empty.
func readDay(name, typed string, into *model.Date) (err error) {
	if typed == "" {
		return nil
	}
	if *into, err = model.ParseDay(typed); err != nil {
		return wrongFlag(name, err)
	}
	return nil
}

// complete refuses a future day, and one that looks like a slip while nobody is asked about it.
func (d *dateFlag) complete(today model.Date, yes bool) error {
	switch {
	case d.day.After(today):
		return usage("--date %s is in the future; nothing was sent", d.day)
	case yes && !d.meant && d.day.IsUnusual(today):
		return usage("--date %s is more than a year back; nothing was sent. If it is meant, say so with --%s", d.day, unusualDateFlag)
	case d.day.IsZero():
		d.day = today
	}
	return nil
}

// notice warns before a question of a day that looks like a slip.
func (d *dateFlag) notice(today model.Date) string {
	if d.meant || !d.day.IsUnusual(today) {
		return ""
	}
	return fmt.Sprintf("%s is more than a year back. ", d.day)
}

// pathFlag names a file: from the current folder, as everybody's commands do, or below ~/. Shells leave ~ alone in --config=~/x.
type pathFlag struct {
	into   *string
	getenv func(string) string
}

// bindPath binds a flag that names a file, with one letter for short or "".
func (r *root) bindPath(flags *pflag.FlagSet, into *string, name, short, help string) {
	flags.VarP(pathFlag{into, r.options.Getenv}, name, short, help)
}

// String is the path, for the help.
func (f pathFlag) String() string {
	if f.into == nil {
		return ""
	}
	return *f.into
}

// Set takes a path.
func (f pathFlag) Set(typed string) error {
	*f.into = fromHome(typed, f.getenv)
	return nil
}

// Type is the kind of value, for the help.
func (pathFlag) Type() string { return "string" }

// fromHome is a path as typed, with the home folder in the place of a leading ~.
func fromHome(typed string, getenv func(string) string) string {
	if home := getenv("HOME"); home != "" {
		return model.ExpandHome(typed, home)
	}
	return typed
}

// form is how a list is written: for people unless a flag says otherwise.
type form struct{ json, csv bool }

func (f *form) bind(command *cobra.Command, array, joined string) {
	command.Flags().BoolVar(&f.json, "json", false, array)
	command.Flags().BoolVar(&f.csv, "csv", false, "print the same fields as CSV; "+joined+" are separated by "+listSeparator+sheetHelp)
}

func (f form) check() error {
	if f.json && f.csv {
		return usage("--json and --csv exclude each other")
	}
	return nil
}

func parsePeriod(text string, today model.Date) (model.Period, error) {
	period, err := model.ParsePeriod(text, today)
	if err != nil {
		return model.Period{}, wrongFlag("period", err)
	}
	return period, nil
}

// amountFlag reads the value of a flag, invalid if empty.
func amountFlag(name, typed string) (decimal.NullDecimal, error) {
	if typed == "" {
		return decimal.NullDecimal{}, nil
	}
	amount, err := model.ParseAmount(typed)
	if err != nil {
		return decimal.NullDecimal{}, wrongFlag(name, err)
	}
	return decimal.NewNullDecimal(amount), nil
}

// errNeedlessRate refuses an exchange rate that would be ignored.
var errNeedlessRate = usage("--exchange-rate is for invoices in another currency than %s; nothing was sent", model.DefaultCurrency)
