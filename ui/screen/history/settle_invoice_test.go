package history_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// settlingFinds is a history whose newest invoice is uncertain, and what settling finds of it.
func settlingFinds(settle func(model.Invoice) (model.Settlement, error)) *fakeRecords {
	return &fakeRecords{invoices: everyStatus()[1:5], settle: settle}
}

func candidate(number, total string, verdict model.Verdict, reason model.CandidateReason, named string) model.Candidate {
	return model.Candidate{
		Series: "FCT", Number: number, HasPDF: true, ShowsNumber: true, CarriesReference: verdict == model.VerdictOurs,
		Total: decimal.NewNullDecimal(amount(total)), Verdict: verdict, Reason: reason, Named: named,
	}
}

func adopted(invoice model.Invoice) (model.Settlement, error) {
	invoice.Status, invoice.Number, invoice.Message = model.StatusIssued, "0025", ""
	return model.Settlement{
		Invoice: invoice, CounterBefore: 24, CounterNow: 26, TemplatePrints: true, Conclusion: model.ConclusionAdopted,
		Candidates: []model.Candidate{
			candidate("0023", "2041.88", model.VerdictHeld, model.ReasonHeld, "CAD-000023"),
			candidate("0024", "119.00", model.VerdictForeign, model.ReasonNothingAlike, ""),
			candidate("0025", "900.00", model.VerdictOurs, model.ReasonCarries, "CAD-000024"),
		},
	}, nil
}

func notIssued(invoice model.Invoice) (model.Settlement, error) {
	invoice.Status = model.StatusNotIssued
	return model.Settlement{
		Invoice: invoice, CounterBefore: 24, CounterNow: 24, TemplatePrints: true, Conclusion: model.ConclusionNotIssued,
		Candidates: []model.Candidate{candidate("0023", "2041.88", model.VerdictHeld, model.ReasonHeld, "CAD-000023")},
	}, nil
}

func wait(invoice model.Invoice) (model.Settlement, error) {
	return model.Settlement{
		Invoice: invoice, CounterBefore: 24, CounterNow: 24, Conclusion: model.ConclusionWait,
		WaitUntil: time.Date(2026, time.November, 22, 12, 1, 30, 0, zone),
	}, nil
}

func undecided(invoice model.Invoice) (model.Settlement, error) {
	gone := model.Candidate{
		Series: "FCT", Number: "0025", Verdict: model.VerdictUndecided,
		Reason: model.ReasonNoPDF, Err: fmt.Errorf("read PDF: %w", model.ErrUnavailable),
	}
	return model.Settlement{
		Invoice: invoice, CounterBefore: 24, CounterNow: 26, Conclusion: model.ConclusionUndecided,
		Candidates: []model.Candidate{
			candidate("0024", "900.00", model.VerdictUndecided, model.ReasonTemplateUnknown, ""),
			gone,
		},
		Warnings: []model.SettlementWarning{{Kind: model.WarningLate, Reference: "FCT-0023", Invoice: model.Invoice{Intent: "CAD-000011"}}},
	}, nil
}

func movedBack(invoice model.Invoice) (model.Settlement, error) {
	return model.Settlement{
		Invoice: invoice, CounterBefore: 24, CounterNow: 1, Conclusion: model.ConclusionUndecided,
	}, nil
}

func lockedOut(model.Invoice) (model.Settlement, error) {
	return model.Settlement{}, fmt.Errorf("CAD-000024 was not settled and is unknown still: %w",
		&model.LimitError{Until: time.Date(2026, time.November, 22, 12, 10, 0, 0, zone)})
}

func billedElsewhere() error {
	return fmt.Errorf("FCT-0016 was not restored: 3 of the entries are on FCT-0023: %w", model.ErrEntriesTaken)
}

func TestSettlingAdopts(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := settlingFinds(adopted)
		driver := start(t, records, 80, 24).Press("u").Sees("SmartBill made it: it is FCT-0025")
		driver.Press("esc").Sees("▸ FCT-0025").Lacks("uncertain")
	})
}

// From any row, u goes to the newest uncertain invoice, whatever the filter.
func TestSettlingReachesTheUncertainOne(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := settlingFinds(adopted)
		driver := start(t, records, 80, 24).Press("/").Type("cires").Press("enter").Sees("▸ FCT-0023").Lacks("unknown")
		driver.Press("u").Sees("What became of CAD-000024?", "FCT-0025").Press("esc").Sees("▸ FCT-0025", "4 invoices").Lacks("cires")
	})
}

func TestSettlingWhatIsKnown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		records.invoices[0].Status, records.invoices[0].Number = model.StatusRefused, ""
		start(t, records, 80, 24).Press("u").Sees("is known: it is refused").Lacks("│ What became")
		if len(records.calls) != 0 {
			t.Errorf("calls %v", records.calls)
		}
	})
}

// While SmartBill is asked the row has the spinner, its keys are dead, and quitting asks nothing: nothing is at stake.
func TestWhileSettling(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := settlingFinds(undecided)
		records.callGate = make(chan struct{})
		driver, tab := startScreen(t, records, 80, 24)
		driver.Press("u").Sees("settling CAD-000024").Press("u", "n", "a", "S").Lacks("leave it open")
		driver.Press("esc").Sees("settle·").Press("u", "c", "y", "S").Lacks("What became of", "copied")
		if tab.Sending() != "" {
			t.Errorf("Sending says %q", tab.Sending())
		}
		close(records.callGate)
		driver.Sees("It is not proven whether", "u settle it")
		if diff := cmp.Diff([]string{"settle CAD-000024"}, records.calls); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWaitingCountsDown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		env := uitest.Env(t.Context())
		records := settlingFinds(wait)
		driver := startIn(t, env, records, 80, 24).Press("u").Sees("1:30 left; then u asks again.")
		elapse(driver, 31*time.Second).Sees("0:59 left")
		elapse(driver, time.Minute).Sees("Now u asks again.").Lacks("left;")
		records.settle = notIssued
		driver.Press("u").Sees("SmartBill did not make it", "S sends the same invoice again")
	})
}

func TestLockedOutCountsDown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := settlingFinds(lockedOut)
		driver := start(t, records, 80, 24).Press("u").Sees("It could not be found out", "10:00 left; then u asks again")
		records.settle = adopted
		driver.Press("u").Sees("SmartBill made it").Lacks("could not")
	})
}

func TestLookingAtACandidate(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := settlingFinds(undecided)
		driver := start(t, records, 80, 24).Press("u", "o").Sees("FCT-0024 is being shown")
		records.pdfErr = fmt.Errorf("PDF: %w", model.ErrUnavailable)
		driver.Press("j", "o").Sees("The PDF of FCT-0025 could not be shown")
		if diff := cmp.Diff([]string{"CAD-000024 0024", "CAD-000024 0025"}, records.opened); diff != "" {
			t.Error(diff)
		}
	})
}
