package history

import (
	"fmt"
	"time"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// The columns of the candidates, in cells.
const (
	candidateNumber  = 14
	candidateTotal   = 13
	candidatePDF     = 6
	candidateOwn     = 12
	candidateProof   = 11
	candidateVerdict = 8
)

// evidenceMax is the widest that the evidence gets, in cells.
const evidenceMax = 88

func (e *invoiceEvidence) innerWidth(width int) int {
	return max(0, min(evidenceMax, width-frameWidth))
}

func (e *invoiceEvidence) page() int { return max(1, e.screen.height-frameRows) }

// rowsOfCandidate is how many lines a candidate takes at least: its row and the first line of the reason.
const rowsOfCandidate = 2

// move goes to another candidate and brings it into view, or scrolls where there is none.
func (e *invoiceEvidence) move(by int) {
	count := len(e.settlement.Candidates)
	if count == 0 {
		e.scrollBy(by)
		return
	}
	e.cursor = max(0, min(e.cursor+by, count-1))
	lines, at := e.lines(e.innerWidth(e.screen.width))
	e.first = max(0, min(e.first, at), at+rowsOfCandidate-e.page())
	e.scroll(0, len(lines), e.page())
}

func (e *invoiceEvidence) scrollBy(rows int) {
	lines, _ := e.lines(e.innerWidth(e.screen.width))
	e.scroll(rows, len(lines), e.page())
}

// View draws the lines in view in a box.
func (e *invoiceEvidence) View(width, height int) string {
	inner := e.innerWidth(width)
	lines, _ := e.lines(inner)
	return e.view(e.screen.env.Theme, lines, inner, height)
}

// lines are the whole evidence; at is the line of the candidate under the cursor.
func (e *invoiceEvidence) lines(width int) (lines []string, at int) {
	b := textBlock{Env: e.screen.env, width: width}
	b.line(b.Theme.Strong.Paint(widget.Clip("What became of "+e.invoice.UniqueReference()+"?", width)))
	b.wrapped(b.Theme.Plain, "", e.invoice.ClientName+" · "+model.FormatAmount(e.invoice.Total)+" "+e.invoice.Currency+" · "+
		kindWord(e.invoice.Kind)+"of "+e.invoice.IssueDate.String()+" on series "+e.invoice.Series)
	b.gap()
	e.conclusion(&b)
	if !e.found {
		return b.lines, 0
	}
	b.gap()
	b.wrapped(b.Theme.Plain, widget.Fit("counter", labelWidth), e.counterText())
	return b.lines, e.candidates(&b)
}

// conclusion says what is now true, and what can be done about it.
func (e *invoiceEvidence) conclusion(b *textBlock) {
	if e.drawProgress(b) {
		return
	}
	if e.failure != nil {
		text := "It could not be found out: " + errorText(e.failure) + ". Nothing was changed; its hours stay as they are."
		b.wrapped(b.Theme.Bad, theme.Cross+" ", text)
		b.wrapped(b.Theme.Plain, "  ", e.countdown("u asks again."))
		return
	}
	glyph, ink := e.conclusionGlyph(b.Theme)
	b.wrapped(ink, glyph+" ", b.Say(explain.Settlement(e.settlement)))
	b.wrapped(b.Theme.Plain, "  ", e.hint())
	for _, warning := range e.settlement.Warnings {
		b.wrapped(b.Theme.Warn, theme.Alert+" ", b.Say(explain.Warning(warning)))
	}
}

func (e *invoiceEvidence) conclusionGlyph(colours theme.Theme) (string, theme.Ink) {
	switch e.settlement.Conclusion {
	case model.ConclusionAdopted, model.ConclusionNotIssued:
		return theme.Tick, colours.Good
	case model.ConclusionWait:
		return theme.Pending, colours.Plain
	case model.ConclusionUndecided:
	}
	return theme.Alert, colours.Warn
}

// hint says which keys go on from here.
func (e *invoiceEvidence) hint() string {
	switch e.settlement.Conclusion {
	case model.ConclusionWait:
		return e.countdown("u asks again.")
	case model.ConclusionUndecided:
		if len(e.settlement.Candidates) == 0 {
			return "Look in SmartBill. # enters its number if it was made, n says that it was not."
		}
		return "Look at each number with o. Then a says that it is the one under the cursor, n that it is none of them."
	case model.ConclusionNotIssued:
		if proforma := e.settlement.Invoice.Proforma; proforma != "" {
			return "i on " + proforma + " makes its invoice anew, and S sends the same one again."
		}
		return "Its hours can be billed anew, or S sends the same invoice again."
	case model.ConclusionAdopted:
	}
	return ""
}

// countdown puts the time that is left before what can be done then.
func (e *invoiceEvidence) countdown(what string) string {
	left := e.until().Sub(e.screen.env.Now()).Round(time.Second)
	if left <= 0 {
		return "Now " + what
	}
	return fmt.Sprintf("%d:%02d left; then %s", int(left.Minutes()), int(left.Seconds())%60, what)
}

func (e *invoiceEvidence) counterText() string {
	before, now := e.settlement.CounterBefore, e.settlement.CounterNow
	switch {
	case now == 0 && before == 0:
		return "not read, neither before it was sent nor now"
	case now == 0:
		return fmt.Sprintf("%d before it was sent; not read now", before)
	case before == 0:
		return fmt.Sprintf("%d now; not read before it was sent", now)
	case before == now:
		return fmt.Sprintf("%d before it was sent and still: no number was given since", before)
	}
	return fmt.Sprintf("%d before it was sent, %d now", before, now)
}

// candidates draws the numbers that the invoice may have got, each with the reason of its verdict. It returns the line of
// the one under the cursor.
func (e *invoiceEvidence) candidates(b *textBlock) (at int) {
	if len(e.settlement.Candidates) == 0 {
		b.wrapped(b.Theme.Faint, "", "There is no number that it could have got.")
		return len(b.lines) - 1
	}
	b.gap()
	proof := "reference"
	if e.invoice.Kind == model.KindStorno {
		proof = "original"
	}
	b.line(b.Theme.Faint.Paint(widget.Clip("  "+widget.Fit("number", candidateNumber)+widget.FitRight("total", candidateTotal)+"  "+
		widget.Fit("PDF", candidatePDF)+widget.Fit("its number", candidateOwn)+widget.Fit(proof, candidateProof)+"verdict", b.width)))
	for i, candidate := range e.settlement.Candidates {
		if i == e.cursor {
			at = len(b.lines)
		}
		b.line(widget.Clip(e.candidate(b.Theme, candidate, i == e.cursor), b.width))
		if candidate.Reason != "" {
			b.wrapped(b.Theme.Faint, "    ", b.Say(explain.Candidate(candidate)))
		}
	}
	return at
}

func (e *invoiceEvidence) candidate(colours theme.Theme, candidate model.Candidate, focused bool) string {
	glyph, number := "  ", widget.Fit(text.Clean(candidate.Reference()), candidateNumber)
	if focused {
		glyph, number = colours.Accent.Paint(theme.Focus)+" ", colours.Strong.Paint(number)
	}
	total := "not told"
	if candidate.Total.Valid {
		total = model.FormatAmount(candidate.Total.Decimal)
	}
	return glyph + number + widget.FitRight(total, candidateTotal) + "  " +
		widget.Fit(factGlyph(true, candidate.HasPDF), candidatePDF) +
		widget.Fit(factGlyph(candidate.HasPDF, candidate.ShowsNumber), candidateOwn) +
		widget.Fit(factGlyph(candidate.HasPDF, candidate.CarriesReference), candidateProof) +
		verdictInk(colours, candidate.Verdict).Paint(widget.Fit(verdictWord(candidate.Verdict), candidateVerdict))
}

func factGlyph(known, is bool) string {
	switch {
	case !known:
		return "?"
	case is:
		return theme.Tick
	}
	return theme.Locked
}

func verdictWord(verdict model.Verdict) string {
	switch verdict {
	case model.VerdictOurs:
		return "this one"
	case model.VerdictForeign:
		return "another"
	case model.VerdictHeld:
		return "known"
	case model.VerdictAbsent:
		return "absent"
	case model.VerdictUndecided:
	}
	return "open"
}

func verdictInk(colours theme.Theme, verdict model.Verdict) theme.Ink {
	switch verdict {
	case model.VerdictOurs:
		return colours.Good
	case model.VerdictForeign, model.VerdictHeld, model.VerdictAbsent:
		return colours.Faint
	case model.VerdictUndecided:
	}
	return colours.Warn
}
