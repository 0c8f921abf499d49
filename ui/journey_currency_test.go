package ui_test

import (
	"testing"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

func TestTwoCurrenciesAreBilledInTurn(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		now := uitest.Env(t.Context()).Now
		j := &journey{server: sandbox.New(sandbox.Config{Now: now}), folder: folder}
		j.app, j.shell = openShell(t, j.server, folder, now)
		made := len(j.server.Invoices())
		client := model.Client{
			Name: "Morii Studio SRL", Country: "RO", VATNumber: "RO14399840", Street: "Str. Morii 14", PostalCode: "400001",
			City: "Cluj-Napoca", County: "Cluj", TrackerNames: []string{"Atelier*", "Nordlicht*"},
		}
		if err := j.app.KeepClient(t.Context(), client, ""); err != nil {
			t.Fatal(err)
		}
		j.Driver = uitest.Start(t, j.shell, 80, 24).Settling(longestRetry)
		j.tickAtelier()
		j.Press("c").Type("nordlicht").Press("enter", "a").Sees("RON +", "EUR net")
		j.Press("2", "esc", "ctrl+o").Type("morii").Press("enter", "3").Sees("an invoice has one currency", "C bills the").Lacks("ready")
		j.Press("i").Sees("Not yet: ", "an invoice has one currency").Lacks("Issue this invoice?").Press("esc", "3")
		j.Press("C").Sees("RON", "later", "EUR stay ticked for the next invoice").Lacks("an invoice has one currency")
		j.Press("i").Sees("Issue this invoice?", "EUR stay ticked for the next invoice.").Press("y").Sees("▸4 History", "is issued")
		j.Press("3").Sees(" EUR", "1 EUR = ").Lacks("later", "an invoice has one currency")
		j.Press("i").Sees("Issue this invoice?").Press("y").Sees("▸4 History", "is issued")
		j.Press("1").Sees("nothing ticked")

		issued := j.server.Invoices()[made:]
		if len(issued) != 2 || issued[0].Currency != "RON" || issued[1].Currency != "EUR" {
			t.Fatalf("SmartBill has %d new invoices, in %s", len(issued), issued[0].Currency)
		}
	})
}
