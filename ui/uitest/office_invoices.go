package uitest

import (
	"context"
	"errors"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/smartbill/sandbox"
)

// Day reads a day, "2026-10-31".
func Day(text string) model.Date {
	day, err := model.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return day
}

// Amount reads an amount.
func Amount(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// Atelier is a Romanian company that pays VAT.
func Atelier() model.Client {
	return model.Client{
		Name: "Atelier Cireș SRL", Contact: "Ioana Cireș", Email: "facturi@atelier-cires.example", Country: model.Romania,
		Street: "Str. Morii 14", PostalCode: "400001", City: "Cluj-Napoca", County: "Cluj", VATNumber: "RO18547290",
	}
}

// Foreigner is a client in another country.
func Foreigner(name, country string) model.Client {
	return model.Client{Name: name, Country: country, Street: "12 Long Street", PostalCode: "1051", City: "Old Town"}
}

// Invoice is an invoice of one hour's work in the month of its date, due in 30 days.
func (o *Office) Invoice(client model.Client, issued, net, currency string) model.PreparedInvoice {
	prepared, line := o.blank(client, issued, net, currency)
	o.Bill(&prepared, line, 3600)
	return prepared
}

// InvoiceOf is an invoice of hours that were tracked, on one line.
func (o *Office) InvoiceOf(client model.Client, issued, net, currency string, hours ...model.Entry) model.PreparedInvoice {
	prepared, line := o.blank(client, issued, net, currency)
	bill(&prepared, line, hours)
	return prepared
}

// blank is an invoice without lines, and a line for it.
func (o *Office) blank(client model.Client, issued, net, currency string) (model.PreparedInvoice, model.Line) {
	day := Day(issued)
	line := model.Line{
		Name: "Consulting", Quantity: decimal.NewFromInt(1), Unit: model.UnitItem, Price: Amount(net), Currency: currency,
		VAT: model.VATRate{Name: "Taxare inversa"}, Supply: model.MonthPeriod(day.Year, day.Month),
	}
	if client.IsRomanian() {
		line.VAT = model.VATRate{Name: "Normala", Percent: decimal.NewFromInt(21)}
	}
	return model.PreparedInvoice{
		Kind: model.KindInvoice, CIF: o.Settings().SmartBill.CIF, Client: client, Series: "FCT", Currency: currency,
		IssueDate: day, DueDate: day.AddDays(30),
		Treatment: model.Treatment{Setting: line.VAT.Name}, PrintIntent: true,
	}, line
}

// firstWorked is when the first hours were tracked.
var firstWorked = time.Date(2020, time.January, 1, 9, 0, 0, 0, Noon.Location())

// Bill adds a line to an invoice, with an entry of its own for each time that was tracked for it, in seconds. Each is of
// another day: the office has no tracker, and hours that vanished from theirs may stand for any others of their day.
func (o *Office) Bill(prepared *model.PreparedInvoice, line model.Line, tracked ...int64) {
	hours := make([]model.Entry, len(tracked))
	for i, seconds := range tracked {
		o.entries++
		start := firstWorked.AddDate(0, 0, o.entries)
		hours[i] = model.Entry{
			Source: "timewarrior", Start: model.InstantOf(start), End: model.InstantOf(start.Add(time.Duration(seconds) * time.Second)),
			Seconds: seconds, Client: prepared.Client.Name, Project: line.Name, Description: line.Details, Billable: true,
		}.Fingerprinted(0)
	}
	bill(prepared, line, hours)
}

// bill adds a line of hours to an invoice.
func bill(prepared *model.PreparedInvoice, line model.Line, hours []model.Entry) {
	for i := range hours {
		prepared.Hours = append(prepared.Hours, &hours[i])
		line.Entries = append(line.Entries, hours[i].Fingerprint)
		line.Tracked += hours[i].Seconds
	}
	prepared.Lines = append(prepared.Lines, line)
}

// between is how long after an act the next one follows: the limit of calls is kept for as long as the clock stands still.
const between = 15 * time.Second

// Issued issues an invoice.
func (o *Office) Issued(prepared model.PreparedInvoice) model.Invoice {
	o.t.Helper()
	return o.Done(o.Issue(o.t.Context(), prepared))
}

// Newest is the newest invoice of the ledger.
func (o *Office) Newest() model.Invoice {
	o.t.Helper()
	invoices, err := o.Invoices(o.t.Context())
	o.Check(err)
	if len(invoices) == 0 {
		o.t.Fatal("there is no invoice")
	}
	return invoices[0]
}

// Settled looks for what became of an invoice.
func (o *Office) Settled(invoice model.Invoice) {
	o.t.Helper()
	_, err := o.Settle(o.t.Context(), invoice.Intent)
	o.Check(err)
	o.Later(between)
}

// Check fails the test with an error.
func (o *Office) Check(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// Done is what an act returned that succeeded: `office.Done(office.Cancel(ctx, reference))`.
func (o *Office) Done(invoice model.Invoice, err error) model.Invoice {
	o.t.Helper()
	o.Check(err)
	o.Later(between)
	return invoice
}

// Failed is what an act left that failed.
func (o *Office) Failed(invoice model.Invoice, err error) model.Invoice {
	o.t.Helper()
	if err == nil {
		o.t.Fatalf("%s: no failure", invoice.Reference())
	}
	o.Later(between)
	return invoice
}

// Lost issues an invoice, and the fault keeps its answer back.
func (o *Office) Lost(prepared model.PreparedInvoice, fault sandbox.Kind) model.Invoice {
	o.t.Helper()
	path := "POST /" + map[model.Kind]string{model.KindInvoice: "invoice", model.KindProforma: "estimate"}[prepared.Kind]
	o.Fails(path, fault).Fails(path+newerPath, fault)
	defer o.Recovers()
	return o.Failed(o.Issue(o.t.Context(), prepared))
}

// Abandoned issues an invoice, and the program ends while it is being sent.
func (o *Office) Abandoned(prepared model.PreparedInvoice) {
	o.t.Helper()
	o.wire.mutex.Lock()
	o.wire.ends["POST /invoice"] = true
	o.wire.mutex.Unlock()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = o.Issue(o.t.Context(), prepared)
	}()
	<-ended
}

// Paid records money for an invoice.
func (o *Office) Paid(invoice model.Invoice, amount, on string) model.Invoice {
	o.t.Helper()
	return o.Done(o.Pay(o.t.Context(), invoice.Intent, model.PaymentOrder{Amount: Amount(amount), On: Day(on), Kind: model.PaymentTransfer}))
}

// Received records money for an invoice of FCT on the web.
func (o *Office) Received(number, amount string) *Office {
	o.t.Helper()
	return o.Web(func(server *sandbox.Server) error { return server.Receive(Company, "FCT", number, Amount(amount)) })
}

// Deleted takes away a document on the web.
func (o *Office) Deleted(invoice model.Invoice) *Office {
	o.t.Helper()
	return o.Web(func(server *sandbox.Server) error {
		return server.DeleteOnWeb(Company, sandbox.InvoiceSeries, invoice.Series, invoice.Number)
	})
}

// Next sets the number that a series gives next.
func (o *Office) Next(series string, number int) *Office {
	o.t.Helper()
	kind := sandbox.InvoiceSeries
	switch series {
	case "PRF":
		kind = sandbox.EstimateSeries
	case "CH":
		kind = sandbox.ReceiptSeries
	}
	return o.Web(func(server *sandbox.Server) error { return server.SetNextNumber(Company, series, kind, number) })
}

// Rates has the National Bank's exchange rates of a day, in lei by currency, at hand today, so that nobody is asked for them.
func (o *Office) Rates(published string, lei map[string]decimal.Decimal) *Office {
	o.t.Helper()
	records, err := ledger.Open(context.WithoutCancel(o.t.Context()), o.ledgerFile(), o.Now)
	if err != nil {
		o.t.Fatal(err)
	}
	rates := model.ExchangeRates{Date: Day(published), Lei: lei, Source: "BNR", Asked: o.Now()}
	if err := errors.Join(records.KeepExchangeRates(o.t.Context(), o.Today(), rates), records.Close()); err != nil {
		o.t.Fatal(err)
	}
	return o
}
