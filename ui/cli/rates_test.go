package cli

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/smartbill/sandbox"
)

// bank stands in for the National Bank on a real socket: it publishes one rate of the euro a day, or is out of order.
type bank struct {
	*httptest.Server
	asked atomic.Int32
	// feed is what it answers, a web page when it is "".
	feed atomic.Value
}

func newBank(t *testing.T) *bank {
	t.Helper()
	b := &bank{}
	b.feed.Store("")
	b.Server = httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, _ *http.Request) {
		b.asked.Add(1)
		feed, _ := b.feed.Load().(string)
		if feed == "" {
			feed = "<html><body>We have moved</body></html>"
		}
		fmt.Fprint(answer, feed)
	}))
	t.Cleanup(b.Close)
	return b
}

// publish sets the feed to one day's rates.
func (b *bank) publish(day, euro string) {
	b.feed.Store(`<DataSet xmlns="https://www.bnr.ro/xsd"><Body><Cube date="` + day + `"><Rate currency="EUR">` + euro + `</Rate></Cube></Body></DataSet>`)
}

// banked opens a session in the folder that asks the stand-in.
func banked(t *testing.T, folder string, service *bank, now func() time.Time) *App {
	t.Helper()
	path := filepath.Join(folder, "config.toml")
	if err := os.WriteFile(path, fmt.Appendf(nil, "[registry]\nbnr_url = %q\n", service.URL+"/bnr"), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := openSession(t.Context(), Options{Now: now}, place{
		paths:   config.Paths{Settings: path, Ledger: filepath.Join(folder, "ledger.db")},
		secrets: config.Secrets{Getenv: func(string) string { return "" }, Keyring: config.NoKeyring{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// checkEuro asks for the rates of a day and compares what a euro is worth, "" for nothing.
func checkEuro(t *testing.T, a *App, day model.Date, published, euro string, down bool) {
	t.Helper()
	rates, err := a.ExchangeRates(t.Context(), day)
	if errors.Is(err, model.ErrUnavailable) != down || !down && err != nil {
		t.Fatalf("of %s: %v", day, err)
	}
	lei, _ := rates.Of("EUR")
	if got := rates.Date.String(); got != published || euro != "" && lei.String() != euro {
		t.Errorf("of %s: %s lei of %s, want %s of %s", day, lei, got, euro, published)
	}
}

// BNR is asked once for a day; what it said outlives the program, and serves while the bank cannot be asked.
func TestExchangeRatesAreAskedOnceAndKept(t *testing.T) {
	service, folder := newBank(t), t.TempDir()
	now := time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	friday := model.NewDate(2026, time.November, 20)

	a := banked(t, folder, service, clock)
	checkEuro(t, a, friday, "", "", true)
	service.publish("2026-11-19", "5.0901")
	checkEuro(t, a, friday, "2026-11-19", "5.0901", false)
	// Tomorrow's invoice may get the rate that is published this afternoon.
	checkEuro(t, a, friday.AddDays(1), "2026-11-19", "5.0901", false)
	service.feed.Store("")
	asked := service.asked.Load()
	checkEuro(t, banked(t, folder, service, clock), friday, "2026-11-19", "5.0901", false)
	if service.asked.Load() != asked {
		t.Error("the bank was asked for what the ledger keeps")
	}

	now = now.AddDate(0, 0, 1)
	checkEuro(t, banked(t, folder, service, clock), friday.AddDays(1), "2026-11-19", "5.0901", true)
	service.publish("2026-11-20", "5.0912")
	checkEuro(t, banked(t, folder, service, clock), friday.AddDays(1), "2026-11-20", "5.0912", false)
	checkEuro(t, banked(t, folder, service, clock), friday, "2026-11-19", "5.0901", false)
}

// The demo's rates are its own, of a weekday before the day.
func TestDemoAsksNoBank(t *testing.T) {
	now := time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)
	a, _ := openShell(t, sandbox.New(sandbox.Config{Now: func() time.Time { return now }}), t.TempDir(), func() time.Time { return now })
	rates, err := a.ExchangeRates(t.Context(), model.NewDate(2026, time.November, 22))
	if err != nil || rates.Date.String() != "2026-11-20" || strings.Contains(rates.Source, "BNR") {
		t.Errorf("%+v, %v", rates, err)
	}
	if euro, known := rates.Of("EUR"); !known || !euro.IsPositive() {
		t.Errorf("a euro is %s lei", euro)
	}
}
