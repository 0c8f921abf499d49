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

// importClients keeps the clients of a file with what is wrong with them, and names the rows that are no client.
func (q *clientsRequest) importClients(ctx context.Context) error {
	rows, err := q.clientRows(q.argument)
	if err != nil {
		return err
	}
	return q.withWriting(ctx, false, func(ctx context.Context, a *app.App) error {
		kept := q.takeClients(rows)
		// The last one kept leads the book: this keeps the order of the file.
		for _, client := range slices.Backward(kept) {
			if err := a.KeepClient(ctx, client, ""); err != nil {
				return err
			}
		}
		q.say("%d of %s taken in.", len(kept), counted(len(rows), "client", "clients"))
		if unfit := countUnfit(kept); unfit > 0 {
			q.say("%s cannot stand on an invoice yet: mend what is called an error on Bill To (2); cadensa clients check names it again.",
				counted(unfit, "client", "clients"))
		}
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
	// unread says which fields were left empty, since they cannot hold what the file says.
	unread []string
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
		rows[i] = jsonClient(row)
	}
	return rows, nil
}

func jsonClient(raw json.RawMessage) clientRow {
	var client *model.Client
	err := json.Unmarshal(raw, &client)
	// A field of another type is left out, and the others are read.
	if mistyped, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && mistyped.Field != "" && client != nil {
		return clientRow{client: *client, unread: []string{mistyped.Field + " cannot be a " + mistyped.Value}}
	}
	switch {
	case err != nil:
		return clientRow{err: fmt.Errorf("not a client: %w", err)}
	case client == nil:
		return clientRow{err: errors.New("not a client but null")}
	}
	return clientRow{client: *client}
}

func (r *root) readInput(path string) (content []byte, err error) {
	input := r.options.Stdin
	if path != standardStream {
		file, err := os.Open(fromHome(path, r.options.Getenv))
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

// takeClients returns each client once, and says what is wrong with it, and which rows are no client, counted from 1.
func (r *root) takeClients(rows []clientRow) []model.Client {
	var kept []model.Client
	numbers := map[string]int{}
	for i, row := range rows {
		client, notes, err := row.read()
		if err != nil {
			r.say("row %d: %v", i+1, err)
			continue
		}
		for _, note := range notes {
			r.say("row %d: %q: %s", i+1, client.Name, note)
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

// read is the cleaned client, with what is to be said of it; an error when it has no name under which it could be kept.
func (c clientRow) read() (client model.Client, notes []string, err error) {
	if c.err != nil {
		return client, nil, c.err
	}
	client = c.client
	for _, field := range c.unread {
		notes = append(notes, "error: "+field+": it is left empty")
	}
	country, known := countries.Named(text.Collapse(client.Country))
	if !known && text.IsVisible(client.Country) {
		notes = append(notes, fmt.Sprintf("error: %q is no country: it is left empty; cadensa countries finds the code", text.Collapse(client.Country)))
	}
	client.Country = country.Code
	if wrong := wrongPrice(client.Price); wrong != nil {
		notes = append(notes, "error: price "+wrong.Error()+": it is left empty")
		client.Price = ""
	}
	client = client.Cleaned()
	if !text.IsName(client.Name) {
		return client, nil, errNameless
	}
	client, proposed := client.Located()
	for _, field := range proposed {
		notes = append(notes, explain.ByPostalCode(client, field).In(say.English))
	}
	findings := client.Validate()
	for _, finding := range append(findings.Errors(), findings.Warnings()...) {
		notes = append(notes, fmt.Sprintf("%s: %s (%s)", finding.Severity, said(finding), finding.Field))
	}
	return client, notes, nil
}

// wrongPrice refuses a price as only people write it: a file has a point before the decimals. What is no price at all is found later.
func wrongPrice(price string) error {
	_, wrong := model.ParsePlainAmount(price)
	if _, err := model.ParseAmount(price); err != nil {
		return nil
	}
	return wrong
}

// countUnfit counts the clients that no invoice could bear.
func countUnfit(clients []model.Client) int {
	unfit := 0
	for _, client := range clients {
		if len(client.Validate().Errors()) > 0 {
			unfit++
		}
	}
	return unfit
}

var (
	// errNoClientKept follows errors of rows that were written one by one.
	errNoClientKept = errors.New("no client was taken in")
	errNameless     = errors.New("it has no name, under which a client is kept")
	errNoNameColumn = errors.New("its header has no column name")
	errNoClients    = errors.New("neither a JSON array of clients nor CSV with a header")
)

const (
	// maxClientBytes is far more than any address book.
	maxClientBytes = 64 << 20
	// nameSeparator stands between tracker names in a field; a name that holds it stands in quotes.
	nameSeparator = ';'
	csvHelp       = "print the same fields as CSV; tracker names are separated by " + string(nameSeparator) + sheetHelp
)

// clientHeader names the columns, as JSON does. The proof of a VAT number does not fit into a cell.
var clientHeader = []string{
	"name", "contact", "email", "country", "street", "postal_code", "city", "county", "vat_number", "private", "tracker_names",
	"payment_terms_days", "currency", "language", "vat_reason", "note", "price", "unit", "rounding_step", "rounding_direction",
	"rounding_minimum", "rounding_scope", "day_thresholds", "supply_date", "quantity_decimals", "trade_register", "phone", "iban",
	"bank", "delegate", "delegate_identity_card", "delegate_car",
}

func writeClientsCSV(out io.Writer, book []model.Client) error {
	rows := make([][]string, len(book))
	for i, client := range book {
		terms, decimals := "", ""
		if client.PaymentTermsDays != nil {
			terms = strconv.Itoa(*client.PaymentTermsDays)
		}
		if client.QuantityDecimals != 0 {
			decimals = strconv.Itoa(client.QuantityDecimals)
		}
		rows[i] = []string{
			client.Name, client.Contact, client.Email, client.Country, client.Street, client.PostalCode, client.City, client.County,
			client.VATNumber, strconv.FormatBool(client.Private), text.JoinNames(client.TrackerNames, nameSeparator, false),
			terms, client.Currency, client.Language, string(client.VATReason), client.Note, client.Price, string(client.Unit),
			client.RoundingStep, string(client.RoundingDirection), client.RoundingMinimum, string(client.RoundingScope), client.DayThresholds,
			string(client.SupplyDate), decimals,
			client.TradeRegister, client.Phone, client.IBAN, client.Bank, client.Delegate, client.DelegateIdentityCard, client.DelegateCar,
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
		rows = append(rows, csvClient(header, line))
	}
	return rows, nil
}

func csvClient(header, line []string) clientRow {
	if len(line) > len(header) {
		return clientRow{err: fmt.Errorf("it has %d fields, the header %d", len(line), len(header))}
	}
	var row clientRow
	client := &row.client
	texts := map[string]*string{
		"name": &client.Name, "contact": &client.Contact, "email": &client.Email, "country": &client.Country, "street": &client.Street,
		"postal_code": &client.PostalCode, "city": &client.City, "county": &client.County, "vat_number": &client.VATNumber,
		"currency": &client.Currency, "language": &client.Language, "vat_reason": (*string)(&client.VATReason), "note": &client.Note,
		"supply_date": (*string)(&client.SupplyDate),
		"price":       &client.Price, "unit": (*string)(&client.Unit), "rounding_step": &client.RoundingStep,
		"rounding_direction": (*string)(&client.RoundingDirection), "rounding_minimum": &client.RoundingMinimum,
		"rounding_scope": (*string)(&client.RoundingScope), "day_thresholds": &client.DayThresholds,
		"trade_register": &client.TradeRegister, "phone": &client.Phone, "iban": &client.IBAN, "bank": &client.Bank,
		"delegate": &client.Delegate, "delegate_identity_card": &client.DelegateIdentityCard, "delegate_car": &client.DelegateCar,
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
			if days, err = strconv.Atoi(field); err == nil {
				client.PaymentTermsDays = &days
			}
		case "quantity_decimals":
			var decimals int
			if decimals, err = strconv.Atoi(field); err == nil {
				client.QuantityDecimals = decimals
			}
		case "tracker_names":
			client.TrackerNames = text.SplitNames(field, nameSeparator)
		}
		if err != nil {
			row.unread = append(row.unread, fmt.Sprintf("%s cannot be %q", header[i], field))
		}
	}
	return row
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
