package cli

import (
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
			var lines []string
			for _, match := range countries.Search(strings.Join(arguments, " ")) {
				country := match.Country
				found = append(found, country)
				lines = append(lines, country.Code+gap+country.Alpha3+gap+widget.Fit(country.Label(), 48)+gap+country.Romanian)
			}
			if asJSON {
				return writeJSON(r.options.Stdout, found)
			}
			return r.print(lines...)
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, "print an array of {code, alpha3, hu, en, ro}")
	return command
}
