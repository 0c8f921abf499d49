package billto_test

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cadensa/model"
)

// whatIsMissing is said of empty fields, once they were left.
var whatIsMissing = regexp.MustCompile(`✗ (the [a-z ]+ is needed|choose ).*|! ANAF knows a Romanian company by its CUI.*`)

// saveBox follows the settings as long as nothing was typed.
var saveBox = regexp.MustCompile(`\[.\] save the client`)

// shownRows are the rows of both pages, without the marks of the focus, what is said of empty fields, and the box that
// follows the settings.
func shownRows(s *harness) []string {
	var rows []string
	for row := range strings.SplitSeq(strings.NewReplacer("▸", " ", "▏", "").Replace(s.screen.View()), "\n") {
		row = strings.TrimRight(saveBox.ReplaceAllString(whatIsMissing.ReplaceAllString(row, ""), ""), " ")
		// What is missing has a row of its own where there is no room beside the field.
		if row != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

// again is what the next start reads of what was kept.
func again(t *rapid.T, kept model.Buyer) model.Buyer {
	text, err := json.Marshal(kept)
	if err != nil {
		t.Fatal(err)
	}
	var buyer model.Buyer
	if err := json.Unmarshal(text, &buyer); err != nil {
		t.Fatal(err)
	}
	return buyer
}

// What is no number of days is named beside its field after the next start too, and on the page before.
func TestSoonComesBack(t *testing.T) {
	book := holding(atelier())()
	play(t, book, 80, 24, func(s *harness) {
		s.Press("d").Type("soon")
		if err := s.end(context.Background()); err != nil {
			t.Error(err)
		}
	})
	book.inProgress.Buyer = book.last()
	play(t, book, 80, 24, func(s *harness) {
		s.Sees("! Defaults for this client (d): pays in “soon”").Press("d", "esc").Sees("▸ soon", "✗ the days to pay are a number from 0 to 366")
	})
}

// A city that is no sector of Bucharest is named beside its row after the next start too, though the row cannot show it; it
// comes back with its county.
func TestCityOfAnotherCountyComesBack(t *testing.T) {
	const wrong = "✗ in Bucharest the city is Sector 1 to Sector 6"
	book := holding(atelier())()
	play(t, book, 80, 24, func(s *harness) {
		s.Press("esc", "g", "j", "j", "j", "j", "j", "j", "enter").Type("B").Press("enter", "esc").Sees("County          București", wrong)
		if err := s.end(context.Background()); err != nil {
			t.Error(err)
		}
	})
	book.inProgress.Buyer = book.last()
	play(t, book, 80, 24, func(s *harness) {
		s.Sees("County          București", wrong)
		s.Press("esc", "g", "j", "j", "j", "j", "j", "j", "enter").Type("cluj").Press("enter", "esc").Sees("City          ▸ Cluj-Napoca").Lacks(wrong)
	})
}

// typing is some text that is typed or pasted into the row so many below the present one.
type typing struct {
	down  int
	text  string
	paste bool
	leave string
}

func (a typing) into(s *harness) {
	for range -a.down {
		s.Press("k")
	}
	for range a.down {
		s.Press("j")
	}
	s.Press("enter", "end")
	if a.paste {
		s.Paste(a.text)
	} else {
		s.Type(a.text)
	}
	s.Press(a.leave, "esc", "esc")
}

var nasty = []string{
	"soon", "-1", "14 ", "  ", ",", " a*, ,b ", "1.500,00", "1e9", "RO", "ro 14.399.840", "see contract", "الجزيرة", "Őry Tűnde ș", "s\u0326",
	"\u200bx", "a\u2028b", "a\x1b[31mb", "\ufffd", "1\n2", "👩‍💻 née", "0.5 from 1s; 1", "half", "\u0301", "９９",
}

// Whatever is typed or pasted into whatever field comes back as it stood when the program is started again, with what is
// wrong beside it.
func TestWhateverIsTypedComesBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		client := rapid.SampledFrom([]model.Client{{}, atelier(), particular(), brisk()}).Draw(rt, "client")
		typings := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) typing {
			return typing{
				down: rapid.IntRange(-12, 12).Draw(rt, "down"), paste: rapid.Bool().Draw(rt, "paste"),
				text:  rapid.OneOf(rapid.SampledFrom(nasty), rapid.StringN(0, 12, -1)).Draw(rt, "text"),
				leave: rapid.SampledFrom([]string{"esc", "tab", "enter"}).Draw(rt, "leave"),
			}
		}), 1, 3).Draw(rt, "typings")
		book := holding(client)()
		var before, after []string
		var ended error
		play(t, book, 160, 60, func(s *harness) {
			s.Press("esc", "d", "esc")
			for _, each := range typings {
				each.into(s)
			}
			before = shownRows(s)
			ended = s.end(context.Background())
		})
		if len(book.kept) > 0 {
			book.inProgress.Buyer = again(rt, book.last())
		}
		play(t, book, 160, 60, func(s *harness) {
			s.Press("esc", "d", "esc")
			after = shownRows(s)
		})
		if diff := cmp.Diff(before, after); ended != nil || diff != "" {
			rt.Fatalf("%v; kept as %+v (-before +after):\n%s", ended, book.inProgress.Buyer, diff)
		}
	})
}
