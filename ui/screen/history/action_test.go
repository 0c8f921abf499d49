package history_test

import (
	"slices"
	"testing"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

func TestCopyTakesTheReference(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := everyStatus.Open(t)
		intent := newest(t, office, model.StatusSending).Intent
		start(t, office, 80, 24).Press("y").Sees(intent+" is copied").Press("j", "j", "y").Sees("FCT-0023 is copied")
		if !slices.Equal(office.Copied, []string{intent, "FCT-0023"}) {
			t.Errorf("copied %v", office.Copied)
		}
	})
}

// An action that cannot be done says why, and does nothing.
func TestRefusedActions(t *testing.T) {
	everyone, lost, drafts, converted := everyStatus, notIssued, drafted, proformasInLei
	tests := []struct {
		name   string
		office *uitest.Prepared
		// row is the text by which the filter finds the invoice.
		row  string
		key  string
		want string
	}{
		{"no PDF without a number", lost, "unknown", "p", "has no number that is known here, and so no PDF."},
		{"unknown", lost, "unknown", "c", "It is not known whether CAD-"},
		{"cancelled", everyone, "0016", "c", "FCT-0016 is cancelled already; its hours are free. R restores it."},
		{"reversed", everyone, "0012", "c", "FCT-0012 is taken back by the storno FCT-0013 already; its hours are free."},
		{"restoring", everyone, "0018", "c", "Whether FCT-0018 is restored is not known: press R to repeat it"},
		{"refused", everyone, "refused", "c", "was not issued: there is nothing to cancel"},
		{"timesheet without a number", drafts, "draft", "t", "has no number that is known here, and so no timesheet."},
		{"timesheet of a storno", everyone, "0013", "t", "FCT-0013 is a storno: the hours are on the timesheet"},
		{"proforma", converted, "0028", "c", "is invoiced as FCT-0023"},
		{"storno", everyone, "0013", "c", "is a storno"},
		{"restore an issued one", everyone, "0023", "R", "is not cancelled"},
		{"restore a reversed one", everyone, "0012", "R", "cannot be undone"},
		{"reverse a storno", everyone, "0013", "s", "is a storno itself"},
		{"reverse a proforma", converted, "0030", "s", "is a proforma"},
		{"reverse twice", everyone, "0012", "s", "by the storno FCT-0013 already"},
		{"reverse a cancelled one", everyone, "0016", "s", "is cancelled"},
		{"reverse an uncertain one", lost, "unknown", "s", "press u to find out"},
		{"reverse while cancelling", everyone, "0019", "s", "not known yet whether FCT-0019 is in force"},
		{"pay a cancelled one", everyone, "0016", "$", "no payment to ask for"},
		{"pay a storno", everyone, "0013", "$", "nobody pays it"},
		{"send an issued one again", everyone, "0023", "S", "is not sent again: it is issued"},
		{"send a refused one again", everyone, "refused", "S", "on Review (3)"},
		{"send an uncertain one again", lost, "unknown", "S", "press u to find out before"},
	}
	offices := map[*uitest.Prepared]bool{}
	for _, test := range tests {
		offices[test.office] = true
	}
	for prepared := range offices {
		uitest.Run(t, func(t *testing.T) {
			office := prepared.Open(t)
			writes := office.Writes()
			driver := start(t, office, 80, 24)
			for _, test := range tests {
				if test.office != prepared {
					continue
				}
				driver.Press("/").Type(test.row).Press("enter")
				driver.Press(test.key).Sees(test.want).Lacks("keep it", "leave it").Press("esc", "esc", "esc")
				if office.Writes() != writes {
					t.Fatalf("%s: something was done", test.name)
				}
			}
		})
	}
}

// A storno that was made on the web is known as soon as another was refused.
func TestReversedOnTheWeb(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t).Web(func(server *sandbox.Server) error {
			_, err := server.ReverseForeign(uitest.Company, "FCT", "0023")
			return err
		})
		driver := start(t, office, 80, 24).Press("s", "tab", "enter").Sees("deja stornata", "reversed")
		driver.Press("esc", "/").Type("0023").Press("enter", "c").Sees("taken back by a storno already").Press("s").Sees("by a storno already")
	})
}

// The footer offers only the actions that the invoice under the cursor allows.
func TestFooterOffersWhatThereIs(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, everyStatus.Open(t), 120, 24).Sees("y copy").Lacks("c cancel", "p save PDF")
		driver.Press("j", "j").Sees("c cancel", "p save PDF", "o open").Lacks("restore", "u settle")
	})
}

func TestHelpNamesTheKeys(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		start(t, certain.Open(t), 80, 24).Press("?").Sees("Keys of History", "save PDF", "cancel", "filter", "read again")
	})
}

// An action that failed tells the other screens too: hours may be reserved by now.
func TestFailedActionsTellTheOthers(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t).FailsOn(restoring, sandbox.BadGateway)
		beside := &uitest.Neighbour{Name: "Time"}
		startBeside(t, office, beside).Press("G", "R", "tab", "enter").Elapse(repeating)
		heard := uitest.Messages[screen.LedgerChanged](beside)
		if len(heard) != 1 || heard[0].Issued || heard[0].Invoice.Status != model.StatusRestoring {
			t.Errorf("heard %+v", heard)
		}
	})
}
