package registry_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
)

// cube is one day of BNR's feed, with the euro at a rate of its own.
func cube(date, euro string) string {
	return `<Cube date="` + date + `"><Rate currency="EUR">` + euro + `</Rate><Rate currency="HUF" multiplier="100">1.2885</Rate></Cube>`
}

func feed(cubes ...string) string {
	return `<?xml version="1.0" encoding="utf-8"?><DataSet xmlns="https://www.bnr.ro/xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<Header><Publisher>National Bank of Romania</Publisher><PublishingDate>2026-11-20</PublishingDate></Header>` +
		`<Body><Subject>Reference rates</Subject><OrigCurrency>RON</OrigCurrency>` + strings.Join(cubes, "\n") + `</Body></DataSet>`
}

func TestRates(t *testing.T) {
	service := newHarness(t, says(200, feed(cube("2026-11-20", "5.0912"))))
	rates, err := service.registers(t).Rates(t.Context(), model.NewDate(2026, time.November, 22))
	if err != nil {
		t.Fatal(err)
	}
	want := model.ExchangeRates{
		Date: model.NewDate(2026, time.November, 20), Source: "BNR", Asked: noon,
		Lei: map[string]decimal.Decimal{"EUR": decimal.RequireFromString("5.0912"), "HUF": decimal.RequireFromString("0.012885")},
	}
	if diff := cmp.Diff(want, rates); diff != "" {
		t.Error(diff)
	}
	asked := service.questions()
	if len(asked) != 1 || asked[0].path != "GET /bnr/nbrfxrates.xml" || !strings.HasPrefix(asked[0].agent, "Mozilla/5.0") {
		t.Errorf("asked %v", asked)
	}
	if lei, known := rates.Of("RON"); !known || !lei.Equal(decimal.NewFromInt(1)) {
		t.Errorf("a leu is %s lei", lei)
	}
	if _, known := rates.Of("USD"); known {
		t.Error("a rate that was not told is known")
	}
}

// The rates of a day hold from the next: those of the day itself and later ones are passed over.
func TestRatesAreOfTheDayBefore(t *testing.T) {
	year := feed(cube("2026-11-18", "5.01"), cube("2026-11-20", "5.02"), cube("2026-11-19", "5.03"), cube("2026-11-23", "5.04"))
	lastYear := feed(cube("2025-12-30", "4.98"), cube("2025-12-31", "4.99"))
	today := feed(cube("2026-11-23", "5.04"))
	tests := map[string]struct {
		day   model.Date
		euro  string
		feeds int
	}{
		"the day after":       {model.NewDate(2026, time.November, 24), "5.04", 1},
		"the day itself":      {model.NewDate(2026, time.November, 23), "5.02", 2},
		"after a banking day": {model.NewDate(2026, time.November, 20), "5.03", 2},
		"first of the year":   {model.NewDate(2026, time.January, 2), "4.99", 3},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			service := newHarness(t, says(200, today), says(200, year), says(200, lastYear))
			rates, err := service.registers(t).Rates(t.Context(), test.day)
			if err != nil {
				t.Fatal(err)
			}
			if euro, _ := rates.Of("EUR"); euro.String() != test.euro || !rates.Date.Before(test.day) {
				t.Errorf("%s of %s, want %s", euro, rates.Date, test.euro)
			}
			paths := []string{"GET /bnr/nbrfxrates.xml", "GET /bnr/files/xml/years/nbrfxrates2026.xml",
				"GET /bnr/files/xml/years/nbrfxrates2025.xml"}
			var asked []string
			for _, question := range service.questions() {
				asked = append(asked, question.path)
			}
			if !slices.Equal(asked, paths[:test.feeds]) {
				t.Errorf("asked %v", asked)
			}
		})
	}
}

func TestFeedsInOtherForms(t *testing.T) {
	usual := feed(cube("2026-11-20", "5.0912"))
	for name, body := range map[string]string{
		"old namespace": strings.ReplaceAll(usual, "https://www.bnr.ro", "http://www.bnr.ro"),
		"no namespace":  strings.ReplaceAll(usual, ` xmlns="https://www.bnr.ro/xsd"`, ""),
		"prefixed": strings.NewReplacer("<DataSet xmlns=", "<b:DataSet xmlns:b=", "</DataSet", "</b:DataSet", "<Cube", "<b:Cube",
			"</Cube", "</b:Cube").Replace(usual),
		"byte order mark": "\ufeff" + usual,
		"white space":     strings.ReplaceAll(usual, "5.0912", "\n 5.0912 "),
		"strange rates": strings.ReplaceAll(usual, "</Cube>", `<Rate currency="USD">-</Rate><Rate currency="GBP">0</Rate>`+
			`<Rate currency="CHF">1e99999999</Rate><Rate currency="JPY" multiplier="x">3.1</Rate><Rate currency="EURO">5</Rate></Cube>`),
	} {
		t.Run(name, func(t *testing.T) {
			rates, err := newHarness(t, says(200, body)).registers(t).Rates(t.Context(), model.NewDate(2026, time.November, 21))
			if err != nil {
				t.Fatal(err)
			}
			if euro, _ := rates.Of("EUR"); euro.String() != "5.0912" || len(rates.Lei) != 2 {
				t.Errorf("%v", rates.Lei)
			}
		})
	}
}

// A feed that stands still or is none gives no rate at all, rather than an old one.
func TestBNROutages(t *testing.T) {
	broken := outages()
	broken["stands still"] = says(200, feed(cube("2026-09-20", "5.0912")))
	broken["no day"] = says(200, feed())
	broken["no rates"] = says(200, feed(`<Cube date="2026-11-20"></Cube>`))
	broken["no date"] = says(200, feed(cube("", "5.0912")))
	broken["other date"] = says(200, feed(cube("20.11.2026", "5.0912")))
	broken["cut"] = says(200, feed(cube("2026-11-20", "5.0912"))[:300])
	broken["with 500"] = says(500, feed(cube("2026-11-20", "5.0912")))
	broken["page that is XML"] = says(200, `<html><body><Body><Cube date="2026-11-20"/></Body></body></html>`)
	for name, answer := range broken {
		t.Run(name, func(t *testing.T) {
			rates, err := newHarness(t, answer).registers(t).Rates(t.Context(), model.NewDate(2026, time.November, 22))
			assertDown(t, err, "BNR")
			if len(rates.Lei) > 0 {
				t.Errorf("gives %v", rates)
			}
		})
	}
}

func TestRatesAreRemembered(t *testing.T) {
	service := newHarness(t, says(503, wall), says(200, feed(cube("2026-11-20", "5.0912"))), http.NotFound)
	registers := service.registers(t)
	day := model.NewDate(2026, time.November, 22)
	if _, err := registers.Rates(t.Context(), day); !errors.Is(err, model.ErrUnavailable) {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := registers.Rates(t.Context(), day); err != nil {
			t.Fatal(err)
		}
	}
	// Of a day to come the rates may still change.
	if _, err := registers.Rates(t.Context(), day.AddDays(1)); !errors.Is(err, model.ErrUnavailable) {
		t.Errorf("answered from memory: %v", err)
	}
}

func FuzzBNRFeed(f *testing.F) {
	f.Add(feed(cube("2026-11-20", "5.0912"), cube("2026-11-19", "5")))
	f.Add(wall)
	f.Add(`<DataSet><Body><Cube date="2026-11-20"><Rate currency="EUR" multiplier="0">1e9</Rate></Cube></Body></DataSet>`)
	f.Add("")
	f.Fuzz(func(t *testing.T, body string) {
		day := model.NewDate(2026, time.November, 22)
		rates, err := told(t, body).Rates(t.Context(), day)
		if err != nil {
			if !errors.Is(err, model.ErrUnavailable) {
				t.Error(err)
			}
			assertPlain(t, err.Error())
			return
		}
		if !rates.Date.Before(day) || rates.Date.AddDays(10).Before(day) || len(rates.Lei) == 0 {
			t.Errorf("rates of %s: %v", rates.Date, rates.Lei)
		}
		for currency, lei := range rates.Lei {
			if !model.IsCurrency(currency) || !lei.IsPositive() {
				t.Errorf("%s is %s", currency, lei)
			}
		}
	})
}
