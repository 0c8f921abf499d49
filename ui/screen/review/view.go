package review

import (
	"fmt"
	"slices"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/ui/explain"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
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
	case len(s.prepared.Lines) == 0:
		return widget.Block(s.emptyLines(), s.width, s.height)
	}
	return widget.Block(s.page(), s.width, s.height)
}

// page draws the whole invoice: head, lines, sums, assumptions, findings. Lines scroll where they must; of findings that
// have no room the number is told, and the key that lists them.
func (s *Screen) page() []string {
	head, sums, foot, state := s.heading(), s.sumLines(""), s.assumptionLines(s.width), s.stateLines()
	found := s.findingRows(s.width)
	room := s.height - len(head) - len(sums) - len(foot) - len(state)
	if room <= leastLineRows {
		head, room = head[:len(head)-1], room+1
	}
	// Findings take what the lines leave, and no less than half.
	wanted := lineRows*(len(s.prepared.Lines)-1) + len(s.lineText(max(0, s.table.Cursor())))
	below := min(rowsOf(found), max(1, room/2, room-wanted))
	lines, first, shown := s.lineWindow(max(leastLineRows, room-below))
	if shown < len(s.prepared.Lines) {
		sums = s.sumLines(windowText(first, shown, len(s.prepared.Lines)))
	}
	page := slices.Concat(head, lines, sums, foot)
	page = append(page, s.foldFindings(found, s.height-len(page)-len(state))...)
	page = append(page, state...)
	if len(page) > s.height && s.height > 0 {
		page = append(page[:s.height-1], " "+s.env.Theme.Warn.Paint(theme.Alert+" no room for the rest: ! shows it"))
	}
	return page
}

func windowText(first, shown, all int) string {
	if shown == 1 {
		return fmt.Sprintf("line %d of %d", first+1, all)
	}
	return fmt.Sprintf("lines %d to %d of %d", first+1, first+shown, all)
}

func (s *Screen) failureLines() []string {
	return []string{
		"", " " + s.env.Theme.Bad.Paint(theme.Cross+" The invoice in the making could not be read."), "",
		"   " + s.failure.Error(), "", "   Nothing was changed.",
	}
}

func (s *Screen) problemLines() []string {
	lines := []string{"", " " + s.env.Theme.Bad.Paint(theme.Cross+" The invoice cannot be made like this."), ""}
	for _, text := range []string{s.problem.Error(), "", s.env.Say(explain.Advice(s.problem, explain.Screen))} {
		lines = append(lines, widget.Paragraph(theme.Ink{}, 3, text, s.width-4)...)
	}
	return lines
}

func (s *Screen) emptyLines() []string {
	return []string{
		"", " " + s.env.Theme.Strong.Paint("Nothing to review yet."), "",
		" Tick hours on Time (1), choose the client on Bill To (2), and the invoice", " stands here as it will be sent.",
	}
}

// heading tells who is billed on the left, and under which number and dates on the right.
func (s *Screen) heading() []string {
	colours, client := s.env.Theme, s.prepared.Client
	series := s.prepared.Series
	if known, ok := s.account.SeriesNamed(series, model.SeriesInvoice); ok {
		series += " · next number " + model.FormatCounter(known.Next)
	}
	name := client.Name
	if name == "" {
		name = "(no client yet: 2)"
	}
	place := client.City
	if country, ok := countries.ByCode(client.Country); ok {
		place = widget.Join(", ", client.City, country.Label())
	}
	right := []string{series, labelledDate("issued", s.prepared.IssueDate), labelledDate("due", s.prepared.DueDate)}
	if day := s.prepared.DeliveryDate(); !day.IsZero() {
		right = append(right, colours.Faint.Paint("delivered "+day.String()))
	}
	room := max(8, s.width-widget.Width(series)-4)
	left := widget.Paragraph(colours.Strong, 0, name, room)
	for _, text := range []string{widget.Join(" · ", s.prepared.BuyerCode(), place), client.Address()} {
		left = append(left, widget.Paragraph(colours.Plain, 0, text, room)...)
	}
	if contact := widget.Join(" ", client.Contact, client.Email); contact != "" {
		left = append(left, widget.Paragraph(colours.Faint, 0, contact, room)...)
	}
	lines := make([]string, 0, len(left)+1)
	for i := range max(len(left), len(right)) {
		lines = append(lines, widget.Spread(" "+rowAt(left, i), rowAt(right, i)+" ", s.width))
	}
	return append(lines, "")
}

func rowAt(rows []string, i int) string {
	if i < len(rows) {
		return rows[i]
	}
	return ""
}

func labelledDate(label string, day model.Date) string { return fmt.Sprintf("%-6s %s", label, day) }

const (
	// lineRows is how many rows a line takes without the cursor: its figures, and its details below.
	lineRows = 2
	// leastLineRows are kept for the line under the cursor however much there is to say below.
	leastLineRows = 3
)

// The widths of a line's figures, in cells.
const (
	numberWidth   = 5
	quantityWidth = 14
	priceWidth    = 12
	amountWidth   = 14
	// currencyWidth is the room behind the amounts, where the total has its currency.
	currencyWidth = 5
)

// lineWindow draws as many lines around the cursor as fit into the rows: it returns them, the index of the first, and how
// many they are.
func (s *Screen) lineWindow(room int) (rows []string, first, count int) {
	first = max(0, s.table.Cursor())
	rows, count = s.lineText(first), 1
	for grown := true; grown; {
		grown = false
		if next := first + count; next < len(s.prepared.Lines) && len(rows)+lineRows <= room {
			rows, count, grown = append(rows, s.lineText(next)...), count+1, true
		}
		if first > 0 && len(rows)+lineRows <= room {
			rows, first, count, grown = append(s.lineText(first-1), rows...), first-1, count+1, true
		}
	}
	if len(rows) > room {
		rows = append(rows[:room-1], s.beneath("… e or ! shows it whole"))
	}
	return rows, first, count
}

// lineText draws one line of the invoice: its figures, and its details below. The one under the cursor has its texts whole.
func (s *Screen) lineText(index int) []string {
	colours, line := s.env.Theme, s.prepared.Lines[index]
	width := max(8, s.width-2-numberWidth-quantityWidth-3-priceWidth-amountWidth-currencyWidth)
	figures := widget.FitRight(model.FormatQuantity(line.Quantity)+" "+s.prepared.UnitNames.Of(line.Unit), quantityWidth) + "  ×" +
		widget.FitRight(model.FormatPrice(line.Price), priceWidth) + widget.FitRight(model.FormatAmount(line.Net()), amountWidth)
	if len(s.prepared.Nets()) > 1 {
		figures += " " + line.Currency
	}
	head := fmt.Sprintf("%3d  ", index+1)
	if index != s.table.Cursor() {
		return []string{
			"  " + head + widget.Fit(line.Name, width) + figures,
			s.beneath(widget.Clip(s.lineDetails(line), s.detailsWidth())),
		}
	}
	names := widget.Wrap(line.Name, width)
	rows := []string{" " + colours.Accent.Paint(theme.Focus) + head + colours.Strong.Paint(widget.Fit(names[0], width)) + figures}
	for _, name := range names[1:] {
		rows = append(rows, widget.Spaces(2+numberWidth)+colours.Strong.Paint(name))
	}
	for _, text := range widget.Wrap(s.lineDetails(line), s.detailsWidth()) {
		rows = append(rows, s.beneath(text))
	}
	return rows
}

func (s *Screen) beneath(text string) string {
	return widget.Spaces(2+numberWidth) + s.env.Theme.Faint.Paint(text)
}

func (s *Screen) detailsWidth() int { return max(8, s.width-2-numberWidth-1) }

// lineDetails is the text below a line: whether it was changed or cut, its VAT where the lines differ, its details.
func (s *Screen) lineDetails(line model.Line) string {
	changed, cut, vat := "", "", ""
	if slices.ContainsFunc(s.edits.Lines, func(edit model.LineEdit) bool { return isEditOf(edit, line) }) {
		changed = "changed"
	}
	if line.Cut {
		cut = "text cut"
	}
	if s.prepared.Treatment.Setting != "" && len(s.totals.Groups) > 1 {
		vat = line.VAT.String()
	}
	if line.Treatment != nil {
		vat = line.VAT.String()
	}
	if line.Treatment != nil && line.VATReason.IsExempt() {
		vat = widget.Join(" · ", vat, s.env.Say(explain.VATReason(line.VATReason)))
	}
	return widget.Join(" · ", changed, cut, vat, line.Details)
}

func isEditOf(edit model.LineEdit, line model.Line) bool {
	return edit.Free == line.Free && slices.Equal(edit.Entries, line.Entries)
}

// sumLines draws discount, net, VAT by rate and total, aligned below the lines' amounts, and the VAT and the total in lei of
// an invoice in another currency.
func (s *Screen) sumLines(beside string) []string { return s.sumLinesIn(s.width, beside) }

func (s *Screen) sumLinesIn(width int, beside string) []string {
	colours, totals, currency := s.env.Theme, s.totals, s.prepared.Currency
	sum := func(label, amount, after string) string {
		row := widget.Spread(colours.Faint.Paint(beside), label, max(0, width-amountWidth-currencyWidth)) +
			widget.FitRight(amount, amountWidth) + after
		beside = ""
		return row
	}
	beside = "       " + beside
	if len(s.prepared.Nets()) > 1 {
		return s.currencySums(sum)
	}
	var lines []string
	for _, discount := range s.prepared.Discounts() {
		label := discount.Name
		if len(totals.Groups) > 1 {
			label += " on " + discount.VAT.String()
		}
		lines = append(lines, sum(label, model.FormatAmount(discount.Amount.Neg()), ""))
	}
	lines = append(lines, sum("net", model.FormatAmount(totals.Net), ""))
	for _, group := range totals.Groups {
		if group.Rate.IsNone() {
			continue
		}
		label := "TVA " + group.Rate.String()
		if len(totals.Groups) > 1 {
			label += " on " + model.FormatAmount(group.Base)
		}
		lines = append(lines, sum(label, model.FormatAmount(group.Tax), ""))
	}
	lines = append(lines, colours.Strong.Paint(sum("total", model.FormatAmount(totals.Total), " "+currency)))
	return append(lines, s.leiLines(sum)...)
}

// leiLines draw what the law wants in lei: the VAT, and the total beside it.
func (s *Screen) leiLines(sum func(label, amount, after string) string) []string {
	if s.prepared.Currency == model.DefaultCurrency {
		return nil
	}
	lei, known := s.prepared.InLei()
	if !known {
		return []string{s.env.Theme.Bad.Paint(sum("in lei", "?", " "+model.DefaultCurrency))}
	}
	row := sum("total in lei", model.FormatAmount(lei.Total), " "+model.DefaultCurrency)
	if s.prepared.Treatment.Setting == "" {
		return []string{row}
	}
	return []string{sum("TVA in lei", model.FormatAmount(lei.VAT), ""), row}
}
