package cli_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"cadensa/smartbill/sandbox"
)

func TestDoctorOfAHealthyProgram(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	data := s.succeed(t, "doctor")
	for _, text := range []string{
		"✓ settings", "✓ time zone", "Europe/Bucharest", "✓ token", "settings file", "✓ ledger", s.ledgerFile(), "✓ source",
		"hours.json: 7 entries, 1 row skipped", "✓ SmartBill reached", "✓ company", s.server.CIF(), "✓ series", "FCT", "✓ VAT", "Normala 21 %",
	} {
		if !strings.Contains(data, text) {
			t.Errorf("%q is not in\n%s", text, data)
		}
	}
	if calls := s.server.Calls(creation); calls != 0 || strings.Contains(data, "✗") {
		t.Errorf("%d creations, and it says\n%s", calls, data)
	}
}

func TestDoctorSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, old, replacement string
		want                   []string
	}{
		{"no token", "token = ", "token = \"\" #", []string{"✗ token", "Setup", "✓ ledger", "✓ source"}},
		{"wrong e-mail", "office@", "other@", []string{"✓ token", "✗ token and e-mail", "Integrări"}},
		{"wrong company", "RO18547290", "RO99", []string{"✓ token and e-mail", "✗ company", "CIF"}},
		{"no such file", "hours.json", "gone.json", []string{"✗ source", "gone.json", "✓ SmartBill reached"}},
		{"bad settings", "currency = ", "curency = ", []string{"✗ settings", "line", "config check"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.write(t, "config/cadensa/config.toml", strings.Replace(s.read(t, s.settingsFile()), test.old, test.replacement, 1))
			data := s.fail(t, 1, []string{"✗"}, "doctor")
			for _, text := range test.want {
				if !strings.Contains(data, text) {
					t.Errorf("%q is not in\n%s", text, data)
				}
			}
		})
	}
}

func TestDoctorOfAnUnreachableService(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t)
		s.server.Script(sandbox.Fault{Kind: sandbox.RefuseConnection, Times: -1})
		if data := s.fail(t, 1, nil, "doctor"); !strings.Contains(data, "✗ SmartBill reached") {
			t.Errorf("it says\n%s", data)
		}
	})
}

func TestDoctorTellsHowTheLastCallsEnded(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	s.server.Script(sandbox.Fault{Operation: paying, Kind: sandbox.RefuseConnection})
	s.fail(t, 4, nil, "pay", "FCT-0001", "--yes")
	data := s.succeed(t, "doctor")
	for _, text := range []string{"last calls", "2026-11-10 14:00:00  read the payment: answered with status 200", "record the payment: not sent"} {
		if !strings.Contains(data, text) {
			t.Errorf("%q is not in\n%s", text, data)
		}
	}
	if strings.Count(data, "last calls") != 5 {
		t.Errorf("it says\n%s", data)
	}
}
