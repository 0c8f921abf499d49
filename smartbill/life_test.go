package smartbill_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// issued makes an invoice in the simulator.
func issued(t *testing.T, server *sandbox.Server, client *smartbill.Client, kind model.Kind, series string) model.Issued {
	t.Helper()
	invoice := sandboxInvoice(server)
	invoice.Kind, invoice.Series = kind, series
	made, err := client.Issue(t.Context(), kind, request(t, client, invoice))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestCancelledInvoiceComesBack(t *testing.T) {
	server, client := listening(t, sandbox.Config{})
	made := issued(t, server, client, model.KindInvoice, "FCT")
	for _, step := range []struct {
		act  func(context.Context, string, string) error
		want sandbox.State
	}{{client.Cancel, sandbox.StateCancelled}, {client.Restore, sandbox.StateIssued}, {client.Restore, sandbox.StateIssued}} {
		if err := step.act(t.Context(), made.Series, made.Number); err != nil {
			t.Fatal(err)
		}
		if got := server.Invoices()[0].State; got != step.want {
			t.Errorf("state %s, want %s", got, step.want)
		}
	}
	checkKinds(t, client.Restore(t.Context(), "FCT", "9999"), "not found", "refused")
}

// TestChangesArriveThoughTheirAnswersAreLost: the second try finds what the first has done.
func TestChangesArriveThoughTheirAnswersAreLost(t *testing.T) {
	server, client := listening(t, sandbox.Config{})
	invoice := issued(t, server, client, model.KindInvoice, "FCT")
	proforma := issued(t, server, client, model.KindProforma, "PRF")
	for _, c := range []struct {
		path string
		act  func(context.Context, string, string) error
		made model.Issued
	}{
		{"PUT /invoice/cancel", client.Cancel, invoice}, {"PUT /invoice/restore", client.Restore, invoice},
		{"PUT /estimate/cancel", client.CancelEstimate, proforma}, {"PUT /estimate/restore", client.RestoreEstimate, proforma},
	} {
		server.Script(sandbox.Fault{Operation: c.path, Kind: sandbox.CommitAndDrop})
		if err := c.act(t.Context(), c.made.Series, c.made.Number); err != nil {
			t.Errorf("%s: %v", c.path, err)
		}
		if got := server.Calls(c.path); got != 2 {
			t.Errorf("%s: %d calls", c.path, got)
		}
	}
}

func TestStornoUndoesAnInvoiceOnce(t *testing.T) {
	server, client := listening(t, sandbox.Config{})
	made := issued(t, server, client, model.KindInvoice, "FCT")
	storno, err := client.Reverse(t.Context(), made.Series, made.Number, model.Date{})
	if err != nil || storno.Series != "FCT" || storno.Number != "0002" {
		t.Fatalf("storno %+v, err %v", storno, err)
	}
	documents := server.Invoices()
	if documents[0].State != sandbox.StateReversed || documents[1].State != sandbox.StateStorno ||
		!documents[1].Totals.Total.Equal(documents[0].Totals.Total.Neg()) {
		t.Errorf("states %s %s, total %s", documents[0].State, documents[1].State, documents[1].Totals.Total)
	}
	_, err = client.Reverse(t.Context(), made.Series, made.Number, model.Date{})
	checkKinds(t, err, "refused")
	if failure, ok := errors.AsType[*smartbill.Error](err); !ok || failure.Message != "Factura este deja stornata." {
		t.Error(err)
	}
	_, err = client.Reverse(t.Context(), "FCT", "0099", model.Date{})
	checkKinds(t, err, "not found", "refused")
	_, err = client.Reverse(t.Context(), storno.Series, storno.Number, model.Date{})
	checkKinds(t, err, "refused")
}

func TestProformaBecomesAnInvoice(t *testing.T) {
	server, client := listening(t, sandbox.Config{})
	proforma := issued(t, server, client, model.KindProforma, "PRF")
	if file, err := client.EstimatePDF(t.Context(), "PRF", proforma.Number); err != nil || !bytes.HasPrefix(file, []byte("%PDF-")) {
		t.Errorf("PDF %.20q, err %v", file, err)
	}
	if made, err := client.EstimateInvoices(t.Context(), "PRF", proforma.Number); err != nil || len(made) != 0 {
		t.Errorf("invoices %v, err %v", made, err)
	}
	body, err := client.ConversionRequest(sandboxInvoice(server), "PRF", proforma.Number)
	if err != nil {
		t.Fatal(err)
	}
	invoice, err := client.Issue(t.Context(), model.KindInvoice, body)
	if err != nil || invoice.Number != "0001" {
		t.Fatalf("invoice %+v, err %v", invoice, err)
	}
	made, err := client.EstimateInvoices(t.Context(), "PRF", proforma.Number)
	if diff := cmp.Diff([]model.Issued{{Series: "FCT", Number: "0001"}}, made); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if kept := server.Invoices()[0]; !kept.Totals.Total.Equal(server.Estimates()[0].Totals.Total) ||
		kept.Mentions != sandboxInvoice(server).Mentions() {
		t.Errorf("made %+v", kept)
	}
}

func TestProformaThatDoesNotExist(t *testing.T) {
	server, client := listening(t, sandbox.Config{})
	_, err := client.EstimateInvoices(t.Context(), "PRF", "0099")
	checkKinds(t, err, "not found")
	_, err = client.EstimatePDF(t.Context(), "PRF", "0099")
	checkKinds(t, err, "not found")
	checkKinds(t, client.CancelEstimate(t.Context(), "PRF", "0099"), "not found", "refused")
	body, err := client.ConversionRequest(sandboxInvoice(server), "PRF", "0099")
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Issue(t.Context(), model.KindInvoice, body)
	checkKinds(t, err, "not found", "refused")
}

func TestPaymentsAreRecorded(t *testing.T) {
	server, client := listening(t, sandbox.Config{})
	made := issued(t, server, client, model.KindInvoice, "FCT")
	if err := client.RecordPayment(t.Context(), "Ordin plata", "FCT", made.Number, dec("100.10"), "RON", model.Date{}); err != nil {
		t.Fatal(err)
	}
	receipt, err := client.RecordReceipt(t.Context(), "CH", "FCT", made.Number, dec("50"), "RON", model.Date{})
	if err != nil || receipt != (model.Issued{Series: "CH", Number: "0001"}) {
		t.Fatalf("receipt %+v, err %v", receipt, err)
	}
	if _, paid, _, err := client.PaymentStatus(t.Context(), "FCT", made.Number); err != nil || !paid.Equal(dec("150.10")) {
		t.Errorf("paid %s, err %v", paid, err)
	}
	_, err = client.RecordReceipt(t.Context(), "XX", "FCT", made.Number, dec("50"), "RON", model.Date{})
	checkKinds(t, err, "series", "refused")
}

func TestDocumentIsMailed(t *testing.T) {
	server, client := listening(t, sandbox.Config{})
	made := issued(t, server, client, model.KindInvoice, "FCT")
	err := client.SendDocument(t.Context(), model.KindInvoice, "FCT", made.Number, model.Email{
		To: "ana@cires.example, ion@cires.example", CC: "conta@cires.example", BCC: "eu@firma.example", Subject: "Factura nouă",
		Message: "Bună ziua,\natașat.",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []sandbox.Mail{{Document: "FCT0001", To: "ana@cires.example, ion@cires.example", CC: "conta@cires.example",
		BCC: "eu@firma.example", Subject: "Factura nouă", Body: "Bună ziua,\natașat."}}
	if diff := cmp.Diff(want, server.Mails()); diff != "" {
		t.Error(diff)
	}
	checkKinds(t, client.SendDocument(t.Context(), model.KindProforma, "FCT", made.Number, model.Email{}), "not found", "refused")
	checkKinds(t, client.SendDocument(t.Context(), model.KindInvoice, "FCT", made.Number, model.Email{To: "nobody"}), "address", "refused")
}

// TestNoFaultIsTakenForMoreThanItProves runs every fault against every operation that must not be repeated, and holds
// what the adapter says against what the simulator did.
func TestNoFaultIsTakenForMoreThanItProves(t *testing.T) {
	acts := map[string]func(context.Context, *smartbill.Client) error{
		"POST /invoice/reverse": func(ctx context.Context, c *smartbill.Client) error {
			_, err := c.Reverse(ctx, "FCT", "0001", model.Date{})
			return err
		},
		"POST /payment": func(ctx context.Context, c *smartbill.Client) error {
			_, err := c.RecordReceipt(ctx, "CH", "FCT", "0001", dec("50"), "RON", model.Date{})
			return err
		},
		"POST /document/send": func(ctx context.Context, c *smartbill.Client) error {
			return c.SendDocument(ctx, model.KindInvoice, "FCT", "0001", model.Email{To: "ana@cires.example"})
		},
	}
	for path, act := range acts {
		for _, kind := range []sandbox.Kind{
			sandbox.RefuseConnection, sandbox.LockOut, sandbox.BadGateway, sandbox.NotFound, sandbox.CommitAndDrop, sandbox.CommitAndHang,
			sandbox.CommitAndError, sandbox.CommitAndBreak, sandbox.CommitAndEmpty, sandbox.CommitAndTruncate, sandbox.CommitAndBabble,
		} {
			t.Run(path+" "+string(kind), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { checkFault(t, path, kind, act) })
			})
		}
	}
}

func checkFault(t *testing.T, path string, kind sandbox.Kind, act func(context.Context, *smartbill.Client) error) {
	t.Helper()
	server := sandbox.New(sandbox.Config{})
	client := newClient(t, sandboxCredentials(server, server.BaseURL()), smartbill.WithTransport(sandbox.Transport(server)))
	issued(t, server, client, model.KindInvoice, "FCT")
	server.Script(sandbox.Fault{Operation: path, Kind: kind})
	err := act(t.Context(), client)
	if err == nil {
		t.Error("a fault was taken for a success")
	}
	done := len(server.Invoices()) > 1 || len(server.Mails()) > 0 || server.Invoices()[0].Paid.IsPositive()
	if done && !errors.Is(err, model.ErrOutcomeUnknown) {
		t.Errorf("it was done, and the adapter denies it: %v", err)
	}
	if server.Calls(path) > 1 {
		t.Errorf("%d calls", server.Calls(path))
	}
}

// An inspector finds nothing wrong with an invoice of VAT on collection, whether it is made at once or from a proforma.
func TestVATOnCollectionPleasesANAF(t *testing.T) {
	account := sandbox.DefaultAccount()
	account.Companies[0].VATOnCollection = true
	server, client := listening(t, sandbox.Config{Accounts: []sandbox.Account{account}, ANAF: true})
	invoice := sandboxInvoice(server)
	invoice.Treatment = model.ProposeTreatment(model.Issuer{OnCollection: true, Rate: "Normala"}, invoice.Client)
	if _, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, invoice)); err != nil {
		t.Fatal(err)
	}
	proforma, err := client.Issue(t.Context(), model.KindProforma, request(t, client, invoice.AsProforma("PRF")))
	if err != nil {
		t.Fatal(err)
	}
	body, err := client.ConversionRequest(invoice, "PRF", proforma.Number)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Issue(t.Context(), model.KindInvoice, body); err != nil {
		t.Fatal(err)
	}
	for _, kept := range server.Invoices() {
		if !kept.OnCollection || kept.Mentions != "TVA la încasare | Mulțumim | Ref: CAD-7F3K2Q" {
			t.Errorf("kept %+v", kept)
		}
	}
}
