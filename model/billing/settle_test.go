package billing_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
)

const printing = "GET /invoice/pdf"

// lose issues the invoice with a fault that leaves its outcome unknown.
func (o *office) lose(tb testing.TB, remote *sandbox.Server, kind sandbox.Kind, wanted model.PreparedInvoice) model.Invoice {
	tb.Helper()
	remote.Script(sandbox.Fault{Operation: creation, Kind: kind})
	invoice, err := o.service.Issue(tb.Context(), wanted)
	if !errors.Is(err, model.ErrOutcomeUnknown) || invoice.Status != model.StatusUnknown {
		tb.Fatalf("it is %s (%v)", invoice.Status, err)
	}
	remote.ClearFaults()
	return invoice
}

// settle settles an invoice and expects the conclusion, and that the answer agrees with the ledger.
func (o *office) settle(tb testing.TB, reference string, want model.Conclusion) model.Settlement {
	tb.Helper()
	settlement, err := o.service.Settle(tb.Context(), reference)
	if err != nil {
		tb.Fatal(err)
	}
	if settlement.Conclusion != want {
		tb.Fatalf("concluded %q, want %q:\n%+v", settlement.Conclusion, want, settlement.Candidates)
	}
	if got := o.status(tb, settlement.Invoice.Intent); got != settlement.Invoice.Status {
		tb.Fatalf("the settlement says %s, the ledger %s", settlement.Invoice.Status, got)
	}
	return settlement
}

// foreign issues an invoice on the web, to somebody else over something else.
func foreign(tb testing.TB, remote *sandbox.Server) { foreignOver(tb, remote, 700) }

// foreignOver issues an invoice of so much net on the web; 100 is what an invoice of one hour comes to.
func foreignOver(tb testing.TB, remote *sandbox.Server, net int64) {
	tb.Helper()
	if _, err := remote.IssueForeign(remote.CIF(), sandbox.Foreign{Series: "FCT", Net: decimal.NewFromInt(net)}); err != nil {
		tb.Fatal(err)
	}
}

// nothingFound has SmartBill say of every document, for good, that there is none.
func nothingFound(remote *sandbox.Server) {
	for _, operation := range []string{printing, balancing, "GET /estimate/pdf", "GET /estimate/invoices"} {
		remote.Script(sandbox.Fault{Operation: operation, Kind: sandbox.FindNothing, Times: -1})
	}
}

// balancing asks what an invoice amounts to.
const balancing = "GET /invoice/paymentstatus"

func deleteLast(tb testing.TB, remote *sandbox.Server) {
	tb.Helper()
	if _, err := remote.DeleteLast(remote.CIF(), "FCT"); err != nil {
		tb.Fatal(err)
	}
}

// wait lets simulated time pass.
func wait(duration time.Duration) { <-time.After(duration) }

const settleAfter = 2 * time.Minute

// TestSettling is the table of what evidence says. Each row loses an invoice in its own way, after FCT-0001 was issued.
func TestSettling(t *testing.T) {
	for name, test := range map[string]struct {
		// before happens before the invoice is lost, after between that and the settling.
		before, after func(testing.TB, *sandbox.Server)
		fault         sandbox.Kind
		want          model.Conclusion
		becomes       string
		verdicts      map[string]model.Verdict
	}{
		"it was made": {
			fault: sandbox.CommitAndDrop, want: model.ConclusionAdopted, becomes: "FCT-0002",
			verdicts: map[string]model.Verdict{"0001": model.VerdictHeld, "0002": model.VerdictOurs},
		},
		"it was not made": {
			fault: sandbox.BadGateway, want: model.ConclusionNotIssued,
			verdicts: map[string]model.Verdict{"0001": model.VerdictHeld},
		},
		"somebody else's was made in its place": {
			fault: sandbox.BadGateway, after: foreign, want: model.ConclusionNotIssued,
			verdicts: map[string]model.Verdict{"0001": model.VerdictHeld, "0002": model.VerdictForeign},
		},
		"it was made, then somebody else's": {
			fault: sandbox.CommitAndDrop, after: foreign, want: model.ConclusionAdopted, becomes: "FCT-0002",
			verdicts: map[string]model.Verdict{"0002": model.VerdictOurs, "0003": model.VerdictForeign},
		},
		"it was made and deleted": {
			fault: sandbox.CommitAndDrop, after: deleteLast, want: model.ConclusionNotIssued,
		},
		"it was made and deleted, and its number given again": {
			fault: sandbox.CommitAndDrop, want: model.ConclusionNotIssued,
			after: func(tb testing.TB, remote *sandbox.Server) {
				deleteLast(tb, remote)
				foreign(tb, remote)
			},
			verdicts: map[string]model.Verdict{"0002": model.VerdictForeign},
		},
		"the number of an invoice of ours was deleted and given to it": {
			fault: sandbox.CommitAndDrop, before: deleteLast, want: model.ConclusionAdopted, becomes: "FCT-0001",
			verdicts: map[string]model.Verdict{"0001": model.VerdictOurs},
		},
		"the counter moved back": {
			fault: sandbox.BadGateway, want: model.ConclusionNotIssued, before: foreign, after: deleteLast,
			verdicts: map[string]model.Verdict{"0001": model.VerdictHeld},
		},
		"the counter was set back after it was made": {
			fault: sandbox.CommitAndDrop, want: model.ConclusionAdopted, becomes: "FCT-0002",
			after: func(tb testing.TB, remote *sandbox.Server) {
				if err := remote.SetNextNumber(remote.CIF(), "FCT", sandbox.InvoiceSeries, 1); err != nil {
					tb.Fatal(err)
				}
			},
		},
		"somebody else's has our total": {
			fault: sandbox.BadGateway, want: model.ConclusionUndecided,
			after:    func(tb testing.TB, remote *sandbox.Server) { foreignOver(tb, remote, 100) },
			verdicts: map[string]model.Verdict{"0002": model.VerdictUndecided},
		},
		"everything is not found": {
			fault: sandbox.CommitAndDrop, want: model.ConclusionUndecided,
			after:    func(_ testing.TB, remote *sandbox.Server) { nothingFound(remote) },
			verdicts: map[string]model.Verdict{"0001": model.VerdictUndecided, "0002": model.VerdictUndecided},
		},
		"the counter was set far ahead": {
			fault: sandbox.BadGateway, want: model.ConclusionNotIssued,
			after: func(tb testing.TB, remote *sandbox.Server) {
				if err := remote.SetNextNumber(remote.CIF(), "FCT", sandbox.InvoiceSeries, 4); err != nil {
					tb.Fatal(err)
				}
			},
			verdicts: map[string]model.Verdict{"0002": model.VerdictAbsent, "0003": model.VerdictAbsent},
		},
		"no PDF can be had": {
			fault: sandbox.CommitAndDrop, want: model.ConclusionUndecided,
			after: func(_ testing.TB, remote *sandbox.Server) {
				remote.Script(sandbox.Fault{Operation: printing, Kind: sandbox.BadGateway, Times: -1})
			},
			verdicts: map[string]model.Verdict{"0001": model.VerdictUndecided, "0002": model.VerdictUndecided},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				office.issue(t, invoiceOf(7))
				if test.before != nil {
					test.before(t, remote)
				}
				lost := office.lose(t, remote, test.fault, invoiceOf(8))
				if test.after != nil {
					test.after(t, remote)
				}
				wait(settleAfter)
				settlement := office.settle(t, lost.Intent, test.want)
				checkSettled(t, office, settlement, test.becomes)
				for _, candidate := range settlement.Candidates {
					if want, ok := test.verdicts[candidate.Number]; ok && candidate.Verdict != want {
						t.Errorf("%s is %s (%s), want %s", candidate.Number, candidate.Verdict, candidate.Reason, want)
					}
					delete(test.verdicts, candidate.Number)
				}
				if len(test.verdicts) > 0 {
					t.Errorf("without a verdict: %v", test.verdicts)
				}
			})
		})
	}
}

// checkSettled expects the invoice, and its hour 8, to be what the conclusion says.
func checkSettled(t *testing.T, office *office, settlement model.Settlement, becomes string) {
	t.Helper()
	invoice, hour := settlement.Invoice, office.hour(t, 8)
	want := "reserved by " + invoice.Intent
	switch settlement.Conclusion {
	case model.ConclusionAdopted:
		want = "billed by " + becomes
		if invoice.Status != model.StatusIssued || invoice.Reference() != becomes {
			t.Errorf("it is %s, %s", invoice.Status, invoice.Reference())
		}
	case model.ConclusionNotIssued:
		want = "free"
		if invoice.Status != model.StatusNotIssued {
			t.Errorf("it is %s", invoice.Status)
		}
	default:
		if invoice.Status != model.StatusUnknown {
			t.Errorf("it is %s", invoice.Status)
		}
	}
	if hour != want {
		t.Errorf("the hour is %s, want %s", hour, want)
	}
}

func TestSmartBillIsGivenItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.lose(t, remote, sandbox.BadGateway, invoiceOf(8))
		early := office.settle(t, lost.Intent, model.ConclusionWait)
		if until := early.WaitUntil.Sub(remote.Now()); until <= 0 || until > settleAfter || early.CounterBefore != 1 || early.CounterNow != 1 {
			t.Errorf("to wait for %v, counter %d and %d", until, early.CounterBefore, early.CounterNow)
		}
		for name, decide := range map[string]func(context.Context, string) (model.Invoice, error){
			"released": office.service.Release, "sent again": office.service.Resend,
		} {
			_, err := decide(t.Context(), lost.Intent)
			if early, ok := errors.AsType[*model.WaitError](err); !ok || !early.Until.After(remote.Now()) {
				t.Errorf("%s too early, error is %v", name, err)
			}
		}
		if got := office.hour(t, 8); got != "reserved by "+lost.Intent {
			t.Errorf("the hour is %s", got)
		}
		wait(settleAfter)
		office.settle(t, lost.Intent, model.ConclusionNotIssued)
		if again := office.issue(t, invoiceOf(8)); again.Reference() != "FCT-0001" {
			t.Errorf("billed again, it is %s", again.Reference())
		}
	})
}

func TestTemplateThatIsNotKnownToPrintProvesNothing(t *testing.T) {
	for name, test := range map[string]struct {
		options []billing.Option
		printed bool
		want    model.Conclusion
	}{
		"nothing is known":              {nil, true, model.ConclusionUndecided},
		"the settings say so":           {[]billing.Option{billing.WithTemplatePrints(true)}, true, model.ConclusionNotIssued},
		"the reference was not printed": {[]billing.Option{billing.WithTemplatePrints(true)}, false, model.ConclusionUndecided},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				office.service = billing.New(office.records, office.provider, test.options...)
				wanted := invoiceOf(8)
				wanted.PrintIntent = test.printed
				lost := office.lose(t, remote, sandbox.BadGateway, wanted)
				foreign(t, remote)
				wait(settleAfter)
				settlement := office.settle(t, lost.Intent, test.want)
				checkSettled(t, office, settlement, "")
				if total := settlement.Candidates[0].Total; !total.Valid || total.Decimal.String() != "847" {
					t.Errorf("what it amounts to is %v", total)
				}
			})
		})
	}
}

// blank prints an invoice on a template that has no room for mentions.
func blank(reference string) []byte {
	sheet := fpdf.New("P", "mm", "A4", "")
	sheet.AddPage()
	sheet.SetFont("Helvetica", "", 10)
	sheet.Cell(0, 10, reference)
	var file bytes.Buffer
	_ = sheet.Output(&file)
	return file.Bytes()
}

func TestUserDecidesWhatEvidenceCannot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		provider := &interposed{Provider: office.provider}
		provider.pdf = func(_ context.Context, series, number string) ([]byte, error) { return blank(series + number), nil }
		office.service = billing.New(office.records, provider)
		lost := office.lose(t, remote, sandbox.CommitAndDrop, invoiceOf(8))
		wait(settleAfter)
		settlement := office.settle(t, lost.Intent, model.ConclusionUndecided)
		if candidate := settlement.Candidates[0]; !candidate.HasPDF || !candidate.ShowsNumber || candidate.CarriesReference {
			t.Errorf("the candidate is %+v", candidate)
		}
		adopted, err := office.service.Adopt(t.Context(), lost.Intent, "1")
		if err != nil || adopted.Reference() != "FCT-0001" || office.hour(t, 8) != "billed by FCT-0001" {
			t.Errorf("adopted, it is %+v (%v)", adopted, err)
		}
		if _, err := office.service.Settle(t.Context(), lost.Intent); !errors.Is(err, model.ErrStateChanged) {
			t.Errorf("settled again, error is %v", err)
		}
	})
}

func TestOnlyWhatMayBeOursIsAdopted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, invoiceOf(7))
		lost := office.lose(t, remote, sandbox.BadGateway, invoiceOf(8))
		for number, want := range map[string]error{
			"0001": model.ErrNotOurs, "0002": model.ErrNotFound, "9999999999999999999999": model.ErrInvalidField, "two": model.ErrInvalidField, "-1": model.ErrInvalidField, "": model.ErrInvalidField,
		} {
			if _, err := office.service.Adopt(t.Context(), lost.Intent, number); !errors.Is(err, want) {
				t.Errorf("%q: error is %v", number, err)
			}
		}
		if _, err := office.service.Adopt(t.Context(), "FCT-0001", "0002"); !errors.Is(err, model.ErrStateChanged) {
			t.Errorf("of an issued invoice, error is %v", err)
		}
		if got := office.hour(t, 8); got != "reserved by "+lost.Intent {
			t.Errorf("the hour is %s", got)
		}
	})
}

func TestLockOutInTheMiddleOfSettlingLeavesItUnknown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, invoiceOf(7))
		lost := office.lose(t, remote, sandbox.CommitAndDrop, invoiceOf(8))
		wait(settleAfter)
		remote.Script(sandbox.Fault{Operation: printing, Kind: sandbox.LockOut, Nth: 2})
		settlement, err := office.service.Settle(t.Context(), lost.Intent)
		if !errors.Is(err, model.ErrRateLimited) || settlement.Conclusion != model.ConclusionUndecided || len(settlement.Candidates) == 0 {
			t.Errorf("concluded %q of %d candidates (%v)", settlement.Conclusion, len(settlement.Candidates), err)
		}
		calls := remote.Calls(printing)
		if _, err := office.service.Settle(t.Context(), lost.Intent); !errors.Is(err, model.ErrRateLimited) || remote.Calls(printing) != calls {
			t.Errorf("while locked out, error is %v and %d calls were made", err, remote.Calls(printing)-calls)
		}
		if got := office.status(t, lost.Intent); got != model.StatusUnknown {
			t.Errorf("it is %s", got)
		}
		wait(11 * time.Minute)
		office.settle(t, lost.Intent, model.ConclusionAdopted)
	})
}

func TestTwoSeriesAreSettledEachByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		other := invoiceOf(9)
		other.Series = "ABC"
		first, second := office.lose(t, remote, sandbox.CommitAndDrop, invoiceOf(8)), office.lose(t, remote, sandbox.BadGateway, other)
		wait(settleAfter)
		office.settle(t, second.Intent, model.ConclusionNotIssued)
		office.settle(t, first.Intent, model.ConclusionAdopted)
		if got := office.hour(t, 8) + ", " + office.hour(t, 9); got != "billed by FCT-0001, free" {
			t.Errorf("the hours are %s", got)
		}
	})
}

func TestClockThatIsSetBackKeepsNobodyWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		ahead := 24 * time.Hour
		office := openOfficeAt(t, remote, func() time.Time { return remote.Now().Add(ahead) })
		lost := office.lose(t, remote, sandbox.BadGateway, invoiceOf(8))
		ahead = 0
		office.settle(t, lost.Intent, model.ConclusionWait)
		wait(settleAfter)
		office.settle(t, lost.Intent, model.ConclusionNotIssued)
	})
}
