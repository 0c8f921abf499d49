package review

import (
	"fmt"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// The rows above the lines, and the rows that each line takes: its figures, and its details below.
const (
	headRows = 5
	lineRows = 2
)

// The widths of a line's figures, in cells.
const (
	figuresWidth = 43
	amountWidth  = 14
	// currencyWidth is the room behind the amounts, where the total has its currency.
	currencyWidth = 5
)

// View draws the screen.
func (s *Screen) View() string {
	switch {
	case s.failure != nil:
		return widget.Block(s.failureLines(), s.width, s.height)
	case !s.ready:
		return widget.Block([]string{"", " Reading the invoice in the making …"}, s.width, s.height)
	case s.problem != nil:
		return widget.Block(s.problemLines(), s.width, s.height)
	case len(s.draft.Lines) == 0:
		return widget.Block(s.emptyLines(), s.width, s.height)
	}
	lines := s.heading()
	for row := range s.visibleLines() {
		index := s.firstLine() + row
		if index < len(s.draft.Lines) {
			lines = append(lines, s.lineText(index)...)
		}
	}
	lines = append(lines, s.sumLines()...)
	lines = append(lines, s.remarks()...)
	return widget.Block(lines, s.width, s.height)
}

func (s *Screen) failureLines() []string {
	return []string{"", " " + s.env.Theme.Bad.Paint(theme.Cross+" The invoice in the making could not be read."), "",
		"   " + s.failure.Error(), "", "   Nothing was changed."}
}

func (s *Screen) problemLines() []string {
	lines := []string{"", " " + s.env.Theme.Bad.Paint(theme.Cross+" The invoice cannot be made of these hours."), ""}
	for _, text := range []string{s.problem.Error(), "", model.Advice(s.problem)} {
		for _, line := range widget.Wrap(text, s.width-4) {
			lines = append(lines, "   "+line)
		}
	}
	return lines
}

func (s *Screen) emptyLines() []string {
	return []string{"", " " + s.env.Theme.Strong.Paint("Nothing to review yet."), "",
		" Tick hours on Time (1), choose the client on Bill To (2), and the invoice", " stands here as it will be sent."}
}

// heading tells who is billed on the left, and under which number and dates on the right.
func (s *Screen) heading() []string {
	colours, client := s.env.Theme, s.draft.Client
	series := s.draft.Series
	if known, ok := s.account.SeriesNamed(series, model.SeriesInvoice); ok {
		series += fmt.Sprintf(" · next number %04d", known.Next)
	}
	name := client.Name
	if name == "" {
		name = "(no client yet: 2)"
	}
	place := client.City
	if country, ok := countries.ByCode(client.Country); ok {
		place = joined(", ", client.City, country.Label())
	}
	delivery := ""
	if day := s.draft.DeliveryDate(); !day.IsZero() {
		delivery = "delivered " + day.String()
	}
	right := func(label string, value fmt.Stringer) string { return fmt.Sprintf("%-6s %s ", label, value) }
	return []string{
		widget.Spread(" "+colours.Strong.Paint(name), series+" ", s.width),
		widget.Spread(" "+joined(" · ", client.TaxNumber(), place), right("issued", s.draft.IssueDate), s.width),
		widget.Spread(" "+client.Address(), right("due", s.draft.DueDate), s.width),
		widget.Spread(" "+colours.Faint.Paint(client.Contact+" "+client.Email), colours.Faint.Paint(delivery)+" ", s.width),
		"",
	}
}

func joined(separator string, parts ...string) string {
	text := ""
	for _, part := range parts {
		if part == "" {
			continue
		}
		if text != "" {
			text += separator
		}
		text += part
	}
	return text
}

// visibleLines is how many invoice lines there is room for.
func (s *Screen) visibleLines() int {
	room := s.height - headRows - len(s.sumLines()) - len(s.remarks())
	return max(1, min(max(1, len(s.draft.Lines)), room/lineRows))
}

// firstLine scrolls so that the cursor stays in view.
func (s *Screen) firstLine() int {
	visible := s.visibleLines()
	return max(0, min(s.table.Cursor()-visible/2, len(s.draft.Lines)-visible))
}

// lineText draws one line of the invoice in two rows.
func (s *Screen) lineText(index int) []string {
	colours, line := s.env.Theme, s.draft.Lines[index]
	glyph, ink := " ", colours.Plain
	if index == s.table.Cursor() {
		glyph, ink = colours.Accent.Paint(theme.Focus), colours.Strong
	}
	head := fmt.Sprintf("%3d  ", index+1)
	text := max(8, s.width-figuresWidth-currencyWidth-len(head)-2)
	figures := widget.FitRight(model.FormatQuantity(line.Quantity)+" "+line.Unit.Romanian(), 14) + "  ×" +
		widget.FitRight(model.FormatAmount(line.Price), 12) + widget.FitRight(model.FormatAmount(line.Net()), amountWidth)
	details := line.Details
	if s.draft.Treatment.Setting != "" && len(s.totals.Groups) > 1 {
		details = joined(" · ", line.VAT.String(), details)
	}
	return []string{
		" " + glyph + head + ink.Paint(widget.Fit(line.Name, text)) + figures,
		"  " + widget.Spaces(len(head)) + colours.Faint.Paint(widget.Clip(details, max(8, s.width-len(head)-4))),
	}
}

// sumLines draws net, VAT and total, aligned below the lines' amounts.
func (s *Screen) sumLines() []string {
	colours := s.env.Theme
	sum := func(label, amount, after string) string {
		return widget.FitRight(label, max(0, s.width-amountWidth-currencyWidth)) + widget.FitRight(amount, amountWidth) + after
	}
	lines := []string{sum("net", model.FormatAmount(s.totals.Net), "")}
	for _, group := range s.totals.Groups {
		if group.Rate.IsNone() {
			continue
		}
		lines = append(lines, sum("TVA "+group.Rate.String(), model.FormatAmount(group.Tax), ""))
	}
	return append(lines, colours.Strong.Paint(sum("total", model.FormatAmount(s.totals.Total), " "+s.draft.Currency)))
}

// legalLines tell why the VAT is what it is, and which words are printed for it.
func (s *Screen) legalLines() []string {
	vat := s.draft.Treatment.Why
	if s.draft.Treatment.Setting == "" {
		vat = "none: " + vat
	}
	mentions := s.draft.Mentions()
	if s.draft.PrintIntent && s.draft.Intent == "" {
		mentions = joined(" | ", mentions, "Ref: CAD-……")
	}
	var lines []string
	for _, each := range []struct{ label, text string }{{"VAT", vat}, {"mentions", mentions}} {
		for i, line := range widget.Wrap(each.text, s.width-legalIndent-1) {
			label := each.label
			if i > 0 {
				label = ""
			}
			lines = append(lines, " "+s.env.Theme.Faint.Paint(widget.Fit(label, legalIndent-1)+line))
		}
	}
	return lines
}

// legalIndent is the room of the labels beside the legal words, in cells.
const legalIndent = 11

// maxFindings is how many findings are shown; the confirmation lists them all.
const maxFindings = 4

// remarks are the mentions, what validation found, and whether something is on its way.
func (s *Screen) remarks() []string {
	colours := s.env.Theme
	lines := s.legalLines()
	findings := append(s.findings.Errors(), s.findings.Warnings()...)
	for i, finding := range findings {
		if i == maxFindings-1 && len(findings) > maxFindings {
			lines = append(lines, fmt.Sprintf("   and %d more", len(findings)-i))
			break
		}
		glyph, ink := theme.Cross, colours.Bad
		if finding.Severity == model.SeverityWarning {
			glyph, ink = theme.Alert, colours.Warn
		}
		lines = append(lines, " "+ink.Paint(glyph+" "+finding.String()))
	}
	switch {
	case s.sending != nil:
		lines = append(lines, " "+colours.Accent.Paint("sending to SmartBill "+s.spinner.View()))
	case len(findings) == 0:
		lines = append(lines, " "+colours.Good.Paint(theme.Tick+" ready for e-Factura"))
	}
	return lines
}
