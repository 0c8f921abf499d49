package history

import (
	"fmt"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// ledgerOf is a history of n invoices.
func ledgerOf(n int) []model.Invoice {
	names := []string{"Atelier Cireș SRL", "Nordlicht GmbH", "Brisk Kft", "株式会社さくら印刷"}
	invoices := make([]model.Invoice, n)
	for i := range invoices {
		day := model.NewDate(2026, 10, 31).AddDays(-i % 3000)
		invoices[i] = model.Invoice{
			ID: int64(n - i), Intent: fmt.Sprintf("CAD-%06d", n-i), Kind: model.KindInvoice, Series: "FCT", Number: fmt.Sprintf("%06d", n-i),
			Status: model.StatusIssued, ClientName: names[i%len(names)], ClientCountry: "RO", Currency: "RON",
			Total: decimal.New(int64(i)*137, -2), IssueDate: day, DueDate: day.AddDays(30), Supply: model.MonthPeriod(day.Year, day.Month),
		}
	}
	return invoices
}

var sizes = []struct {
	name string
	n    int
}{{"1k", 1_000}, {"100k", 100_000}}

func filledScreen(tb testing.TB, n, width int) *Screen {
	tb.Helper()
	s := New(fixedEnv(tb.Context()), nil)
	s.SetSize(width, 37)
	fill(s, ledgerOf(n))
	tb.Cleanup(s.Close)
	return s
}

// A key press and its frame cost the same at a thousand invoices and at a hundred thousand.
func BenchmarkKeyAndView(b *testing.B) {
	for _, size := range sizes {
		b.Run(size.name, func(b *testing.B) {
			s := filledScreen(b, size.n, 120)
			down, up := keyNamed(b, "j"), keyNamed(b, "k")
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%64 < 32 {
					s.Update(down)
				} else {
					s.Update(up)
				}
				_ = s.View()
			}
		})
	}
}

// The letter that is typed into the filter shows at once; finding is a command's work.
func BenchmarkFilterEcho(b *testing.B) {
	for _, size := range sizes {
		b.Run(size.name, func(b *testing.B) {
			s := filledScreen(b, size.n, 120)
			s.Update(keyNamed(b, "/"))
			letter, back := keyNamed(b, "n"), keyNamed(b, "backspace")
			for b.Loop() {
				s.Update(letter)
				_ = s.View()
				s.Update(back)
			}
		})
	}
}

func BenchmarkFilter(b *testing.B) {
	for _, size := range sizes {
		b.Run(size.name, func(b *testing.B) {
			list := newList(ledgerOf(size.n), model.NewDate(2026, 11, 22))
			list.texts()
			for b.Loop() {
				list.find(b.Context(), typed{text: "cires overdue"}, model.NewDate(2026, 11, 22))
			}
		})
	}
}

// BenchmarkLoad is what a reading adds to the ledger's own, and what the first filter adds to that.
func BenchmarkLoad(b *testing.B) {
	for _, size := range sizes {
		invoices := ledgerOf(size.n)
		b.Run(size.name, func(b *testing.B) {
			for b.Loop() {
				newList(invoices, model.NewDate(2026, 11, 22))
			}
		})
		b.Run(size.name+" with texts", func(b *testing.B) {
			for b.Loop() {
				newList(invoices, model.NewDate(2026, 11, 22)).texts()
			}
		})
	}
}

// A frame allocates as much at a hundred thousand invoices as at a thousand: what is not in view is not touched.
func TestFrameIsAsLargeAsTheWindow(t *testing.T) {
	allocations := func(n int) float64 {
		s := filledScreen(t, n, 120)
		down, up := keyNamed(t, "j"), keyNamed(t, "k")
		return testing.AllocsPerRun(20, func() {
			s.Update(down)
			_ = s.View()
			s.Update(up)
			_ = s.View()
		})
	}
	few, many := allocations(1_000), allocations(100_000)
	if many > few*1.3 {
		t.Errorf("%.0f allocations at 1,000 invoices, %.0f at 100,000", few, many)
	}
}

func keyNamed(tb testing.TB, name string) tea.KeyMsg {
	tb.Helper()
	msg, err := uitest.Key(name)
	if err != nil {
		tb.Fatal(err)
	}
	return msg
}
