package setup_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

// toldTimes is how often the other screens were told of new settings.
func toldTimes(s *harness) int { return len(uitest.Messages[screen.PreferencesChanged](s.review)) }

func TestConnectionIsSavedAfterItsTest(t *testing.T) {
	play(t, fresh, 80, 24, func(s *harness) {
		s.enter()
		s.Press("ctrl+t").Sees("✓ token and e-mail", "The connection works; it is not saved yet")
		s.Press("ctrl+s").Sees("The connection is saved; the token is in the keyring.", "from keyring")
		token, err := s.Keyring.Get(s.Context(), "ana@atelier.example")
		if saved := s.Settings().SmartBill; err != nil || token != secret || saved.Email != "ana@atelier.example" || saved.CIF != "RO14399840" {
			t.Errorf("the credentials that were typed and saved differ (%v)", err)
		}
		if toldTimes(s) != 1 {
			t.Errorf("the other screens were told %d times", toldTimes(s))
		}
		s.Press("ctrl+s").Sees("Everything is saved already.")
	})
}

func TestUntestedConnectionIsNotSaved(t *testing.T) {
	play(t, fresh, 80, 24, func(s *harness) {
		s.enter()
		s.Press("ctrl+s").Sees("These credentials have not been tested.", "▸ back")
		s.Press("ctrl+s", "enter").Lacks("Save an untested connection?")
		s.Press("ctrl+s", "esc").Lacks("Save an untested connection?")
		if s.HasAccount(s.Context()) {
			t.Error("an untested connection was saved")
		}
		s.Press("ctrl+s", "t").Sees("The connection works")
		s.Press("ctrl+s").Sees("the token is in the keyring")
	})
}

func TestUntestedConnectionIsSavedWhenTheUserInsists(t *testing.T) {
	play(t, fresh, 80, 24, func(s *harness) {
		s.enter()
		s.Press("ctrl+s", "u").Sees("The connection is saved; the token is in the keyring.", "It is untested: ctrl+t")
		if !s.HasAccount(s.Context()) || s.asked() != 0 {
			t.Errorf("it is saved: %v; %d tests", s.HasAccount(s.Context()), s.asked())
		}
	})
}

func TestOtherCredentialsAreNotTheTestedOnes(t *testing.T) {
	play(t, fresh, 80, 24, func(s *harness) {
		s.enter()
		s.Press("ctrl+t").Sees("✓ company").Press("backspace").Lacks("✓ company").Sees("· company            not asked yet")
		s.Press("ctrl+s").Sees("These credentials have not been tested.").Press("esc")
		s.Type("0").Sees("✓ company").Press("ctrl+s").Sees("the token is in the keyring")
	})
}

func TestFailedTestKeepsSaveOff(t *testing.T) {
	play(t, withoutCompany, 80, 24, func(s *harness) {
		s.enter()
		s.Press("ctrl+t").Sees("✗ company", "Check that the CIF is exactly the company's", "· series             not asked yet")
		s.Press("ctrl+s").Sees("These credentials have not passed the test.")
	})
}

// A CIF without RO, or with one too many, is tried the other way, and the one that SmartBill knows is kept.
func TestCIFIsTriedWithAndWithoutRO(t *testing.T) {
	play(t, fresh, 80, 24, func(s *harness) {
		s.Paste(secret + "\n").Press("tab").Type("ana@atelier.example").Press("tab").Type("14399840")
		s.Press("ctrl+t").Sees("✓ company", "SmartBill knows this company as RO14399840, not 14399840", "Company CIF   ▸ RO14399840")
		s.Press("ctrl+s").Sees("the token is in the keyring")
		if saved := s.Settings().SmartBill.CIF; saved != "RO14399840" {
			t.Errorf("%s was saved", saved)
		}
	})
	play(t, withoutCompany, 80, 24, func(s *harness) {
		s.enter()
		s.Press("ctrl+t").Sees("✗ company", "RO14399840").Lacks("was corrected")
		if s.asked() != 2 {
			t.Errorf("%d tests", s.asked())
		}
	})
}

func TestEscCancelsTheTest(t *testing.T) {
	play(t, slow, 80, 24, func(s *harness) {
		s.enter()
		s.Press("ctrl+t").Sees("esc cancels").Press("esc").Lacks("esc cancels")
		if !s.screen.Capturing() {
			t.Error("esc cancelled the test and left the field too")
		}
		s.Elapse(2 * time.Minute).Lacks("✓").Sees("not asked yet")
	})
}

func TestTypingCancelsATestOfOtherCredentials(t *testing.T) {
	play(t, slow, 80, 24, func(s *harness) {
		s.enter()
		s.Press("ctrl+t").Type("1").Lacks("esc cancels")
		s.Elapse(time.Minute).Lacks("✓")
	})
}

func TestNewTestReplacesTheOneUnderWay(t *testing.T) {
	play(t, slow, 80, 24, func(s *harness) {
		s.enter()
		s.Press("ctrl+t")
		s.Elapse(6 * time.Second).Press("ctrl+t")
		s.Elapse(6 * time.Second).Sees("esc cancels").Lacks("✓")
		s.Elapse(6 * time.Second).Sees("✓ company")
	})
}

func TestMissingCredentialsAreAskedFor(t *testing.T) {
	play(t, fresh, 80, 24, func(s *harness) {
		s.Press("ctrl+t").Sees("Missing: API token, Account email, Company CIF.")
		s.Paste(secret).Press("ctrl+t").Sees("Missing: Account email, Company CIF.", "Account email ▸")
		s.Type("ana@atelier.example").Press("ctrl+s").Sees("Missing: Company CIF.", "Company CIF   ▸")
		if s.asked() > 0 || s.HasAccount(s.Context()) {
			t.Error("incomplete credentials were sent or saved")
		}
	})
}

func TestStoredTokenIsTestedAndKept(t *testing.T) {
	play(t, connected, 80, 24, func(s *harness) {
		s.Press("ctrl+t").Sees("The connection works.")
		s.Press("j", "j", "enter").Type("1").Press("ctrl+t").Sees("it is not saved yet").Press("ctrl+s").Sees("The connection is saved.").
			Lacks("the token is in")
		if token, err := s.Keyring.Get(s.Context(), ""); err != nil || token != secret || s.Settings().SmartBill.CIF != "RO143998401" {
			t.Errorf("saved %+v (%v)", s.Settings().SmartBill, err)
		}
	})
}

func TestDefaultsAreSavedWithoutATest(t *testing.T) {
	play(t, connected, 80, 24, func(s *harness) {
		want, err := s.Preferences(s.Context())
		s.Check(err)
		s.Press("j", "j", "j", "enter").Type("eur").Press("enter")
		s.Type("not registered").Press("down", "enter").Sees("not used: no VAT")
		s.Type("11").Press("enter")
		s.Press("ctrl+u").Type("14").Press("tab")
		s.Press("down").Sees("▸ 2", "  6").Type("4").Press("enter").Sees("Decimals        4")
		s.Type("abc").Press("enter")
		s.Press("down").Sees("▸ none", "  PRO (next 0003)").Press("down", "enter")
		s.Press("ctrl+u").Type("/srv/facturi").Press("enter")
		s.Sees("Theme         ▸", "from the next start on").Type("light").Press("enter", "enter").Sees("The defaults are saved.")
		want.Theme = "light"
		want.Currency, want.PaymentTermsDays, want.Series, want.PDFFolder = "EUR", 14, "ABC", "/srv/facturi"
		want.QuantityDecimals.Usual = 4
		want.ProformaSeries, want.Issuer.Status, want.Issuer.Rate = "PRO", model.VATNonPayerIntraEU, "Redusa"
		saved, err := s.Preferences(s.Context())
		s.Check(err)
		if diff := cmp.Diff(want, saved); diff != "" {
			t.Errorf("saved (-want +got):\n%s", diff)
		}
		told := uitest.Messages[screen.PreferencesChanged](s.review)
		if len(told) != 1 || told[0].Preferences.Currency != "EUR" {
			t.Errorf("the other screens were told %+v", told)
		}
	})
}

// TestFolderIsAFullPath checks that a folder which hangs on where the program was started, or on a shell, is not saved, and that the
// full path is proposed.
func TestFolderIsAFullPath(t *testing.T) {
	play(t, connected, 80, 24, func(s *harness) {
		before, err := s.Preferences(s.Context())
		s.Check(err)
		s.Press("j", "j", "j", "j", "j", "j", "j", "j", "j", "j", "enter", "ctrl+u").Type("facturi").Press("ctrl+s").Sees("facturi is not a full path. Write ~/facturi, or begin it with /.")
		s.Press("esc").Sees("write ~/facturi").Press("enter", "ctrl+u").Type("$HOME/facturi").Press("ctrl+s").Sees("Write ~/facturi")
		s.Press("ctrl+u").Type("~ana/x").Press("ctrl+s").Sees("Begin it with / or ~/")
		after, err := s.Preferences(s.Context())
		s.Check(err)
		if before.PDFFolder != after.PDFFolder {
			t.Errorf("the folder is %s", after.PDFFolder)
		}
		s.Press("ctrl+u").Type("~/facturi").Press("ctrl+s").Sees("The defaults are saved.")
	})
}

func TestRateOfASharedNameIsKeptByItsPercentage(t *testing.T) {
	play(t, connected, 80, 24, func(s *harness) {
		s.Press("j", "j", "j", "j", "j", "enter").Type("19").Press("enter").Sees("Normala 19 %").Press("ctrl+s").
			Sees("The defaults are saved.", "Normala 19 %")
		if got := s.Settings().Invoice.VAT; got != "19" {
			t.Errorf("the rate is saved as %q", got)
		}
	})
}

func TestSeriesIsTypedWhileTheAccountIsNotKnown(t *testing.T) {
	play(t, fresh, 80, 24, func(s *harness) {
		s.Press("esc", "j", "j", "j", "j", "j", "j", "j", "enter").Type("ATL").Press("ctrl+s").Sees("The defaults are saved.")
		if got := s.Settings().Invoice.Series; got != "ATL" {
			t.Errorf("saved the series %q", got)
		}
	})
}

func TestPassedTestBringsTheAccountsSeries(t *testing.T) {
	play(t, fresh, 80, 24, func(s *harness) {
		s.enter()
		s.Press("ctrl+t").Sees("Series          FCT (next 0024)").Press("esc", "j", "j", "j", "j", "j", "enter", "down")
		s.Sees("▸ FCT (next 0024)", "  ABC (next 0007)").Lacks("PRO")
	})
}

func TestTermsMustBeDays(t *testing.T) {
	play(t, connected, 80, 24, func(s *harness) {
		s.Press("j", "j", "j", "j", "j", "j", "enter", "ctrl+u").Type("a month").Lacks("✗")
		s.Press("tab").Sees("✗ 0 to 366 days")
		s.Press("ctrl+s").Sees("Nothing was saved: the payment terms are a number of days from 0 to 366", "Payment terms ▸")
		if s.Settings().Invoice.PaymentTermsDays != 30 {
			t.Error("bad payment terms were saved")
		}
	})
}

func TestFailureToSaveSaysWhatIsTrue(t *testing.T) {
	play(t, fresh, 80, 26, func(s *harness) {
		s.stuck = errors.New("disk full")
		s.enter()
		s.Press("ctrl+t", "tab").Type("eur").Press("enter", "ctrl+s")
		s.Sees("The connection is saved; the token is in the keyring. But not", "disk full", "from keyring", "EUR")
		s.stuck = nil
		s.Press("ctrl+s").Sees("The defaults are saved.")
	})
	play(t, fresh, 80, 24, func(s *harness) {
		s.lost = errors.New("keyring is locked")
		s.enter()
		s.Press("ctrl+t", "ctrl+s").Sees("Nothing was saved: save the connection: keyring is locked", "new, unsaved")
		if toldTimes(s) != 0 {
			t.Error("the other screens were told of settings that were not saved")
		}
	})
}

func TestUnreadableSettingsAreNotOverwritten(t *testing.T) {
	unread := func(t *testing.T) *program {
		t.Helper()
		p := connected(t)
		p.unread = errors.New("config.toml line 3: no such key")
		return p
	}
	play(t, unread, 80, 24, func(s *harness) {
		before, err := os.ReadFile(s.SettingsFile())
		s.Check(err)
		s.Sees("config.toml line 3").Press("ctrl+s").Sees("Nothing was saved")
		if after, err := os.ReadFile(s.SettingsFile()); err != nil || !slices.Equal(before, after) {
			t.Errorf("something was saved (%v)", err)
		}
	})
}

func TestSettingsOfOtherScreensDoNotOverwriteWhatIsTyped(t *testing.T) {
	play(t, connected, 80, 24, func(s *harness) {
		changed, err := s.Preferences(s.Context())
		s.Check(err)
		changed.Currency = "EUR"
		s.Send(screen.PreferencesChanged{Preferences: changed}).Sees("Currency        EUR")
		s.Press("j", "enter").Type("x")
		changed.Currency = "HUF"
		s.Send(screen.PreferencesChanged{Preferences: changed}).Sees("ana@atelier.examplex", "Currency        EUR")
	})
}

func TestTokenIsNeverShown(t *testing.T) {
	play(t, slow, 120, 40, func(s *harness) {
		hidden := func() {
			t.Helper()
			if frame := s.Frame(); strings.Contains(frame, secret) || strings.Contains(frame, secret[:6]) {
				t.Fatalf("the token is shown in\n%s", frame)
			}
			if dump := fmt.Sprintf("%+v %#v", uitest.Messages[screen.Notice](s.review), s.Settings()); strings.Contains(dump, secret) {
				t.Fatalf("the token is printed in %s", dump)
			}
		}
		for _, letter := range secret {
			s.Type(string(letter))
			hidden()
		}
		s.Press("tab").Type("ana@atelier.example").Press("tab").Type("RO14399840").Press("ctrl+s")
		hidden()
		s.Press("t")
		hidden()
		s.Elapse(uitest.Slowly).Press("ctrl+s")
		hidden()
	})
}

func TestMaskTellsNothingOfTheLength(t *testing.T) {
	mask := func(token string) string {
		var row string
		play(t, fresh, 80, 24, func(s *harness) {
			s.Paste(token)
			for line := range strings.SplitSeq(s.Frame(), "\n") {
				if strings.Contains(line, "API token  ") {
					row = line
				}
			}
		})
		return row
	}
	if short, long := mask("x"), mask(strings.Repeat("secret", 20)); short != long || !strings.Contains(short, "••••") {
		t.Errorf("masks differ:\n%s\n%s", short, long)
	}
}

// A token that is pasted at once is there when the settings have been read; into a connected form, which rests, it is not.
func TestPasteBeforeTheSettingsAreRead(t *testing.T) {
	for _, open := range []func(t *testing.T) *program{fresh, connected} {
		late := func(t *testing.T) *program {
			t.Helper()
			p := open(t)
			p.reading = time.Second
			return p
		}
		play(t, late, 80, 24, func(s *harness) {
			s.Sees("API token     ▸").Paste(secret)
			s.Elapse(2 * time.Second)
			if s.HasAccount(s.Context()) {
				s.Lacks("new, unsaved").Sees("▸5 Setup")
				return
			}
			s.Sees("new, unsaved").Press("tab").Type("ana@atelier.example").Sees("ana@atelier.example▏")
		})
	}
}

func TestPasteIntoEveryField(t *testing.T) {
	for row := range 9 {
		play(t, fresh, 80, 24, func(s *harness) {
			s.Press(slices.Repeat([]string{"tab"}, row)...).Paste(" Foo\x1b[31m\u202e bar\n\u0007").Fits()
			if frame := s.Frame(); strings.ContainsAny(frame, "\x1b\u202e\u0007") {
				t.Errorf("row %d shows control characters", row)
			}
		})
	}
}

func TestJoinedRunesAreText(t *testing.T) {
	play(t, fresh, 80, 24, func(s *harness) {
		s.Press("tab").Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjj桜")}).Sees("jjj桜▏").Fits()
	})
}

func TestDigitsSwitchScreensOnceTheFieldIsLeft(t *testing.T) {
	play(t, fresh, 80, 24, func(s *harness) {
		s.Press("tab").Type("3").Press("esc", "3").Sees("this is Review").Press("5").Sees("Account email ▸ 3")
	})
}

// A new user sees the whole form at 80×24, the last row too, without scrolling.
func TestFirstRunShowsEveryRow(t *testing.T) {
	play(t, fresh, 80, 24, func(s *harness) {
		s.Sees("Contul Meu").Sees("API token").Sees("Proformas").Sees("PDF folder")
	})
}
