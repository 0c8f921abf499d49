package history_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/screen/history"
	"cadensa/ui/theme"
	"cadensa/ui/uitest"
	"cadensa/ui/widget"
)

func TestMain(m *testing.M) { os.Exit(uitest.Main(m)) }

var zone = time.FixedZone("EET", 2*60*60)

func testEnv(ctx context.Context) screen.Env {
	return screen.Env{
		Context: ctx, Location: zone, Theme: theme.New(theme.Dark, ""), Overlays: &screen.Overlays{},
		Now: func() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, zone) },
	}
}

func day(text string) model.Date {
	date, err := model.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return date
}

func amount(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func invoice(id int64, number, client, country, issued, total, currency string, status model.Status) model.Invoice {
	date := day(issued)
	return model.Invoice{
		ID: id, Intent: fmt.Sprintf("CAD-%06d", id), Kind: model.KindInvoice, Series: "FCT", Number: number,
		Status: status, Payment: model.PaymentUnpaid, ClientName: client, ClientCountry: country,
		Net: amount(total), VAT: decimal.Zero, Total: amount(total), Currency: currency,
		IssueDate: date, DueDate: date.AddDays(30), Supply: model.MonthPeriod(date.Year, date.Month),
		Counter: id, Changed: time.Date(2026, time.October, 31, 12, 2, 0, 0, time.UTC),
	}
}

// everyStatus is one invoice of each status, with the texts that break careless rows.
func everyStatus() []model.Invoice {
	paid := invoice(22, "0022", "Nordlicht GmbH", "DE", "2026-10-31", "4800.00", "EUR", model.StatusIssued)
	paid.Payment = model.PaymentPaid
	sent := invoice(23, "0023", "Atelier Cireș SRL", "RO", "2026-10-31", "2041.88", "RON", model.StatusIssued)
	sent.Net, sent.VAT = amount("1687.50"), amount("354.38")
	partly := invoice(20, "0020", "Consorțiul pentru Digitalizarea Administrației Publice Locale SA", "RO", "2026-10-30", "120500.40", "RON", model.StatusIssued)
	partly.Payment = model.PaymentPartly
	months := invoice(12, "0012", "株式会社さくら印刷", "JP", "2026-08-31", "98000.00", "JPY", model.StatusReversed)
	months.Supply = model.Period{From: day("2025-12-02"), To: day("2026-01-30")}
	unknown := invoice(24, "", "Brisk Kft", "HU", "2026-11-02", "900.00", "EUR", model.StatusUnknown)
	unknown.Message = "No answer from SmartBill after 120 s."
	return []model.Invoice{
		invoice(25, "", "Brisk Kft", "HU", "2026-11-20", "900.00", "EUR", model.StatusSending),
		unknown,
		sent,
		paid,
		invoice(21, "0021", "Atelier Cireș SRL", "RO", "2026-09-30", "1210.00", "RON", model.StatusIssued),
		partly,
		invoice(19, "0019", "Café 👩‍💻 & Fils", "FR", "2026-09-30", "310.00", "EUR", model.StatusCancelling),
		invoice(18, "0018", "Café n̈ée", "FR", "2026-09-29", "310.00", "EUR", model.StatusRestoring),
		invoice(17, "", "مطبعة الأرز", "LB", "2026-09-28", "77.00", "USD", model.StatusDraftSent),
		invoice(16, "0016", "Brisk Kft", "HU", "2026-08-31", "900.00", "EUR", model.StatusCancelled),
		invoice(15, "", "Nordlicht GmbH", "DE", "2026-08-31", "4800.00", "EUR", model.StatusRefused),
		invoice(14, "", "Nordlicht GmbH", "DE", "2026-08-31", "4800.00", "EUR", model.StatusNotIssued),
		invoice(13, "", "Nordlicht GmbH", "DE", "2026-08-31", "4800.00", "EUR", model.StatusDraft),
		months,
	}
}

// certainInvoices is a short history without a doubt in it.
func certainInvoices() []model.Invoice {
	all := everyStatus()
	return []model.Invoice{all[2], all[3], all[4], all[9]}
}

// detailOf makes up the detail of an invoice.
func detailOf(of model.Invoice) model.InvoiceDetail {
	draft := model.Draft{
		Kind: of.Kind, CIF: "RO14399840", Series: of.Series, Currency: of.Currency, IssueDate: of.IssueDate, DueDate: of.DueDate,
		Client: model.Client{
			Name: of.ClientName, Country: of.ClientCountry, Street: "12 Long Street", PostalCode: "1051", City: "Old Town",
		},
		Lines: []model.Line{{
			Name: "Consulting", Quantity: amount("1"), Unit: model.UnitItem, Price: of.Net, Currency: of.Currency,
			VAT: model.VATRate{Name: "Taxare inversa"}, Entries: []string{"b1"}, Supply: of.Supply, Tracked: 3600,
		}},
		Intent: of.Intent, PrintIntent: true,
	}
	if of.ClientCountry == model.Romania && !of.VAT.IsZero() {
		draft.Note = "Mulțumim"
		draft.Client = model.Client{
			Name: of.ClientName, Contact: "Ioana Cireș", Email: "facturi@atelier-cires.example", Country: model.Romania,
			Street: "Str. Morii 14", PostalCode: "400001", City: "Cluj-Napoca", County: "Cluj", VATNumber: "RO18547290",
		}
		draft.Lines = []model.Line{
			hours(of, "Atlas · api", "OAuth refresh tokens; rate limiter and its tests", "5.75", 20400, "a1", "a2"),
			hours(of, "Atlas · review", "", "1", 2880, "a3"),
		}
	}
	return model.InvoiceDetail{
		Invoice: of, Draft: draft, Entries: draft.Entries(), DocumentURL: "https://cloud.smartbill.example/document/23",
	}
}

func hours(of model.Invoice, name, details, quantity string, tracked int64, entries ...string) model.Line {
	return model.Line{
		Name: name, Details: details, Quantity: amount(quantity), Unit: model.UnitHour, Price: amount("250"),
		Currency: of.Currency, VAT: model.VATRate{Name: "Normala", Percent: amount("21")}, Entries: entries, Supply: of.Supply, Tracked: tracked,
	}
}

// start shows the history of the records in the shell.
func start(t *testing.T, records *fakeRecords, width, height int) *uitest.Driver {
	t.Helper()
	driver, _ := startScreen(t, records, width, height)
	return driver
}

// startIn shows it where the clock goes.
func startIn(t *testing.T, env screen.Env, records *fakeRecords, width, height int) *uitest.Driver {
	t.Helper()
	tab := history.New(env, records)
	t.Cleanup(tab.Close)
	return uitest.Start(t, ui.New(env, "", 0, nil, tab), width, height)
}

// startBeside shows it beside another screen, on the second tab.
func startBeside(t *testing.T, records *fakeRecords, beside screen.Screen) *uitest.Driver {
	t.Helper()
	env := testEnv(t.Context())
	tab := history.New(env, records)
	t.Cleanup(tab.Close)
	return uitest.Start(t, ui.New(env, "", 1, nil, beside, tab), 80, 24)
}

func startScreen(t *testing.T, records *fakeRecords, width, height int) (*uitest.Driver, *history.Screen) {
	t.Helper()
	env := testEnv(t.Context())
	tab := history.New(env, records)
	t.Cleanup(tab.Close)
	return uitest.Start(t, ui.New(env, "", 0, nil, tab), width, height), tab
}

// elapse lets virtual time pass after a frame was read. The message between them orders the reading before what the
// program's timers then change, which time alone does not.
func elapse(driver *uitest.Driver, duration time.Duration) *uitest.Driver {
	return driver.Send(struct{}{}).Elapse(duration)
}

func certainRecords() *fakeRecords { return &fakeRecords{invoices: certainInvoices()} }

func uncertainRecords() *fakeRecords { return &fakeRecords{invoices: everyStatus()} }

func refusal() error {
	return fmt.Errorf("cancel FCT-0023: %w: Factura nu poate fi anulata", model.ErrRefused)
}

func noAnswer() error { return fmt.Errorf("cancel FCT-0023: %w", model.ErrOutcomeUnknown) }

// many invoices, numbered downwards from n.
func many(n int) []model.Invoice {
	invoices := make([]model.Invoice, n)
	for i := range invoices {
		invoices[i] = invoice(int64(n-i), fmt.Sprintf("%04d", n-i), "Brisk Kft", "HU", "2026-10-31", "900.00", "EUR", model.StatusIssued)
	}
	return invoices
}

func rowOf(frame, mark string) string {
	for _, line := range strings.Split(frame, "\n")[2:] {
		if strings.Contains(line, mark) {
			return strings.TrimRight(line, " ")
		}
	}
	return ""
}

// listener is a screen beside the history that hears what it tells the others.
type listener struct{ heard []screen.LedgerChanged }

func (l *listener) Init() tea.Cmd { return nil }

func (l *listener) Update(msg tea.Msg) tea.Cmd {
	if changed, ok := msg.(screen.LedgerChanged); ok {
		l.heard = append(l.heard, changed)
	}
	return nil
}

func (l *listener) View() string        { return widget.Block(nil, 80, 21) }
func (l *listener) SetSize(int, int)    {}
func (l *listener) Title() string       { return "Time" }
func (l *listener) KeyMap() help.KeyMap { return screen.Keys{} }
func (l *listener) Capturing() bool     { return false }
func (l *listener) Close()              {}
