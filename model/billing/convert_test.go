package billing_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
)

func TestConversionMovesTheHoursToOneInvoice(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, proforma(8, 9))
	invoice, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT"))
	if err != nil || invoice.Reference() != "FCT-0001" || invoice.Kind != model.KindInvoice || invoice.Proforma != "PRF-0001" {
		t.Fatalf("it is %+v (%v)", invoice, err)
	}
	if got := office.hour(t, 8); got != "billed by FCT-0001" {
		t.Errorf("the hour is %s", got)
	}
	made := remote.Invoices()[0]
	if made.MadeFrom != "PRF0001" || !strings.Contains(made.Mentions, invoice.Intent) || !made.Totals.Total.Equal(invoice.Total) {
		t.Errorf("SmartBill has %s, %q, over %s", made.MadeFrom, made.Mentions, made.Totals.Total)
	}
	if detail, err := office.records.Detail(t.Context(), "PRF-0001"); err != nil || detail.InvoicedAs != "FCT-0001" ||
		detail.DisplayStatus(later()) != "invoiced" {
		t.Errorf("the proforma became %q, %s (%v)", detail.InvoicedAs, detail.DisplayStatus(later()), err)
	}
	// Whatever becomes of the invoice, there is no second one, and the proforma never takes its hours back.
	for _, then := range []func() error{
		func() error { return nil },
		func() error { _, err := office.service.Cancel(t.Context(), "FCT-0001"); return err },
		func() error { _, err := office.service.Restore(t.Context(), "FCT-0001"); return err },
		func() error { _, err := office.service.Storno(t.Context(), "FCT-0001", later()); return err },
	} {
		if err := then(); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(office.hour(t, 8), "PRF-0001") {
			t.Errorf("the hour is %s", office.hour(t, 8))
		}
		if _, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT")); !errors.Is(err, model.ErrStateChanged) {
			t.Errorf("converted again: %v", err)
		}
		if _, err := office.service.Cancel(t.Context(), "PRF-0001"); !errors.Is(err, model.ErrStateChanged) {
			t.Errorf("given up: %v", err)
		}
	}
	if made, calls := len(remote.Invoices()), remote.Calls(creation); made != 2 || calls != 1 {
		t.Errorf("%d documents by %d calls", made, calls)
	}
	if got := office.hour(t, 8); got != "free" {
		t.Errorf("after its storno the hour is %s", got)
	}
}

func TestWhatCannotBeConvertedSendsNothing(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	office.issue(t, proforma(9))
	calls := remote.Calls(creation)
	for name, test := range map[string]struct {
		reference, series string
		want              error
	}{
		"an invoice":       {"FCT-0001", "FCT", model.ErrStateChanged},
		"nothing":          {"PRF-0009", "FCT", model.ErrInvoiceUnknown},
		"no such series":   {"PRF-0001", "XYZ", model.ErrSeriesUnknown},
		"no series at all": {"PRF-0001", "", nil},
	} {
		_, err := office.service.Convert(t.Context(), test.reference, onSeries(test.series))
		if _, found := errors.AsType[model.Findings](err); found != (test.want == nil) || !found && !errors.Is(err, test.want) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	if remote.Calls(creation) != calls || office.hour(t, 9) != "reserved by PRF-0001" {
		t.Errorf("something was sent, or the hour is %s", office.hour(t, 9))
	}
}

// TestFaultsOfConversion breaks every call of a conversion in every way. Whatever happens, settled and tried again there
// is one invoice.
func TestFaultsOfConversion(t *testing.T) {
	every := []sandbox.Kind{
		sandbox.RefuseConnection, sandbox.LockOut, sandbox.BadGateway, sandbox.NotFound, sandbox.CommitAndDrop, sandbox.CommitAndHang,
		sandbox.CommitAndError, sandbox.CommitAndBreak, sandbox.CommitAndEmpty, sandbox.CommitAndTruncate, sandbox.CommitAndBabble,
		sandbox.CommitAndContradict, sandbox.CommitAndForget,
	}
	reading := []sandbox.Kind{sandbox.LockOut, sandbox.BadGateway, sandbox.CommitAndTruncate}
	for operation, kinds := range map[string][]sandbox.Kind{
		creation: every, asking: reading, "GET /series": reading, "GET /estimate/pdf": reading, "GET /invoice/paymentstatus": reading,
	} {
		for _, kind := range kinds {
			t.Run(operation+" "+string(kind), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					remote := newRemote(sandbox.Config{})
					office := newOffice(t, remote)
					office.issue(t, proforma(8))
					remote.Script(sandbox.Fault{Operation: operation, Kind: kind, Times: -1})
					invoice, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT"))
					remote.ClearFaults()
					checkConversion(t, office, invoice, err)
					wait(11 * settleAfter)
					if invoice.Status == model.StatusUnknown {
						settlement, err := office.service.Settle(t.Context(), invoice.Intent)
						if err != nil || settlement.Invoice.Status == model.StatusUnknown {
							t.Fatalf("settled, it is %s (%v): %s", settlement.Invoice.Status, err, settlement.Conclusion)
						}
						checkConversion(t, office, settlement.Invoice, nil)
					}
					// Whoever tries again gets the one invoice, or is told of it.
					_, _ = office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT"))
					if made := len(remote.Invoices()); made != 1 || office.hour(t, 8) != "billed by FCT-0001" {
						t.Errorf("SmartBill has %d invoices, the hour is %s", made, office.hour(t, 8))
					}
				})
			})
		}
	}
}

// checkConversion expects the hour where the state of the conversion says.
func checkConversion(t *testing.T, office *office, invoice model.Invoice, err error) {
	t.Helper()
	want := "reserved by PRF-0001"
	switch invoice.Status {
	case model.StatusIssued:
		want = "billed by " + invoice.Reference()
	case model.StatusUnknown:
		want = "reserved by " + invoice.Intent
		if _, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT")); !errors.Is(err, model.ErrSeriesBusy) {
			t.Errorf("converted while that is unknown: %v", err)
		}
		if _, err := office.service.Cancel(t.Context(), "PRF-0001"); !errors.Is(err, model.ErrStateChanged) {
			t.Errorf("given up while that is unknown: %v", err)
		}
	case model.StatusRefused, model.StatusNotIssued:
		if invoice.Proforma != "PRF-0001" {
			t.Errorf("the hours are not those of the proforma: it is %+v", invoice)
		}
	default:
		if invoice.ID != 0 {
			t.Errorf("it is %s", invoice.Status)
		}
	}
	if got := office.hour(t, 8); got != want {
		t.Errorf("it is %q (%v), and the hour %s", invoice.Status, err, got)
	}
}

// TestRefusedConversionReturnsTheHours: the account refuses the invoice; mended, it is made.
func TestRefusedConversionReturnsTheHours(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, proforma(8))
	refusing := &interposed{Provider: office.provider, conversion: func(model.PreparedInvoice, string, string) ([]byte, error) {
		return []byte(`{"companyVatCode":"` + remote.CIF() +
			`","seriesName":"FCT","useEstimateDetails":true,"estimate":{"seriesName":"PRF","number":"0077"}}`), nil
	}}
	refused, err := billing.New(office.records, refusing).Convert(t.Context(), "PRF-0001", onSeries("FCT"))
	if !errors.Is(err, model.ErrRefused) || refused.Status != model.StatusRefused {
		t.Fatalf("it is %s (%v)", refused.Status, err)
	}
	checkConversion(t, office, refused, err)
	if invoice, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT")); err != nil || invoice.Reference() != "FCT-0001" {
		t.Errorf("mended, it is %s (%v)", invoice.Reference(), err)
	}
}

// TestProformaInvoicedOnTheWebIsRecordedByDecision never makes a second invoice.
func TestProformaInvoicedOnTheWebIsRecordedByDecision(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, proforma(8))
	convertOnTheWeb(t, remote)
	_, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT"))
	if invoiced, ok := errors.AsType[*model.InvoicedError](err); !ok || !strings.Contains(err.Error(), "FCT-0001") || len(invoiced.Made) != 1 {
		t.Fatalf("error is %v", err)
	}
	if _, err := office.service.AdoptConversion(t.Context(), "PRF-0001", "0002"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("another number: %v", err)
	}
	adopted, err := office.service.AdoptConversion(t.Context(), "PRF-0001", "FCT-0001")
	if err != nil || adopted.Reference() != "FCT-0001" || adopted.Status != model.StatusIssued || adopted.TotalDiffers() ||
		!adopted.Charged.Valid {
		t.Fatalf("it is %+v (%v)", adopted, err)
	}
	if got := office.hour(t, 8); got != "billed by FCT-0001" || adopted.Proforma != "PRF-0001" {
		t.Errorf("the hour is %s, the invoice of %q", got, adopted.Proforma)
	}
	if _, err := office.service.AdoptConversion(t.Context(), "PRF-0001", "0001"); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("a second time: %v", err)
	}
	deleteLast(t, remote)
	foreign(t, remote)
	if _, err := office.service.Cancel(t.Context(), "FCT-0001"); !errors.Is(err, model.ErrNotOurs) {
		t.Errorf("its number given to another, cancelled: %v", err)
	}
	if calls := remote.Calls(creation); calls != 0 {
		t.Errorf("%d calls", calls)
	}
}

// TestListingSettlesWhatThePDFDoesNot: SmartBill names the invoice of a proforma, also where no PDF tells anything.
func TestListingSettlesWhatThePDFDoesNot(t *testing.T) {
	for name, test := range map[string]struct {
		fault sandbox.Kind
		after func(testing.TB, *sandbox.Server)
		want  model.Conclusion
	}{
		"made":                        {sandbox.CommitAndDrop, nil, model.ConclusionAdopted},
		"not made, another was":       {sandbox.BadGateway, foreign, model.ConclusionNotIssued},
		"made, and another":           {sandbox.CommitAndDrop, foreign, model.ConclusionAdopted},
		"not made, but so on the web": {sandbox.BadGateway, convertOnTheWeb, model.ConclusionAdopted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				silent := proforma(8)
				office.issue(t, silent)
				remote.Script(sandbox.Fault{Operation: creation, Kind: test.fault})
				lost, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT"))
				if !errors.Is(err, model.ErrOutcomeUnknown) {
					t.Fatal(err)
				}
				if test.after != nil {
					test.after(t, remote)
				}
				wait(settleAfter)
				remote.Script(sandbox.Fault{Operation: printing, Kind: sandbox.BadGateway, Times: -1})
				settled := office.settle(t, lost.Intent, test.want)
				checkConversion(t, office, settled.Invoice, nil)
			})
		})
	}
}

// TestWebConversionBillsTheHoursOfALostOne: ours was not made, and the one that SmartBill names as made from the proforma bills
// its hours.
func TestWebConversionBillsTheHoursOfALostOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, invoiceOf(7))
		office.issue(t, proforma(8))
		remote.Script(sandbox.Fault{Operation: creation, Kind: sandbox.BadGateway})
		lost, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT"))
		if !errors.Is(err, model.ErrOutcomeUnknown) {
			t.Fatal(err)
		}
		convertOnTheWeb(t, remote)
		wait(settleAfter)
		settlement := office.settle(t, lost.Intent, model.ConclusionAdopted)
		if settlement.Invoice.Reference() != "FCT-0002" || office.hour(t, 8) != "billed by FCT-0002" {
			t.Errorf("it is %s, the hour is %s", settlement.Invoice.Reference(), office.hour(t, 8))
		}
		// It bears no reference, and can be acted on all the same.
		if _, err := office.service.Cancel(t.Context(), "FCT-0002"); err != nil || office.hour(t, 8) != "free" {
			t.Errorf("cancelled, the hour is %s (%v)", office.hour(t, 8), err)
		}
	})
}

// TestConversionThatArrivesLateIsFound: given up, it reaches SmartBill after all, and converting again finds it.
func TestConversionThatArrivesLateIsFound(t *testing.T) {
	for _, act := range []string{"convert", "resend", "settle"} {
		t.Run(act, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				office.issue(t, proforma(8))
				remote.Script(sandbox.Fault{Operation: creation, Kind: sandbox.BadGateway})
				lost, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT"))
				if !errors.Is(err, model.ErrOutcomeUnknown) {
					t.Fatal(err)
				}
				wait(settleAfter)
				office.settle(t, lost.Intent, model.ConclusionNotIssued)
				detail, err := office.records.Detail(t.Context(), lost.Intent)
				if err != nil || office.hour(t, 8) != "reserved by PRF-0001" {
					t.Fatalf("the hour is %s (%v)", office.hour(t, 8), err)
				}
				if _, err := office.provider.Issue(t.Context(), detail.Kind, detail.Request); err != nil {
					t.Fatal(err)
				}
				var found model.Invoice
				switch act {
				case "convert":
					found, err = office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT"))
				case "resend":
					found, err = office.service.Resend(t.Context(), lost.Intent)
				case "settle":
					found = office.settle(t, lost.Intent, model.ConclusionAdopted).Invoice
				}
				if err != nil || found.ID != lost.ID || found.Reference() != "FCT-0001" || len(remote.Invoices()) != 1 {
					t.Errorf("it is %s of %d invoices (%v)", found.Reference(), len(remote.Invoices()), err)
				}
				checkConversion(t, office, found, nil)
			})
		})
	}
}

func TestConversionIsSentAgainAsAConversion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, proforma(8))
		remote.Script(sandbox.Fault{Operation: creation, Kind: sandbox.BadGateway})
		lost, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT"))
		if !errors.Is(err, model.ErrOutcomeUnknown) {
			t.Fatal(err)
		}
		wait(settleAfter)
		again, err := office.service.Resend(t.Context(), lost.Intent)
		if err != nil || again.Reference() != "FCT-0001" || again.Proforma != "PRF-0001" || remote.Invoices()[0].MadeFrom != "PRF0001" {
			t.Fatalf("it is %s of %q (%v)", again.Reference(), again.Proforma, err)
		}
		checkConversion(t, office, again, nil)
	})
}

// TestOneOfTwoConversions lets several convert one proforma at once, on two series.
func TestOneOfTwoConversions(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	here := newOffice(t, remote)
	there := openOffice(t, remote, here.path)
	here.issue(t, proforma(8))
	var all sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		all.Go(func() {
			by, series := here, "FCT"
			if i%2 == 1 {
				by, series = there, "ABC"
			}
			_, errs[i] = by.service.Convert(t.Context(), "PRF-0001", onSeries(series))
		})
	}
	all.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, model.ErrSeriesBusy) && !errors.Is(err, model.ErrStateChanged):
			t.Error(err)
		}
	}
	if won != 1 || len(remote.Invoices()) != 1 {
		t.Errorf("%d succeeded, SmartBill has %d invoices", won, len(remote.Invoices()))
	}
}

// TestConversionSurvivesItsDeath ends the program before and after each call of a conversion, and finishes.
func TestConversionSurvivesItsDeath(t *testing.T) {
	for calls := range 6 {
		for _, answered := range []bool{false, true} {
			remote := newRemote(sandbox.Config{})
			here := newOffice(t, remote)
			here.issue(t, proforma(8))
			dying := billing.New(here.records, &mortal{Provider: here.provider, calls: calls, answered: answered}, billing.WithSettleAfter(0))
			survives(func() { _, _ = dying.Convert(t.Context(), "PRF-0001", onSeries("FCT")) })
			there := openOffice(t, remote, here.path)
			there.service = ready(there.records, there.provider)
			finish(t, there)
			if there.hour(t, 8) == "reserved by PRF-0001" {
				if _, err := there.service.Convert(t.Context(), "PRF-0001", onSeries("FCT")); err != nil {
					t.Errorf("%d calls, %v: %v", calls, answered, err)
				}
			}
			if got := there.hour(t, 8); got != "billed by FCT-0001" || len(remote.Invoices()) != 1 {
				t.Errorf("%d calls, %v: the hour is %s, SmartBill has %d invoices", calls, answered, got, len(remote.Invoices()))
			}
		}
	}
}
