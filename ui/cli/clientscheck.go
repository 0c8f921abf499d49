package cli

import (
	"context"
	"errors"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/text"
	"cadensa/ui/theme"
)

// checkedClient is what was found of one client, by the names that scripts rely on.
type checkedClient struct {
	Name     string           `json:"name"`
	Findings []checkedFinding `json:"findings"`
}

type checkedFinding struct {
	Field   string `json:"field"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// errClientsUnfit says that the findings were named one by one.
var errClientsUnfit = errors.New("not every client can stand on an invoice: mend them on Bill To (2), or with cadensa clients import FILE")

// checkClients runs the rules of e-Factura over the address book.
func (r *root) checkClients(ctx context.Context, asJSON bool) error {
	return r.withApp(ctx, func(a *app.App) error {
		book, err := a.Clients(ctx)
		if err != nil {
			return err
		}
		checked := make([]checkedClient, len(book))
		unfit := false
		for i, client := range book {
			found := client.Validate()
			unfit = unfit || len(found.Errors()) > 0
			checked[i] = checkedClient{Name: client.Name, Findings: []checkedFinding{}}
			for _, finding := range append(found.Errors(), found.Warnings()...) {
				checked[i].Findings = append(checked[i].Findings, checkedFinding{finding.Field, finding.Rule, finding.Message})
			}
			if asJSON {
				continue
			}
			if err := r.writeFindings(client.Name, found); err != nil {
				return err
			}
		}
		if asJSON {
			err = writeJSON(r.options.Stdout, checked)
		}
		if err == nil && unfit {
			return errClientsUnfit
		}
		return err
	})
}

// writeFindings names a client, and below it what was found.
func (r *root) writeFindings(name string, found model.Findings) error {
	if len(found) == 0 {
		return r.print(theme.Tick + " " + text.Clean(name))
	}
	glyph := theme.Alert
	if len(found.Errors()) > 0 {
		glyph = theme.Cross
	}
	if err := r.print(glyph + " " + text.Clean(name)); err != nil {
		return err
	}
	for _, finding := range append(found.Errors(), found.Warnings()...) {
		line := "    " + string(finding.Severity) + ": " + finding.Field + ": " + finding.Message + " (" + finding.Rule + ")"
		if err := r.print(text.Clean(line)); err != nil {
			return err
		}
	}
	return nil
}
