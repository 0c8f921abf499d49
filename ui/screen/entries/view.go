package entries

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// The rows above and below the entries: heading, gap and column names; rule and sums.
const (
	headRows = 3
	footRows = 2
)

// footRows are those below the list: one more while lines are split.
func (s *Screen) footRows() int {
	if s.composed.splitText() != "" {
		return footRows + 1
	}
	return footRows
}

// detailWidth is the pane that wide windows have at the right, in cells.
const (
	wideFrom    = 110
	detailWidth = 40
)

// View draws the screen.
func (s *Screen) View() string {
	switch {
	case s.failure != nil:
		return widget.Block(s.failureLines(), s.width, s.height)
	case !s.loaded:
		lines := []string{"", " Reading the hours " + s.spinner.View(), "", " " + s.env.Theme.Faint.Paint(s.progressText())}
		return widget.Block(lines, s.width, s.height)
	case s.hasNoSource():
		return widget.Block(s.offerLines(), s.width, s.height)
	}
	listWidth := s.width
	if s.width >= wideFrom {
		listWidth = s.width - detailWidth
	}
	lines := []string{s.heading(), s.statusLine(), s.columnNames(listWidth)}
	rows := s.table.View(func(row int, focused bool) string { return s.row(row, focused, listWidth) })
	if len(rows) == 0 {
		rows = []string{""}
		rows = append(rows, widget.Paragraph(theme.Ink{}, 3, s.nothingShown(), listWidth-6)...)
	}
	lines = append(lines, rows...)
	foot := s.foot()
	for len(lines) < s.height-len(foot) {
		lines = append(lines, "")
	}
	if listWidth < s.width {
		lines = s.withDetail(lines, listWidth)
	}
	return widget.Block(append(lines[:max(0, min(len(lines), s.height-len(foot)))], foot...), s.width, s.height)
}

func (s *Screen) failureLines() []string {
	lines := []string{"", " " + s.env.Theme.Bad.Paint(theme.Cross+" The hours could not be read."), ""}
	for _, text := range []string{s.failure.Error(), "",
		"Nothing was changed. r reads again, S shows the sources and changes them; they stand in the settings file."} {
		lines = append(lines, widget.Paragraph(theme.Ink{}, 3, text, s.width-4)...)
	}
	return lines
}

// heading shows the period, the grouping, the client, the filter, and how many entries there are.
func (s *Screen) heading() string {
	period := s.query.period
	if parsed, err := model.ParsePeriod(s.query.period, s.env.Today()); err == nil {
		period = parsed.String()
	}
	if s.query.older {
		period = "unbilled before " + period
	}
	right := s.env.Say(say.TodoNoun("entry", "entries").Of(len(s.found.shown))) + " "
	if s.table.Place() != "" {
		right = strconv.Itoa(s.table.Cursor()+1) + "/" + right
	}
	if s.spinner.Running() {
		right = s.spinner.View() + " " + right
	}
	left := s.narrowing(" "+s.env.Theme.Strong.Paint(period), s.width-widget.Width(right)-1)
	typing := s.filter.Focused() || s.query.text != ""
	room := max(filterWidth, s.width-widget.Width(left)-widget.Width(right)-6)
	switch {
	case s.filter.Focused():
		left += "   / " + s.filter.View(room)
	case typing:
		left += "   " + s.env.Theme.Accent.Paint("/ "+widget.Clip(s.query.text, room))
	}
	return widget.Spread(left, s.env.Theme.Faint.Paint(right), s.width)
}

// narrowing adds to the period why it is shown, the grouping and the client, as far as there is room. Why a period was proposed
// precedes what is as ever.
func (s *Screen) narrowing(period string, room int) string {
	typing := s.filter.Focused() || s.query.text != ""
	grouping, client := "", ""
	if !typing || s.width >= roomyWidth {
		grouping = "   group by " + string(s.grouping)
	}
	switch {
	case s.query.client != "":
		client = "   " + s.query.client
	case !typing:
		client = "   " + allClients
	}
	short := client
	if s.query.client == "" {
		short = ""
	}
	said := s.query.proposed.said(s.env.Today())
	if typing || s.query.older || said.IsEmpty() {
		return widget.Fitting(room, period+grouping+client, period+grouping+short)
	}
	why := ", " + s.env.Say(said)
	return widget.Fitting(room, period+why+grouping+client, period+why+grouping+short, period+why+short, period+grouping+client)
}

// statusLine shows the unbilled entries before the period, those without a price, and the progress of the reading.
func (s *Screen) statusLine() string {
	colours := s.env.Theme
	left, right, unpriced := "", s.progressText(), ""
	if s.found.unpriced > 0 {
		unpriced = "   " + colours.Warn.Paint(fmt.Sprintf("%s %d without a rate", theme.Alert, s.found.unpriced))
	}
	switch before := s.found.before; {
	case s.query.older:
		left = " " + colours.Faint.Paint("o back to the period")
	case before.entries > 0:
		text := fmt.Sprintf("%d unbilled before, %s · o shows them", before.entries, model.FormatTracked(before.seconds))
		left = " " + colours.Faint.Paint(text)
		left = widget.Fitting(s.width-widget.Width(unpriced), left,
			" "+colours.Faint.Paint(fmt.Sprintf("%d unbilled before · o shows them", before.entries)))
	}
	left += unpriced
	if right != "" {
		right += " "
	}
	return widget.Spread(left, colours.Faint.Paint(right), s.width)
}

// columns are the widths of the list's columns, in cells.
type columns struct {
	label, description int
}

// roomyWidth is the least width at which a filter that is typed leaves the grouping its room, in cells.
const roomyWidth = 72

// filterWidth is the least room of the filter while it is typed, in cells.
const filterWidth = 16

// The fixed columns: glyphs, day, tracked, billed, and the gaps between.
const (
	dayWidth     = 6
	trackedWidth = 7
	billedWidth  = 14
	fixedWidth   = 5 + dayWidth + 2 + 2 + 1 + trackedWidth + billedWidth + 1
)

func columnsOf(width int) columns {
	room := max(0, width-fixedWidth)
	label := max(12, room*2/5)
	return columns{label: min(label, 30), description: max(0, room-min(label, 30))}
}

func (s *Screen) columnNames(width int) string {
	c := columnsOf(width)
	text := "     " + widget.Fit("Day", dayWidth) + "  " + widget.Fit("Project · task", c.label) + "  " +
		widget.Fit("Description", c.description) + " " + widget.FitRight("Tracked", trackedWidth) + widget.FitRight("Billed", billedWidth)
	return s.env.Theme.Faint.Paint(widget.Fit(text, width))
}

func (s *Screen) row(row int, focused bool, width int) string {
	index := int(s.found.shown[row])
	entry := &s.list.entries[index]
	c := columnsOf(width)
	billed, mark, ink := s.billed(index)
	text := widget.Fit(entry.Start.In(s.env.Location).Format("02 Jan"), dayWidth) + "  " +
		widget.Fit(labelOf(entry), c.label) + "  " + widget.Fit(s.described(entry), c.description) + " " +
		widget.FitRight(model.FormatTracked(entry.Seconds), trackedWidth) + widget.FitRight(billed, billedWidth) + " "
	glyph := " "
	switch {
	case focused:
		glyph = s.env.Theme.Accent.Paint(theme.Focus)
		if mark == theme.Tick {
			ink = s.env.Theme.Strong
		}
	case s.inRange(row):
		glyph = s.env.Theme.Accent.Paint("│")
	}
	return " " + glyph + " " + ink.Paint(mark) + " " + ink.Paint(text)
}

func (s *Screen) described(entry *model.Entry) string {
	switch status := s.list.statuses[entry.Fingerprint]; {
	case status.LooksBilled != "":
		return "looks billed " + status.LooksBilled + " · " + entry.Description
	case status.TwinOf != "":
		return "twin in " + status.TwinIn + " · " + entry.Description
	}
	return entry.Description
}

// labelOf names what was worked on; an entry that says nothing of it shows its tags or its client.
func labelOf(entry *model.Entry) string {
	if label := entry.Label(); label != "" {
		return label
	}
	if len(entry.Tags) > 0 {
		return strings.Join(entry.Tags, ", ")
	}
	return entry.Client
}

func (s *Screen) inRange(row int) bool {
	return s.rangeStart >= 0 && row >= min(s.rangeStart, s.table.Cursor()) && row <= max(s.rangeStart, s.table.Cursor())
}

// billed says what an entry comes to, or why it cannot be billed, with its mark and its ink.
func (s *Screen) billed(index int) (text, mark string, ink theme.Ink) {
	entry := &s.list.entries[index]
	if reason := s.block(index); reason != "" {
		switch {
		case s.needsDecision(index) && (entry.IsTooLong() || s.list.statuses[entry.Fingerprint].IsFlagged()):
			return "T ticks it", theme.Alert, s.env.Theme.Warn
		case s.list.statuses[entry.Fingerprint].State == model.EntryReserved:
			reason = string(model.EntryReserved)
		}
		return reason, theme.Locked, s.env.Theme.Faint
	}
	rule, ok := s.list.settings.rules.For(*entry)
	if !ok {
		return "no rate", theme.Alert, s.env.Theme.Warn
	}
	text = model.FormatQuantity(s.estimate(rule, entry)) + " " + rule.Unit.Short()
	if !rule.Exact() {
		text = "~" + text
	}
	if s.selection.ticked.has(index) {
		return text, theme.Tick, s.env.Theme.Plain
	}
	return text, " ", s.env.Theme.Plain
}

// estimate is what an entry comes to by itself, with the decimals of the client that it was tracked for.
func (s *Screen) estimate(rule model.Rule, entry *model.Entry) decimal.Decimal {
	return rule.Estimate(entry.Seconds, s.list.settings.preferences.QuantityDecimals.Tracked(entry.Client))
}

func (s *Screen) nothingShown() string {
	switch {
	case s.found.mistake != nil:
		what, _ := explain.Error(s.found.mistake, explain.Screen)
		return s.env.Say(what)
	case s.query.text != "":
		return "Nothing of this period fits the filter. esc clears it."
	case len(s.list.entries) == 0 && s.leftOut() != "":
		return s.leftOut()
	case len(s.list.entries) == 0:
		return "The sources hold no hours yet. r reads them again."
	}
	return "No hours in this period. p chooses another."
}

// foot shows the sum of the ticked entries, and why lines stand apart.
func (s *Screen) foot() []string {
	lines := []string{widget.Rule(s.width, s.env.Theme), s.sums()}
	if text := s.composed.splitText(); text != "" {
		lines = append(lines, " "+s.env.Theme.Warn.Paint(widget.Clip(text, s.width-2)))
	}
	return lines
}

func (s *Screen) sums() string {
	colours := s.env.Theme
	ticked, free := s.selection.ticked.count(), len(s.free)
	if ticked+free == 0 {
		text := "nothing ticked"
		if len(s.found.shown) > 0 {
			text += "; space ticks an entry, a all of them"
		}
		return " " + colours.Faint.Paint(text)
	}
	if s.composed.err != nil {
		return " " + colours.Bad.Paint(widget.Clip(theme.Cross+" "+s.composed.err.Error(), s.width-2))
	}
	right := s.env.Say(say.TodoNoun("line", "lines").Of(s.composed.lines))
	if free > 0 {
		right += fmt.Sprintf(", %d free", free)
	}
	right += " "
	if clients := len(s.composed.tracked); clients > 1 {
		right = colours.Warn.Paint(fmt.Sprintf("%s %d clients", theme.Alert, clients)) + "  " + right
	}
	return widget.Spread(s.sum(ticked, s.width-widget.Width(right)-1), right, s.width)
}

// sum shows what the ticked entries come to. Where there is little room the money stands alone.
func (s *Screen) sum(ticked, room int) string {
	strong := s.env.Theme.Strong
	counted, net := fmt.Sprintf(" %d ticked   ", ticked), strong.Paint(s.composed.amounts()+" net")
	if ticked == 0 {
		return " nothing ticked   " + net
	}
	tracked, billed := model.FormatTracked(s.composed.seconds), s.composed.quantities()
	return widget.Fitting(room, counted+tracked+" → "+billed+"   "+net, counted+billed+"   "+net, counted+net, " "+net,
		" "+strong.Paint(s.composed.amounts()))
}

// withDetail draws the entry under the cursor at the right of the list.
func (s *Screen) withDetail(lines []string, listWidth int) []string {
	detail := s.detailLines(detailWidth - 3)
	side := s.env.Theme.Faint.Paint("│")
	for i := headRows - 1; i < len(lines); i++ {
		text := ""
		if at := i - headRows + 1; at < len(detail) {
			text = detail[at]
		}
		lines[i] = widget.Fit(lines[i], listWidth) + side + " " + widget.Fit(text, detailWidth-2)
	}
	return lines
}

func (s *Screen) detailLines(width int) []string {
	index := s.cursorIndex()
	if index < 0 {
		return nil
	}
	entry := &s.list.entries[index]
	colours := s.env.Theme
	lines := []string{colours.Strong.Paint(widget.Clip(labelOf(entry), width))}
	if entry.Client != "" {
		lines = append(lines, widget.Clip(entry.Client, width))
	}
	lines = append(lines, "", s.spanText(entry), model.FormatTracked(entry.Seconds)+" tracked")
	lines = append(lines, s.priceLines(index, width)...)
	if entry.Description != "" {
		lines = append(lines, "")
		lines = append(lines, widget.Wrap(entry.Description, width)...)
	}
	if len(entry.Tags) > 0 {
		lines = append(lines, "", colours.Faint.Paint(widget.Clip("tags "+strings.Join(entry.Tags, ", "), width)))
	}
	if entry.User != "" {
		lines = append(lines, colours.Faint.Paint(widget.Clip("user "+entry.User, width)))
	}
	return append(lines, colours.Faint.Paint(entry.Source+" "+entry.Fingerprint))
}

func (s *Screen) spanText(entry *model.Entry) string {
	start := entry.Start.In(s.env.Location)
	text := start.Format("Mon 02 Jan 2006")
	if entry.End > entry.Start {
		text += start.Format(", 15:04") + "–" + entry.End.In(s.env.Location).Format("15:04")
	}
	return text
}

// priceLines say what the entry's rule makes of it, or why it cannot be billed.
func (s *Screen) priceLines(index, width int) []string {
	entry := &s.list.entries[index]
	if s.block(index) != "" {
		why := whyBlocked(entry, s.list.statuses[entry.Fingerprint])
		return append([]string{""}, widget.Wrap("Cannot be ticked: "+why, width)...)
	}
	rule, ok := s.list.settings.rules.For(*entry)
	var lines []string
	if entry.Price != nil {
		lines = append(lines, s.env.Theme.Faint.Paint("tracker: "+hourlyText(entry.Price)))
	}
	if !ok {
		return append(lines, s.env.Theme.Warn.Paint("no rate: space adds one"))
	}
	quantity := s.estimate(rule, entry)
	lines = append(lines, fmt.Sprintf("%s %s × %s %s", model.FormatQuantity(quantity), rule.Unit.Romanian(), model.FormatPrice(rule.Price),
		rule.Currency))
	if rule.Rounding.Step > 0 {
		lines = append(lines, s.env.Theme.Faint.Paint(fmt.Sprintf("rounded %s to %s min, each %s", rule.Rounding.Direction,
			model.FormatMinutes(rule.Rounding.Step), rule.Rounding.Scope)))
	}
	return lines
}
