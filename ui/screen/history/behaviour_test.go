package history_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/screen/history"
	"cadensa/ui/uitest"
	"cadensa/ui/widget"
)

// many invoices, numbered downwards from n.
func many(n int) []model.Invoice {
	invoices := make([]model.Invoice, n)
	for i := range invoices {
		invoices[i] = invoice(int64(n-i), fmt.Sprintf("%04d", n-i), "Brisk Kft", "HU", "2026-10-31", "900.00", "EUR", model.StatusIssued)
	}
	return invoices
}

func TestMovingLikeVim(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, &memory{invoices: many(100)}, 80, 24).Sees("▸ FCT-0100")
		driver.Press("G").Sees("▸ FCT-0001")
		driver.Press("g", "g").Sees("▸ FCT-0100")
		driver.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjj")}).Sees("▸ FCT-0097")
		driver.Press("g", "g", "ctrl+d").Sees("▸ FCT-0091").Press("ctrl+u").Sees("▸ FCT-0100")
		driver.Press("g", "y", "g").Sees("▸ FCT-0100")
	})
}

// A g, another act, and a g again is no jump to the top.
func TestInterruptedJump(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		start(t, &memory{invoices: many(100)}, 80, 24).Press("G", "g", "y", "g").Sees("▸ FCT-0001")
	})
}

func TestCopyTakesTheReference(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := doubtful()
		start(t, records, 80, 24).Press("y").Sees("CAD-000025 is copied").Press("j", "j", "y").Sees("FCT-0023 is copied")
		if diff := cmp.Diff([]string{"CAD-000025", "FCT-0023"}, records.copied); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPDF(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		driver := start(t, records, 80, 24)
		driver.Press("p").Sees("The PDF of FCT-0023 is saved: /home/ana/Downloads/FCT-0023.pdf")
		driver.Press("o").Sees("FCT-0023 is being shown; its PDF is /home/ana/Downloads/FCT-0023.pdf")
		if diff := cmp.Diff([][]string{{"CAD-000023"}, {"CAD-000023"}}, [][]string{records.saved, records.opened}); diff != "" {
			t.Error(diff)
		}
		records.pdfErr = fmt.Errorf("PDF: %w", model.ErrUnavailable)
		driver.Press("p").Sees("The PDF of FCT-0023 was not saved; the invoice stands as it did").Sees("Check the network")
	})
}

// Saving the PDF of one invoice does not stop another's, and the same is not asked for twice at once.
func TestPDFsSideBySide(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &memory{invoices: certain(), pdfGate: make(chan struct{})}
		driver := start(t, records, 80, 24).Press("p", "p", "j", "p").Sees("saving the PDF of FCT-0022")
		close(records.pdfGate)
		driver.Lacks("saving the PDF")
		if len(records.saved) != 2 || len(records.ended) != 0 {
			t.Errorf("saved %v, ended %v", records.saved, records.ended)
		}
	})
}

// What cannot be done says why.
func TestActsThatCannotBe(t *testing.T) {
	tests := []struct {
		name   string
		change func(*model.Invoice)
		key    string
		want   string
	}{
		{"no PDF without a number", func(i *model.Invoice) { i.Number, i.Status = "", model.StatusUnknown }, "p", "CAD-000023 has no number that is known here, and so no PDF."},
		{"unknown", func(i *model.Invoice) { i.Number, i.Status = "", model.StatusUnknown }, "c", "It is not known whether CAD-000023 exists"},
		{"cancelled", func(i *model.Invoice) { i.Status = model.StatusCancelled }, "c", "FCT-0023 is cancelled already; its hours are free. R restores it."},
		{"reversed", func(i *model.Invoice) { i.Status = model.StatusReversed }, "c", "taken back by a storno already"},
		{"restoring", func(i *model.Invoice) { i.Status = model.StatusRestoring }, "c", "Whether FCT-0023 is restored is not known: press R to repeat it"},
		{"refused", func(i *model.Invoice) { i.Status = model.StatusRefused }, "c", "was not issued: there is nothing to cancel"},
		{"timesheet without a number", func(i *model.Invoice) { i.Number, i.Status = "", model.StatusDraftSent }, "t", "CAD-000023 has no number that is known here, and so no timesheet."},
		{"timesheet of a storno", func(i *model.Invoice) { i.Kind = model.KindStorno }, "t", "FCT-0023 is a storno: the hours are on the timesheet"},
		{"proforma", func(i *model.Invoice) { i.Kind, i.InvoicedAs = model.KindProforma, "FCT-0024" }, "c", "is invoiced as FCT-0024"},
		{"storno", func(i *model.Invoice) { i.Kind = model.KindStorno }, "c", "is a storno"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := sure()
				test.change(&records.invoices[0])
				start(t, records, 80, 24).Press(test.key).Sees(test.want).Lacks("keep it")
			})
		})
	}
}

// The footer offers what can be done with the invoice under the cursor, and nothing that is not there.
func TestFooterOffersWhatThereIs(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, doubtful(), 120, 24).Sees("y copy").Lacks("c cancel", "p save PDF")
		driver.Press("j", "j").Sees("c cancel", "p save PDF", "o open").Lacks("restore", "u settle")
	})
}

func TestHelpNamesTheKeys(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		start(t, sure(), 80, 24).Press("?").Sees("Keys of History", "save PDF", "cancel", "filter", "read again")
	})
}

func TestDetail(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		driver := start(t, records, 80, 24).Press("space").Sees("Str. Morii 14, 400001", "RO18547290", "↓ more").Lacks("document")
		for range 20 {
			driver.Press("j")
		}
		driver.Sees("document   https://cloud.smartbill.example/document/23", "3 entries, 6:28 tracked", "Mulțumim | Ref: CAD-000023", "counter    23").Lacks("↓ more")
		driver.Press("k").Sees("↓ more").Press("pgup").Sees("issued 2026-10-31   due 2026-11-30")
		driver.Press("p").Sees("is saved")
		if len(records.saved) != 1 {
			t.Errorf("saved %v", records.saved)
		}
		driver.Press("esc").Lacks("Str. Morii").Sees("4 invoices")
	})
}

// Beside a wide table the detail follows the cursor.
func TestPaneFollows(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, sure(), 120, 24).Sees("Str. Morii 14").Press("j").Sees("Németország (Germany)").Lacks("Str. Morii")
		driver.Resize(80, 24).Lacks("Germany").Resize(120, 24).Sees("Germany").Fits()
		driver.Resize(120, 18).Sees("… enter shows all").Fits()
	})
}

func TestDetailThatCannotBeRead(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		records.detailErr = errors.New("disk I/O error")
		driver := start(t, records, 120, 24).Sees("The detail could not be read: disk", "I/O error. Press r to try again.")
		records.detailErr = nil
		driver.Press("r").Sees("Str. Morii 14").Lacks("could not")
	})
}

func TestFailedReloadKeepsTheList(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		driver := start(t, records, 80, 24)
		records.loadErr = errors.New("disk I/O error")
		driver.Press("r").Sees("FCT-0023", "could not be read again; what is shown may be old: disk I/O")
		records.loadErr = nil
		driver.Press("esc", "r").Sees("FCT-0023").Lacks("may be old")
	})
}

func TestRetryAfterAFailure(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		records.loadErr = errors.New("disk I/O error")
		driver := start(t, records, 80, 24).Sees("✗ The invoices could not be read: disk I/O error")
		records.loadErr = nil
		driver.Press("r").Sees("▸ FCT-0023").Lacks("could not")
	})
}

// A newer reading ends the one before, and Close ends all.
func TestReadingsAreEnded(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
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
		records := &memory{invoices: many(30)}
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

// What was sent and not answered gets the cursor: the footer offers to settle it.
func TestWhatIsUnknownGetsTheCursor(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &memory{invoices: many(3)}
		driver := start(t, records, 80, 24).Press("j").Sees("▸ FCT-0002")
		lost := invoice(31, "", "Nordlicht GmbH", "DE", "2026-11-01", "10.00", "RON", model.StatusUnknown)
		records.invoices = append([]model.Invoice{lost}, records.invoices...)
		driver.Send(screen.LedgerChanged{Invoice: lost, Sent: true}).Sees("▸ ?", "u settle")
	})
}

func rowOf(frame, mark string) string {
	for _, line := range strings.Split(frame, "\n")[2:] {
		if strings.Contains(line, mark) {
			return strings.TrimRight(line, " ")
		}
	}
	return ""
}

// listener is a screen beside the history that hears what it tells the others.
type listener struct{ heard []screen.LedgerChanged }

func (l *listener) Init() tea.Cmd { return nil }

func (l *listener) Update(msg tea.Msg) tea.Cmd {
	if changed, ok := msg.(screen.LedgerChanged); ok {
		l.heard = append(l.heard, changed)
	}
	return nil
}

func (l *listener) View() string        { return widget.Block(nil, 80, 21) }
func (l *listener) SetSize(int, int)    {}
func (l *listener) Title() string       { return "Time" }
func (l *listener) KeyMap() help.KeyMap { return screen.Keys{} }
func (l *listener) Capturing() bool     { return false }
func (l *listener) Close()              {}

func TestCancelTellsTheOthers(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		env, records, beside := testEnv(t.Context()), sure(), &listener{}
		tab := history.New(env, records)
		t.Cleanup(tab.Close)
		driver := uitest.Start(t, ui.New(env, "", 1, nil, beside, tab), 80, 24).Press("c", "tab", "enter").Sees("FCT-0023 is cancelled", "hours", "are free again")
		if len(beside.heard) != 1 || beside.heard[0].Issued || beside.heard[0].Invoice.Status != model.StatusCancelled {
			t.Errorf("heard %+v", beside.heard)
		}
		if row := rowOf(driver.Frame(), "▸ FCT"); !strings.HasSuffix(row, "cancelled") {
			t.Errorf("row %q", row)
		}
	})
}

// No reflex cancels an invoice: not enter, not the key that asked, not n, y or a space.
func TestCancelIsDeliberate(t *testing.T) {
	for _, keys := range [][]string{{"enter"}, {"esc"}, {"c", "c", "enter"}, {"n", "y", "space", "enter"}, {"tab", "esc"}, {"tab", "tab", "enter"}, {"s"}, {"tab", "tab", "tab", "enter"}} {
		t.Run(strings.Join(keys, " "), func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := sure()
				start(t, records, 80, 24).Press("c").Sees("has ANAF or the client got it?", "▸ keep it").Press(keys...).Lacks("keep it")
				if len(records.cancelled) != 0 {
					t.Errorf("cancelled %v", records.cancelled)
				}
			})
		})
	}
}

func TestWhileCancelling(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &memory{invoices: certain(), cancelGate: make(chan struct{})}
		driver, tab := startScreen(t, records, 80, 24)
		if got := tab.Sending(); got != "" {
			t.Errorf("at rest Sending says %q", got)
		}
		driver.Press("c", "tab", "enter").Sees("cancel·  ")
		elapse(driver, 130*time.Millisecond).Sees("cancel·· ")
		driver.Press("c").Lacks("keep it")
		if got := tab.Sending(); !strings.Contains(got, "FCT-0023") || !strings.Contains(got, "repeated safely") {
			t.Errorf("Sending says %q", got)
		}
		driver.Press("q").Sees("The cancellation of FCT-0023 is on its way", "wait").Press("enter")
		driver.Press("j", "j", "c").Sees("FCT-0021: has ANAF").Press("esc", "k", "k")
		close(records.cancelGate)
		driver.Sees("FCT-0023 is cancelled").Lacks("cancel·")
		if diff := cmp.Diff([]string{"CAD-000023"}, records.cancelled); diff != "" {
			t.Error(diff)
		}
		if tab.Sending() != "" {
			t.Errorf("afterwards Sending says %q", tab.Sending())
		}
	})
}

// A cancellation that fails says what is true of the invoice, never that none was made.
func TestCancelFailures(t *testing.T) {
	tests := []struct {
		name  string
		err   error
		sees  []string
		lacks []string
	}{
		{"refused", refusal(), []string{"Cancelling FCT-0023", "Factura nu poate fi anulata", "stands as it did", "press s for a storno"}, []string{"No invoice was made"}},
		{"unknown", noAnswer(), []string{"Cancelling FCT-0023", "Until it is known", "repeat it", "cancelling", "1 cancellation is not confirmed"}, []string{"made the invoice"}},
		{"limit", &model.LimitError{Until: time.Date(2026, 11, 22, 12, 10, 0, 0, zone)}, []string{"failed; it stands as it did", "10:00 left"}, nil},
		{"unreachable", fmt.Errorf("cancel: %w", model.ErrNotSent), []string{"failed; it stands as it did, its hours billed"}, nil},
		{"elsewhere", fmt.Errorf("cancel: %w", model.ErrStateChanged), []string{"Cancelling FCT-0023 was not done; the list shows it as it is now"}, nil},
		{"field", fmt.Errorf("cancel: %w", model.ErrInvalidField), []string{"stands as it did"}, []string{"no invoice was made"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := &memory{invoices: certain(), cancelErr: test.err}
				start(t, records, 120, 24).Press("c", "tab", "enter").Sees(test.sees...).Lacks(test.lacks...)
				if records.loads != 2 {
					t.Errorf("the list was read %d times", records.loads)
				}
			})
		})
	}
}

// A cancellation whose answer was lost is repeated.
func TestCancelAgain(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &memory{invoices: certain(), cancelErr: noAnswer()}
		driver := start(t, records, 80, 24).Press("c", "tab", "enter").Sees("1 cancellation is not confirmed")
		records.cancelErr = nil
		driver.Press("c").Sees("repeating it is safe").Press("tab", "enter").Sees("FCT-0023 is cancelled").Lacks("not confirmed")
	})
}

// Whatever the last error was, an invoice whose cancelling was begun is not said to stand.
func TestFailedRepetitionIsUncertainStill(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &memory{invoices: certain(), cancelErr: fmt.Errorf("cancel: %w", model.ErrUnauthorized)}
		records.invoices[0].Status = model.StatusCancelling
		start(t, records, 120, 24).Press("c", "tab", "enter").Sees("Until it is known", "repeat it").Lacks("stands as it did")
	})
}

func TestOneUncertain(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &memory{invoices: everyStanding()[1:5]}
		driver := start(t, records, 120, 24)
		driver.Sees("! 1 invoice has an uncertain outcome: press u to find out what SmartBill did. Its hours stay reserved.")
		records.invoices = certain()
		driver.Press("r").Lacks("uncertain")
	})
}
