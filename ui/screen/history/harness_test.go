package history_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/screen/history"
	"cadensa/ui/uitest"
)

func TestMain(m *testing.M) { os.Exit(uitest.Main(m)) }

// office is what a history stands over: an office, or one whose ledger is slow or broken.
type office interface {
	history.Records
	Env() screen.Env
}

// unreliable is an office whose own computer is slow or broken.
type unreliable struct {
	*uitest.Office
	mutex sync.Mutex
	// broken is what the calls of a method answer, while held they wait for the channel.
	broken map[string]error
	held   map[string]chan struct{}
	// asked are the calls that were made, ended those whose context ended while they waited.
	asked, ended []string
}

func makeUnreliable(office *uitest.Office) *unreliable {
	return &unreliable{Office: office, broken: map[string]error{}, held: map[string]chan struct{}{}}
}

// reach gets through to a method, or not.
func (u *unreliable) reach(ctx context.Context, method string) error {
	u.mutex.Lock()
	u.asked = append(u.asked, method)
	held, broken := u.held[method], u.broken[method]
	u.mutex.Unlock()
	if held == nil {
		return broken
	}
	select {
	case <-held:
		return broken
	case <-ctx.Done():
		u.mutex.Lock()
		defer u.mutex.Unlock()
		u.ended = append(u.ended, method)
		return ctx.Err()
	}
}

// hold has the calls of a method wait until the channel is closed.
func (u *unreliable) hold(method string) chan struct{} {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	u.held[method] = make(chan struct{})
	return u.held[method]
}

// fail has the calls of a method fail; nil ends that.
func (u *unreliable) fail(method string, err error) {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	u.broken[method] = err
}

func (u *unreliable) Invoices(ctx context.Context) ([]model.Invoice, error) {
	if err := u.reach(ctx, "Invoices"); err != nil {
		return nil, err
	}
	return u.Office.Invoices(ctx)
}

func (u *unreliable) Detail(ctx context.Context, reference string) (model.InvoiceDetail, error) {
	if err := u.reach(ctx, "Detail"); err != nil {
		return model.InvoiceDetail{}, err
	}
	return u.Office.Detail(ctx, reference)
}

func (u *unreliable) WriteTimesheet(ctx context.Context, reference string) ([]string, error) {
	if err := u.reach(ctx, "WriteTimesheet"); err != nil {
		return nil, err
	}
	return u.Office.WriteTimesheet(ctx, reference)
}

// changed is an act that changes something, once it gets through.
func (u *unreliable) changed(ctx context.Context, method string, act func() (model.Invoice, error)) (model.Invoice, error) {
	if err := u.reach(ctx, method); err != nil {
		return model.Invoice{}, err
	}
	return act()
}

func (u *unreliable) Cancel(ctx context.Context, reference string) (model.Invoice, error) {
	return u.changed(ctx, "Cancel", func() (model.Invoice, error) { return u.Office.Cancel(ctx, reference) })
}

func (u *unreliable) Restore(ctx context.Context, reference string) (model.Invoice, error) {
	return u.changed(ctx, "Restore", func() (model.Invoice, error) { return u.Office.Restore(ctx, reference) })
}

func (u *unreliable) Storno(ctx context.Context, reference string, on model.Date) (model.Invoice, error) {
	return u.changed(ctx, "Storno", func() (model.Invoice, error) { return u.Office.Storno(ctx, reference, on) })
}

func (u *unreliable) PartialStorno(ctx context.Context, reference string, lines []model.Reversal, on model.Date) (model.Invoice, error) {
	return u.changed(ctx, "PartialStorno", func() (model.Invoice, error) { return u.Office.PartialStorno(ctx, reference, lines, on) })
}

func (u *unreliable) Resend(ctx context.Context, reference string) (model.Invoice, error) {
	return u.changed(ctx, "Resend", func() (model.Invoice, error) { return u.Office.Resend(ctx, reference) })
}

func (u *unreliable) Adopt(ctx context.Context, reference, number string) (model.Invoice, error) {
	return u.changed(ctx, "Adopt", func() (model.Invoice, error) { return u.Office.Adopt(ctx, reference, number) })
}

func (u *unreliable) Release(ctx context.Context, reference string) (model.Invoice, error) {
	return u.changed(ctx, "Release", func() (model.Invoice, error) { return u.Office.Release(ctx, reference) })
}

func (u *unreliable) EnterNumber(ctx context.Context, reference, number string) (model.Invoice, error) {
	return u.changed(ctx, "EnterNumber", func() (model.Invoice, error) { return u.Office.EnterNumber(ctx, reference, number) })
}

func (u *unreliable) ReleaseDraft(ctx context.Context, reference string) (model.Invoice, error) {
	return u.changed(ctx, "ReleaseDraft", func() (model.Invoice, error) { return u.Office.ReleaseDraft(ctx, reference) })
}

// start shows the history of the office in the shell.
func start(t *testing.T, office office, width, height int) *uitest.Driver {
	t.Helper()
	driver, _ := startScreen(t, office, width, height)
	return driver
}

// startBeside shows it beside another screen, on the second tab.
func startBeside(t *testing.T, office office, beside screen.Screen) *uitest.Driver {
	t.Helper()
	env := office.Env()
	tab := history.New(env, office)
	t.Cleanup(tab.Close)
	return uitest.Start(t, ui.New(env, "", 1, nil, beside, tab), 80, 24)
}

func startScreen(t *testing.T, office office, width, height int) (*uitest.Driver, *history.Screen) {
	t.Helper()
	env := office.Env()
	tab := history.New(env, office)
	t.Cleanup(tab.Close)
	return uitest.Start(t, ui.New(env, "", 0, nil, tab), width, height), tab
}

func rowOf(frame, mark string) string {
	for _, line := range strings.Split(frame, "\n")[2:] {
		if strings.Contains(line, mark) {
			return strings.TrimRight(line, " ")
		}
	}
	return ""
}

// newest is the newest invoice of a status.
func newest(t *testing.T, office office, status model.Status) model.Invoice {
	t.Helper()
	invoices, err := office.Invoices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, invoice := range invoices {
		if invoice.Status == status {
			return invoice
		}
	}
	t.Fatalf("no invoice is %s", status)
	return model.Invoice{}
}

// calls counts the calls of methods.
func (u *unreliable) calls(methods ...string) int {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	return len(slices.DeleteFunc(slices.Clone(u.asked), func(asked string) bool { return !slices.Contains(methods, asked) }))
}

// repeating is longer than a call is repeated that may be.
const repeating = 10 * time.Second

// cancelling is how SmartBill is asked to cancel, restoring to restore, and refusal says no in its words.
const (
	cancelling = "PUT /invoice/cancel"
	restoring  = "PUT /invoice/restore"
	refusal    = "Factura nu poate fi anulata"
)
