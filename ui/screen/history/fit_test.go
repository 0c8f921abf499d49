package history

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/uitest"
)

// The statuses that a record can have.
var statuses = []model.Status{
	model.StatusDraftSent, model.StatusSending, model.StatusIssued, model.StatusRefused, model.StatusUnknown,
	model.StatusNotIssued, model.StatusCancelling, model.StatusCancelled, model.StatusRestoring, model.StatusReversed,
}

// awkward are texts whose cells are not their runes.
var awkward = []string{
	"Brisk Kft", "株式会社さくら印刷", "Café n̈ée", "👩‍💻 Studio 🇷🇴", "مطبعة الأرز", "חברה בע״מ", "",
	"Consorțiul pentru Digitalizarea Administrației Publice",
	"a\u0301\u0302\u0303\u0304", "ＦＵＬＬ", "\u200d\u200d", "e\u00adf",
}

func randomInvoice(t *rapid.T, id int64) model.Invoice {
	name := rapid.OneOf(rapid.SampledFrom(awkward), rapid.Map(rapid.String(), text.Clean)).Draw(t, "name")
	issued := model.NewDate(2026, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), 3)
	total := decimal.New(rapid.Int64().Draw(t, "total"), -2)
	return model.Invoice{
		ID: id, Intent: fmt.Sprintf("CAD-%06d", id), Series: rapid.SampledFrom([]string{"FCT", "FACTURI-2026"}).Draw(t, "series"),
		Kind:   rapid.SampledFrom([]model.Kind{model.KindInvoice, model.KindProforma, model.KindStorno}).Draw(t, "kind"),
		Number: rapid.SampledFrom([]string{"", "0023", "1000000023"}).Draw(t, "number"), Status: rapid.SampledFrom(statuses).Draw(t, "status"),
		ClientName: name, ClientCountry: rapid.SampledFrom([]string{"", "RO", "XK", "QQ"}).Draw(t, "country"),
		Net: total, Total: total, Currency: rapid.SampledFrom([]string{"RON", "EUR"}).Draw(t, "currency"),
		IssueDate: issued, DueDate: issued.AddDays(30), Message: name,
		Supply: model.Period{From: issued.AddDays(-rapid.IntRange(0, 400).Draw(t, "days")), To: issued},
	}
}

func randomDetail(t *rapid.T, of model.Invoice) model.InvoiceDetail {
	buyer := model.Client{Name: of.ClientName, Country: of.ClientCountry, Street: of.ClientName}
	prepared := model.PreparedInvoice{Client: buyer, Note: of.ClientName}
	for range rapid.IntRange(0, 12).Draw(t, "lines") {
		prepared.Lines = append(prepared.Lines, model.Line{Name: of.ClientName, Details: of.ClientName, Quantity: of.Total, Price: of.Total})
	}
	return model.InvoiceDetail{Invoice: of, Prepared: prepared, Entries: []string{"a"}, DocumentURL: "https://example/" + of.ClientName}
}

// randomScreen is a screen in one of its states.
func randomScreen(t *rapid.T) *Screen {
	s := New(fixedEnv(t.Context()), noRecords{})
	switch rapid.IntRange(0, 9).Draw(t, "state") {
	case 0:
		s.Init()
		return s
	case 1:
		s.loadErr = errors.New(rapid.SampledFrom(awkward).Draw(t, "error"))
		return s
	}
	invoices := make([]model.Invoice, rapid.IntRange(0, 30).Draw(t, "invoices"))
	for i := range invoices {
		invoices[i] = randomInvoice(t, int64(i+1))
	}
	fill(s, invoices)
	if len(invoices) == 0 {
		return s
	}
	if rapid.Bool().Draw(t, "filtered") {
		press(s, "/")
		s.filter.SetValue(rapid.SampledFrom(awkward).Draw(t, "query"))
		s.showMatches(s.list.find(t.Context(), s.query(), s.env.Today()))
	}
	if at, ok := s.current(); ok && rapid.Bool().Draw(t, "detail") {
		s.detail.invoice, s.detail.read = randomDetail(t, at), true
	}
	if rapid.Bool().Draw(t, "cancelling") {
		s.cancel(invoices[0])
	}
	return s
}

func fixedEnv(ctx context.Context) screen.Env {
	return screen.Env{
		Context: ctx, Location: time.UTC, Theme: theme.New(theme.Dark, ""), Overlays: &screen.Overlays{},
		Now: func() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) },
	}
}

// noRecords are asked for nothing: these tests run no command.
type noRecords struct{ Records }

// fill delivers a list as a reading does.
func fill(s *Screen, invoices []model.Invoice) {
	s.onLoaded(filtered{list: newList(invoices, s.env.Today())}, nil)
}

func press(s *Screen, name string) { s.Update(pressOf(name)) }

func pressOf(name string) tea.KeyMsg {
	pressed, err := uitest.Key(name)
	if err != nil {
		panic(err)
	}
	return pressed
}

// Whatever it holds, the screen is exactly as large as it was told to be, before and after keys.
func TestFitsEverySize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := randomScreen(t)
		defer s.Close()
		for range 3 {
			width, height := rapid.IntRange(0, 200).Draw(t, "width"), rapid.IntRange(0, 60).Draw(t, "height")
			s.SetSize(width, height)
			if width == 0 || height == 0 {
				if view := s.View(); view != "" {
					t.Fatalf("%d×%d shows %q", width, height, view)
				}
				continue
			}
			if err := uitest.Exact(s.View(), width, height); err != nil {
				t.Fatalf("%d×%d: %v in\n%s", width, height, err, s.View())
			}
			press(s, rapid.SampledFrom([]string{"j", "G", "ctrl+d", "g", "/", "esc", "r"}).Draw(t, "key"))
		}
	})
}

func randomSettlement(t *rapid.T, of model.Invoice) model.Settlement {
	text := rapid.SampledFrom(awkward)
	settlement := model.Settlement{
		Invoice: of, CounterBefore: of.Counter, CounterNow: of.Counter + int64(rapid.IntRange(0, 9).Draw(t, "given")),
		Conclusion: rapid.SampledFrom([]model.Conclusion{
			model.ConclusionAdopted, model.ConclusionNotIssued, model.ConclusionWait, model.ConclusionUndecided,
		}).Draw(t, "conclusion"),
		WaitUntil: time.Date(2026, time.November, 22, 12, rapid.IntRange(0, 9).Draw(t, "minutes"), 0, 0, time.UTC),
	}
	for range rapid.IntRange(0, 3).Draw(t, "warnings") {
		warning := model.SettlementWarning{Kind: model.WarningCopy, Reference: text.Draw(t, "copy"), Invoice: of}
		settlement.Warnings = append(settlement.Warnings, warning)
	}
	for range rapid.IntRange(0, 12).Draw(t, "candidates") {
		settlement.Candidates = append(settlement.Candidates, model.Candidate{
			Series: of.Series, Number: text.Draw(t, "number"), HasPDF: rapid.Bool().Draw(t, "pdf"),
			Reason: model.ReasonCarriesStranger, Named: text.Draw(t, "reason"),
			Total: decimal.NullDecimal{Decimal: of.Total, Valid: rapid.Bool().Draw(t, "told")},
			Verdict: rapid.SampledFrom([]model.Verdict{
				model.VerdictOurs, model.VerdictForeign, model.VerdictHeld, model.VerdictUndecided,
			}).Draw(t, "verdict"),
		})
	}
	return settlement
}

// The evidence never reaches beyond the screen, and the candidate under the cursor is always in view.
func TestEvidenceFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(fixedEnv(t.Context()), noRecords{})
		defer s.Close()
		width, height := rapid.IntRange(60, 200).Draw(t, "width"), rapid.IntRange(11, 60).Draw(t, "height")
		s.SetSize(width, height)
		overlay := &invoiceEvidence{evidence: evidence{screen: s, invoice: randomInvoice(t, 1)}}
		if rapid.Bool().Draw(t, "answered") {
			overlay.show(randomSettlement(t, overlay.invoice), nil)
		}
		for range rapid.IntRange(0, 12).Draw(t, "keys") {
			overlay.OnKey(pressOf(rapid.SampledFrom([]string{"j", "k", "ctrl+d", "ctrl+u"}).Draw(t, "key")))
		}
		overlay.move(1)
		view := overlay.View(width, height)
		lines := strings.Split(view, "\n")
		if len(lines) > height {
			t.Fatalf("%d rows in %d", len(lines), height)
		}
		if err := uitest.Exact(view, overlay.innerWidth(width)+frameWidth, len(lines)); err != nil {
			t.Fatalf("%v in\n%s", err, view)
		}
		if len(overlay.settlement.Candidates) > 0 && !strings.Contains(view, theme.Focus) {
			t.Fatalf("the candidate under the cursor is not in view:\n%s", view)
		}
	})
}

// The detail over the screen never reaches beyond it, in any window that the shell accepts.
func TestOverlayFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := randomScreen(t)
		defer s.Close()
		width, height := rapid.IntRange(60, 200).Draw(t, "width"), rapid.IntRange(11, 60).Draw(t, "height")
		s.SetSize(width, height)
		if s.list == nil {
			return
		}
		overlay := &detailOverlay{screen: s}
		for range rapid.IntRange(0, 40).Draw(t, "scrolled") {
			overlay.OnKey(tea.KeyMsg{Type: tea.KeyDown})
		}
		lines := strings.Split(overlay.View(width, height), "\n")
		if len(lines) > height {
			t.Fatalf("%d rows in %d", len(lines), height)
		}
		if err := uitest.Exact(overlay.View(width, height), innerWidth(width)+frameWidth, len(lines)); err != nil {
			t.Fatalf("%v in\n%s", err, overlay.View(width, height))
		}
	})
}
