package setup_test

import (
	"fmt"
	"testing"
	"time"

	"cadensa/model"
)

// drawn compares a stage's frame after some acts with its golden, at the two sizes that matter.
func drawn(t *testing.T, settings func() *drawer, act func(s *stage)) {
	t.Helper()
	for _, size := range []struct {
		name          string
		width, height int
	}{{"80x24", 80, 24}, {"120x40", 120, 40}} {
		t.Run(size.name, func(t *testing.T) {
			play(t, settings(), size.width, size.height, func(s *stage) {
				act(s)
				s.Golden()
			})
		})
	}
}

// failing is a fresh program whose connection test fails.
func failing(name model.CheckName, err error) func() *drawer {
	return func() *drawer {
		settings := fresh()
		settings.report = failedAt(name, err)
		return settings
	}
}

func enterAndTest(s *stage) {
	s.enter()
	s.Press("ctrl+t")
}

func TestFirstRun(t *testing.T) { drawn(t, fresh, func(*stage) {}) }

func TestConnected(t *testing.T) { drawn(t, connected, func(*stage) {}) }

func TestWhileTesting(t *testing.T) {
	drawn(t, func() *drawer {
		settings := fresh()
		settings.delay = time.Minute
		return settings
	}, func(s *stage) {
		enterAndTest(s)
		s.pass(300 * time.Millisecond)
	})
}

func TestAllPassed(t *testing.T) { drawn(t, fresh, enterAndTest) }

func TestUnreachable(t *testing.T) {
	err := fmt.Errorf("connect to ws.smartbill.ro: no such host: %w", model.ErrUnavailable)
	drawn(t, failing(model.CheckReached, err), enterAndTest)
}

func TestUnauthorized(t *testing.T) {
	err := fmt.Errorf("SmartBill 401 “Autentificare esuata. Va rugam verificati datele si incercati din nou.”: %w", model.ErrUnauthorized)
	drawn(t, failing(model.CheckCredentials, err), enterAndTest)
}

func TestWrongCompany(t *testing.T) {
	err := fmt.Errorf("SmartBill 401 “Firma RO14399840 nu a fost gasita in cont.”: %w", model.ErrCompanyUnknown)
	drawn(t, failing(model.CheckCompany, err), enterAndTest)
}

func TestUntestedDialog(t *testing.T) {
	drawn(t, fresh, func(s *stage) {
		s.enter()
		s.Press("ctrl+s")
	})
}

func TestSaved(t *testing.T) {
	drawn(t, fresh, func(s *stage) {
		enterAndTest(s)
		s.Press("ctrl+s")
	})
}

func TestPlaceholderCompany(t *testing.T) {
	drawn(t, fresh, func(s *stage) {
		s.Paste(secret).Press("tab").Type("ana").Press("tab").Type("RO12345678").Press("tab")
	})
}

func TestRatePicker(t *testing.T) {
	drawn(t, connected, func(s *stage) { s.Press("j", "j", "j", "j", "j", "enter").Type("n") })
}

func TestStatusPicker(t *testing.T) {
	drawn(t, connected, func(s *stage) { s.Press("j", "j", "j", "j", "enter", "down") })
}

func TestForeignSeriesAndRate(t *testing.T) {
	drawn(t, func() *drawer {
		settings := connected()
		settings.preferences.Series, settings.preferences.Issuer.Rate = "XYZ", "Zero"
		settings.preferences.PDFFolder = "/home/ana/Documente/Facturi emise/Atelier Cireș SRL/anul 2026/luna noiembrie"
		return settings
	}, func(*stage) {})
}

func TestSmallWindow(t *testing.T) {
	play(t, fresh(), 60, 18, func(s *stage) {
		enterAndTest(s)
		s.Golden()
	})
}
