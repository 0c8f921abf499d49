package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/countries"
	"cadensa/ui/widget"
)

// countries lists the countries that a query finds, best first.
func (r *root) countries() *cobra.Command {
	var asJSON bool
	command := &cobra.Command{
		Use:     "countries [QUERY]",
		Short:   "Find a country by code or by its Hungarian, English or Romanian name",
		Example: "  cadensa countries roman\n  cadensa countries DE --json",
		RunE: func(_ *cobra.Command, arguments []string) error {
			found := []countries.Country{}
			for _, match := range countries.Search(strings.Join(arguments, " ")) {
				found = append(found, match.Country)
			}
			if asJSON {
				return writeJSON(r.options.Stdout, found)
			}
			return writeCountries(r.options.Stdout, found)
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, "an array of code, alpha3, hu, en, ro")
	return command
}

func writeCountries(out io.Writer, found []countries.Country) error {
	for _, country := range found {
		line := country.Code + "  " + country.Alpha3 + "  " + widget.Fit(country.Label(), 48) + "  " + country.Romanian
		if _, err := fmt.Fprintln(out, line); err != nil {
			return fmt.Errorf("write the countries: %w", err)
		}
	}
	return nil
}
