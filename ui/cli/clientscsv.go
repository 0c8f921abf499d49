package cli

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"cadensa/model"
	"cadensa/model/document"
	"cadensa/model/text"
)

// nameSeparator stands between tracker names in a field; a name that holds it stands in quotes.
const nameSeparator = ';'

// csvHelp explains the flag.
const csvHelp = "the same fields with a header; tracker names are joined by " + string(nameSeparator) + sheetHelp

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

var (
	errNoNameColumn = errors.New("its header has no column name")
	errNoClients    = errors.New("neither a JSON array of clients nor CSV with a header")
)

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
