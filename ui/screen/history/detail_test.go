package history_test

import (
	"errors"
	"testing"

	"cadensa/model"
	"cadensa/ui/uitest"
)

func TestDetail(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		driver := start(t, office, 80, 24).Press("space").Sees("Str. Morii 14, 400001", "RO18547290", "↓ more").Lacks("document")
		for range 20 {
			driver.Press("j")
		}
		intent := newest(t, office, model.StatusIssued).Intent
		driver.Sees("document   https://", "3 entries, 6:28 tracked", "Mulțumim | Ref: "+intent, "counter    23").Lacks("↓ more")
		driver.Press("k").Sees("↓ more").Press("pgup").Sees("issued 2026-10-31   due 2026-11-30")
		driver.Press("p").Sees("is saved")
		driver.Press("esc").Lacks("Str. Morii").Sees("4 invoices")
	})
}

// Beside a wide table the detail follows the cursor.
func TestPaneFollows(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, certain.Open(t), 120, 24).Sees("Str. Morii 14").Press("j").Sees("Németország (Germany)").Lacks("Str. Morii")
		driver.Resize(80, 24).Lacks("Germany").Resize(120, 24).Sees("Germany").Fits()
		driver.Resize(120, 18).Sees("… enter shows all").Fits()
	})
}

func TestDetailThatCannotBeRead(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := makeUnreliable(certain.Open(t))
		office.fail("Detail", errors.New("disk I/O error"))
		driver := start(t, office, 120, 24).Sees("The detail could not be read: disk", "I/O error. Press r to try again.")
		office.fail("Detail", nil)
		driver.Press("r").Sees("Str. Morii 14").Lacks("could not")
	})
}

// Of an invoice with several rates the detail tells each line's, and the base and the VAT of each.
func TestDetailOfSeveralRates(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		prepared := office.Invoice(uitest.Atelier(), "2026-11-20", "100.00", "RON")
		course := prepared.Lines[0]
		course.Name, course.Entries, course.Free, course.VAT = "Course", nil, 1, model.VATRate{Name: "SDD"}
		course.VATReason = model.ReasonEducation
		course.Treatment = &model.Treatment{Reason: course.VATReason, Setting: "SDD", Mention: "Scutit de TVA – art. 292 alin. (1) lit. f)"}
		prepared.Lines = append(prepared.Lines, course)
		office.Issued(prepared)
		start(t, office, 120, 40).Press("g", "space").Sees("· 21 % Normala", "· 0 % SDD", "TVA 21 % Normala on 100.00", "TVA 0 % SDD on 100.00",
			"221.00 RON", "mentions   Scutit de TVA – art. 292 alin. (1) lit. f)")
	})
}
