package setup_test

import (
	"testing"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

// outdated is a program beside an account that keeps the replaced rate under the usual name, and has none at 0 %.
var outdated = without(func(account *sandbox.Account) {
	account.Companies[0].Taxes = []sandbox.Tax{
		{Name: "TVA standard", Percentage: uitest.Amount("21")}, {Name: "Normala", Percentage: uitest.Amount("19")},
	}
})

// Setup tells what invoices bear where the settings name a rate that the law has replaced.
func TestReplacedRateIsTold(t *testing.T) {
	play(t, outdated, 80, 24, func(s *harness) {
		enterAndTest(s)
		s.Sees("no rate of the law today: invoices bear 21 % TVA standard", "The connection works")
	})
}

// What was chosen and is not in the account is marked after the test, the taxes at 0 % below the connection.
func TestSettingsThatDoNotFitTheAccount(t *testing.T) {
	drawn(t, func(t *testing.T) *program {
		t.Helper()
		p := connected(t)
		p.Change("invoice", "vat_reverse_charge", "Neimpozabil").Change("invoice", "series", "GONE")
		return p
	}, func(s *harness) {
		s.Press("ctrl+t")
		s.Sees("✗ reverse charge", "not every setting fits the account")
	})
}

// Who sells nothing but exempt services chooses their tax with its exemption: two settings, and nothing is wrong with them.
func TestExemptServicesAreChosen(t *testing.T) {
	play(t, connected, 80, 24, func(s *harness) {
		s.Press("enter", "tab", "tab", "tab", "tab", "tab").Type("courses").Press("enter", "ctrl+s")
		s.Sees("The defaults are saved", "SFDD 0 % · exempt: courses")
		s.Lacks("no rate for clients")
		if issuer := s.Settings().Issuer(); issuer.Rate != "SFDD" || issuer.Usual != model.ReasonEducation {
			t.Errorf("saved are %+v", issuer)
		}
		s.Press("ctrl+t").Sees("The connection works")
	})
}

// A tax at 0 % is marked where it stands for the VAT of clients in Romania.
func TestATaxAtZeroIsNoDomesticRate(t *testing.T) {
	opened := func(t *testing.T) *program {
		t.Helper()
		p := connected(t)
		p.Change("invoice", "vat", "Taxare inversa")
		return p
	}
	play(t, opened, 80, 24, func(s *harness) { s.Sees("0 % is no rate for clients in Romania") })
}
