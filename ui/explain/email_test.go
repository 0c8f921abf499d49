package explain_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// What SmartBill refuses, and what is not known, is said with the place in SmartBill where it is mended or looked up, in every language.
func TestFailuresOfEmails(t *testing.T) {
	record := func(state model.EmailState, kind model.EmailKind) model.EmailRecord {
		return model.EmailRecord{
			Email: model.Email{Kind: kind, To: "a@b.example,c@d.example"}, State: state,
			Created: time.Date(2026, time.November, 22, 10, 0, 0, 0, time.UTC),
		}
	}
	failed := func(state model.EmailState, kind model.EmailKind, cause error) error {
		return &model.EmailError{Reference: "FCT-0023", Email: record(state, kind), Err: fmt.Errorf("%w: its words", cause)}
	}
	for name, test := range map[string]struct {
		err                   error
		what, screen, command string
		everywhere            []string
	}{
		"no server": {
			failed(model.EmailRefused, model.EmailDocument, model.ErrEmailServer), "FCT-0023 was not e-mailed to a@b.example, c@d.example",
			"then send again", "then send again", []string{"Configurare → Email", "Vreau să folosesc serverul meu de email"},
		},
		"bad address": {
			failed(model.EmailRefused, model.EmailDocument, model.ErrEmailAddress), "FCT-0023 was not e-mailed to", "in the form", "--to",
			[]string{"Nomenclatoare → Clienți"},
		},
		"lost answer": {
			failed(model.EmailUnknown, model.EmailDocument, model.ErrOutcomeUnknown), "It is not known whether FCT-0023 was e-mailed",
			"m sends it again", "cadensa send FCT-0023 --again", []string{"Mesajele mele"},
		},
		"lost reminder": {
			failed(model.EmailUnknown, model.EmailReminder, model.ErrOutcomeUnknown), "It is not known whether FCT-0023 was e-mailed",
			"M sends it again", "cadensa send FCT-0023 --reminder --again", []string{"Mesajele mele"},
		},
		"not recorded": {
			failed(model.EmailSent, model.EmailDocument, model.ErrStateChanged), "SmartBill sent FCT-0023 to a@b.example, c@d.example, but",
			"not sent again by itself", "not sent again by itself", []string{"Mesajele mele"},
		},
		"not sent": {
			failed(model.EmailNotSent, model.EmailDocument, model.ErrNotSent), "FCT-0023 was not e-mailed to",
			"Try again later", "Try again later", nil,
		},
		"sent before": {
			&model.EmailedError{Reference: "FCT-0023", Earlier: record(model.EmailSent, model.EmailDocument)},
			"FCT-0023 was e-mailed to a@b.example, c@d.example on 2026-11-22 10:00 already. Nothing was sent.", "press the key again", "--again", nil,
		},
		"no address": {&model.AddressError{}, "There is no e-mail address", "in the form", "--to", []string{"Nomenclatoare → Clienți"}},
		"odd placeholder": {
			&model.PlaceholderError{Found: "#numar#"}, "no placeholder #numar#", "Nothing was sent", "Nothing was sent",
			[]string{"#serie numar document#"},
		},
	} {
		for front, wanted := range map[explain.Front]string{explain.Screen: test.screen, explain.Command: test.command} {
			what, advice := explain.Error(fmt.Errorf("nothing was sent: %w", test.err), front)
			if !strings.Contains(what.In(say.English), test.what) || !strings.Contains(advice.In(say.English), wanted) {
				t.Errorf("%s: %q, %q", name, what.In(say.English), advice.In(say.English))
			}
			if strings.Contains(advice.In(say.English), "settle") || strings.Contains(advice.In(say.English), "hours") {
				t.Errorf("%s: the advice is that of an invoice: %q", name, advice.In(say.English))
			}
			for _, language := range []say.Language{say.English, say.Romanian, say.Hungarian} {
				for _, place := range test.everywhere {
					if !strings.Contains(advice.In(language), place) {
						t.Errorf("%s in language %d lacks %q: %q", name, language, place, advice.In(language))
					}
				}
				if language != say.English && what.In(language) == what.In(say.English) {
					t.Errorf("%s is not translated: %q", name, what.In(language))
				}
			}
		}
	}
}

func TestWhatIsNotEmailedSaysWhy(t *testing.T) {
	today := model.NewDate(2026, time.November, 22)
	invoice := model.Invoice{Kind: model.KindInvoice, Series: "FCT", Number: "0023", Intent: "CAD-AAAAAA", DueDate: today}
	for status, want := range map[model.Status]string{
		model.StatusUnknown: "It is not known whether FCT-0023 exists: press u", model.StatusDraftSent: "FCT-0023 is a draft without a number",
		model.StatusCancelled: "FCT-0023 is cancelled: it is not e-mailed", model.StatusCancelling: "not known whether FCT-0023 is in force",
		model.StatusDeleted: "FCT-0023 is deleted: it is not e-mailed", model.StatusRefused: "FCT-0023 is refused: it is not e-mailed",
	} {
		invoice.Status = status
		if got := explain.Refusal(invoice.Refuses(model.ActSend), explain.Screen).In(say.English); !strings.Contains(got, want) {
			t.Errorf("%s: %q", status, got)
		}
	}
	invoice.Status = model.StatusIssued
	got := explain.Refusal(invoice.RefusesReminder(today), explain.Screen).In(say.Hungarian)
	if !strings.Contains(got, "FCT-0023: még nem járt le") {
		t.Errorf("%q", got)
	}
}
