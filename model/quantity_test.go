package model_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadensa/model"
)

// withDecimals is a client whose quantities have so many decimals, 0 for the settings' number.
func withDecimals(decimals int) model.Client {
	client := romanian()
	client.QuantityDecimals = decimals
	return client
}

// TestQuantitiesHaveTheDecimalsThatAreWanted bills 6:20 at 120, which is 760.00.
func TestQuantitiesHaveTheDecimalsThatAreWanted(t *testing.T) {
	for name, test := range map[string]struct {
		settings      int
		client        model.Client
		quantity, net string
	}{
		"two, by default":        {0, withDecimals(0), "6.33", "759.60"},
		"three by the settings":  {3, withDecimals(0), "6.333", "759.96"},
		"four":                   {4, withDecimals(0), "6.3333", "760.00"},
		"five":                   {5, withDecimals(0), "6.33333", "760.00"},
		"six":                    {6, withDecimals(0), "6.333333", "760.00"},
		"four by the client":     {2, withDecimals(4), "6.3333", "760.00"},
		"fewer by the client":    {4, withDecimals(2), "6.33", "759.60"},
		"a number that none has": {4, withDecimals(9), "6.3333", "760.00"},
		"another that none has":  {4, withDecimals(1), "6.3333", "760.00"},
		"one below the sensible": {0, withDecimals(-1), "6.33", "759.60"},
	} {
		t.Run(name, func(t *testing.T) {
			p := preparation()
			p.Preferences.Rules = []model.Rule{hourly("120")}
			p.Preferences.LineTexts.Details = "{hours} h"
			p.Preferences.QuantityDecimals = model.NewQuantityDecimals(test.settings, []model.Client{test.client})
			p.Buyer.Client, p.Hours = test.client, []*model.Entry{on("a", "2026-10-05 08:00", 380)}
			invoice := prepared(t, p)
			line := invoice.Lines[0]
			if got := model.FormatQuantity(line.Quantity); got != test.quantity || line.Details != test.quantity+" h" {
				t.Errorf("%s is billed, the line says %q; want %s", got, line.Details, test.quantity)
			}
			if got := model.FormatAmount(invoice.Totals().Net); got != test.net {
				t.Errorf("it comes to %s, want %s", got, test.net)
			}
			for _, finding := range invoice.Validate() {
				if finding.Field == "lines[0].quantity" {
					t.Error("the quantity that was asked for is complained of:", finding.Code)
				}
			}
		})
	}
}

// A quantity that was typed finer than is usual is warned of, whatever is usual.
func TestQuantityFinerThanUsualIsWarnedOf(t *testing.T) {
	for settings, quantity := range map[int]string{0: "0.333", 2: "0.333", 3: "0.3333", 5: "0.333333"} {
		p := preparation()
		p.Preferences.QuantityDecimals.Usual = settings
		p.Free = []model.FreeLine{{ID: 1, Name: "Licence", Quantity: amount(quantity), Unit: model.UnitItem, Price: amount("10")}}
		found(t, prepared(t, p).Validate(), "lines[2].quantity", "", model.FindingLineQuantityPrecise)
	}
}

func TestDecimalsOfTrackedClients(t *testing.T) {
	acme, borealis := withDecimals(4), withDecimals(0)
	acme.TrackerNames, borealis.Name = []string{"acme*"}, "Borealis"
	decimals := model.NewQuantityDecimals(3, []model.Client{acme, borealis})
	for client, want := range map[string]int{"Acme web": 4, acme.Name: 4, "Borealis": 3, "": 3, "unknown": 3} {
		if got := decimals.Tracked(client); got != want {
			t.Errorf("%q has %d decimals, want %d", client, got, want)
		}
	}
	rule := hourly("120")
	if got := rule.Estimate(380*60, decimals.Tracked("acme")); !got.Equal(amount("6.3333")) {
		t.Error("the entry comes to", got)
	}
}

// However a day is split among lines, its parts add up to the whole, with any number of decimals.
func TestSharedDaysAddUpWithAnyDecimals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := composer(model.GroupByEntry, model.Rule{Unit: model.UnitDay, Price: amount("1000"), Currency: "RON"})
		c.Decimals = rapid.IntRange(model.MinQuantityDecimals, model.MaxQuantityDecimals).Draw(t, "decimals")
		var entries []*model.Entry
		for i, minutes := range rapid.SliceOfN(rapid.Int64Range(60, 130), 3, 7).Draw(t, "minutes") {
			entries = append(entries, on(string(rune('a'+i)), "2026-10-05 0"+string(rune('0'+i))+":00", minutes))
		}
		lines, err := c.Compose(entries)
		if err != nil {
			t.Fatal(err)
		}
		var tracked int64
		sum := amount("0")
		for _, line := range lines {
			if !line.Quantity.Equal(line.Quantity.Round(int32(c.Decimals))) {
				t.Fatalf("%s has more than %d decimals", line.Quantity, c.Decimals)
			}
			tracked, sum = tracked+line.Tracked, sum.Add(line.Quantity)
		}
		want := amount("0.5")
		if tracked >= int64(6*time.Hour/time.Second) {
			want = amount("1")
		}
		if !sum.Equal(want) {
			t.Fatalf("the parts add up to %s, not %s", sum, want)
		}
	})
}
