package history_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// issuedRecords is a history whose newest invoice is issued as FCT-0023.
func issuedRecords() *fakeRecords { return &fakeRecords{invoices: everyStatus()[2:4]} }

func deletion(conclusion model.DeletionConclusion, verdict model.Verdict, reason model.CandidateReason) model.Deletion {
	return model.Deletion{
		Candidate:  model.Candidate{Series: "FCT", Number: "0023", Verdict: verdict, Reason: reason},
		Conclusion: conclusion,
	}
}

func TestDeletionThatIsProvenIsRecordedAfterAQuestion(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := issuedRecords()
		name := records.invoices[0].Reference()
		records.deletion = deletion(model.DeletionProven, model.VerdictAbsent, model.ReasonNoNumber)
		driver := start(t, records, 80, 24).Press("u").Sees("Record "+name+" as deleted?", "SmartBill has no such number", "leave it").Golden().Fits()
		// Leaving it has the focus, and the key that asked does not confirm.
		driver.Press("u", "enter").Lacks("Record " + name)
		if got := records.asked(); len(got) != 1 {
			t.Errorf("what was asked for is %v", got)
		}
		driver.Press("u", "tab", "enter").Sees(name+" is recorded as deleted on the web", "its hours are free again", "deleted")
	})
}

func TestWhatSmartBillHasIsNotDeleted(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := issuedRecords()
		records.deletion = deletion(model.DeletionDenied, model.VerdictOurs, model.ReasonCarries)
		records.deletion.Candidate.CarriesReference = true
		start(t, records, 80, 24).Press("u").Sees("Nothing was changed")
		if got := records.asked(); len(got) != 1 {
			t.Errorf("what was asked for is %v", got)
		}
	})
}

// Where the template prints no references, another document with the same number, client and total cannot be told from ours.
func TestWhatOnlyLooksLikeOursIsForItsUserToDecide(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := issuedRecords()
		name := records.invoices[0].Reference()
		records.deletion = deletion(model.DeletionDenied, model.VerdictOurs, model.ReasonProven)
		start(t, records, 80, 24).Press("u").Sees("It is not proven whether "+name+" was deleted", "it shows the number, the client and the", "leave it")
	})
}

func TestUndecidedDeletionTakesTheTypedNumber(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := issuedRecords()
		invoice := records.invoices[0]
		name := invoice.Reference()
		records.deletion = deletion(model.DeletionUndecided, model.VerdictUndecided, model.ReasonSameClient)
		driver := start(t, records, 80, 24).Press("u").Sees("It is not proven whether "+name+" was deleted", "carries no reference", "look at its PDF")
		driver.Golden().Press("o")
		if !slices.Contains(records.opened, invoice.Intent+" "+invoice.Number) {
			t.Errorf("what was opened is %v", records.opened)
		}
		driver.Press("u", "tab", "tab", "enter").Sees("The number of " + name).Type("0999").Press("enter").Sees("that is not " + name)
		driver.Press("ctrl+u").Type(name).Press("enter").Sees(name + " is recorded as deleted on the web")
		want := []string{"examine " + invoice.Intent, "examine " + invoice.Intent, "decide deleted " + invoice.Intent + " " + invoice.Number}
		if got := records.asked(); !slices.Equal(got, want) {
			t.Errorf("what was asked for is %v, want %v", got, want)
		}
	})
}

func TestDocumentThatIsNotProvenCanBeLookedAtAndVouchedFor(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := issuedRecords()
		invoice := records.invoices[0]
		name := invoice.Reference()
		records.pdfErr = fmt.Errorf("PDF: %w", &model.UnprovenError{Reason: "its PDF carries no reference, and names another client"})
		driver := start(t, records, 80, 24).Press("p").Sees("Is it "+name+"?", "not proven", "names another", "look at its PDF", "type number and client")
		driver.Golden().Fits()
		driver.Press("tab", "tab", "enter").Sees("The number that the PDF shows").Type("0999").Press("enter").Sees("then it is not " + name)
		driver.Press("ctrl+u").Type(invoice.Number).Press("enter").Sees("The client that the PDF names").Type("Acme").Press("enter").Sees("It counts as " + name)
		if got := records.asked(); len(got) != 1 || got[0] != "vouch "+invoice.Intent+" "+invoice.Number+" Acme" {
			t.Errorf("what was asked for is %v", got)
		}
	})
}

// A document with another's reference is another document: the user can only look at it.
func TestDocumentOfAnotherCanOnlyBeLookedAt(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := issuedRecords()
		invoice := records.invoices[0]
		records.pdfErr = fmt.Errorf("PDF: %w", errors.Join(model.ErrNotOurs))
		driver := start(t, records, 80, 24).Press("p").Sees("Is it "+invoice.Reference()+"?", "look at its PDF").Lacks("type number and client")
		records.pdfErr = nil
		driver.Press("o")
		if !slices.Contains(records.opened, invoice.Intent+" "+invoice.Number) {
			t.Errorf("what was opened is %v", records.opened)
		}
	})
}

// A simulator's invoice is listed as such, and no key does anything with it.
func TestSimulatorsInvoicesStandApart(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := issuedRecords()
		records.invoices = records.invoices[:1]
		records.invoices[0].Simulated, records.invoices[0].Elsewhere = true, true
		start(t, records, 80, 24).Sees("simulator").Press("c").Sees("was issued at a simulator").Press("u").Lacks("deleted?")
	})
}

// A reference that this ledger never gave keeps a conversion back, until its user says who made the document.
func TestDocumentMadeElsewhereIsRecordedByItsNumber(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := issuedRecords()
		records.invoices[0].Status, records.invoices[0].Number = model.StatusNotIssued, ""
		records.callErr = &model.UnknownReferenceError{Series: "FCT", Number: "0041", Found: "CAD-7F3K4Q"}
		driver := start(t, records, 80, 24).Press("S", "tab", "enter").Sees("Who made FCT-0041?", "Nothing was sent")
		driver.Type("0041").Press("enter").Sees("FCT-0041 is recorded as made elsewhere", "press the key again")
		if got := records.asked(); !slices.Contains(got, "elsewhere invoice FCT-0041") {
			t.Errorf("what was asked for is %v", got)
		}
	})
}
