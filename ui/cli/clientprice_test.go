package cli_test

import (
	"strings"
	"testing"
)

// TestAClientsOwnPriceComesBeforeTheRules bills hours at what the address book says of their client.
func TestAClientsOwnPriceComesBeforeTheRules(t *testing.T) {
	s := newBilledStage(t)
	priced := strings.Replace(book, `"tracker_names":["Morii*"]`, `"tracker_names":["Morii*"],"price":"300.00"`, 1)
	s.succeed(t, "clients", "import", s.write(t, "priced.json", priced))
	request := s.succeed(t, "issue", "--client", moriiClient, "--period", "2026-10", "--dry-run")
	if !strings.Contains(request, `"price": 300`) && !strings.Contains(request, `"price":300`) {
		t.Errorf("the request bills at another price:\n%s", request)
	}
}

// TestAClientsOwnRuleBillsDays bills days, though the settings' rule for the client bills hours.
func TestAClientsOwnRuleBillsDays(t *testing.T) {
	s := newBilledStage(t)
	ruled := strings.Replace(book, `"tracker_names":["Morii*"]`, `"tracker_names":["Morii*"],"price":"1600","unit":"day","day_thresholds":"1 from 1s"`, 1)
	s.succeed(t, "clients", "import", s.write(t, "ruled.json", ruled))
	request := s.succeed(t, "issue", "--client", moriiClient, "--period", "2026-10", "--dry-run")
	for _, text := range []string{`"measuringUnitName":"zi"`, `"price":1600`} {
		if !strings.Contains(request, text) {
			t.Errorf("%s is not in the request:\n%s", text, request)
		}
	}
	if shown := s.succeed(t, "clients", "show", moriiClient); !strings.Contains(shown, "1600 a day (1 from 1s)") {
		t.Errorf("the rule is not shown:\n%s", shown)
	}
}
