package explain_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

func lost(status model.Status) model.Invoice {
	return model.Invoice{ID: 24, Intent: "CAD-7F3K4Q", Kind: model.KindInvoice, Series: "FCT", Status: status,
		ClientName: "Morii Studio SRL", Currency: "RON"}
}

func TestSettlement(t *testing.T) {
	made := lost(model.StatusIssued)
	made.Number, made.Message = "0024", "1 of its entries are also on FCT-0023."
	converted, storno := lost(model.StatusNotIssued), lost(model.StatusNotIssued)
	converted.Proforma = "PRF-0007"
	storno.Kind, storno.Original = model.KindStorno, "FCT-0020"
	open := []model.Candidate{{Series: "FCT", Number: "0024", Verdict: model.VerdictUndecided},
		{Series: "FCT", Number: "0025", Verdict: model.VerdictUndecided}}
	for _, test := range []struct {
		of   model.Settlement
		want string
	}{
		{model.Settlement{}, ""},
		{model.Settlement{Invoice: made, Conclusion: model.ConclusionAdopted},
			"SmartBill made it: it is FCT-0024, recorded as issued. 1 of its entries are also on FCT-0023."},
		{model.Settlement{Invoice: lost(model.StatusNotIssued), Conclusion: model.ConclusionNotIssued},
			"SmartBill did not make it, and its hours are free again. Its reference is still looked for, should it turn up."},
		{model.Settlement{Invoice: converted, Conclusion: model.ConclusionNotIssued},
			"SmartBill did not make it, and its hours are reserved by PRF-0007 again. Its reference is still looked for, should it turn up."},
		{model.Settlement{Invoice: storno, Conclusion: model.ConclusionNotIssued}, "SmartBill did not make it: FCT-0020 is in force still."},
		{model.Settlement{Invoice: lost(model.StatusUnknown), Conclusion: model.ConclusionWait},
			"It was not found, but SmartBill may be making it still. Its hours stay reserved."},
		{model.Settlement{Invoice: lost(model.StatusNotIssued), Conclusion: model.ConclusionUndecided},
			"The evidence does not tell whether SmartBill made it: look there. It still counts as not made."},
		{model.Settlement{Invoice: lost(model.StatusUnknown), Conclusion: model.ConclusionUndecided, Candidates: open},
			"It is not proven whether FCT-0024 or FCT-0025 is CAD-7F3K4Q: look at the PDF and decide. Its hours stay reserved."},
	} {
		if got := explain.Settlement(test.of).In(say.English); got != test.want {
			t.Errorf("%s: %q, want %q", test.of.Conclusion, got, test.want)
		}
	}
}

// Every reason of a verdict has its words.
func TestEveryReasonOfAVerdictIsSaid(t *testing.T) {
	source, err := os.ReadFile("../../model/settlement.go")
	if err != nil {
		t.Fatal(err)
	}
	reasons := regexp.MustCompile(`CandidateReason = "([^"]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(reasons) < 18 {
		t.Fatalf("only %d reasons were found", len(reasons))
	}
	for _, reason := range reasons {
		said := explain.Candidate(model.Candidate{Reason: model.CandidateReason(reason[1]), Named: "FCT-0001", Err: model.ErrUnavailable})
		if text := said.In(say.English); text == "" || strings.Contains(text, "%!") {
			t.Errorf("of %q it says %q", reason[1], text)
		}
	}
}

func TestWarning(t *testing.T) {
	for want, warning := range map[string]model.SettlementWarning{
		"CAD-7F3K4Q, which was believed not to be made, turned up as FCT-0024.": {Kind: model.WarningLate, Reference: "FCT-0024",
			Invoice: lost(model.StatusIssued)},
		"CAD-7F3K4Q, which was believed to be deleted, turned up as FCT-0024.": {Kind: model.WarningLate, Reference: "FCT-0024",
			Invoice: lost(model.StatusIssued), Deleted: true},
		"FCT-0025 carries the reference of CAD-7F3K4Q too": {Kind: model.WarningCopy, Reference: "FCT-0025",
			Invoice: lost(model.StatusIssued)},
		"CAD-7F3K4Q was invoiced on the web, as FCT-0025": {Kind: model.WarningConverted, Reference: "FCT-0025",
			Invoice: lost(model.StatusIssued)},
	} {
		if got := explain.Warning(warning).In(say.English); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", warning.Kind, got, want)
		}
	}
}

func TestDeletion(t *testing.T) {
	gone := model.Candidate{Reason: model.ReasonNoNumber}
	deleted := lost(model.StatusDeleted)
	deleted.Number = "0024"
	original := model.Invoice{ID: 20, Series: "FCT", Number: "0020", Status: model.StatusIssued, Message: "in force again"}
	for _, test := range []struct {
		of   model.Deletion
		want string
	}{
		{model.Deletion{}, ""},
		{model.Deletion{Invoice: deleted, Candidate: gone, Conclusion: model.DeletionProven},
			"FCT-0024 was deleted on the web: SmartBill has no such number."},
		{model.Deletion{Invoice: deleted, Candidate: model.Candidate{Reason: model.ReasonProven}, Conclusion: model.DeletionDenied},
			"SmartBill has FCT-0024: it shows"},
		{model.Deletion{Invoice: deleted, Candidate: gone, Conclusion: model.DeletionUndecided}, "It is not proven whether FCT-0024 was deleted"},
		{model.Deletion{Invoice: deleted, Before: lost(model.StatusIssued), Conclusion: model.DeletionRecorded},
			"FCT-0024 is recorded as deleted on the web, and its hours are free again."},
		{model.Deletion{Invoice: deleted, Original: original, Conclusion: model.DeletionRecorded},
			"FCT-0024 is recorded as deleted on the web: FCT-0020 is issued. in force again"},
	} {
		if got := explain.Deletion(test.of).In(say.English); !strings.HasPrefix(got, test.want) || test.want == "" && got != "" {
			t.Errorf("%s: %q, want %q", test.of.Conclusion, got, test.want)
		}
	}
}

// Somebody may have recorded just as much on the web: that looks alike, and its user is told to look.
func TestPayment(t *testing.T) {
	of := model.PaymentSettlement{Invoice: lost(model.StatusIssued), PaidNow: decimal.NewFromInt(100)}
	for conclusion, want := range map[model.PaymentConclusion]string{
		"": "", model.PaymentFound: "100.00 RON are paid by now. If the same amount was recorded in SmartBill itself meanwhile, it may be that one: look there.",
		model.PaymentMissing: "SmartBill did not record it", model.PaymentWait: "SmartBill may be recording it still",
		model.PaymentUndecided: "0.00 RON were paid before it, 100.00 RON are now",
	} {
		of.Conclusion = conclusion
		if got := explain.Payment(of).In(say.English); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%s: %q, want %q", conclusion, got, want)
		}
	}
}

// What SmartBill did not make, or may have made, is said with what became of the hours.
func TestOutcome(t *testing.T) {
	storno := lost(model.StatusRefused)
	storno.Kind = model.KindStorno
	for _, test := range []struct {
		of   model.OutcomeError
		want string
	}{
		{model.OutcomeError{Invoice: lost(model.StatusRefused)}, "no invoice was made, and its hours are free again: refused"},
		{model.OutcomeError{Invoice: lost(model.StatusNotIssued)},
			"nothing was sent, no invoice was made, and its hours are free again: refused"},
		{model.OutcomeError{Invoice: storno}, "no storno was made and the invoice is as it was: refused"},
		{model.OutcomeError{Invoice: storno, Reversed: true},
			"the invoice was undone by another storno before; that is recorded now, and its hours are free: refused"},
		{model.OutcomeError{Invoice: lost(model.StatusUnknown), Expected: "FCT-0024"},
			"SmartBill may have made FCT-0024 for Morii Studio SRL (reference CAD-7F3K4Q); its hours stay reserved until it is settled: refused"},
		{model.OutcomeError{Invoice: lost(model.StatusUnknown)},
			"SmartBill may have made a draft for Morii Studio SRL (reference CAD-7F3K4Q); its hours stay reserved until it is settled: refused"},
	} {
		test.of.Err = model.ErrRefused
		if what, _ := explain.Error(&test.of, explain.Screen); what.In(say.English) != test.want {
			t.Errorf("%q, want %q", what.In(say.English), test.want)
		}
	}
}
