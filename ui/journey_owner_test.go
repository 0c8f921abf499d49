package ui_test

import (
	"testing"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

// twoClients starts the demo with two clients in the address book, whose tracker names are those of its hours, less those forgotten.
func twoClients(t *testing.T, folder string, forgotten ...string) *journey {
	t.Helper()
	now := uitest.Env(t.Context()).Now
	j := &journey{server: sandbox.New(sandbox.Config{Now: now}), folder: folder}
	j.app, j.shell = openShell(t, j.server, folder, now)
	for _, client := range []model.Client{
		{
			Name: "Nordlicht GmbH", Country: "DE", VATNumber: "DE136695976", Street: "Hafenstraße 3", PostalCode: "20457", City: "Hamburg",
			TrackerNames: []string{"Nordlicht"},
		},
		{
			Name: "Morii Studio SRL", Country: "RO", VATNumber: "RO14399840", Street: "Str. Morii 14", PostalCode: "400001",
			City: "Cluj-Napoca", County: "Cluj", TrackerNames: []string{"Atelier*"},
		},
	} {
		if err := j.app.KeepClient(t.Context(), client, ""); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range forgotten {
		if err := j.app.ForgetClient(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	j.Driver = uitest.Start(t, j.shell, 80, 24).Settling(longestRetry)
	return j
}

const (
	ofOthers = "the invoice goes to Nordlicht GmbH, and bills hours of others: Morii"
	question = "Bill Morii Studio SRL?"
)

// billNordlicht chooses the client in Bill To.
func (j *journey) billNordlicht() { j.Press("2", "esc", "ctrl+o").Type("nordlicht").Press("enter") }

// seesWrongClient looks for the warning on Review and in the confirmation, which stays open.
func (j *journey) seesWrongClient() {
	j.Press("3").Sees(ofOthers).Lacks("ready for e-Factura", "ready;").Press("i").Sees("at 0 %").Press("enter").Sees("Issue this invoice?", "goes to Nordlicht GmbH")
}

func TestHoursOfAnotherClientAreNeverBilledSilently(t *testing.T) {
	orders := map[string]func(j *journey){
		"client first, then hours": func(j *journey) {
			j.billNordlicht()
			j.tickAtelier()
			j.Sees("Look again: " + ofOthers)
		},
		"hours first, then client": func(j *journey) {
			j.tickAtelier()
			j.Press("2").Sees("Morii Studio SRL", "Cluj-Napoca")
			j.billNordlicht()
			j.Sees("Nordlicht GmbH", ofOthers)
		},
		"client changed and back": func(j *journey) {
			j.billNordlicht()
			j.tickAtelier()
			j.Press("2", "esc", "ctrl+o").Type("morii").Press("enter").Lacks(ofOthers)
			j.Press("3").Lacks(ofOthers)
			j.billNordlicht()
		},
		"asked, and kept": func(j *journey) {
			j.billNordlicht()
			j.tickAtelier()
			j.Press("enter").Sees("▸2 Bill To", question, "keep Nordlicht GmbH").Press("enter").Lacks(question).Sees("Nordlicht GmbH", ofOthers)
			j.Press("1", "enter").Sees("▸2 Bill To").Lacks(question)
		},
		"hours of both": func(j *journey) {
			j.billNordlicht()
			j.tickAtelier()
			j.Press("c").Type("nordlicht").Press("enter", "a", "enter").Sees("Hours of several clients", ofOthers).Press("esc")
		},
	}
	for name, act := range orders {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			uitest.Run(t, func(t *testing.T) {
				j := twoClients(t, folder)
				act(j)
				if name == "hours of both" {
					j.Press("3").Sees(ofOthers)
				} else {
					j.seesWrongClient()
				}
				j.Press("ctrl+c")
				if err := j.shell.Close(t.Context()); err != nil {
					t.Fatal(err)
				}
			})
			uitest.Run(t, func(t *testing.T) {
				j := begin(t, folder, 80, 24)
				j.Press("2").Sees("Nordlicht GmbH", ofOthers).Press("3").Sees(ofOthers)
			})
		})
	}
}

func TestEnterProposesTheClientOfTheHours(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := twoClients(t, folder)
		j.billNordlicht()
		j.tickAtelier()
		j.Press("enter").Sees(question).Press("y").Sees("▸2 Bill To", "Morii Studio SRL", "Cluj-Napoca").Lacks(ofOthers)
		j.Press("3").Lacks(ofOthers).Press("i").Sees("Issue this invoice?", "Morii Studio SRL").Lacks(ofOthers)
	})
}

func TestEnterProposesANewClientForHoursOfNobodyKnown(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := twoClients(t, folder, "Morii Studio SRL")
		j.billNordlicht()
		j.tickAtelier()
		j.Press("enter").Sees("A new client for the hours of Atelier Cireș?").Press("n").Lacks("Hamburg").Sees("A new client")
		j.Press("esc", "3").Sees("the company name is needed")
	})
}
