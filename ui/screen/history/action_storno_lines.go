package history

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// The widths of the form that reverses lines, in cells.
const (
	linesWidth     = 76
	linesNameWidth = 44
)

// openStornoLines reads the invoice and asks how much of which line is reversed.
func (s *Screen) openStornoLines(invoice model.Invoice) tea.Cmd {
	what := request{key: stornoLinesKey, invoice: invoice, doing: "reading the lines of " + invoice.Reference()}
	return send(s, what, s.records.Detail, func(detail model.InvoiceDetail, err error) tea.Cmd {
		if err == nil {
			err = detail.CheckAct(model.ActPartialStorno)
		}
		if err == nil && len(linesLeft(detail)) == 0 {
			err = model.ErrNoReversal
		}
		if err != nil {
			return screen.Fail("No line of "+invoice.Reference()+" can be reversed", err)
		}
		return s.env.Open(s.stornoLinesForm(detail))
	})
}

// stornoLinesForm has a field for each line of which something is left. What stays empty is not reversed.
func (s *Screen) stornoLinesForm(detail model.InvoiceDetail) *screen.Form {
	fields := map[int]*widget.Field{}
	var rows []*widget.Row
	for _, n := range linesLeft(detail) {
		line := detail.Prepared.Lines[n-1]
		fields[n] = screen.NewField(s.env.Theme, "")
		rows = append(rows, &widget.Row{
			Key: strconv.Itoa(n), Control: fields[n],
			Label: widget.Spread(fmt.Sprintf("%d %s", n, line.Name), leftText(s.env, detail, n), linesNameWidth),
		})
	}
	typed := func() (reversals []model.Reversal, wrongRow string, err error) {
		for _, n := range linesLeft(detail) {
			if strings.TrimSpace(fields[n].Value()) == "" {
				continue
			}
			quantity, err := model.ParseQuantity(fields[n].Value(), model.MaxQuantityDecimals)
			if err != nil {
				return nil, strconv.Itoa(n), err
			}
			reversals = append(reversals, model.Reversal{Line: n, Quantity: quantity})
		}
		return reversals, "", nil
	}
	return &screen.Form{
		Theme: s.env.Theme, Form: widget.NewForm(s.env.Theme, linesNameWidth, rows...), Width: linesWidth,
		Title: s.env.Say(say.Format("Reverse lines of %s", "Stornează linii din %s", "Tételek visszavonása innen: %s", detail.Reference())),
		About: s.env.Say(say.In("Type how much of a line is reversed; what stays empty is not. The hours of a line are free when all of it is reversed.",
			"Scrie cât se stornează din fiecare linie; ce rămâne gol nu se stornează. Orele unei linii sunt libere când linia este stornată în întregime.",
			"Írd be, mennyit kell visszavonni egy tételből; ami üres marad, érvényben marad. Egy tétel órái akkor szabadok, ha az egészet visszavonták.")),
		Submit: func() (tea.Cmd, string, error) {
			reversals, wrongRow, err := typed()
			if err != nil {
				return nil, wrongRow, err
			}
			return s.checkStornoLines(detail, reversals)
		},
	}
}

// checkStornoLines goes on to the question, or names the row that asks for more than is left.
func (s *Screen) checkStornoLines(detail model.InvoiceDetail, reversals []model.Reversal) (cmd tea.Cmd, wrongRow string, err error) {
	prepared, err := detail.PartialStorno(reversals, s.env.Today())
	if err == nil {
		return s.askStornoLines(detail, reversals, prepared), "", nil
	}
	wrongRow = strconv.Itoa(linesLeft(detail)[0])
	for _, reversal := range reversals {
		if reversal.Quantity.GreaterThan(detail.LeftOf(reversal.Line)) {
			wrongRow = strconv.Itoa(reversal.Line)
			break
		}
	}
	return nil, wrongRow, err
}

func leftText(env screen.Env, detail model.InvoiceDetail, line int) string {
	left, unit := model.FormatQuantity(detail.LeftOf(line)), detail.Prepared.Lines[line-1].Unit.Short()
	return env.Say(say.Format("of %s %s", "din %s %s", "ennyiből: %s %s", left, unit))
}

// linesLeft are the numbers, from 1, of the lines of which something can be reversed.
func linesLeft(detail model.InvoiceDetail) []int {
	var left []int
	for n := range detail.Prepared.Lines {
		if detail.LeftOf(n + 1).IsPositive() {
			left = append(left, n+1)
		}
	}
	return left
}

// askStornoLines names every line and what the document comes to. No letter makes it.
func (s *Screen) askStornoLines(detail model.InvoiceDetail, reversals []model.Reversal, prepared model.PreparedInvoice) tea.Cmd {
	body := []string{clientAndTotal(detail.Invoice), ""}
	for _, line := range prepared.Lines {
		body = append(body, fmt.Sprintf("%s: %s %s × %s = %s", line.Name, model.FormatQuantity(line.Quantity), line.Unit.Short(),
			model.FormatPrice(line.Price), model.FormatAmount(line.Net())))
	}
	totals := prepared.Totals()
	body = append(body,
		s.env.Say(say.Format("net %s, VAT %s, total %s", "net %s, TVA %s, total %s", "nettó %s, áfa %s, összesen %s",
			model.FormatAmount(totals.Net), model.FormatAmount(totals.VAT), moneyText(totals.Total, prepared.Currency))), "",
		s.env.Say(say.Format("SmartBill makes a second invoice on series %s, dated %s, that names %s. It goes to ANAF too.",
			"SmartBill emite o a doua factură pe seria %s, cu data de %s, care numește %s. Ajunge și ea la ANAF.",
			"A SmartBill még egy számlát állít ki a(z) %s sorozaton, %s kelettel, amely megnevezi ezt: %s. Az ANAF-hoz is eljut.",
			prepared.Series, prepared.IssueDate, detail.Reference())))
	if notice := s.env.Say(explain.MoneyKept(detail.Invoice)); notice != "" {
		body = append(body, notice)
	}
	makeIt := s.unlessMidnight("the storno", stornoLinesKey, func(today model.Date) tea.Cmd {
		return s.reverseLines(detail, reversals, today)
	})
	title := say.Format("Reverse these lines of %s?", "Stornezi aceste linii din %s?", "Visszavonod ezeket a tételeket innen: %s?", detail.Reference())
	return s.env.Ask(s.env.Say(title), body,
		widget.Option{Label: s.env.Say(say.In("leave it as it is", "las-o cum este", "maradjon, ahogy van"))},
		widget.Option{Label: s.env.Say(say.In("reverse these lines", "stornează aceste linii", "ezeket a tételeket visszavonom")), Run: makeIt})
}

func (s *Screen) reverseLines(detail model.InvoiceDetail, reversals []model.Reversal, on model.Date) tea.Cmd {
	name := detail.Reference()
	reverse := s.records.PartialStorno
	return s.run(change{
		request: request{
			key: stornoLinesKey, invoice: detail.Invoice, doing: "reversing lines of " + name, word: "storno",
			unknown: s.env.Say(say.Format("The reversal of lines of %s is on its way. Whether it exists would not be known; "+
				"the hours would stay billed until that is settled.",
				"Stornarea unor linii din %s este în curs. Nu s-ar ști dacă există; orele ar rămâne facturate până se lămurește.",
				"Tételek visszavonása folyik innen: %s. Nem lehetne tudni, elkészült-e; az órák addig számlázva maradnának.", name)),
		},
		call: func(ctx context.Context, reference string) (model.Invoice, error) {
			return reverse(ctx, reference, reversals, on)
		},
		done: func(after model.Invoice) tea.Cmd {
			return screen.Notify(screen.ToneGood, s.env.Say(explain.Reversed(detail, reversals, after)))
		},
		lost:   "Whether lines of " + name + " were reversed is not known",
		failed: failure("No line of " + name + " was reversed; the list shows " + name + " as it is now"),
	})
}
