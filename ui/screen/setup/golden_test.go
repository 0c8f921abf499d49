package setup_test

import (
	"fmt"
	"testing"
	"time"

	"cadensa/model"
)

// drawn compares a harness's frame after some acts with its golden, at the two sizes that matter.
func drawn(t *testing.T, settings func() *fakeSettings, act func(s *harness)) {
	t.Helper()
	for _, size := range []struct {
		name          string
		width, height int
	}{{"80x24", 80, 24}, {"120x40", 120, 40}} {
		t.Run(size.name, func(t *testing.T) {
			play(t, settings(), size.width, size.height, func(s *harness) {
				act(s)
				s.Golden()
			})
		})
	}
}

// failing is a fresh program whose connection test fails.
func failing(name model.CheckName, err error) func() *fakeSettings {
	return func() *fakeSettings {
		settings := fresh()
		settings.report = failedAt(name, err)
		return settings
	}
}

func enterAndTest(s *harness) {
	s.enter()
	s.Press("ctrl+t")
}

func TestFirstRun(t *testing.T) { drawn(t, fresh, func(*harness) {}) }

func TestConnected(t *testing.T) { drawn(t, connected, func(*harness) {}) }

func TestWhileTesting(t *testing.T) {
	drawn(t, func() *fakeSettings {
		settings := fresh()
		settings.delay = time.Minute
		return settings
	}, func(s *harness) {
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
	drawn(t, func() *fakeSettings {
		settings := connected()
		settings.preferences.Series, settings.preferences.Issuer.Rate = "XYZ", "Zero"
		settings.preferences.PDFFolder = "/home/ana/Documente/Facturi emise/Atelier Cireș SRL/anul 2026/luna noiembrie"
		return settings
	}, func(*harness) {})
}

func TestSmallWindow(t *testing.T) {
	play(t, fresh(), 60, 18, func(s *harness) {
		enterAndTest(s)
		s.Golden()
	})
}
