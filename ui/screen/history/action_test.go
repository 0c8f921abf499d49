package history_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

func TestCopyTakesTheReference(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := uncertainRecords()
		start(t, records, 80, 24).Press("y").Sees("CAD-000025 is copied").Press("j", "j", "y").Sees("FCT-0023 is copied")
		if diff := cmp.Diff([]string{"CAD-000025", "FCT-0023"}, records.copied); diff != "" {
			t.Error(diff)
		}
	})
}

// An action that cannot be done says why.
func TestRefusedActions(t *testing.T) {
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
				records := certainRecords()
				test.change(&records.invoices[0])
				start(t, records, 80, 24).Press(test.key).Sees(test.want).Lacks("keep it")
			})
		})
	}
}

// The footer offers only the actions that the invoice under the cursor allows.
func TestFooterOffersWhatThereIs(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, uncertainRecords(), 120, 24).Sees("y copy").Lacks("c cancel", "p save PDF")
		driver.Press("j", "j").Sees("c cancel", "p save PDF", "o open").Lacks("restore", "u settle")
	})
}

func TestHelpNamesTheKeys(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		start(t, certainRecords(), 80, 24).Press("?").Sees("Keys of History", "save PDF", "cancel", "filter", "read again")
	})
}

func TestActionsThatNeedAnotherStatus(t *testing.T) {
	tests := []struct {
		name   string
		change func(*model.Invoice)
		key    string
		want   string
	}{
		{"restore an issued one", func(*model.Invoice) {}, "R", "is not cancelled"},
		{"restore a reversed one", func(i *model.Invoice) { i.Status = model.StatusReversed }, "R", "cannot be undone"},
		{"reverse a storno", func(i *model.Invoice) { i.Kind = model.KindStorno }, "s", "is a storno itself"},
		{"reverse a proforma", func(i *model.Invoice) { i.Kind = model.KindProforma }, "s", "is a proforma"},
		{"reverse twice", func(i *model.Invoice) { i.Status = model.StatusReversed }, "s", "by a storno already"},
		{"reverse a cancelled one", func(i *model.Invoice) { i.Status = model.StatusCancelled }, "s", "is cancelled"},
		{"reverse an uncertain one", func(i *model.Invoice) { i.Status, i.Number = model.StatusUnknown, "" }, "s", "press u to find out"},
		{"reverse while cancelling", func(i *model.Invoice) { i.Status = model.StatusCancelling }, "s", "not known yet whether FCT-0023 is in force"},
		{"pay a cancelled one", func(i *model.Invoice) { i.Status = model.StatusCancelled }, "$", "no payment to ask for"},
		{"pay a storno", func(i *model.Invoice) { i.Kind = model.KindStorno }, "$", "nobody pays it"},
		{"send an issued one again", func(*model.Invoice) {}, "S", "is not sent again: it is issued"},
		{"send a refused one again", func(i *model.Invoice) { i.Status = model.StatusRefused }, "S", "on Review (3)"},
		{"send an uncertain one again", func(i *model.Invoice) { i.Status, i.Number = model.StatusUnknown, "" }, "S", "press u to find out before"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := certainRecords()
				test.change(&records.invoices[0])
				start(t, records, 80, 24).Press(test.key).Sees(test.want).Lacks("leave it")
				if len(records.calls) != 0 {
					t.Errorf("asked for %v", records.calls)
				}
			})
		})
	}
}

// An action that failed tells the other screens too: hours may be reserved by now.
func TestFailedActionsTellTheOthers(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		records.callErr = fmt.Errorf("no answer: %w", model.ErrOutcomeUnknown)
		beside := &listener{}
		startBeside(t, records, beside).Press("G", "R", "tab", "enter")
		if len(beside.heard) != 1 || beside.heard[0] != (screen.LedgerChanged{Invoice: records.invoices[3]}) {
			t.Errorf("heard %+v", beside.heard)
		}
	})
}
