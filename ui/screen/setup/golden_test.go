package setup_test

import (
	"testing"
	"time"

	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

// drawn compares a harness's frame after some acts with its golden, at the two sizes that matter.
func drawn(t *testing.T, open func(t *testing.T) *program, act func(s *harness)) {
	t.Helper()
	for _, size := range []struct {
		name          string
		width, height int
	}{{"80x24", 80, 24}, {"120x40", 120, 40}} {
		t.Run(size.name, func(t *testing.T) {
			play(t, open, size.width, size.height, func(s *harness) {
				act(s)
				s.Golden()
			})
		})
	}
}

// unreachable is a fresh program without a network.
func unreachable(t *testing.T) *program {
	t.Helper()
	p := fresh(t)
	p.FailsOn("GET /series", sandbox.RefuseConnection)
	return p
}

// without is a fresh program beside an account that is not the one of the tests.
func without(change func(account *sandbox.Account)) func(t *testing.T) *program {
	return func(t *testing.T) *program {
		t.Helper()
		other := account()
		change(&other)
		return &program{Office: uitest.Installed(t, other)}
	}
}

var (
	withoutToken   = without(func(account *sandbox.Account) { account.Token = "another" })
	withoutCompany = without(func(account *sandbox.Account) { account.Companies = account.Companies[1:] })
)

// repeating is longer than a call is repeated that may be.
const repeating = 10 * time.Second

// enterAndTest has SmartBill answer after as long as it usually takes.
func enterAndTest(s *harness) {
	const usual = 182 * time.Millisecond
	s.Going().Script(sandbox.Fault{Operation: "GET /series", Kind: sandbox.Slow, Delay: sandbox.Delay(usual)})
	s.enter()
	s.Press("ctrl+t")
	s.Elapse(usual)
}

func TestFirstRun(t *testing.T) { drawn(t, fresh, func(*harness) {}) }

func TestConnected(t *testing.T) { drawn(t, connected, func(*harness) {}) }

func TestWhileTesting(t *testing.T) {
	drawn(t, slow, func(s *harness) {
		s.enter()
		s.Press("ctrl+t")
		s.Elapse(300 * time.Millisecond)
	})
}

func TestAllPassed(t *testing.T) { drawn(t, fresh, enterAndTest) }

func TestUnreachable(t *testing.T) {
	drawn(t, unreachable, func(s *harness) {
		s.enter()
		s.Press("ctrl+t")
		s.Elapse(repeating)
	})
}

func TestUnauthorized(t *testing.T) { drawn(t, withoutToken, enterAndTest) }

func TestWrongCompany(t *testing.T) { drawn(t, withoutCompany, enterAndTest) }

func TestUntestedDialog(t *testing.T) {
	drawn(t, fresh, func(s *harness) {
		s.enter()
		s.Press("ctrl+s")
	})
}

func TestSaved(t *testing.T) {
	drawn(t, fresh, func(s *harness) {
		enterAndTest(s)
		s.Press("ctrl+s")
	})
}

func TestPlaceholderCompany(t *testing.T) {
	drawn(t, fresh, func(s *harness) {
		s.Paste(secret).Press("tab").Type("ana").Press("tab").Type("RO12345678").Press("tab")
	})
}

func TestRatePicker(t *testing.T) {
	drawn(t, connected, func(s *harness) { s.Press("j", "j", "j", "j", "j", "enter").Type("n") })
}

func TestStatusPicker(t *testing.T) {
	drawn(t, connected, func(s *harness) { s.Press("j", "j", "j", "j", "enter", "down") })
}

func TestForeignSeriesAndRate(t *testing.T) {
	drawn(t, func(t *testing.T) *program {
		t.Helper()
		p := connected(t)
		preferences, err := p.Preferences(t.Context())
		p.Check(err)
		preferences.Series, preferences.Issuer.Rate = "XYZ", "Zero"
		preferences.PDFFolder = "/home/ana/Documente/Facturi emise/Atelier Cireș SRL/anul 2026/luna noiembrie"
		p.Check(p.SaveDefaults(t.Context(), preferences))
		return p
	}, func(*harness) {})
}

func TestSmallWindow(t *testing.T) {
	play(t, fresh, 60, 18, func(s *harness) {
		enterAndTest(s)
		s.Golden()
	})
}
