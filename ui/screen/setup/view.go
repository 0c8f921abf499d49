package setup

import (
	"errors"
	"net/mail"
	"strconv"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/taxid"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// besideFrom is the width from which the findings of the test stand beside the form, and formWidth the form's share.
const (
	besideFrom = 116
	formWidth  = 68
)

// View draws the form and the findings.
func (s *Screen) View() string {
	if s.width < besideFrom {
		return widget.Block(s.form.Lines(s.width, s.height), s.width, s.height)
	}
	form := widget.Block(s.form.Lines(formWidth, s.height), formWidth, s.height)
	rest := s.width - formWidth
	findings := append([]string{""}, s.findings(rest-2)...)
	beside := strings.Split(widget.Block(findings, rest, s.height), "\n")
	lines := strings.Split(form, "\n")
	for i := range lines {
		lines[i] += beside[i]
	}
	return strings.Join(lines, "\n")
}

// arrange writes the notes, and the findings into the form where there is no room beside it.
func (s *Screen) arrange() {
	s.form.Row(rowToken).Lead = s.welcome()
	lead := []string{""}
	if s.width < besideFrom {
		lead = append(append(lead, s.findings(s.width)...), "")
	}
	s.form.Row(rowCurrency).Lead = lead
	s.form.Row(rowToken).Hint = s.tokenHint()
	s.form.Row(rowStatus).Hint = "ctrl+l asks ANAF"
	if s.asking.Pending() {
		s.form.Row(rowStatus).Hint = "asking ANAF; esc stops"
	}
	s.form.Row(rowRate).Hint = ""
	if s.fields.vatStatus().status != model.VATPayer {
		s.form.Row(rowRate).Hint = "not used: no VAT"
	}
	// A new user's form has no row left for it in 24, and few ever change it.
	s.form.Row(rowDecimals).Hidden = s.width < besideFrom && !s.stored.Connected()
	s.form.Row(rowTheme).Hidden = s.form.Row(rowDecimals).Hidden
	s.form.Row(rowFolder).Hint = ""
	if s.fields.folder.Value() == "" {
		s.form.Row(rowFolder).Hint = "the download folder"
	}
	s.warn(rowEmail, emailWarning(s.credentials().Email))
	s.warn(rowCIF, cifWarning(s.credentials().CIF))
	s.warnOfSettings()
	s.noteWrong()
}

// noteWrong marks the default that cannot be saved.
func (s *Screen) noteWrong() {
	_, err := s.defaults()
	wrong := map[string]string{rowTerms: "", rowFolder: ""}
	switch loose, ok := errors.AsType[*model.LoosePathError](err); {
	case err == nil || !s.known:
	case !ok:
		wrong[rowTerms] = "0 to " + strconv.Itoa(maxTerms) + " days"
	case loose.Full == "":
		wrong[rowFolder] = s.env.Say(say.In("begin it with / or ~/", "începe cu / sau ~/", "kezdd így: / vagy ~/"))
	default:
		wrong[rowFolder] = s.env.Say(say.Format("write %s", "scrie %s", "írd így: %s", text.Clean(loose.Full)))
	}
	for row, words := range wrong {
		s.note(row, theme.Cross, words, s.env.Theme.Bad)
	}
}

// welcome tells a new user what to enter and where it is found, until they test it.
func (s *Screen) welcome() []string {
	if s.loading.Pending() || s.stored.Connected() || s.tested != (model.Credentials{}) {
		return []string{""}
	}
	text := "Enter the API token, the e-mail that made it, and your company's CIF. The token is found in SmartBill under Contul Meu → " +
		"Integrări → API."
	// In a narrow window every row counts: with the findings below, the form just fits 24 rows without a gap at the top.
	var lines []string
	room := s.width
	if s.width >= besideFrom {
		lines, room = []string{""}, formWidth
	}
	return append(append(lines, widget.Paragraph(theme.Ink{}, 1, text, room-2)...), "")
}

func (s *Screen) tokenHint() string {
	switch {
	case s.fields.token.Value() != "":
		return "new, unsaved"
	case s.stored.TokenFrom != "":
		return "from " + text.Clean(s.stored.TokenFrom)
	}
	return ""
}

func (s *Screen) warn(key, warning string) { s.note(key, theme.Alert, warning, s.env.Theme.Warn) }

// note shows what is wrong beside a row, but not while the user is typing there.
func (s *Screen) note(key, glyph, wrong string, ink theme.Ink) {
	row := s.form.Row(key)
	row.Note, row.Ink = "", ink
	if wrong != "" && (!s.form.Editing() || s.form.Focused() != key) {
		row.Note = glyph + " " + wrong
	}
}

func emailWarning(email string) string {
	if email == "" {
		return ""
	}
	if address, err := mail.ParseAddress(email); err != nil || address.Address != email {
		return "this is not an e-mail address"
	}
	return ""
}

// cifWarning never keeps anybody from saving: the account decides.
func cifWarning(cif string) string {
	if cif == "" {
		return ""
	}
	code, ok := taxid.ParseCIF(cif)
	switch {
	case !ok:
		return "a CIF has 2 to 10 digits, with RO before it for a VAT payer"
	case !code.Valid():
		return "the check digit of this CIF is wrong: look for a typing slip"
	}
	return ""
}

// settingChecks hold what the form says against the account; none while it was not asked.
func (s *Screen) settingChecks() []model.SettingCheck {
	// Payment terms that are no number are none of the account's business.
	typed, _ := s.defaults()
	return s.account.CheckSettings(typed.over(s.stored), s.env.Today())
}

// warnOfSettings says beside their rows which settings do not fit the account.
func (s *Screen) warnOfSettings() {
	warnings := map[string]string{rowRate: "", rowSeries: "", rowProforma: ""}
	for _, check := range s.settingChecks() {
		switch check.Name {
		case model.SettingSeries:
			if check.Err != nil {
				warnings[rowSeries] = "the account has no such series: choose one, or create it in Configurare → Serii"
			}
		case model.SettingProformaSeries:
			if check.Err != nil {
				warnings[rowProforma] = "the account has none of type Proforma with this name: choose one, or create it"
			}
		case model.SettingDomesticRate:
			warnings[rowRate] = s.rateWarning(check)
		case model.SettingReverseCharge, model.SettingOutsideEU, model.SettingReducedRate, model.SettingExempt: // These have no rows.
		}
	}
	for row, warning := range warnings {
		s.warn(row, warning)
	}
}

func (s *Screen) rateWarning(check model.SettingCheck) string {
	named, _ := s.account.Rates.Resolve(s.fields.usualVAT().rate)
	switch {
	case errors.Is(check.Err, model.ErrVATRateUnlawful):
		return "no rate of the law today: Review asks about it"
	case errors.Is(check.Err, model.ErrVATRateZero):
		return "0 % is no rate for clients in Romania: it is for those abroad, or for what the law exempts"
	case check.Err != nil && !named.IsNone():
		return "no rate of the law today, and the account has none: add it in Configurare → Cote TVA"
	case check.Err != nil:
		return "not among the account's rates"
	case !check.Rate.Equal(named):
		return "no rate of the law today: invoices bear " + text.Clean(check.Rate.String())
	}
	return ""
}

// nameWidth is the room of a check's name, and headingWidth that of the findings' heading, in cells.
const (
	nameWidth    = 18
	headingWidth = 52
)

// findings draws the connection test: its heading, and each check with its own mark.
func (s *Screen) findings(width int) []string {
	state := s.env.Theme.Accent.Paint("ctrl+t")
	if s.testing.Pending() {
		state = s.spinner.View() + "  " + s.env.Theme.Accent.Paint("esc") + " cancels"
	}
	lines := []string{widget.Spread(" "+s.env.Theme.Strong.Paint("Test connection"), state, max(0, min(width, headingWidth)))}
	for _, check := range s.checks() {
		lines = append(lines, s.finding(check, width)...)
	}
	for _, check := range s.settingChecks() {
		hasRow := check.Name == model.SettingSeries || check.Name == model.SettingProformaSeries || check.Name == model.SettingDomesticRate
		if !hasRow && check.Err != nil {
			lines = append(lines, s.failed(explain.Setting(check.Name), check.Err, explain.SettingAdvice(check, explain.Screen), width)...)
		}
	}
	return lines
}

// finding draws one check, and below a failed one why it failed and what to do about it.
func (s *Screen) finding(check model.Check, width int) []string {
	if check.Done && !check.Passed {
		return s.failed(explain.Check(check.Name), check.Err, explain.Advice(check.Err, explain.Screen), width)
	}
	mark, ink, detail := s.mark(check)
	head := "   " + ink.Paint(mark) + " " + widget.Fit(s.env.Say(explain.Check(check.Name)), nameWidth)
	lines := below(detail, widget.Width(head)+1, width, ink)
	if len(lines) == 0 {
		return []string{head}
	}
	lines[0] = head + " " + strings.TrimLeft(lines[0], " ")
	return lines
}

// failed draws a failed check, with why it failed and what to do about it below.
func (s *Screen) failed(name say.Text, err error, advice say.Text, width int) []string {
	lines := []string{"   " + s.env.Theme.Bad.Paint(theme.Cross) + " " + widget.Fit(s.env.Say(name), nameWidth)}
	if err == nil {
		return lines
	}
	for _, each := range []string{text.Clean(err.Error()), s.env.Say(advice)} {
		lines = append(lines, below(each, widget.Width("   "+theme.Cross+" "), width, s.env.Theme.Plain)...)
	}
	return lines
}

// below wraps a text into the room right of an indent; none for an empty one.
func below(text string, indent, width int, ink theme.Ink) []string {
	if text == "" {
		return nil
	}
	return widget.Paragraph(ink, indent, text, width-indent-1)
}

// mark is the glyph of a check that has not failed, its ink, and what was found in words.
func (s *Screen) mark(check model.Check) (glyph string, ink theme.Ink, detail string) {
	switch {
	case !check.Done && s.testing.Pending():
		return theme.Pending, s.env.Theme.Faint, ""
	case !check.Done:
		return theme.Pending, s.env.Theme.Faint, "not asked yet"
	case check.Name == model.CheckReached:
		return theme.Tick, s.env.Theme.Good, strconv.FormatInt(s.report.Took.Round(time.Millisecond).Milliseconds(), 10) + " ms"
	case check.Name == model.CheckCredentials:
		return theme.Tick, s.env.Theme.Good, "accepted"
	}
	return theme.Tick, s.env.Theme.Good, text.Clean(s.env.Say(explain.Checked(check.Name, s.report)))
}
