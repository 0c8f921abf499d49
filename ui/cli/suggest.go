package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cadensa/model/text"
)

// didYouMean proposes a word after one that is not known; "" for none.
func didYouMean(near string) string {
	if near == "" {
		return ""
	}
	return " (did you mean " + near + "?)"
}

// checkOneOf refuses a flag's value that is none of the known ones. "" is a flag that was left out.
func checkOneOf(flag, value string, known []string) error {
	if value == "" || slices.Contains(known, value) {
		return nil
	}
	return usage("--%s %q is none of %s%s", flag, text.Clean(value), strings.Join(known, ", "), didYouMean(text.Nearest(value, known)))
}

// flagError says what is wrong with a flag; a misspelt one is proposed.
func flagError(command *cobra.Command, err error) error {
	unknown, ok := errors.AsType[*pflag.NotExistError](err)
	if !ok || len(unknown.GetSpecifiedName()) == 1 {
		return &UsageError{Err: err}
	}
	var known []string
	command.Flags().VisitAll(func(flag *pflag.Flag) {
		if !flag.Hidden {
			known = append(known, flag.Name)
		}
	})
	near := text.Nearest(unknown.GetSpecifiedName(), known)
	if near != "" {
		near = "--" + near
	}
	return usage("%w%s", err, didYouMean(near))
}

// nearestCommand is the subcommand that was probably meant.
func nearestCommand(command *cobra.Command, typed string) string {
	var known []string
	for _, each := range command.Commands() {
		if !each.Hidden {
			known = append(known, each.Name())
		}
	}
	return text.Nearest(typed, known)
}
