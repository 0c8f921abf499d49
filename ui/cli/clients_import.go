package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/document"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
)

// importClients keeps the good rows of a file and names the bad ones.
func (q *clientsRequest) importClients(ctx context.Context) error {
	rows, err := q.clientRows(q.argument)
	if err != nil {
		return err
	}
	return q.withWriting(ctx, false, func(ctx context.Context, a *app.App) error {
		kept := q.goodClients(rows)
		// The last one kept leads the book: this keeps the order of the file.
		for _, client := range slices.Backward(kept) {
			if err := a.KeepClient(ctx, client, ""); err != nil {
				return err
			}
		}
		q.say("%d of %s taken in.", len(kept), counted(len(rows), "client", "clients"))
		if q.form.json {
			if err := writeJSON(q.options.Stdout, completed(kept)); err != nil {
				return err
			}
		}
		if len(kept) == 0 {
			return errNoClientKept
		}
		return nil
	})
}

// clientRow is a client of a file, or the reason why a row is none.
type clientRow struct {
	client model.Client
	err    error
}

// clientRows reads the rows of a JSON array, or of CSV.
func (r *root) clientRows(path string) ([]clientRow, error) {
	content, err := r.readInput(path)
	if err != nil {
		return nil, fmt.Errorf("read clients: %w", err)
	}
	rows, err := readClients(content)
	if err != nil {
		return nil, fmt.Errorf("read clients: %s: %w", text.Clean(path), err)
	}
	return rows, nil
}

// readClients tells JSON from CSV by how it begins.
func readClients(content []byte) ([]clientRow, error) {
	begins := bytes.TrimLeft(content, "\ufeff \t\r\n")
	if len(begins) > 0 && begins[0] != '[' && begins[0] != '{' {
		return readClientsCSV(content)
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(begins, &raw); err != nil {
		return nil, fmt.Errorf("not a JSON array of clients: %w", err)
	}
	rows := make([]clientRow, len(raw))
	for i, row := range raw {
		rows[i].client, rows[i].err = jsonClient(row)
	}
	return rows, nil
}

func jsonClient(row json.RawMessage) (model.Client, error) {
	var client *model.Client
	if err := json.Unmarshal(row, &client); err != nil {
		return model.Client{}, fmt.Errorf("not a client: %w", err)
	}
	if client == nil {
		return model.Client{}, errors.New("not a client but null")
	}
	return *client, nil
}

// readInput reads a file, or standard input for "-".
func (r *root) readInput(path string) (content []byte, err error) {
	input := r.options.Stdin
	if path != standardStream {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close() //nolint:errcheck // nothing was written
		input = file
	}
	content, err = io.ReadAll(io.LimitReader(input, maxClientBytes+1))
	if err == nil && len(content) > maxClientBytes {
		return nil, errors.New("it is too large for an address book")
	}
	return content, err
}

// goodClients returns each valid client once, and says what is wrong with the other rows, counted from 1.
func (r *root) goodClients(rows []clientRow) []model.Client {
	var kept []model.Client
	numbers := map[string]int{}
	for i, row := range rows {
		client, err := row.checked()
		if err != nil {
			r.say("row %d: %v", i+1, err)
			continue
		}
		for _, finding := range client.Validate().Warnings() {
			r.say("row %d: %q: warning: %s (%s)", i+1, client.Name, said(finding), finding.Field)
		}
		name := text.Fold(client.Name)
		if number, twice := numbers[name]; twice {
			r.say("row %d: %q stands again in row %d, which is taken.", number, client.Name, i+1)
			kept = slices.DeleteFunc(kept, func(earlier model.Client) bool { return text.Fold(earlier.Name) == name })
		}
		numbers[name] = i + 1
		kept = append(kept, client)
	}
	return kept
}

// checked is the cleaned client, or why no invoice could bear it.
func (c clientRow) checked() (model.Client, error) {
	if c.err != nil {
		return model.Client{}, c.err
	}
	cleaned := c.client.Cleaned()
	if failures := cleaned.Validate().Errors(); len(failures) > 0 {
		return model.Client{}, fmt.Errorf("%q: %s", cleaned.Name, explain.Findings(failures, explain.Command).In(say.English))
	}
	if _, known := countries.ByCode(cleaned.Country); !known {
		return model.Client{}, fmt.Errorf("%q: %q is no country code; cadensa countries finds it", cleaned.Name, cleaned.Country)
	}
	return cleaned, nil
}

var (
	// errNoClientKept follows errors of rows that were written one by one.
	errNoClientKept = errors.New("no client was taken in")
	errNoNameColumn = errors.New("its header has no column name")
	errNoClients    = errors.New("neither a JSON array of clients nor CSV with a header")
)

const (
	// maxClientBytes is far more than any address book.
	maxClientBytes = 64 << 20
	// nameSeparator stands between tracker names in a field; a name that holds it stands in quotes.
	nameSeparator = ';'
	csvHelp       = "the same fields with a header; tracker names are joined by " + string(nameSeparator) + sheetHelp
)

// clientHeader names the columns, as JSON does. The proof of a VAT number does not fit into a cell.
var clientHeader = []string{
	"name", "contact", "email", "country", "street", "postal_code", "city", "county", "vat_number", "private", "tracker_names",
	"payment_terms_days", "currency", "language", "vat_reason", "note", "price", "unit", "rounding_step", "rounding_direction",
	"rounding_minimum", "rounding_scope", "day_thresholds",
}

func writeClientsCSV(out io.Writer, book []model.Client) error {
	rows := make([][]string, len(book))
	for i, client := range book {
		terms := ""
		if client.PaymentTermsDays != nil {
			terms = strconv.Itoa(*client.PaymentTermsDays)
		}
		rows[i] = []string{
			client.Name, client.Contact, client.Email, client.Country, client.Street, client.PostalCode, client.City, client.County,
			client.VATNumber, strconv.FormatBool(client.Private), text.JoinNames(client.TrackerNames, nameSeparator, false),
			terms, client.Currency, client.Language, string(client.VATReason), client.Note, client.Price, string(client.Unit),
			client.RoundingStep, string(client.RoundingDirection), client.RoundingMinimum, string(client.RoundingScope), client.DayThresholds,
		}
	}
	return document.Sheet{Header: clientHeader}.Write(out, slices.Values(rows))
}

// readClientsCSV reads rows under a header, separated by commas or, as spreadsheets write them here, by semicolons. A bad
// row is said by its own error.
func readClientsCSV(content []byte) ([]clientRow, error) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	first, _, _ := bytes.Cut(content, []byte("\n"))
	reader := csv.NewReader(bytes.NewReader(content))
	if bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		reader.Comma = ';'
	}
	reader.FieldsPerRecord = -1
	lines, err := reader.ReadAll()
	if err != nil || len(lines) == 0 {
		return nil, errors.Join(errNoClients, err)
	}
	header := make([]string, len(lines[0]))
	for i, title := range lines[0] {
		header[i] = strings.ToLower(text.Collapse(title))
		if header[i] != "" && !slices.Contains(clientHeader, header[i]) {
			return nil, fmt.Errorf("there is no column %q; there are %s", text.Clean(title), strings.Join(clientHeader, ", "))
		}
	}
	if !slices.Contains(header, "name") {
		return nil, errNoNameColumn
	}
	rows := make([]clientRow, 0, len(lines)-1)
	for _, line := range lines[1:] {
		client, err := csvClient(header, line)
		rows = append(rows, clientRow{client: client, err: err})
	}
	return rows, nil
}

func csvClient(header, line []string) (model.Client, error) {
	if len(line) > len(header) {
		return model.Client{}, fmt.Errorf("it has %d fields, the header %d", len(line), len(header))
	}
	var client model.Client
	texts := map[string]*string{
		"name": &client.Name, "contact": &client.Contact, "email": &client.Email, "country": &client.Country, "street": &client.Street,
		"postal_code": &client.PostalCode, "city": &client.City, "county": &client.County, "vat_number": &client.VATNumber,
		"currency": &client.Currency, "language": &client.Language, "vat_reason": (*string)(&client.VATReason), "note": &client.Note,
		"price": &client.Price, "unit": (*string)(&client.Unit), "rounding_step": &client.RoundingStep,
		"rounding_direction": (*string)(&client.RoundingDirection), "rounding_minimum": &client.RoundingMinimum,
		"rounding_scope": (*string)(&client.RoundingScope), "day_thresholds": &client.DayThresholds,
	}
	for i, field := range line {
		field = document.FromSheetText(field)
		if into, ok := texts[header[i]]; ok {
			*into = field
			continue
		}
		if field = text.Collapse(field); field == "" {
			continue
		}
		var err error
		switch header[i] {
		case "private":
			client.Private, err = strconv.ParseBool(field)
		case "payment_terms_days":
			var days int
			days, err = strconv.Atoi(field)
			client.PaymentTermsDays = &days
		case "tracker_names":
			client.TrackerNames = text.SplitNames(field, nameSeparator)
		}
		if err != nil {
			return model.Client{}, fmt.Errorf("%s cannot be %q", header[i], text.Clean(field))
		}
	}
	return client, nil
}

// completed gives every client a list of tracker names: JSON gets [] instead of null.
func completed(book []model.Client) []model.Client {
	clients := make([]model.Client, len(book))
	for i, client := range book {
		clients[i] = client
		clients[i].TrackerNames = append([]string{}, client.TrackerNames...)
	}
	return clients
}
