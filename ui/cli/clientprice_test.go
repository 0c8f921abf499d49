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
