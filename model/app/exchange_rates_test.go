package app

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cadensa/model"
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
	b.feed.Store(`<DataSet xmlns="https://www.bnr.ro/xsd"><Body><Cube date="` + day + `"><Rate currency="EUR">` + euro +
		`</Rate></Cube></Body></DataSet>`)
}

// banked opens the application in the folder that asks the stand-in.
func banked(t *testing.T, folder string, service *bank, now func() time.Time) *App {
	t.Helper()
	return openOver(t, folder, fmt.Sprintf("[registry]\nbnr_url = %q\n", service.URL+"/bnr"), now)
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
	a := openDemo(t)
	rates, err := a.ExchangeRates(t.Context(), model.NewDate(2026, time.November, 22))
	if err != nil || rates.Date.String() != "2026-11-20" || strings.Contains(rates.Source, "BNR") {
		t.Errorf("%+v, %v", rates, err)
	}
	if euro, known := rates.Of("EUR"); !known || !euro.IsPositive() {
		t.Errorf("a euro is %s lei", euro)
	}
}
