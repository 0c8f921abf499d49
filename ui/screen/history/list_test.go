package history_test

import (
	"errors"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

func TestMovingLikeVim(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, many.Open(t), 80, 24).Sees("▸ FCT-0020")
		driver.Press("G").Sees("▸ FCT-0001")
		driver.Press("g", "g").Sees("▸ FCT-0020")
		driver.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjj")}).Sees("▸ FCT-0017")
		driver.Press("g", "g", "ctrl+d").Sees("▸ FCT-0011").Press("ctrl+u").Sees("▸ FCT-0020")
		driver.Press("g", "y", "g").Sees("▸ FCT-0020")
	})
}

// A g, another key, and a g again is no jump to the top.
func TestInterruptedJump(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		start(t, many.Open(t), 80, 24).Press("G", "g", "y", "g").Sees("▸ FCT-0001")
	})
}

func TestFailedReloadKeepsTheList(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := makeUnreliable(certain.Open(t))
		driver := start(t, office, 80, 24)
		office.fail("Invoices", errors.New("disk I/O error"))
		driver.Press("r").Sees("FCT-0023", "could not be read again; what is shown may be old: disk I/O")
		office.fail("Invoices", nil)
		driver.Press("esc", "r").Sees("FCT-0023").Lacks("may be old")
	})
}

func TestRetryAfterAFailure(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := makeUnreliable(certain.Open(t))
		office.fail("Invoices", errors.New("disk I/O error"))
		driver := start(t, office, 80, 24).Sees("✗ The invoices could not be read: disk I/O error")
		office.fail("Invoices", nil)
		driver.Press("r").Sees("▸ FCT-0023").Lacks("could not")
	})
}

// A newer reading ends the one before, and Close ends all.
func TestReadingsAreEnded(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := makeUnreliable(certain.Open(t))
		driver, tab := startScreen(t, office, 80, 24)
		office.hold("Invoices")
		office.Slow("PUT /invoice/cancel")
		driver.Press("r", "r").Press("c", "tab", "enter").Sees("cancelling FCT-0023")
		if !driver.Press("ctrl+c").Ended() {
			t.Fatal("the program runs on")
		}
		tab.Close()
		driver.Idle()
		if len(office.ended) != 2 {
			t.Errorf("%d readings were ended", len(office.ended))
		}
		driver.Sees("FCT-0023").Lacks("could not", "cancel·")
	})
}

func TestLedgerChanges(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := many.Open(t)
		driver := start(t, office, 80, 24).Press("j", "j", "j", "j", "j").Sees("▸ FCT-0015")
		invoices, err := office.Invoices(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		paid := office.Paid(invoices[5], "900", "2026-11-22")
		office.Issued(office.Invoice(nordlicht(), "2026-11-01", "10", "EUR"))
		driver.Send(screen.LedgerChanged{Invoice: paid}).Sees("21 invoices", "▸ FCT-0015")
		if row := rowOf(driver.Frame(), "▸"); !strings.HasSuffix(row, "paid") {
			t.Errorf("row %q", row)
		}
		driver.Press("/").Type("brisk").Press("enter").Sees("20 of 21")
		issued := office.Issued(office.Invoice(nordlicht(), "2026-11-02", "10", "EUR"))
		driver.Send(screen.LedgerChanged{Invoice: issued, Issued: true}).Sees("22 invoices", "▸ FCT-0022").Lacks("brisk")
	})
}

// An invoice that was sent and not answered gets the cursor: the footer offers to settle it.
func TestWhatIsUnknownGetsTheCursor(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		driver := start(t, office, 80, 24).Press("j").Sees("▸ FCT-0022")
		lost := office.Lost(office.Invoice(nordlicht(), "2026-11-01", "10", "EUR"), sandbox.BadGateway)
		driver.Send(screen.LedgerChanged{Invoice: lost, Sent: true}).Sees("▸ ?", "u settle")
	})
}

func TestOneUncertain(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := notIssued.Open(t)
		driver := start(t, office, 120, 24)
		driver.Sees("! 1 invoice has an uncertain outcome: press u to find out what SmartBill did. Its hours stay reserved.")
		if _, err := office.Settle(t.Context(), newest(t, office, model.StatusUnknown).Intent); err != nil {
			t.Fatal(err)
		}
		driver.Press("r").Lacks("uncertain")
	})
}

// Where several companies bill, each row names its issuer, and a filter finds it.
func TestSeveralCompaniesAreToldApart(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		start(t, office, 80, 24).Lacks("14399840")
		office.BillFor(uitest.OtherCompany)
		prepared := office.Invoice(nordlicht(), "2026-11-20", "4800", "EUR")
		prepared.Lines[0].VAT, prepared.Treatment.Setting = model.VATRate{}, ""
		office.Issued(prepared)
		driver := start(t, office, 80, 24).Sees("14399840", uitest.OtherCompany).Golden().Fits()
		driver.Press("/").Type(uitest.OtherCompany).Press("enter").Sees("FCT-0001").Lacks("FCT-0023")
	})
}
