package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
)

// invoiceRecord is an invoice for other programs, which rely on its names; amounts have two decimals.
type invoiceRecord struct {
	Reference string        `json:"reference"`
	Series    string        `json:"series"`
	Number    string        `json:"number"`
	Kind      model.Kind    `json:"kind"`
	Status    model.Status  `json:"status"`
	Payment   model.Payment `json:"payment"`
	Overdue   bool          `json:"overdue"`
	Client    string        `json:"client"`
	Net       string        `json:"net"`
	VAT       string        `json:"vat"`
	Total     string        `json:"total"`
	Currency  string        `json:"currency"`
	Issued    model.Date    `json:"issued"`
	Due       model.Date    `json:"due"`
	// Entries are fingerprints.
	Entries []string `json:"entries"`
	// Company is the digits of the issuer's CIF; Simulated marks an invoice of a simulator, which is no fiscal document.
	Company   string `json:"company"`
	Simulated bool   `json:"simulated"`
	// VATRates are the sums of each rate, none for an issuer who pays no VAT.
	VATRates vatRecords `json:"vat_rates"`
	// Original is the reference of what a storno takes back, as a whole or in part; "" for other documents.
	Original string `json:"original"`
}

// vatRecord is the base and the tax of one rate of an invoice; amounts have two decimals.
type vatRecord struct {
	Name    string `json:"name"`
	Percent string `json:"percent"`
	Base    string `json:"base"`
	VAT     string `json:"vat"`
}

type vatRecords []vatRecord

// String is the list in one CSV field: "21 % Normala 21.00 on 100.00;11 % Redusa 1.10 on 10.00".
func (v vatRecords) String() string {
	rates := make([]string, len(v))
	for i, rate := range v {
		rates[i] = fmt.Sprintf("%s %% %s %s on %s", rate.Percent, rate.Name, rate.VAT, rate.Base)
	}
	return strings.Join(rates, listSeparator)
}

func recordVAT(groups []model.VATGroup) vatRecords {
	records := vatRecords{}
	for _, group := range groups {
		if !group.Rate.IsNone() {
			records = append(records, vatRecord{
				text.Clean(group.Rate.Name), group.Rate.Percent.String(), group.Base.StringFixed(2), group.Tax.StringFixed(2),
			})
		}
	}
	return records
}

func recordInvoice(invoice model.Invoice, entries []string, groups []model.VATGroup, today model.Date) invoiceRecord {
	return invoiceRecord{
		Reference: invoice.Reference(), Series: invoice.Series, Number: invoice.Number, Kind: invoice.Kind,
		Status: invoice.Status, Payment: invoice.Payment, Overdue: invoice.Overdue(today), Client: invoice.ClientName,
		Net: invoice.Net.StringFixed(2), VAT: invoice.VAT.StringFixed(2), Total: invoice.Total.StringFixed(2),
		Currency: invoice.Currency, Issued: invoice.IssueDate, Due: invoice.DueDate, Entries: append([]string{}, entries...),
		Company: invoice.Company, Simulated: invoice.Simulated, Original: invoice.Original, VATRates: recordVAT(groups),
	}
}

// invoiceColumns make the table for people, without COMPANY if there is only one.
var invoiceColumns = []column{
	{title: "NUMBER", most: 24}, {title: "COMPANY", most: 12}, {title: "CLIENT", most: 32}, {title: "ISSUED", most: 10},
	{title: "DUE", most: 10}, {title: "PERIOD", most: 16}, {title: "TOTAL", most: 16, right: true}, {title: "CURRENCY", most: 8},
	{title: "STATUS", most: 12},
}

// companyColumn is the place of the issuer's code.
const companyColumn = 1

func invoiceRow(invoice model.Invoice, today model.Date) []string {
	return []string{
		invoice.Reference(), invoice.Company, invoice.ClientName, invoice.IssueDate.String(), invoice.DueDate.String(), invoice.Supply.Short(),
		model.FormatAmount(invoice.Total), invoice.Currency, string(invoice.DisplayStatus(today)),
	}
}

func (r *root) writeInvoices(ctx context.Context, a *app.App, invoices []model.Invoice, form form) error {
	today := a.Today()
	if !form.json && !form.csv {
		rows := make([][]string, len(invoices))
		for i, invoice := range invoices {
			rows[i] = invoiceRow(invoice, today)
		}
		columns := invoiceColumns
		if !model.HasSeveralCompanies(invoices) {
			columns = slices.Delete(slices.Clone(columns), companyColumn, companyColumn+1)
			for i := range rows {
				rows[i] = slices.Delete(rows[i], companyColumn, companyColumn+1)
			}
		}
		return r.printTable(columns, rows)
	}
	records, err := recordInvoices(ctx, a, invoices)
	if err != nil {
		return err
	}
	if form.json {
		return writeJSON(r.options.Stdout, records)
	}
	return writeRecords(r.options.Stdout, slices.Values(records))
}

func recordInvoices(ctx context.Context, a *app.App, invoices []model.Invoice) ([]invoiceRecord, error) {
	entries, err := a.EntriesOf(ctx, invoices)
	if err != nil {
		return nil, err
	}
	vat, err := a.VATOf(ctx, invoices)
	if err != nil {
		return nil, err
	}
	records := make([]invoiceRecord, len(invoices))
	for i, invoice := range invoices {
		records[i] = recordInvoice(invoice, entries[invoice.ID], vat[invoice.ID], a.Today())
	}
	return records, nil
}

// write writes the document of an act. With --json it does so even after a failure: programs want its state and reference.
func (q *acting) write(ctx context.Context, a *app.App, invoice model.Invoice, failure error) error {
	if invoice.ID == 0 || failure != nil && !q.json {
		return failure
	}
	ctx = context.WithoutCancel(ctx)
	if !q.json {
		return q.writeInvoices(ctx, a, []model.Invoice{invoice}, form{})
	}
	records, err := recordInvoices(ctx, a, []model.Invoice{invoice})
	if err == nil {
		err = writeJSON(q.options.Stdout, records[0])
	}
	return errors.Join(failure, err)
}

// sayDifference warns if SmartBill charges another total than was confirmed, and if the template prints no references.
func (r *root) sayDifference(invoice model.Invoice) {
	if invoice.TotalDiffers() {
		r.say("warning: %s: SmartBill charges %s %s, but %s was confirmed; look at its PDF.", invoice.Reference(),
			model.FormatAmount(invoice.Charged.Decimal), invoice.Currency, model.FormatAmount(invoice.Total))
	}
	if invoice.LacksReference() {
		r.say("warning: %s", model.TemplateNotice)
	}
}

// documentWords name a document in a question: "FCT-0023 to Morii Studio SRL over 121.00 RON".
func documentWords(invoice model.Invoice) string {
	return fmt.Sprintf("%s to %s over %s %s", invoice.Reference(), invoice.ClientName, model.FormatAmount(invoice.Total), invoice.Currency)
}

func (r *root) sayRate(currency string, rate model.ExchangeRate) {
	r.say("1 %s = %s RON (%s, %s)", currency, rate.Lei, rate.Source, rate.Date)
}

// recover lists invoices of uncertain outcome, and the command for each.
func (r *root) recover(ctx context.Context, a *app.App) error {
	left, err := a.Recover(ctx)
	if err != nil {
		return err
	}
	for _, invoice := range left {
		r.say("%s: %s.", explain.LeftBehind(invoice).In(say.English), explain.WayOut(invoice, explain.Command).In(say.English))
	}
	return nil
}

func withNotice(question, notice string) string {
	if notice == "" {
		return question
	}
	return question + " " + notice
}
