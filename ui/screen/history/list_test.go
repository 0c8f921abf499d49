package history_test

import (
	"errors"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

func TestMovingLikeVim(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, &fakeRecords{invoices: many(100)}, 80, 24).Sees("▸ FCT-0100")
		driver.Press("G").Sees("▸ FCT-0001")
		driver.Press("g", "g").Sees("▸ FCT-0100")
		driver.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjj")}).Sees("▸ FCT-0097")
		driver.Press("g", "g", "ctrl+d").Sees("▸ FCT-0091").Press("ctrl+u").Sees("▸ FCT-0100")
		driver.Press("g", "y", "g").Sees("▸ FCT-0100")
	})
}

// A g, another key, and a g again is no jump to the top.
func TestInterruptedJump(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		start(t, &fakeRecords{invoices: many(100)}, 80, 24).Press("G", "g", "y", "g").Sees("▸ FCT-0001")
	})
}

func TestFailedReloadKeepsTheList(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		driver := start(t, records, 80, 24)
		records.loadErr = errors.New("disk I/O error")
		driver.Press("r").Sees("FCT-0023", "could not be read again; what is shown may be old: disk I/O")
		records.loadErr = nil
		driver.Press("esc", "r").Sees("FCT-0023").Lacks("may be old")
	})
}

func TestRetryAfterAFailure(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		records.loadErr = errors.New("disk I/O error")
		driver := start(t, records, 80, 24).Sees("✗ The invoices could not be read: disk I/O error")
		records.loadErr = nil
		driver.Press("r").Sees("▸ FCT-0023").Lacks("could not")
	})
}

// A newer reading ends the one before, and Close ends all.
func TestReadingsAreEnded(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		driver, tab := startScreen(t, records, 80, 24)
		records.loadGate, records.cancelGate = make(chan struct{}), make(chan struct{})
		driver.Press("r", "r").Press("c", "tab", "enter").Sees("cancelling FCT-0023")
		if !driver.Press("ctrl+c").Ended() {
			t.Fatal("the program runs on")
		}
		tab.Close()
		driver.Idle()
		want := "load load cancel CAD-000023"
		if got := strings.Join(records.ended, " "); got != want && got != "load cancel CAD-000023 load" {
			t.Errorf("ended %q, want %q", got, want)
		}
		driver.Sees("FCT-0023").Lacks("could not", "cancel·")
	})
}

func TestLedgerChanges(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &fakeRecords{invoices: many(30)}
		driver := start(t, records, 80, 24).Press("j", "j", "j", "j", "j").Sees("▸ FCT-0025")
		paid := records.invoices[5]
		paid.Payment = model.PaymentPaid
		records.invoices[5] = paid
		records.invoices = append([]model.Invoice{invoice(31, "0031", "Nordlicht GmbH", "DE", "2026-11-01", "10.00", "RON", model.StatusIssued)}, records.invoices...)
		driver.Send(screen.LedgerChanged{Invoice: paid}).Sees("31 invoices", "▸ FCT-0025")
		if row := rowOf(driver.Frame(), "▸"); !strings.HasSuffix(row, "paid") {
			t.Errorf("row %q", row)
		}
		driver.Press("/").Type("brisk").Press("enter").Sees("30 of 31")
		records.invoices = append([]model.Invoice{invoice(32, "0032", "Nordlicht GmbH", "DE", "2026-11-02", "10.00", "RON", model.StatusIssued)}, records.invoices...)
		driver.Send(screen.LedgerChanged{Invoice: records.invoices[0], Issued: true}).Sees("32 invoices", "▸ FCT-0032").Lacks("brisk")
	})
}

// An invoice that was sent and not answered gets the cursor: the footer offers to settle it.
func TestWhatIsUnknownGetsTheCursor(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &fakeRecords{invoices: many(3)}
		driver := start(t, records, 80, 24).Press("j").Sees("▸ FCT-0002")
		lost := invoice(31, "", "Nordlicht GmbH", "DE", "2026-11-01", "10.00", "RON", model.StatusUnknown)
		records.invoices = append([]model.Invoice{lost}, records.invoices...)
		driver.Send(screen.LedgerChanged{Invoice: lost, Sent: true}).Sees("▸ ?", "u settle")
	})
}

func TestOneUncertain(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &fakeRecords{invoices: everyStatus()[1:5]}
		driver := start(t, records, 120, 24)
		driver.Sees("! 1 invoice has an uncertain outcome: press u to find out what SmartBill did. Its hours stay reserved.")
		records.invoices = certainInvoices()
		driver.Press("r").Lacks("uncertain")
	})
}

// Where several companies bill, each row names its issuer, and a filter finds it.
func TestSeveralCompaniesAreToldApart(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		for i := range records.invoices {
			records.invoices[i].Company = "18547290"
		}
		driver := start(t, records, 80, 24).Lacks("18547290")
		records.invoices[1].Company = "4221306"
		driver.Press("r").Sees("18547290", "4221306").Golden().Fits()
		driver.Press("/").Type("4221306").Press("enter").Sees("FCT-0022").Lacks("FCT-0023")
	})
}
