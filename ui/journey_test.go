package ui_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/billing"
	"cadensa/model/config"
	"cadensa/model/document"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
	"cadensa/ui"
	"cadensa/ui/uitest"
)

// journey is the whole program in virtual time: real screens, a real ledger, the real adapter, and the simulator behind
// it without a socket.
type journey struct {
	*uitest.Driver
	server *sandbox.Server
	app    *app.App
	shell  *ui.Shell
	folder string
}

// longestRetry is longer than SQLite's busy handler sleeps before it looks again.
const longestRetry = 200 * time.Millisecond

// begin starts the demo in a window of width × height cells.
func begin(t *testing.T, folder string, width, height int) *journey {
	t.Helper()
	now := uitest.Env(t.Context()).Now
	j := &journey{server: sandbox.New(sandbox.Config{Now: now}), folder: folder}
	j.app, j.shell = openShell(t, j.server, folder, now)
	j.Driver = uitest.Start(t, j.shell, width, height).Settling(longestRetry)
	return j
}

// openShell opens the demo over the simulator, and the screens over the demo.
func openShell(t *testing.T, server *sandbox.Server, folder string, now func() time.Time) (*app.App, *ui.Shell) {
	t.Helper()
	return openShellOn(t, func(func(error)) *sandbox.Server { return server }, folder, "", now)
}

// openShellOn opens the demo over a simulator that is made for it, and that follows a file of faults.
func openShellOn(
	t *testing.T, simulate func(warn func(error)) *sandbox.Server, folder, faults string, now func() time.Time,
) (*app.App, *ui.Shell) {
	t.Helper()
	nothing := func(string) string { return "" }
	a, err := app.OpenDemo(t.Context(), app.Options{Getenv: nothing, Now: now}, app.Demo{
		Folder: folder, Faults: faults,
		Start: func(warn func(error), _ func() time.Time) app.DemoAccount {
			server := simulate(warn)
			return app.DemoAccount{Credentials: credentials(server), Connect: connect(server, now), FollowFaults: server.FollowFaults}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a, openScreens(t.Context(), a, now)
}

func openScreens(ctx context.Context, a *app.App, now func() time.Time) *ui.Shell {
	return ui.Open(ctx, a, ui.Options{Stderr: os.Stderr, Getenv: func(string) string { return "" }, Now: now})
}

func credentials(server *sandbox.Server) model.Credentials {
	return model.Credentials{Email: server.Email(), Token: model.Secret(server.Token()), CIF: server.CIF(), BaseURL: server.BaseURL()}
}

// connect opens the real adapter over the simulator.
func connect(server *sandbox.Server, now func() time.Time) app.Connect {
	return func(credentials model.Credentials, gate app.Gate, watch app.Watch) (billing.Provider, error) {
		return smartbill.New(credentials, smartbill.WithGate(gate), smartbill.WithClock(now), smartbill.WithCountryNames(countries.RomanianName),
			smartbill.WithTransport(sandbox.Transport(server)), smartbill.WithAnswerObserver(watch.Answered))
	}
}

// tickAtelier ticks this month's hours of one tracked client.
func (j *journey) tickAtelier() {
	j.Press("1", "c").Type("atelier").Press("enter", "a")
}

// fillBuyer fills the form in as a person would, with the keyboard alone.
func (j *journey) fillBuyer() {
	j.Press("2").Type("Atelier Cireș SRL").Press("tab").Type("Ioana Cireș").Press("tab", "tab")
	j.Type("romn").Sees("Románia (Romania)").Press("enter").Type("Str. Morii 14").Press("tab").Type("400001").Press("tab")
	j.Type("cluj").Press("enter").Type("Cluj-Napoca").Press("tab").Type("ro 99120340").Press("ctrl+s")
}

func TestJourney(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.tickAtelier()
		j.Sees("19 ticked", "9,000.00 RON net")
		j.fillBuyer()
		j.Sees("▸3 Review", "Atelier Cireș SRL", "RO99120340 · Cluj-Napoca, Románia (Romania)", "10,890.00 RON")
		j.Press("i").Sees("Issue this invoice?").Press("y")
		j.Sees("▸4 History", "FCT-0001 is issued: 10,890.00 RON", "10,890.00  issued")

		issued := j.server.Invoices()
		if len(issued) != 1 {
			t.Fatalf("SmartBill has %d invoices, want 1", len(issued))
		}
		if got := issued[0].Totals.Total.StringFixed(2); got != "10890.00" {
			t.Errorf("SmartBill's total is %s", got)
		}
		if got := issued[0].Client; got.VatCode != "RO99120340" || got.Country != "Romania" || got.County != "Cluj" || got.Address != "Str. "+
			"Morii 14, 400001" {
			t.Errorf("the client was sent as %+v", got)
		}

		j.Press("p").Sees("The PDF of FCT-0001 is saved")
		content, err := os.ReadFile(filepath.Join(folder, "pdf", "FCT-0001 Atelier Cireș SRL.pdf"))
		if err != nil {
			t.Fatal(err)
		}
		text, err := document.Text(content)
		if err != nil || !strings.Contains(text, "0001") || !strings.Contains(text, "Ref: CAD-") {
			t.Errorf("the PDF says (%v):\n%s", err, text)
		}

		j.Press("1").Sees("FCT-0001", "nothing ticked")
		j.Press("4", "c", "tab", "enter").Sees("FCT-0001 is cancelled", "free again")
		if state := j.server.Invoices()[0].State; state != sandbox.StateCancelled {
			t.Errorf("in SmartBill it is %s", state)
		}
		j.Press("1", "a").Sees("19 ticked", "9,000.00 RON net")
		j.fillBuyerAgain()
		j.Sees("FCT · next number 0002").Press("i", "y").Sees("FCT-0002 is issued")
	})
}

// fillBuyerAgain finds the form as it was left.
func (j *journey) fillBuyerAgain() {
	j.Press("2").Sees("Atelier Cireș SRL").Press("ctrl+s")
}

func TestWhatWasMadeSurvivesQuitting(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.tickAtelier()
		j.Press("b", "2").Type("Atelier C").Press("ctrl+c")
		if err := j.shell.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.Sees("19 ticked", "group by task").Press("2").Sees("Atelier C").Press("3").Sees("Atlas · api", "the street is needed")
	})
}

func TestAnUnknownOutcomeIsKeptAndAnnounced(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.server.Script(sandbox.Fault{Operation: "POST /invoice", Kind: sandbox.CommitAndHang})
		j.tickAtelier()
		j.fillBuyer()
		j.Press("i", "y").Sees("sending to SmartBill").Press("q").Sees("A request is on its way").Press("esc")
		j.Elapse(3 * time.Minute)
		j.Sees("▸4 History", "unknown", "uncertain outcome")
		j.Press("1").Sees("reserved", "nothing ticked")
		if calls := j.server.Calls("POST /invoice"); calls != 1 {
			t.Errorf("the invoice was sent %d times", calls)
		}
	})
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.Sees("to Atelier Cireș SRL is not known; its hours stay reserved. 4 History, where u settles it")
		j.Press("4").Sees("1 invoice has an uncertain outcome: press u").Lacks("where u settles it")
	})
}

// The ledger is copied once a day, beside the screens; a copy that fails is said and stops nothing.
func TestTheLedgerIsCopiedAtStart(t *testing.T) {
	folder := t.TempDir()
	backups := filepath.Join(folder, "backups")
	start := func(t *testing.T) *uitest.Driver {
		now := uitest.Env(t.Context()).Now
		server := sandbox.New(sandbox.Config{Now: now})
		nothing := func(string) string { return "" }
		options := app.Options{Getenv: nothing, Now: now, Secrets: config.Secrets{Getenv: nothing, Keyring: config.NoKeyring{}},
			Connect: connect(server, now)}
		a, err := app.Open(t.Context(), options, config.Paths{Settings: filepath.Join(folder, "config.toml"),
			Ledger: filepath.Join(folder, "ledger.db")})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
		return uitest.Start(t, openScreens(t.Context(), a, now), 120, 40).Settling(longestRetry)
	}
	uitest.Run(t, func(t *testing.T) {
		start(t).Lacks("copy of the ledger")
		if info, err := os.Stat(filepath.Join(backups, "ledger-2026-11-22.db")); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the copy: %v, %v", info, err)
		}
	})
	if err := errors.Join(os.RemoveAll(backups), os.WriteFile(backups, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	uitest.Run(t, func(t *testing.T) { start(t).Sees("copy of the ledger was not made") })
}

func TestFaultsLeaveTheHoursFree(t *testing.T) {
	tests := map[string]struct {
		fault sandbox.Fault
		says  string
	}{
		"unreachable": {sandbox.Fault{Operation: "GET /series", Times: -1, Kind: sandbox.RefuseConnection}, "Nothing was sent"},
		"not sent":    {sandbox.Fault{Operation: "POST /invoice", Kind: sandbox.RefuseConnection}, "Nothing was sent and nothing has changed"},
		"lock-out":    {sandbox.Fault{Operation: "GET /series", Kind: sandbox.LockOut}, "limit of calls was exceeded"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			uitest.Run(t, func(t *testing.T) {
				j := begin(t, folder, 120, 40)
				j.tickAtelier()
				j.fillBuyer()
				j.server.Script(test.fault)
				j.Press("i", "y").Elapse(time.Minute)
				j.Sees(test.says).Press("1").Sees("19 ticked")
				if len(j.server.Invoices()) != 0 {
					t.Error("an invoice was made")
				}
			})
		})
	}
}

// loseAnAnswer issues this month's hours of one client, and loses SmartBill's answer.
func (j *journey) loseAnAnswer(fault sandbox.Kind) {
	j.server.Script(sandbox.Fault{Operation: "POST /invoice", Kind: fault})
	j.tickAtelier()
	j.fillBuyer()
	j.Press("i", "y").Elapse(3*time.Minute).Sees("▸4 History", "u settle it")
}

// A lost answer is found out with one key: the invoice was made, and its hours are billed by it.
func TestAnUnknownOutcomeIsSettledByItsEvidence(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 120, 40)
		j.loseAnAnswer(sandbox.CommitAndHang)
		j.Press("esc").Sees("1 invoice has an uncertain outcome").Press("u")
		j.Sees("SmartBill made it: it is FCT-0001, recorded as issued.", "counter    1 before it was sent, 2 now", "this one")
		j.Press("esc").Sees("▸ FCT-0001", "sent").Lacks("uncertain")
		j.Press("1").Sees("FCT-0001", "nothing ticked").Lacks("reserved")
		j.Press("4", "p").Sees("The PDF of FCT-0001 is saved")
		if made := j.server.Calls("POST /invoice"); made != 1 {
			t.Errorf("the invoice was sent %d times", made)
		}
	})
}

// What was not made waits until SmartBill had its time, frees its hours, and is sent again only after a confirmation.
func TestAnUnknownOutcomeThatWasNotMadeIsSentAgain(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 120, 40)
		j.server.Script(sandbox.Fault{Operation: "POST /invoice", Kind: sandbox.BadGateway})
		j.tickAtelier()
		j.fillBuyer()
		j.Press("i", "y").Elapse(10*time.Second).Sees("▸4 History", "u settle it").Press("u")
		j.Sees("may be making it still", "left; then u asks again.").Elapse(2 * time.Minute)
		j.Press("u").Sees("SmartBill did not make it, and its hours are free again.")
		j.Press("S").Sees("Send this invoice again?", "10,890.00 RON, series FCT").Press("enter")
		if calls := j.server.Calls("POST /invoice"); calls != 1 {
			t.Fatalf("%d requests were sent before the confirmation", calls)
		}
		j.Press("S", "y").Sees("FCT-0001 is issued", "not issued").Lacks("Send this invoice again?")
		if made := j.server.Invoices(); len(made) != 1 {
			t.Errorf("SmartBill has %d invoices", len(made))
		}
		j.Press("1").Sees("FCT-0001", "nothing ticked")
	})
}

func TestStornoFreesTheHoursForTheCorrectInvoice(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 120, 40)
		j.tickAtelier()
		j.fillBuyer()
		j.Press("i", "y").Sees("FCT-0001 is issued")
		j.Press("c", "s").Sees("Storno of FCT-0001?", "-10,890.00 RON").Press("tab", "enter")
		j.Sees("FCT-0001 is reversed by FCT-0002 over -10,890.00 RON", "▸ FCT-0002", "undoes     FCT-0001")
		j.Press("j", "$").Sees("FCT-0001 is reversed: there is no payment to ask for")
		j.Press("1", "a").Sees("19 ticked")
	})
}

func TestPaymentAndRestore(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 120, 40)
		j.tickAtelier()
		j.fillBuyer()
		j.Press("i", "y").Sees("FCT-0001 is issued").Press("$").Sees("Payment of FCT-0001", "0.00 RON", "unpaid, as of 2026-11-22").Press("esc")
		j.Press("c", "tab", "enter").Sees("FCT-0001 is cancelled").Press("R", "tab",
			"enter").Sees("FCT-0001 is in force again; its hours are billed.")
		j.Press("c", "tab", "enter").Press("1", "a").Sees("19 ticked").Press("3", "i", "y").Sees("FCT-0002 is issued")
		j.Press("j", "R", "tab", "enter").Sees("19 of the entries are on FCT-0002", "It stays cancelled")
	})
}
