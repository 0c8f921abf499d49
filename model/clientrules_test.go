package model_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

func TestClientsWithAPriceHaveRulesBeforeTheSettings(t *testing.T) {
	rounded := hourly("100")
	rounded.Client, rounded.Rounding = "Atelier*", model.Rounding{Step: 15 * time.Minute, Direction: model.RoundUp}
	priced := func(price, currency string, names ...string) model.Client {
		client := model.Client{Name: "Nordlicht GmbH", TrackerNames: names}
		client.Price, client.Currency = price, currency
		return client
	}
	clients := []model.Client{
		priced("250,50", "", "Atelier Cireș", "ac-*"), priced("", "EUR", "free"), priced("no number", "", "broken"), priced("48", "EUR"),
	}
	var got []string
	for _, rule := range model.ClientRules(clients, []model.Rule{rounded}, "RON") {
		got = append(got, rule.Client+" "+rule.Price.String()+" "+rule.Currency+" "+rule.Rounding.Step.String())
	}
	want := []string{"Atelier Cireș 250.5 RON 15m0s", "ac-* 250.5 RON 0s", "Nordlicht GmbH 48 EUR 0s"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
