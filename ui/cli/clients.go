package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/model"
)

// clients lists the address book; below it are the commands that show, take in and give out clients.
func (r *root) clients() *cobra.Command {
	var asJSON bool
	list := func(command *cobra.Command, _ []string) error { return r.listClients(command.Context(), asJSON) }
	command := &cobra.Command{
		Use:   "clients",
		Short: "List, show, import and export the address book",
		Example: strings.Join([]string{
			"  cadensa clients",
			"  cadensa clients show \"Morii Studio SRL\"",
			"  cadensa clients import clients.json",
			"  cadensa clients export > clients.json",
		}, "\n"),
		Args: noArguments, RunE: list,
	}
	command.PersistentFlags().BoolVar(&asJSON, "json", false, "clients as JSON, as import reads it")
	command.AddCommand(
		&cobra.Command{
			Use: "list", Short: "List the clients, the one used last first", Example: "  cadensa clients list --json",
			Args: noArguments, RunE: list,
		},
		&cobra.Command{
			Use: "show NAME", Short: "Show one client by the legal or a tracker's name", Example: "  cadensa clients show Morii --json",
			Args: oneArgument("name"),
			RunE: func(command *cobra.Command, arguments []string) error {
				return r.showClient(command.Context(), arguments[0], asJSON)
			},
		},
		&cobra.Command{
			Use: "import FILE", Short: "Take in clients from a JSON array; - reads standard input",
			Long: "Takes in clients from a JSON array of {name, contact, email, country, street, postal_code, city, county, vat_number,\n" +
				"private, tracker_names}, country as ISO alpha-2. Rows that no invoice could bear are named and left out; a client\n" +
				"of a known name is replaced.",
			Example: "  cadensa clients import clients.json\n  cadensa clients import - --json < clients.json",
			Args:    oneArgument("file"),
			RunE: func(command *cobra.Command, arguments []string) error {
				return r.importClients(command.Context(), arguments[0], asJSON)
			},
		},
		&cobra.Command{
			Use: "export", Short: "Write the address book as JSON", Example: "  cadensa clients export > clients.json",
			Args: noArguments,
			RunE: func(command *cobra.Command, _ []string) error { return r.listClients(command.Context(), true) },
		},
	)
	return command
}

func (r *root) listClients(ctx context.Context, asJSON bool) error {
	return r.withSession(ctx, func(session *Session) error {
		book, err := session.Clients(ctx)
		if err != nil {
			return err
		}
		if asJSON {
			return writeJSON(r.options.Stdout, completed(book))
		}
		if len(book) == 0 {
			r.say("The address book is empty: cadensa clients import FILE fills it, and so does every invoice.")
			return nil
		}
		return r.writeClients(book)
	})
}

// completed gives every client a list of tracker names, so that JSON has [] and not null.
func completed(book []model.Client) []model.Client {
	clients := make([]model.Client, len(book))
	for i, client := range book {
		clients[i] = client
		clients[i].TrackerNames = append([]string{}, client.TrackerNames...)
	}
	return clients
}

// clientColumns are those of the table for people.
var clientColumns = []column{
	{title: "NAME", most: 40}, {title: "COUNTRY", most: 7}, {title: "CITY", most: 24}, {title: "VAT NUMBER", most: 20},
	{title: "TRACKER NAMES", most: 40},
}

func (r *root) writeClients(book []model.Client) error {
	rows := make([][]string, len(book))
	for i, client := range book {
		rows[i] = []string{client.Name, client.Country, client.City, client.VATNumber, strings.Join(client.TrackerNames, ", ")}
	}
	return writeTable(r.options.Stdout, clientColumns, rows)
}

func (r *root) showClient(ctx context.Context, name string, asJSON bool) error {
	return r.withSession(ctx, func(session *Session) error {
		client, err := session.client(ctx, name)
		if err != nil {
			return err
		}
		if asJSON {
			return writeJSON(r.options.Stdout, completed([]model.Client{client})[0])
		}
		return r.writeClient(client)
	})
}

func (r *root) writeClient(client model.Client) error {
	private := ""
	if client.Private {
		private = "yes"
	}
	for _, field := range [][2]string{
		{"name", client.Name}, {"contact", client.Contact}, {"e-mail", client.Email}, {"country", client.Country},
		{"street", client.Street}, {"postal code", client.PostalCode}, {"city", client.City}, {"county", client.County},
		{"VAT number", client.VATNumber}, {"private", private}, {"tracker names", strings.Join(client.TrackerNames, ", ")},
	} {
		if field[1] == "" {
			continue
		}
		if err := r.print(labelled(field[0], field[1])); err != nil {
			return err
		}
	}
	return nil
}
