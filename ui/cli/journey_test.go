package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/model/billing"
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
	server  *sandbox.Server
	session *Session
	shell   *ui.Shell
	folder  string
}

// begin starts the demo in a window of width × height cells.
func begin(t *testing.T, folder string, width, height int) *journey {
	t.Helper()
	now := uitest.Env(t.Context()).Now
	j := &journey{server: sandbox.New(sandbox.Config{Now: now}), folder: folder}
	j.session, j.shell = openShell(t, j.server, folder, now)
	j.Driver = uitest.Start(t, j.shell, width, height)
	return j
}

// openShell opens the demo over the simulator, and the screens over the demo.
func openShell(t *testing.T, server *sandbox.Server, folder string, now func() time.Time) (*Session, *ui.Shell) {
	t.Helper()
	session, err := openDemo(t.Context(), Options{
		Stderr: os.Stderr, Getenv: func(string) string { return "" }, Now: now,
		Demo: func() (model.Credentials, Connect) {
			account := model.Credentials{Email: server.Email(), Token: model.Secret(server.Token()), CIF: server.CIF(), BaseURL: server.BaseURL()}
			return account, func(credentials model.Credentials, gate Gate, _ func(time.Time)) (billing.Provider, error) {
				return smartbill.New(credentials, smartbill.WithGate(gate), smartbill.WithClock(now),
					smartbill.WithCountryNames(countries.RomanianName), smartbill.WithTransport(sandbox.Transport(server)))
			}
		},
	}, folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	})
	return session, newShell(t.Context(), session)
}

// tickAtelier ticks this month's hours of one tracked client.
func (j *journey) tickAtelier() {
	j.Press("1", "c").Type("atelier").Press("enter", "a")
}

// fillBuyer fills the form in as a person would, with the keyboard alone.
func (j *journey) fillBuyer() {
	j.Press("2").Type("Atelier Cireș SRL").Press("tab").Type("Ioana Cireș").Press("tab", "tab")
	j.Type("romn").Sees("Románia (Romania)").Press("enter", "tab").Type("Str. Morii 14").Press("tab").Type("400001").Press("tab")
	j.Type("cluj").Press("enter", "tab").Type("Cluj-Napoca").Press("tab").Type("ro 18547290").Press("ctrl+s")
}

func TestJourney(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.tickAtelier()
		j.Sees("19 ticked", "9,000.00 RON net")
		j.fillBuyer()
		j.Sees("▸3 Review", "Atelier Cireș SRL", "RO18547290 · Cluj-Napoca, Románia (Romania)", "10,890.00 RON")
		j.Press("i").Sees("Issue this invoice?").Press("y")
		j.Sees("▸4 History", "FCT-0001 is issued: 10,890.00 RON", "10,890.00  issued")

		issued := j.server.Invoices()
		if len(issued) != 1 {
			t.Fatalf("SmartBill has %d invoices, want 1", len(issued))
		}
		if got := issued[0].Totals.Total.StringFixed(2); got != "10890.00" {
			t.Errorf("SmartBill's total is %s", got)
		}
		if got := issued[0].Client; got.VatCode != "RO18547290" || got.Country != "Romania" || got.County != "Cluj" || got.Address != "Str. Morii 14, 400001" {
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
		j.Press("i", "y").Sees("FCT-0002 is issued")
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
		j.Sees("to Atelier Cireș SRL is not known")
	})
}

func TestFaultsLeaveTheHoursFree(t *testing.T) {
	tests := map[string]struct {
		fault sandbox.Fault
		says  string
	}{
		"unreachable": {sandbox.Fault{Operation: "GET /series", Times: -1, Kind: sandbox.RefuseConnection}, "Not issued"},
		"not sent":    {sandbox.Fault{Operation: "POST /invoice", Kind: sandbox.RefuseConnection}, "Nothing was sent and nothing has changed"},
		"lock-out":    {sandbox.Fault{Operation: "GET /series", Kind: sandbox.LockOut}, "calls are allowed again at 12:10:"},
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
