package smartbill_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

func sandboxCredentials(server *sandbox.Server, baseURL string) model.Credentials {
	return model.Credentials{Email: server.Email(), Token: model.Secret(server.Token()), CIF: server.CIF(), BaseURL: baseURL}
}

// listening runs the simulator on a real socket.
func listening(t *testing.T, config sandbox.Config) (*sandbox.Server, *smartbill.Client) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	server := sandbox.New(config)
	listener, err := server.Serve(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	client := newClient(t, sandboxCredentials(server, listener.BaseURL()))
	t.Cleanup(func() {
		cancel()
		if err := listener.Wait(); err != nil {
			t.Error(err)
		}
	})
	return server, client
}

// sandboxInvoice is an ordinary invoice of the simulator's company, to a buyer whom ANAF knows.
func sandboxInvoice(server *sandbox.Server) model.PreparedInvoice {
	invoice := workInvoice()
	invoice.CIF, invoice.Client.VATNumber = server.CIF(), "RO14399840"
	return invoice
}

// TestWholeLifeOfAnInvoice goes from the account's lists to the cancelled invoice.
func TestWholeLifeOfAnInvoice(t *testing.T) {
	server, client := listening(t, sandbox.Config{})
	rates, err := client.Rates(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if rate, ok := rates.ByName("normala"); !ok || rate.Percent.String() != "21" {
		t.Errorf("rates %v", rates)
	}
	counter := next(t, client)

	issued, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, sandboxInvoice(server)))
	if err != nil || issued.Series != "FCT" || issued.Number != "0001" {
		t.Fatalf("issued %+v, err %v", issued, err)
	}
	if got := next(t, client); got != counter+1 {
		t.Errorf("the counter went from %d to %d", counter, got)
	}
	kept := server.Invoices()[0]
	if want := sandboxInvoice(server).Totals(); !kept.Totals.Total.Equal(want.Total) || !kept.Totals.VAT.Equal(want.VAT) {
		t.Errorf("shown %s, made %s", want.Total, kept.Totals.Total)
	}
	file, err := client.PDF(t.Context(), issued.Series, issued.Number)
	if err != nil || !bytes.HasPrefix(file, []byte("%PDF-")) {
		t.Errorf("PDF %.20q, err %v", file, err)
	}
	checkPaid(t, server, client, issued)
	for range 2 {
		if err := client.Cancel(t.Context(), issued.Series, issued.Number); err != nil {
			t.Fatal(err)
		}
	}
	if got := server.Invoices()[0].State; got != sandbox.StateCancelled {
		t.Errorf("state %s", got)
	}
}

func checkPaid(t *testing.T, server *sandbox.Server, client *smartbill.Client, issued model.Issued) {
	t.Helper()
	if err := server.Receive(server.CIF(), issued.Series, issued.Number, decimal.NewFromInt(50)); err != nil {
		t.Fatal(err)
	}
	total, paid, unpaid, err := client.PaymentStatus(t.Context(), issued.Series, issued.Number)
	if err != nil || !paid.Equal(decimal.NewFromInt(50)) || !total.Equal(paid.Add(unpaid)) {
		t.Errorf("payment %s %s %s, err %v", total, paid, unpaid, err)
	}
}

func next(t *testing.T, client *smartbill.Client) int64 {
	t.Helper()
	series, err := client.Series(t.Context(), model.SeriesInvoice)
	if err != nil {
		t.Fatal(err)
	}
	found, ok := model.Account{Series: series}.SeriesNamed("FCT", model.SeriesInvoice)
	if !ok {
		t.Fatalf("series %v", series)
	}
	return found.Next
}

func TestSmartBillDraftHasNoNumber(t *testing.T) {
	server, client := listening(t, sandbox.Config{})
	invoice := sandboxInvoice(server)
	invoice.Unfinished = true
	issued, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, invoice))
	if err != nil || issued.Number != "" || issued.DocumentID == "" || issued.Series != "FCT" {
		t.Errorf("issued %+v, err %v", issued, err)
	}
}

func TestCompanyWithoutVAT(t *testing.T) {
	server := sandbox.New(sandbox.Config{})
	given := sandboxCredentials(server, server.BaseURL())
	given.CIF = sandbox.DefaultNonPayerCIF
	client := newClient(t, given, smartbill.WithTransport(sandbox.Transport(server)))
	if rates, err := client.Rates(t.Context()); err != nil || len(rates) != 0 {
		t.Errorf("rates %v, err %v", rates, err)
	}
	invoice := workInvoice()
	invoice.CIF = sandbox.DefaultNonPayerCIF
	for i := range invoice.Lines {
		invoice.Lines[i].VAT = model.VATRate{}
	}
	if issued, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, invoice)); err != nil || issued.Number != "0001" {
		t.Errorf("issued %+v, err %v", issued, err)
	}
}

func TestSandboxRefusalsByTheirKind(t *testing.T) {
	cases := []struct {
		name  string
		spoil func(*model.PreparedInvoice)
		kinds []string
	}{
		{"series", func(p *model.PreparedInvoice) { p.Series = "XYZ" }, []string{"series", "refused"}},
		{"VAT", func(p *model.PreparedInvoice) { p.Lines[0].VAT.Percent = dec("19") }, []string{"vat", "refused"}},
		{"company", func(p *model.PreparedInvoice) { p.CIF = "RO1" }, []string{"company", "refused"}},
		{"client", func(p *model.PreparedInvoice) { p.Client.Name = "" }, []string{"refused"}},
	}
	for _, soft := range []bool{false, true} {
		server, client := listening(t, sandbox.Config{SoftRefusals: soft})
		for _, c := range cases {
			invoice := sandboxInvoice(server)
			c.spoil(&invoice)
			_, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, invoice))
			checkKinds(t, err, c.kinds...)
		}
		if made := server.Invoices(); len(made) != 0 {
			t.Errorf("made %v", made)
		}
	}
}

// TestEveryFaultOfACreation compares what the adapter says with what the simulator did.
func TestEveryFaultOfACreation(t *testing.T) {
	cases := map[sandbox.Kind][]string{
		sandbox.RefuseConnection: {"not sent", "unavailable"},
		sandbox.LockOut:          {"unknown", "limit"},
		sandbox.BadGateway:       {"unknown"},
		sandbox.CommitAndDrop:    {"unknown"}, sandbox.CommitAndHang: {"unknown"}, sandbox.CommitAndError: {"unknown"},
		sandbox.CommitAndBreak: {"unknown"},
		sandbox.CommitAndEmpty: {"unknown"}, sandbox.CommitAndTruncate: {"unknown"}, sandbox.CommitAndBabble: {"unknown"},
		sandbox.CommitAndContradict: {"unknown"}, sandbox.CommitAndForget: {"unknown"},
	}
	for kind, want := range cases {
		t.Run(string(kind), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := sandbox.New(sandbox.Config{})
				server.Script(sandbox.Fault{Operation: "POST /invoice", Kind: kind})
				client := newClient(t, sandboxCredentials(server, server.BaseURL()), smartbill.WithTransport(sandbox.Transport(server)))
				_, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, sandboxInvoice(server)))
				checkKinds(t, err, want...)
				if len(server.Invoices()) > 0 && !errors.Is(err, model.ErrOutcomeUnknown) {
					t.Errorf("an invoice was made that the adapter denies: %v", err)
				}
				if server.Calls("POST /invoice")+server.Calls("POST /invoice/v2") > 1 {
					t.Errorf("calls %v", server.CallCounts())
				}
			})
		})
	}
}

func TestMissingPathLeadsToTheNewerOne(t *testing.T) {
	server, client := listening(t, sandbox.Config{})
	server.Script(sandbox.Fault{Operation: "POST /invoice", Kind: sandbox.NotFound})
	issued, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, sandboxInvoice(server)))
	if err != nil || issued.Number != "0001" || issued.DocumentURL == "" || len(server.Invoices()) != 1 {
		t.Errorf("issued %+v, err %v", issued, err)
	}
}
