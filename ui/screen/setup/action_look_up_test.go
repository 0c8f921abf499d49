package setup_test

import (
	"fmt"
	"testing"
	"time"

	"cadensa/model"
)

// knowing is a connected program of whose company ANAF knows a record.
func knowing(record model.CompanyRecord) func(t *testing.T) *program {
	return func(t *testing.T) *program {
		t.Helper()
		p := connected(t)
		p.company = record
		return p
	}
}

func TestANAFKnowsTheVATStatus(t *testing.T) {
	payer := model.CompanyRecord{CUI: "14399840", Name: "ATELIER SRL", PaysVAT: true}
	onCollection, nonPayer := payer, payer
	onCollection.OnCollection, nonPayer.PaysVAT = true, false
	for _, test := range []struct {
		name         string
		record       model.CompanyRecord
		says         string
		status       model.VATStatus
		onCollection bool
	}{
		{"the same", payer, "ANAF says of ATELIER SRL: registered for VAT, as here", model.VATPayer, false},
		{"on collection", onCollection, "registered for VAT, on collection. It is not saved yet", model.VATPayer, true},
		{"non-payer", nonPayer, "not registered for VAT. It is not saved yet", model.VATNonPayer, false},
		{"another company", model.CompanyRecord{CUI: "27"}, "ANAF has no company with the CUI 14399840", model.VATPayer, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			play(t, knowing(test.record), 80, 24, func(s *harness) {
				s.Press("ctrl+l").Sees("asking ANAF; esc stops").Elapse(time.Second).Sees(test.says).Lacks("asking ANAF")
				s.Press("ctrl+s")
				preferences, err := s.Preferences(s.Context())
				s.Check(err)
				if got := preferences.Issuer; got.Status != test.status || got.OnCollection != test.onCollection {
					t.Errorf("saved %+v", got)
				}
			})
		})
	}
}

func TestANAFIsNotAskedInVain(t *testing.T) {
	play(t, fresh, 80, 24, func(s *harness) { s.Press("ctrl+l").Sees("Type the company's CIF").Lacks("asking ANAF") })
	silent := func(t *testing.T) *program {
		t.Helper()
		p := connected(t)
		p.unasked = fmt.Errorf("ANAF does not answer: %w", model.ErrUnavailable)
		return p
	}
	play(t, silent, 80, 24, func(s *harness) {
		s.Press("ctrl+l").Elapse(time.Second).Sees("choose the VAT status by hand")
		s.Press("ctrl+l", "esc").Sees("ANAF is not asked any more").Lacks("asking ANAF;")
	})
	play(t, knowing(model.CompanyRecord{CUI: "14399840", PaysVAT: true, OnCollection: true}), 80, 24, func(s *harness) {
		s.Press("j", "j", "enter", "ctrl+l", "backspace").Elapse(time.Second).Sees("The CIF was changed before ANAF answered")
	})
}
