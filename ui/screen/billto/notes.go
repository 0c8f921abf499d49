package billto

import (
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/taxid"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// arrange fits the rows to the country and county, and writes the notes beside them.
func (s *Screen) arrange() {
	s.hide()
	client := s.fields.buyer().Client
	city := s.form.Row(rowCity)
	if client.InBucharest() {
		s.fields.arrangeSector()
		s.form.Swap(rowCity, s.fields.sector)
		city.Hint = "the sector"
	} else {
		s.form.Swap(rowCity, s.fields.city)
		city.Hint = ""
	}
	s.form.Row(rowPayer).Hidden = !s.fields.arrangePayer(client)
	s.defaultHints()
	s.hint(rowContact, client.Contact, "optional")
	s.hint(rowEmail, client.Email, "optional")
	s.form.Row(rowName).Hint = s.nameHint(client)
	s.form.Row(rowVATNumber).Hint = taxHint(client)
	s.note(client)
}

// hide leaves out the rows that mean nothing beside what others hold.
func (s *Screen) hide() {
	s.form.Row(rowCounty).Hidden = !s.fields.buyer().Client.IsRomanian()
	for key := range s.fields.folded() {
		s.form.Row(key).Hidden = !s.showsDefaults || s.fields.defaults.idle(key) || s.fields.details.idle(key)
	}
}

// hintFits is how long a text may be, in cells, before its hint gives way to it.
const hintFits = 34

func (s *Screen) hint(key, value, hint string) {
	if widget.Width(value) > hintFits {
		hint = ""
	}
	s.form.Row(key).Hint = hint
}

func (s *Screen) nameHint(client model.Client) string {
	if client.Name != "" || len(s.clients) == 0 {
		return ""
	}
	return "2 letters find a client"
}

func taxHint(client model.Client) string {
	switch {
	case client.IsRomanian() && client.Cleaned().PaysVAT():
		return theme.Tick + " VAT payer"
	case client.VATNumber != "":
		return ""
	case client.Private && client.IsRomanian():
		return "CNP, or leave empty"
	case client.Country != "" && (client.Private || !client.InVATArea()):
		return "optional"
	}
	return ""
}

// note writes what is wrong beside each row that was left, and beside every row after a submission.
func (s *Screen) note(client model.Client) {
	findings := client.ValidateFor(s.cif)
	for _, row := range labels {
		into := s.form.Row(row.key)
		into.Note, into.Ink = s.quietNote(row.key, client)
		if row.key == rowVATNumber && s.asking.latest.Pending() {
			continue
		}
		finding, found := findings.For(row.key)
		if !found || !s.shows(row.key) {
			continue
		}
		said := s.env.Say(explain.FindingWithRule(finding))
		into.Note, into.Ink = theme.Cross+" "+said, s.env.Theme.Bad
		if finding.Severity == model.SeverityWarning {
			into.Note, into.Ink = theme.Alert+" "+said, s.env.Theme.Warn
		}
	}
}

// shows reports whether the findings of a row are shown: not while the user types in it.
func (s *Screen) shows(key string) bool {
	if s.complained {
		return true
	}
	return s.visited[key] && (!s.form.Editing() || s.form.Focused() != key)
}

// quietNote says what a row means when nothing is wrong with it.
func (s *Screen) quietNote(key string, client model.Client) (string, theme.Ink) {
	switch key {
	case rowName:
		return s.ownerNote(client)
	case rowVATNumber:
	default:
		return "", theme.Ink{}
	}
	colours := s.env.Theme
	proof := client.Cleaned().VATProof
	switch {
	case s.asking.latest.Pending():
		return s.asking.spinner.View() + " asking " + s.asking.register + "; esc stops", colours.Accent
	case proof != nil && proof.Valid:
		return theme.Tick + " in VIES on " + model.DateOf(proof.Asked.In(s.env.Location)).String(), colours.Good
	case !s.form.Row(rowPayer).Hidden, taxid.Normalize(client.VATNumber) == "", client.Private, !client.InVATArea():
		return "", theme.Ink{}
	case client.Cleaned().PaysVAT():
		return theme.Tick + " valid; ctrl+l asks VIES", colours.Good
	}
	return "", theme.Ink{}
}

// wrongRows are the rows that keep the client off an invoice, in the form's order.
func (s *Screen) wrongRows() []string {
	errors := s.published.Client.Validate().Errors()
	var wrong []string
	for _, row := range labels {
		if _, found := errors.For(row.key); found {
			wrong = append(wrong, row.key)
		}
	}
	return wrong
}

func (s *Screen) complaint(wrong []string) string {
	names := make([]string, len(wrong))
	for i, key := range wrong {
		names[i] = s.form.Row(key).Label
	}
	count := "1 field is"
	if len(wrong) > 1 {
		count = strconv.Itoa(len(wrong)) + " fields are"
	}
	return count + " missing or wrong: " + strings.Join(names, ", ") + ". The client is kept as it is."
}

// defaultHints say what holds while a default is not set, where the row is empty.
func (s *Screen) defaultHints() {
	for key, hint := range map[string]string{
		rowTerms: "as in the settings", rowPrice: "as the rules say", rowStep: "minutes; empty: as the rules say",
		rowMinimum: "minutes", rowDays: "0.5 from 1s, 1 from 6h", rowNote: "printed on each invoice", rowTrackers: "atlas*, Atlas web",
		rowDelegate: "takes the invoice over",
	} {
		row := s.form.Row(key)
		row.Hint = ""
		if field, ok := row.Control.(*widget.Field); ok && field.Value() == "" {
			row.Hint = hint
		}
	}
}

// toggleDefaults shows the defaults and begins at the first, or hides them.
func (s *Screen) toggleDefaults() tea.Cmd {
	s.showsDefaults = !s.showsDefaults
	s.arrange()
	switch {
	case s.showsDefaults:
		s.form.Edit(rowTerms)
	case s.fields.folds(s.form.Focused()):
		s.form.Edit(rowSave)
		s.form.Rest()
	}
	return nil
}

// roomForSummary is the height from which on the defaults are summed up below the form.
const roomForSummary = 17

// summaryLines sum the defaults up below the form while they are hidden.
func (s *Screen) summaryLines() []string {
	if s.showsDefaults || s.height < roomForSummary || s.form.ListOpen() {
		return nil
	}
	client := s.fields.buyer().Client
	summary := strings.Join(append(s.fields.defaults.summary(), s.fields.details.summary()...), " · ")
	switch {
	case summary == "" && text.Collapse(client.Name) == "":
		return nil
	case summary == "":
		summary = "none"
	}
	mark := ""
	if slices.ContainsFunc(client.ValidateFor(s.cif), func(finding model.Finding) bool { return s.fields.folds(finding.Field) }) {
		mark = s.env.Theme.Warn.Paint(theme.Alert) + " "
	}
	return []string{"", " " + mark + s.env.Theme.Faint.Paint(widget.Clip("Defaults for this client (d): "+summary, max(0, s.width-4)))}
}
