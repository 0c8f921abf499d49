package billing_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
)

const creation = "POST /invoice"

func TestConfirmationBecomesOneInvoice(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	invoice := office.issue(t, invoiceOf(8, 9))
	if invoice.Reference() != "FCT-0001" || invoice.Status != model.StatusIssued || invoice.Counter != 1 {
		t.Errorf("the invoice is %+v", invoice)
	}
	for _, hour := range []int{8, 9} {
		if got := office.hour(t, hour); got != "billed by FCT-0001" {
			t.Errorf("hour %d is %s", hour, got)
		}
	}
	made := remote.Invoices()
	if len(made) != 1 || made[0].Totals.Total.String() != "242" || !strings.Contains(made[0].Mentions, "Ref: "+invoice.Intent) {
		t.Errorf("SmartBill has %+v", made)
	}
	detail, err := office.records.Detail(t.Context(), "FCT-0001")
	if err != nil || !bytes.Equal(detail.Request, made[0].Request) {
		t.Errorf("the ledger keeps another request than was sent (%v):\n%s\n%s", err, detail.Request, made[0].Request)
	}
	clients, err := office.records.Clients(t.Context())
	if err != nil || len(clients) != 1 || clients[0].Name != "Fabrica de Pâine SRL" {
		t.Errorf("the address book has %v (%v)", clients, err)
	}
}

func TestSecondConfirmationOfTheSameHoursMakesNothing(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	_, err := office.service.Issue(t.Context(), invoiceOf(9, 8))
	if !errors.Is(err, model.ErrEntriesTaken) || !strings.Contains(err.Error(), "FCT-0001") {
		t.Errorf("error is %v", err)
	}
	if made, calls := len(remote.Invoices()), remote.Calls(creation); made != 1 || calls != 1 {
		t.Errorf("SmartBill has %d invoices of %d calls", made, calls)
	}
	if got := office.hour(t, 9); got != "free" {
		t.Errorf("the other hour is %s", got)
	}
}

func TestInvoiceThatMustNotBeIssuedIsNotSent(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	empty, storno, foreign := invoiceOf(8), invoiceOf(8), invoiceOf(8)
	empty.Lines, storno.Kind, foreign.Series = nil, model.KindStorno, "XYZ"
	for name, test := range map[string]struct {
		invoice model.PreparedInvoice
		want    func(error) bool
	}{
		"no line":        {empty, func(err error) bool { _, ok := errors.AsType[model.Findings](err); return ok }},
		"storno":         {storno, func(err error) bool { return errors.Is(err, model.ErrInvalidField) }},
		"unknown series": {foreign, func(err error) bool { return errors.Is(err, model.ErrSeriesUnknown) }},
	} {
		if _, err := office.service.Issue(t.Context(), test.invoice); !test.want(err) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	if calls, rows := remote.Calls(creation), office.recorded(t); calls != 0 || rows != 0 {
		t.Errorf("%d calls were made, %d invoices recorded", calls, rows)
	}
}

func TestRefusedInvoiceFreesItsHours(t *testing.T) {
	for _, soft := range []bool{false, true} {
		remote := newRemote(sandbox.Config{SoftRefusals: soft})
		office := newOffice(t, remote)
		wrong := invoiceOf(8)
		wrong.Lines[0].VAT = model.VATRate{Name: "Veche", Percent: decimal.NewFromInt(24)}
		wrong.ConfirmedRates = []model.VATRate{wrong.Lines[0].VAT}
		invoice, err := office.service.Issue(t.Context(), wrong)
		if !errors.Is(err, model.ErrRefused) || !errors.Is(err, model.ErrVATUnknown) || errors.Is(err, model.ErrOutcomeUnknown) {
			t.Errorf("error is %v", err)
		}
		if invoice.Status != model.StatusRefused || !strings.Contains(invoice.Message, "Cota") {
			t.Errorf("it is %s: %q", invoice.Status, invoice.Message)
		}
		if got := office.hour(t, 8); got != "free" {
			t.Errorf("the hour is %s", got)
		}
		if again := office.issue(t, invoiceOf(8)); again.Reference() != "FCT-0001" {
			t.Errorf("mended, it became %s", again.Reference())
		}
	}
}

func TestDraftInSmartBillReservesItsHours(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	unfinished := invoiceOf(8)
	unfinished.Unfinished = true
	invoice := office.issue(t, unfinished)
	if invoice.Status != model.StatusDraftSent || invoice.Number != "" {
		t.Errorf("it is %+v", invoice)
	}
	if got := office.hour(t, 8); got != "reserved by "+invoice.Intent {
		t.Errorf("the hour is %s", got)
	}
	if next := office.issue(t, invoiceOf(9)); next.Reference() != "FCT-0001" {
		t.Errorf("the draft closed its series: %s", next.Reference())
	}
}

// TestFaultsOfCreation breaks the one call that matters in every way that the simulator knows.
func TestFaultsOfCreation(t *testing.T) {
	for _, test := range []struct {
		kind sandbox.Kind
		want model.Status
		// made is how many invoices SmartBill has in truth.
		made int
	}{
		{sandbox.RefuseConnection, model.StatusNotIssued, 0},
		{sandbox.BadGateway, model.StatusUnknown, 0},
		{sandbox.LockOut, model.StatusUnknown, 0},
		{sandbox.NotFound, model.StatusIssued, 1},
		{sandbox.CommitAndDrop, model.StatusUnknown, 1},
		{sandbox.CommitAndHang, model.StatusUnknown, 1},
		{sandbox.CommitAndError, model.StatusUnknown, 1},
		{sandbox.CommitAndEmpty, model.StatusUnknown, 1},
		{sandbox.CommitAndTruncate, model.StatusUnknown, 1},
		{sandbox.CommitAndBabble, model.StatusUnknown, 1},
		{sandbox.CommitAndContradict, model.StatusUnknown, 1},
		{sandbox.CommitAndForget, model.StatusUnknown, 1},
	} {
		t.Run(string(test.kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { faultOfCreation(t, test.kind, test.want, test.made) })
		})
	}
}

func faultOfCreation(t *testing.T, kind sandbox.Kind, want model.Status, made int) {
	t.Helper()
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	remote.Script(sandbox.Fault{Operation: creation, Kind: kind})
	invoice, err := office.service.Issue(t.Context(), invoiceOf(8))
	if invoice.Status != want || office.status(t, invoice.Intent) != want {
		t.Errorf("it is %s in the answer and %s in the ledger, want %s (%v)", invoice.Status, office.status(t, invoice.Intent), want, err)
	}
	if got := len(remote.Invoices()); got != made {
		t.Errorf("SmartBill has %d invoices, want %d", got, made)
	}
	hour := office.hour(t, 8)
	switch want {
	case model.StatusIssued:
		if err != nil || hour != "billed by FCT-0001" {
			t.Errorf("the hour is %s, error is %v", hour, err)
		}
		return
	case model.StatusNotIssued:
		if !errors.Is(err, model.ErrNotSent) || errors.Is(err, model.ErrOutcomeUnknown) || hour != "free" {
			t.Errorf("the hour is %s, error is %v", hour, err)
		}
		office.issue(t, invoiceOf(8))
		return
	default:
	}
	if !errors.Is(err, model.ErrOutcomeUnknown) || !strings.Contains(err.Error(), "FCT-0001") || hour != "reserved by "+invoice.Intent {
		t.Errorf("the hour is %s, error is %v", hour, err)
	}
	// Nothing that a user can do now makes a second invoice.
	for _, again := range []model.PreparedInvoice{invoiceOf(8), invoiceOf(9)} {
		if _, err := office.service.Issue(t.Context(), again); err == nil || office.recorded(t) != 1 {
			t.Errorf("another invoice was tried: %v", err)
		}
	}
	if got := len(remote.Invoices()); got != made {
		t.Errorf("SmartBill has %d invoices by now, want %d", got, made)
	}
}

func TestLockOutClosesTheGateForEveryProcess(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	first := newOffice(t, remote)
	second := openOffice(t, remote, first.path)
	remote.Script(sandbox.Fault{Operation: creation, Kind: sandbox.LockOut})
	if _, err := first.service.Issue(t.Context(), invoiceOf(8)); !errors.Is(err, model.ErrRateLimited) ||
		!errors.Is(err, model.ErrOutcomeUnknown) {
		t.Errorf("error is %v", err)
	}
	other := invoiceOf(9)
	other.Series = "ABC"
	_, err := second.service.Issue(t.Context(), other)
	if !errors.Is(err, model.ErrRateLimited) || errors.Is(err, model.ErrOutcomeUnknown) || second.recorded(t) != 1 {
		t.Errorf("in another process, error is %v", err)
	}
	if calls := remote.Calls("GET /series"); calls != 1 {
		t.Errorf("%d calls reached SmartBill", calls)
	}
}

func TestFaultsBeforeTheRequestLeaveNothingBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		for _, kind := range []sandbox.Kind{sandbox.RefuseConnection, sandbox.BadGateway, sandbox.CommitAndTruncate, sandbox.CommitAndHang} {
			remote.Script(sandbox.Fault{Operation: "GET /series", Kind: kind, Times: -1})
			if _, err := office.service.Issue(t.Context(), invoiceOf(8)); err == nil || errors.Is(err, model.ErrOutcomeUnknown) {
				t.Errorf("%s: error is %v", kind, err)
			}
			remote.ClearFaults()
		}
		if rows, calls := office.recorded(t), remote.Calls(creation); rows != 0 || calls != 0 {
			t.Errorf("%d invoices recorded, %d calls made", rows, calls)
		}
		if got := office.issue(t, invoiceOf(8)); got.Reference() != "FCT-0001" {
			t.Errorf("afterwards it became %s", got.Reference())
		}
	})
}

func TestErrorOfNoKnownKindLeavesTheOutcomeUnknown(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	provider := &interposed{Provider: office.provider}
	for series, failure := range map[string]error{"FCT": errors.New("strange"), "ABC": model.ErrUnavailable} {
		provider.issue = func(context.Context, model.Kind, []byte) (model.Issued, error) { return model.Issued{}, failure }
		wanted := invoiceOf(len(series) + office.recorded(t))
		wanted.Series = series
		invoice, err := billing.New(office.records, provider).Issue(t.Context(), wanted)
		if invoice.Status != model.StatusUnknown || !errors.Is(err, model.ErrOutcomeUnknown) || !errors.Is(err, failure) {
			t.Errorf("%v: it is %s (%v)", failure, invoice.Status, err)
		}
	}
}

func TestSuccessWithoutANumberLeavesTheOutcomeUnknown(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	for hour, made := range []model.Issued{{Series: "FCT", DocumentID: "7"}, {Series: "ABC"}} {
		provider := &interposed{Provider: office.provider}
		provider.issue = func(context.Context, model.Kind, []byte) (model.Issued, error) { return made, nil }
		wanted := invoiceOf(hour)
		// An invoice needs a number, a draft in SmartBill at least an identity.
		wanted.Series, wanted.Unfinished = made.Series, made.DocumentID == ""
		invoice, err := billing.New(office.records, provider).Issue(t.Context(), wanted)
		if invoice.Status != model.StatusUnknown || !errors.Is(err, model.ErrOutcomeUnknown) {
			t.Errorf("%+v: it is %s (%v)", made, invoice.Status, err)
		}
	}
}

func TestCallThatNeverEndsIsGivenUpAndRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		office := newOffice(t, newRemote(sandbox.Config{}))
		provider := &interposed{Provider: office.provider}
		provider.issue = func(ctx context.Context, _ model.Kind, _ []byte) (model.Issued, error) {
			<-ctx.Done()
			return model.Issued{}, errors.Join(model.ErrOutcomeUnknown, ctx.Err())
		}
		begun := time.Now()
		invoice, err := billing.New(office.records, provider, billing.WithSendTimeout(time.Hour)).Issue(t.Context(), invoiceOf(8))
		if took := time.Since(begun); took != time.Hour {
			t.Errorf("it was given up after %v", took)
		}
		if !errors.Is(err, model.ErrOutcomeUnknown) || office.status(t, invoice.Intent) != model.StatusUnknown {
			t.Errorf("it is %s (%v)", office.status(t, invoice.Intent), err)
		}
	})
}

func TestReferenceIsDrawnAgainWhenItWasGivenBefore(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	// The same letters for the first two invoices, then others.
	random := strings.NewReader(strings.Repeat("a", 12) + strings.Repeat("b", 6))
	service := billing.New(office.records, office.provider, billing.WithRandom(random))
	var references []string
	for hour := range 2 {
		invoice, err := service.Issue(t.Context(), invoiceOf(hour))
		if err != nil {
			t.Fatal(err)
		}
		references = append(references, invoice.Intent)
	}
	if references[0] == references[1] {
		t.Errorf("both have the reference %s", references[0])
	}
	if last := remote.Invoices()[1]; !strings.Contains(last.Mentions, references[1]) {
		t.Errorf("the second invoice prints %q, not %s", last.Mentions, references[1])
	}
	if _, err := service.Issue(t.Context(), invoiceOf(9)); err == nil || office.recorded(t) != 2 {
		t.Errorf("without randomness: %v", err)
	}
}

func TestPreviewIsTheRequestSaveForItsReference(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	preview, err := office.service.Preview(t.Context(), invoiceOf(8))
	if err != nil {
		t.Fatal(err)
	}
	invoice := office.issue(t, invoiceOf(8))
	sent := bytes.ReplaceAll(remote.Invoices()[0].Request, []byte(invoice.Intent), []byte("CAD-??????"))
	if !bytes.Equal(preview, sent) {
		t.Errorf("previewed:\n%s\nsent:\n%s", preview, sent)
	}
}
