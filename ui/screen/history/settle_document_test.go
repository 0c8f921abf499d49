package history_test

import (
	"testing"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

// replaced is a history whose newest invoice, FCT-0023, was deleted on the web, and its number given to another document.
func replaced(t *testing.T, foreign sandbox.Foreign) *uitest.Office {
	t.Helper()
	office := two.Open(t)
	foreign.Series = "FCT"
	return office.Deleted(newest(t, office, model.StatusIssued)).Web(func(server *sandbox.Server) error {
		_, err := server.IssueForeign(uitest.Company, foreign)
		return err
	})
}

func TestDeletionThatIsProvenIsRecordedAfterAQuestion(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := two.Open(t)
		office.Deleted(newest(t, office, model.StatusIssued))
		driver := start(t, office, 80, 24).Press("u").Sees("Record FCT-0023 as deleted?", "no such number", "leave it").Golden().Fits()
		// Leaving it has the focus, and the key that asked does not confirm.
		driver.Press("u", "enter").Lacks("Record FCT-0023")
		if status := newest(t, office, model.StatusIssued).Number; status != "0023" {
			t.Error("it was recorded without a yes")
		}
		driver.Press("u", "tab", "enter").Sees("FCT-0023 is recorded as deleted on the web", "its hours are free again", "deleted")
	})
}

func TestWhatSmartBillHasIsNotDeleted(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		start(t, two.Open(t), 80, 24).Press("u").Sees("Nothing was changed", "2,041.88      issued")
	})
}

// Where the template prints no references, another document with the same number, client and total cannot be told from ours.
func TestWhatOnlyLooksLikeOursIsForItsUserToDecide(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := two.Open(t).Web(func(server *sandbox.Server) error {
			server.SetPrintsMentions(false)
			return nil
		})
		start(t, office, 80, 24).Press("u").Sees("It is not proven whether FCT-0023 was deleted", "leave it")
	})
}

func TestUndecidedDeletionTakesTheTypedNumber(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := replaced(t, sandbox.Foreign{Client: uitest.Atelier().Name, Total: uitest.Amount("119")})
		driver := start(t, office, 80, 24).Press("u")
		driver.Sees("It is not proven whether FCT-0023 was deleted", "carries no reference", "look at its PDF")
		driver.Golden().Press("o")
		if len(office.Shown) != 1 {
			t.Errorf("what was shown is %v", office.Shown)
		}
		driver.Press("u", "tab", "tab", "enter").Sees("The number of FCT-0023").Type("0999").Press("enter").Sees("that is not FCT-0023")
		driver.Press("ctrl+u").Type("FCT-0023").Press("enter").Sees("FCT-0023 is recorded as deleted on the web", "deleted")
	})
}

func TestDocumentThatIsNotProvenCanBeLookedAtAndVouchedFor(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := replaced(t, sandbox.Foreign{Client: "Acme SRL", Total: uitest.Amount("2041.88")})
		driver := start(t, office, 80, 24).Press("p").Sees("Is it FCT-0023?", "not proven", "look at its PDF", "type number and client")
		driver.Golden().Fits()
		driver.Press("tab", "tab", "enter").Sees("The number that the PDF shows").Type("0999").Press("enter").Sees("then it is not FCT-0023")
		driver.Press("ctrl+u").Type("0023").Press("enter").Sees("The client that the PDF names")
		driver.Type("Acme SRL").Press("enter").Sees("It counts as FCT-0023")
		detail, err := office.Detail(t.Context(), "FCT-0023")
		if err != nil || detail.ConfirmedClient != "Acme SRL" {
			t.Errorf("what was seen is %q (%v)", detail.ConfirmedClient, err)
		}
	})
}

// A document with another's reference is another document: the user can only look at it.
func TestDocumentOfAnotherCanOnlyBeLookedAt(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := replaced(t, sandbox.Foreign{Client: "Acme SRL", Total: uitest.Amount("119"), Mentions: "Ref: CAD-7F3K4Q"})
		driver := start(t, office, 80, 24).Press("p").Sees("Is it FCT-0023?", "look at its PDF").Lacks("type number and client")
		driver.Press("o")
		if len(office.Shown) != 1 {
			t.Errorf("what was shown is %v", office.Shown)
		}
	})
}

// A simulator's invoice is listed as such, and no key does anything with it.
func TestSimulatorsInvoicesStandApart(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := two.Open(t).Real()
		if _, err := office.Recheck(t.Context()); err != nil {
			t.Fatal(err)
		}
		start(t, office, 80, 24).Sees("simulator").Press("c").Sees("was issued at a simulator").Press("u").Lacks("deleted?")
	})
}

// A reference that this ledger never gave keeps an invoice back, until its user says who made the document.
func TestDocumentMadeElsewhereIsRecordedByItsNumber(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := missing.Open(t)
		office.Web(func(server *sandbox.Server) error {
			_, err := server.IssueForeign(uitest.Company, sandbox.Foreign{Series: "FCT", Total: uitest.Amount("119"), Mentions: "Ref: CAD-7F3K4Q"})
			return err
		})
		writes := office.Writes()
		driver := start(t, office, 80, 24).Press("S", "tab", "enter").Sees("Who made FCT-0024?", "Nothing was sent")
		driver.Type("0024").Press("enter").Sees("FCT-0024 is recorded as made elsewhere", "press the key again")
		if office.Writes() != writes {
			t.Error("something was sent")
		}
		driver.Press("esc", "S", "tab", "enter").Sees("FCT-0025 is issued")
	})
}
