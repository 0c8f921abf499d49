package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/text"
	"cadensa/ui/theme"
)

type clientsRequest struct {
	*root
	form form
	// argument is the name of a client, or a file.
	argument string
}

// run does the work of a subcommand over the address book.
func (q *clientsRequest) run(do func(book []model.Client) error) func(*cobra.Command, []string) error {
	return func(command *cobra.Command, _ []string) error {
		if err := q.form.check(); err != nil {
			return err
		}
		return q.withApp(command.Context(), func(ctx context.Context, a *app.App) error {
			book, err := a.Clients(ctx)
			if err != nil {
				return err
			}
			return do(book)
		})
	}
}

// clients lists the address book; its subcommands show, import, export and check clients.
func (r *root) clients() *cobra.Command {
	request := clientsRequest{root: r}
	command := &cobra.Command{
		Use:   "clients",
		Short: "List, show, import, export and check the address book",
		Example: `  cadensa clients
  cadensa clients show "Morii Studio SRL"
  cadensa clients import clients.json
  cadensa clients export > clients.json
  cadensa clients check --json`,
		Args: noArguments, RunE: request.run(request.list),
	}
	command.PersistentFlags().BoolVar(&request.form.json, "json", false, "print JSON that import can read")
	command.Flags().BoolVar(&request.form.csv, "csv", false, csvHelp)
	listing := &cobra.Command{
		Use: "list", Short: "List the clients, last used first", Example: "  cadensa clients list --json",
		Args: noArguments, RunE: request.run(request.list),
	}
	exporting := &cobra.Command{
		Use: "export", Short: "Export the address book as JSON or CSV",
		Long:    "Exports the address book in the form that import reads. Only JSON has the proof of a VAT number, CSV has all else.",
		Example: "  cadensa clients export > clients.json\n  cadensa clients export --csv > clients.csv",
		Args:    noArguments,
		RunE: request.run(func(book []model.Client) error {
			request.form.json = !request.form.csv
			return request.list(book)
		}),
	}
	for _, each := range []*cobra.Command{listing, exporting} {
		each.Flags().BoolVar(&request.form.csv, "csv", false, csvHelp)
	}
	command.AddCommand(
		listing, exporting,
		&cobra.Command{
			Use: "show NAME", Short: "Show one client by name, start of the name, or tax number", Example: "  cadensa clients show morii --json",
			Args: oneArgument(&request.argument, "name"), RunE: request.run(request.show),
		},
		&cobra.Command{
			Use: "import FILE", Short: "Import clients from JSON or CSV",
			Long: "Imports clients from a JSON array of {name, contact, email, country, street, postal_code, city, county, vat_number,\n" +
				"private, tracker_names}, or from CSV with these column titles. country is an ISO code or a name; tracker names\n" +
				"are separated by " + string(nameSeparator) + ". FILE can be - for standard input.\n\n" +
				"Optional fields: {payment_terms_days, currency, language, vat_reason, supply_date, note, quantity_decimals}; printed\n" +
				"on the invoice: {trade_register, phone, iban, bank, delegate, delegate_identity_card, delegate_car}; the price of\n" +
				"the client's work: {price, unit, rounding_step, rounding_direction, rounding_minimum, rounding_scope,\n" +
				"day_thresholds}, with minutes as 15 or 15m and days as \"0.5 from 1s, 1 from 6h\". Prices use a decimal point.\n\n" +
				"Import keeps a client with errors and names each error and its row; it skips only rows without a name. It understands\n" +
				"counties and sectors as people write them, and proposes missing ones by the postal code. A client whose name is\n" +
				"in the address book is replaced.",
			Example: "  cadensa clients import clients.json\n  cadensa clients import - --json < clients.csv",
			Args:    oneArgument(&request.argument, "file"),
			RunE:    func(command *cobra.Command, _ []string) error { return request.importClients(command.Context()) },
		},
		&cobra.Command{
			Use: "check", Short: "Check clients for what e-Factura would reject",
			Long: "Checks every client by the rules of e-Factura. With --json it prints all clients as {name, findings: [{field, rule,\n" +
				"message}]}. Exit code 1: a client cannot be used on an invoice. Warnings alone end with 0.",
			Example: "  cadensa clients check\n  cadensa clients check --json",
			Args:    noArguments,
			RunE: func(command *cobra.Command, _ []string) error {
				return request.withApp(command.Context(), request.check)
			},
		},
	)
	return command
}

func (q *clientsRequest) list(book []model.Client) error {
	switch {
	case q.form.json:
		return writeJSON(q.options.Stdout, completed(book))
	case q.form.csv:
		return writeClientsCSV(q.options.Stdout, book)
	case len(book) == 0:
		q.say("The address book is empty: cadensa clients import FILE fills it, and so does every invoice.")
		return nil
	}
	rows := make([][]string, len(book))
	for i, client := range book {
		rows[i] = []string{client.Name, client.Country, client.City, shownNumber(client), strings.Join(client.TrackerNames, ", ")}
	}
	return q.printTable(clientColumns, rows)
}

var clientColumns = []column{
	{title: "NAME", most: 40}, {title: "COUNTRY", most: 7}, {title: "CITY", most: 24}, {title: "VAT NUMBER", most: 20},
	{title: "TRACKER NAMES", most: 40},
}

// shownNumber is the tax number for a list, which must not show a person's code (CNP).
func shownNumber(client model.Client) string {
	if client.Private && client.VATNumber != "" {
		return "(personal code)"
	}
	return client.VATNumber
}

func (q *clientsRequest) show(book []model.Client) error {
	client, err := pickClient(book, q.argument)
	if err != nil {
		return err
	}
	if q.form.json {
		return writeJSON(q.options.Stdout, completed([]model.Client{client})[0])
	}
	private, terms, decimals := "", "", ""
	if client.Private {
		private = "yes"
	}
	if client.PaymentTermsDays != nil {
		terms = counted(*client.PaymentTermsDays, "day", "days")
	}
	if client.QuantityDecimals != 0 {
		decimals = counted(client.QuantityDecimals, "decimal", "decimals")
	}
	var lines []string
	for _, field := range [][2]string{
		{"name", client.Name}, {"contact", client.Contact}, {"e-mail", client.Email}, {"country", client.Country},
		{"street", client.Street}, {"postal code", client.PostalCode}, {"city", client.City}, {"county", client.County},
		{"VAT number", client.VATNumber}, {"trade register", client.TradeRegister}, {"phone", client.Phone}, {"IBAN", client.IBAN},
		{"bank", client.Bank}, {"delegate", client.Delegate}, {"delegate's ID", client.DelegateIdentityCard},
		{"delegate's car", client.DelegateCar}, {"private", private}, {"tracker names", strings.Join(client.TrackerNames, ", ")},
		{"pays within", terms}, {"costs", client.Cost()}, {"quantities", decimals}, {"currency", client.Currency}, {"language", client.Language},
		{"VAT", string(client.VATReason)}, {"VAT by day of", string(client.SupplyDate)}, {"note", client.Note}, {"VIES", proofWords(client.VATProof)},
	} {
		if field[1] != "" {
			lines = append(lines, labelled(field[0], field[1]))
		}
	}
	return q.print(lines...)
}

// proofWords say VIES's answer, "" if it was not asked.
func proofWords(proof *model.VATProof) string {
	if proof == nil {
		return ""
	}
	words := proof.String() + " is not valid"
	if proof.Valid {
		words = proof.String() + " is valid"
	}
	words += ", asked on " + model.DateOf(proof.Asked).String()
	if proof.RequestID != "" {
		words += ", consultation number " + proof.RequestID
	}
	return words
}

// checkedClient is the result for one client; scripts rely on its names.
type checkedClient struct {
	Name     string           `json:"name"`
	Findings []checkedFinding `json:"findings"`
}

type checkedFinding struct {
	Field   string `json:"field"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// check runs the rules of e-Factura over the address book.
func (q *clientsRequest) check(ctx context.Context, a *app.App) error {
	book, err := a.Clients(ctx)
	if err != nil {
		return err
	}
	settings, err := a.Preferences(ctx)
	if err != nil {
		return err
	}
	checked := make([]checkedClient, len(book))
	unfit := false
	for i, client := range book {
		found := settings.CheckClient(client)
		unfit = unfit || len(found.Errors()) > 0
		checked[i] = checkedClient{Name: client.Name, Findings: []checkedFinding{}}
		mark := theme.Tick
		if len(found) > 0 {
			mark = theme.Alert
		}
		if len(found.Errors()) > 0 {
			mark = theme.Cross
		}
		lines := []string{mark + " " + text.Clean(client.Name)}
		for _, finding := range append(found.Errors(), found.Warnings()...) {
			checked[i].Findings = append(checked[i].Findings, checkedFinding{finding.Field, finding.Rule, said(finding)})
			line := "    " + string(finding.Severity) + ": " + finding.Field + ": " + said(finding) + " (" + finding.Rule + ")"
			lines = append(lines, text.Clean(line))
		}
		if q.form.json {
			continue
		}
		if err := q.print(lines...); err != nil {
			return err
		}
	}
	if q.form.json {
		err = writeJSON(q.options.Stdout, checked)
	}
	if err == nil && unfit {
		return errClientsUnfit
	}
	return err
}

// errClientsUnfit follows findings that were written one by one.
var errClientsUnfit = errors.New("not every client can stand on an invoice: mend them on Bill To (2), or with cadensa clients import FILE")
