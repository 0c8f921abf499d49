package review

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// labelWidth is the room of the labels beside the assumptions, in cells.
const labelWidth = 10

// assumptions are what the invoice rests on, each under its label: the VAT and why, the exchange rate, the mentions.
func (s *Screen) assumptions() [][2]string {
	treatment := s.prepared.Treatments()[0]
	if slices.ContainsFunc(s.prepared.Lines, func(line model.Line) bool { return line.Treatment == nil }) {
		treatment = s.prepared.Treatment
	}
	vat := s.env.Say(explain.Treatment(treatment, s.prepared.Client))
	switch {
	case treatment.Setting == "":
		vat = "none: " + vat
	case s.edits.Reason != "" && s.edits.Reason == treatment.Reason:
		vat += " (chosen here)"
	}
	if treatment.Setting != "" && s.account.Asked.IsZero() {
		vat += " (not checked against the account)"
	}
	mentions := s.prepared.Mentions()
	if s.prepared.PrintIntent && s.prepared.Intent == "" {
		mentions = widget.Join(" | ", mentions, "Ref: CAD-……")
	}
	if mentions == "" {
		mentions = "none"
	}
	all := [][2]string{{"VAT", vat}}
	if supply := s.supplyText(); supply != "" {
		all = append(all, [2]string{"supply", supply})
	}
	if rate := s.rateText(); rate != "" {
		all = append(all, [2]string{"rate", rate})
	}
	all = append(all, [2]string{"mentions", mentions})
	if later := s.laterText(); later != "" {
		all = append(all, [2]string{"later", later})
	}
	if late := s.env.Say(explain.MissedDeadline(s.prepared)); late != "" {
		all = append(all, [2]string{"late", late})
	}
	return all
}

func (s *Screen) assumptionLines(width int) []string {
	var lines []string
	for _, assumption := range s.assumptions() {
		label := " " + widget.Fit(assumption[0], labelWidth)
		lines = append(lines, widget.Labelled(label, assumption[1], s.env.Theme.Faint, s.env.Theme.Faint, width-1)...)
	}
	return lines
}

// findingRows are the findings, errors first, each wrapped into its rows.
func (s *Screen) findingRows(width int) [][]string {
	var all [][]string
	for _, finding := range append(s.findings.Errors(), s.findings.Warnings()...) {
		glyph, ink := theme.Cross, s.env.Theme.Bad
		if finding.Severity == model.SeverityWarning {
			glyph, ink = theme.Alert, s.env.Theme.Warn
		}
		all = append(all, widget.Labelled(" "+glyph+" ", s.env.Say(explain.FindingWithRule(finding)), ink, ink, width-1))
	}
	return all
}

func rowsOf(findings [][]string) int {
	rows := 0
	for _, finding := range findings {
		rows += len(finding)
	}
	return rows
}

// foldFindings gives as many whole findings as fit into the rows, and how many more there are.
func (s *Screen) foldFindings(findings [][]string, room int) []string {
	if rowsOf(findings) <= room {
		room++
	}
	var rows []string
	for i, finding := range findings {
		if len(rows)+len(finding) > room-1 {
			all := s.env.Say(say.TodoNoun("finding", "findings").Of(len(findings)))
			more := fmt.Sprintf("%d more of %s: ! lists all", len(findings)-i, all)
			if i == 0 {
				more = all + ": ! lists them"
			}
			return append(rows, " "+s.env.Theme.Warn.Paint(theme.Alert+" "+more))
		}
		rows = append(rows, finding...)
	}
	return rows
}

// stateLines tell whether something is on its way, or whether all is ready.
func (s *Screen) stateLines() []string {
	colours := s.env.Theme
	switch {
	case s.checking != nil:
		return []string{" " + colours.Accent.Paint("looking at the account, nothing is sent yet; esc stops it "+s.spinner.View())}
	case s.sending != nil:
		return []string{" " + colours.Accent.Paint("sending to SmartBill "+s.spinner.View())}
	case len(s.findings) == 0 && s.prepared.Treatment.IsAbroad(s.prepared.Client):
		return []string{" " + colours.Good.Paint(theme.Tick+" ready; taxed abroad, so not for e-Factura")}
	case len(s.findings) == 0:
		return []string{" " + colours.Good.Paint(theme.Tick+" ready for e-Factura")}
	}
	return nil
}

// showAll lays a page over the screen with everything about the invoice: assumptions, findings, and each line whole.
func (s *Screen) showAll() tea.Cmd {
	if len(s.prepared.Lines) == 0 {
		return nil
	}
	width := screen.PageRoom(s.width)
	lines := slices.Concat(s.findingRows(width)...)
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	for _, text := range append(s.clientTexts(), "", s.seriesText(), s.datesText()) {
		if text == "" {
			lines = append(lines, "")
			continue
		}
		lines = append(lines, widget.Paragraph(theme.Ink{}, 1, text, width-1)...)
	}
	lines = append(append(lines, ""), s.assumptionLines(width)...)
	for i, line := range s.prepared.Lines {
		unit := s.prepared.UnitNames.Of(line.Unit)
		text := fmt.Sprintf("%d  %s · %s %s × %s = %s %s", i+1, line.Name, model.FormatQuantity(line.Quantity), unit,
			model.FormatPrice(line.Price), model.FormatAmount(line.Net()), line.Currency)
		lines = append(lines, "")
		for _, part := range []string{text, widget.Join(" · ", line.VAT.String(), s.lineDetails(line))} {
			lines = append(lines, widget.Paragraph(theme.Ink{}, 1, part, width-1)...)
		}
	}
	lines = append(append(lines, ""), s.sumLinesIn(width-1, "")...)
	return s.env.Open(&screen.Page{Theme: s.env.Theme, Title: "All of this invoice", Lines: lines})
}

// clientTexts are all that the invoice says of its client.
func (s *Screen) clientTexts() []string {
	client := s.prepared.Client
	country := client.Country
	if known, ok := countries.ByCode(country); ok {
		country = known.Label()
	}
	all := []string{
		client.Name, s.prepared.BuyerCode(), client.Address(), widget.Join(", ", client.City, client.County, country),
		widget.Join(" ", client.Contact, client.Email),
	}
	return slices.DeleteFunc(all, func(text string) bool { return text == "" })
}

// seriesText names the series and the number that is next, as the account was seen last.
func (s *Screen) seriesText() string {
	if s.prepared.Series == "" {
		return s.env.Say(say.In("no series", "nicio serie", "nincs sorozat"))
	}
	return documentInvoice.numberText(s.prepared, s.account)
}

func (s *Screen) datesText() string {
	text := fmt.Sprintf("issued %s, due %s", s.prepared.IssueDate, s.prepared.DueDate)
	if day := s.prepared.DeliveryDate(); !day.IsZero() {
		text += ", delivered " + day.String()
	}
	return text
}
