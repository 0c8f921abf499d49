package review_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

// TestGolden compares whole windows.
func TestGolden(t *testing.T) {
	tests := []struct {
		name string
		act  func(s harness)
	}{
		{"empty", func(harness) {}},
		{"domestic", func(s harness) { s.fill(romanian(), model.GroupByTask, hours()) }},
		{"domestic with a note", func(s harness) {
			s.fill(romanian(), model.GroupByTask, hours()).Press("m").Type("Contract 12/2026").Press("enter")
		}},
		{"no client", func(s harness) { s.fill(model.Client{}, model.GroupByTask, hours()) }},
		{"reverse charge in euro", func(s harness) {
			s.fill(german(), model.GroupByProject, []*model.Entry{worked(time.October, 8, 95, "Nordlicht", "Fjord", "migration")})
		}},
		{"outside the EU", func(s harness) {
			client := german()
			client.Name, client.Country, client.City, client.VATNumber = "Alpenblick AG", "CH", "Zürich", ""
			client.TrackerNames = []string{"Nordlicht"}
			s.fill(client, model.GroupByProject, []*model.Entry{worked(time.October, 8, 95, "Nordlicht", "Fjord", "migration")})
		}},
		{"two rates", func(s harness) {
			s.fill(romanian(), model.GroupByProject, []*model.Entry{
				worked(time.October, 2, 130, "Atelier Cireș", "Atlas", "api"), early(60),
			})
		}},
		{"two currencies", func(s harness) {
			s.fill(romanian(), model.GroupByProject, append(hours(), worked(time.October, 8, 95, "Nordlicht", "Fjord", "migration")))
		}},
		{"one currency now", func(s harness) {
			client := romanian()
			client.TrackerNames = []string{"Atelier*", "Nordlicht"}
			s.fill(client, model.GroupByProject, append(hours(), worked(time.October, 8, 95, "Nordlicht", "Fjord", "migration")))
			s.Press("C").Sees("1,687.50", "later").Press("C")
		}},
		{"no rate", func(s harness) {
			s.fill(romanian(), model.GroupByProject, []*model.Entry{worked(time.October, 8, 95, "Brisk", "Borealis", "design")})
		}},
		{"many lines", func(s harness) {
			var all []*model.Entry
			for day := 1; day <= 28; day++ {
				all = append(all, worked(time.October, day, 60+day, "Atelier Cireș", fmt.Sprintf("Project %d", day), "api"))
			}
			s.fill(romanian(), model.GroupByProject, all).Press("G", "k", "k")
		}},
		{"long and wide texts", func(s harness) {
			client := romanian()
			client.Name = strings.Repeat("Întreprinderea Őrülten Hosszú Nevű ", 4) + "日本語 👩‍💻 SRL"
			client.TrackerNames = []string{"Atelier*"}
			entry := worked(time.October, 2, 130, "Atelier Cireș", strings.Repeat("Atlas és a többi 日本語 ", 8), "api")
			s.fill(client, model.GroupByTask, []*model.Entry{entry})
		}},
		{"discount", func(s harness) {
			s.fill(romanian(), model.GroupByTask, hours()).Press("%").Type("10%").Press("enter")
		}},
		{"discount in question", func(s harness) {
			s.fill(romanian(), model.GroupByTask, hours()).Press("%").Type("10").Press("enter")
		}},
		{"discount over two rates", func(s harness) {
			s.fill(romanian(), model.GroupByProject, []*model.Entry{worked(time.October, 2, 130, "Atelier Cireș", "Atlas", "api"), early(60)})
			s.Press("%").Type("100 RON").Press("enter")
		}},
		{"changed line", func(s harness) {
			s.fill(romanian(), model.GroupByTask, hours()).Press("e", "tab", "tab", "backspace", "backspace").Type("0").Press("ctrl+s")
		}},
		{"free line alone", func(s harness) {
			s.Send(screen.BuyerChanged{Buyer: model.Buyer{Client: romanian()}})
			s.Send(screen.SelectionChanged{Grouping: model.GroupByProject, Free: []model.FreeLine{licence()}})
		}},
		{"findings that have no room", func(s harness) {
			client := german()
			client.Street, client.City, client.PostalCode = "", "", ""
			client.Name = strings.Repeat("Nordlicht ", 30)
			var all []*model.Entry
			for day := 1; day <= 14; day++ {
				all = append(all, worked(time.October, day, 60+day, "Nordlicht", strings.Repeat("Fjord ", 30)+fmt.Sprint(day), "api"))
			}
			s.fill(client, model.GroupByProject, all).Press("G")
		}},
		{"everything", func(s harness) { s.fill(german(), model.GroupByProject, euros()).Press("!") }},
		{"VAT chooser", func(s harness) { s.fill(german(), model.GroupByProject, euros()).Press("v", "down") }},
		{"draft confirmation", func(s harness) { s.fill(romanian(), model.GroupByTask, hours()).Press("d") }},
		{"proforma confirmation", func(s harness) { s.fill(romanian(), model.GroupByTask, hours()).Press("f") }},
		{"confirmation in euro", func(s harness) { s.fill(german(), model.GroupByProject, euros()).Press("i") }},
		{"rate prompt", func(s harness) { s.fill(german(), model.GroupByProject, euros()).Press("$") }},
		{"line form", func(s harness) { s.fill(romanian(), model.GroupByTask, hours()).Press("j", "e") }},
		{"confirmation", func(s harness) { s.fill(romanian(), model.GroupByTask, hours()).Press("i") }},
		{"request", func(s harness) { s.fill(romanian(), model.GroupByTask, hours()).Press("x") }},
	}
	for _, test := range tests {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			t.Run(fmt.Sprintf("%s %dx%d", test.name, size[0], size[1]), func(t *testing.T) {
				uitest.Run(t, func(t *testing.T) {
					s := start(t, ready(t), size[0], size[1])
					test.act(s)
					s.Golden()
				})
			})
		}
	}
	t.Run("domestic 60x18", func(t *testing.T) {
		uitest.Run(t, func(t *testing.T) { start(t, ready(t), 60, 18).fill(romanian(), model.GroupByTask, hours()).Golden() })
	})
	t.Run("sending 80x24", func(t *testing.T) {
		uitest.Run(t, func(t *testing.T) {
			records := ready(t)
			records.Slow("POST /invoice")
			s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
			s.Press("i", "y").Golden()
			s.Elapse(uitest.Slowly)
		})
	})
}

// TestGoldenTreatments draws one invoice for each row of the table of VAT treatments.
func TestGoldenTreatments(t *testing.T) {
	swiss := model.Client{Name: "Alpenblick AG", Country: "CH", Street: "Seestrasse 1", PostalCode: "8002", City: "Zürich"}
	private := func(client model.Client) model.Client {
		client.Private, client.VATNumber = true, ""
		return client
	}
	withoutNumber := german()
	withoutNumber.VATNumber = ""
	numbered := func(client model.Client, country, code, number string) model.Client {
		client.Country, client.PostalCode, client.VATNumber = country, code, number
		return client
	}
	unasked, denied, slip, kept := german(), german(), german(), german()
	unasked.VATProof, denied.VATProof = nil, &model.VATProof{Country: "DE", Number: "136695976"}
	slip.VATNumber, kept.VATReason = "DE136695977", model.ReasonDomestic
	tests := []struct {
		name   string
		status model.VATStatus
		client model.Client
	}{
		{"payer, Romanian company", model.VATPayer, romanian()},
		{"payer, EU company with a number", model.VATPayer, german()},
		{"payer, EU company without a number", model.VATPayer, withoutNumber},
		{"payer, EU company that VIES was not asked about", model.VATPayer, unasked},
		{"payer, EU company with a wrong number", model.VATPayer, slip},
		{"payer, EU company whose number VIES denies", model.VATPayer, denied},
		{"payer, EU company that is taxed in Romania", model.VATPayer, kept},
		{"payer, Romanian company with a wrong CUI", model.VATPayer, numbered(romanian(), "RO", "400001", "RO12345678")},
		{"payer, company in Monaco", model.VATPayer, numbered(german(), "MC", "98000", "FR83404833048")},
		{"payer, company in the Canary Islands", model.VATPayer, numbered(german(), "ES", "35001", "ESB58378431")},
		{"payer, person in the Canary Islands", model.VATPayer, private(numbered(german(), "ES", "35001", ""))},
		{"payer, company in Northern Ireland", model.VATPayer, numbered(german(), "GB", "BT1 1AA", "XI123456789")},
		{"non-payer, EU company with a wrong number", model.VATNonPayer, slip},
		{"payer, EU person", model.VATPayer, private(german())},
		{"payer, company outside the EU", model.VATPayer, swiss},
		{"payer, person outside the EU", model.VATPayer, private(swiss)},
		{"non-payer, Romanian company", model.VATNonPayer, romanian()},
		{"non-payer with a code, EU company", model.VATNonPayerIntraEU, german()},
		{"non-payer, company outside the EU", model.VATNonPayer, swiss},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := ready(t)
				records.Change("invoice", "vat_status", string(test.status))
				test.client.TrackerNames = []string{"Atelier*"}
				start(t, records, 80, 24).fill(test.client, model.GroupByProject, hours()[:1]).Golden()
			})
		})
	}
}

// TestGoldenTurnover draws an invoice that brings the year's turnover near the threshold of a company without VAT, and past it.
func TestGoldenTurnover(t *testing.T) {
	for name, price := range map[string]int64{"near": 160_000, "past": 200_000} {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := ready(t)
				records.Change("invoice", "vat_status", string(model.VATNonPayer))
				free := licence()
				free.Price, free.Currency = decimal.NewFromInt(price), model.DefaultCurrency
				s := start(t, records, 80, 24).fill(romanian(), model.GroupByProject, nil)
				s.Send(screen.SelectionChanged{Grouping: model.GroupByProject, Free: []model.FreeLine{free}})
				s.Golden()
			})
		})
	}
}

// TestGoldenSupplies draws an invoice for each thing that services in Romania can bear, and lines with their own.
func TestGoldenSupplies(t *testing.T) {
	for _, reason := range model.LineReasons()[1:] {
		t.Run(string(reason), func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := ready(t)
				records.Change("invoice", "vat_reason", string(reason))
				start(t, records, 80, 24).fill(romanian(), model.GroupByProject, hours()[:1]).Golden()
			})
		})
	}
	mixed := func(s harness) harness {
		course, book := licence(), licence()
		course.Name, course.Details, course.VAT = "Course", "Basics", model.ReasonEducation
		book.ID, book.Name, book.VAT = 2, "Handbook", model.ReasonReduced
		s.Send(screen.BuyerChanged{Buyer: model.Buyer{Client: romanian()}})
		s.Send(screen.SelectionChanged{Grouping: model.GroupByProject, Hours: hours()[:1], Free: []model.FreeLine{course, book}})
		return s
	}
	for name, act := range map[string]func(s harness){
		"lines of three rates 80x24": func(s harness) { mixed(s) },
		"confirmation 80x24":         func(s harness) { mixed(s).Press("i") },
		"line form 80x24":            func(s harness) { mixed(s).Press("j", "e", "tab", "tab", "tab", "tab") },
		"hours of a course 80x24": func(s harness) {
			s.fill(romanian(), model.GroupByProject, hours()[:1]).Press("e", "tab", "tab", "tab", "tab").Type("training").Press("ctrl+s")
		},
	} {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				s := start(t, ready(t), 80, 24)
				act(s)
				s.Golden()
			})
		})
	}
}

// TestGoldenWaiting draws what is under way or could not be had.
func TestGoldenWaiting(t *testing.T) {
	tests := map[string]struct {
		prepare func(records *program)
		act     func(s harness)
	}{
		"rate is asked for": {func(records *program) { records.bank = make(chan struct{}) }, func(harness) {}},
		"rate is not known": {func(records *program) {
			records.rates, records.rateFailure = model.ExchangeRates{}, bankClosedError{}
		}, func(harness) {}},
		"older rate": {func(records *program) {
			records.rates.Date, records.rateFailure = model.NewDate(2026, time.November, 12), bankClosedError{}
		}, func(harness) {}},
		"typed rate": {func(*program) {}, func(s harness) {
			s.Press("$", "backspace", "backspace", "backspace", "backspace").Type("1").Press("enter")
		}},
		"account looked at": {func(records *program) { records.recheckGate = make(chan struct{}) }, func(s harness) { s.Press("i", "y") }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := ready(t)
				test.prepare(records)
				s := start(t, records, 80, 24).fill(german(), model.GroupByProject, euros())
				test.act(s)
				s.Golden()
			})
		})
	}
	t.Run("name of a tax", func(t *testing.T) {
		uitest.Run(t, func(t *testing.T) {
			start(t, open(t, unnamed), 80, 24).fill(german(), model.GroupByProject, euros()).Press("i").Golden()
		})
	})
}

// euros are hours of the client who is billed in euro.
func euros() []*model.Entry {
	return []*model.Entry{worked(time.October, 8, 95, "Nordlicht", "Fjord", "migration")}
}

// licence is a line that bills no hours.
func licence() model.FreeLine {
	return model.FreeLine{
		ID: 1, Name: "Licence", Details: "One year", Quantity: decimal.NewFromInt(2), Unit: model.UnitItem, Price: decimal.NewFromInt(100),
		Currency: "RON",
	}
}

// early is an hour from before the rates changed on 1 August 2025.
func early(minutes int) *model.Entry {
	entry := worked(time.October, 2, minutes, "Atelier Cireș", "Atlas", "api")
	entry.Start = model.InstantOf(time.Date(2025, time.July, 31, 9, 0, 0, 0, uitest.Noon.Location()))
	entry.End = entry.Start.Add(time.Duration(minutes) * time.Minute)
	return new(entry.Fingerprinted(0))
}
