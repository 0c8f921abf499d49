package history

import (
	"errors"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// The rows of the form.
const (
	rowTo      = "to"
	rowCC      = "cc"
	rowBCC     = "bcc"
	rowSubject = "subject"
	rowMessage = "message"
)

// emailForm lies over the screen: it takes addresses and text of an e-mail, as the settings word it.
type emailForm struct {
	screen  *Screen
	invoice model.Invoice
	kind    model.EmailKind
	// draft is what the settings say, valid once form is there; failure is why there is none.
	draft                         model.EmailDraft
	failure                       error
	form                          *screen.Form
	to, cc, bcc, subject, message *widget.Field
}

// lineBreak stands for one in the field of the message, which is one line, as it does in the settings.
const lineBreak = `\n`

func (f *emailForm) show(draft model.EmailDraft, err error) {
	if f.failure = err; err != nil {
		return
	}
	f.draft = draft
	env, email := f.screen.env, draft.Email
	f.to, f.cc, f.bcc = screen.NewField(env.Theme, email.To), screen.NewField(env.Theme, email.CC), screen.NewField(env.Theme, email.BCC)
	f.subject = screen.NewField(env.Theme, email.Subject)
	f.message = screen.NewField(env.Theme, strings.ReplaceAll(email.Message, "\n", lineBreak))
	labels := []string{env.Say(emailTo), env.Say(emailCC), env.Say(emailBCC), env.Say(emailSubject), env.Say(emailMessage)}
	width := 0
	for _, label := range labels {
		width = max(width, widget.Width(label))
	}
	f.form = &screen.Form{
		Form: widget.NewForm(env.Theme, width,
			&widget.Row{Key: rowTo, Label: labels[0], Control: f.to},
			&widget.Row{Key: rowCC, Label: labels[1], Control: f.cc},
			&widget.Row{Key: rowBCC, Label: labels[2], Control: f.bcc},
			&widget.Row{Key: rowSubject, Label: labels[3], Control: f.subject},
			&widget.Row{Key: rowMessage, Label: labels[4], Control: f.message},
		),
		Submit: func() (tea.Cmd, string, error) {
			email, wrongRow, err := f.email()
			if err != nil {
				return nil, wrongRow, err
			}
			return f.screen.askEmail(f, email), "", nil
		},
	}
}

// email reads the form, or names the row that is wrong.
func (f *emailForm) email() (email model.Email, wrongRow string, err error) {
	email = model.Email{
		Kind: f.kind, To: f.to.Value(), CC: f.cc.Value(), BCC: f.bcc.Value(), Subject: f.subject.Value(),
		Message: strings.ReplaceAll(f.message.Value(), lineBreak, "\n"),
	}
	checked, err := email.Checked()
	if err == nil {
		return checked, "", nil
	}
	why, _ := explain.Error(err, explain.Screen)
	return email, f.wrongRow(email, err), errors.New(f.screen.env.Say(why))
}

// wrongRow finds the row that an error is about: the first that is refused by itself.
func (f *emailForm) wrongRow(email model.Email, failure error) string {
	if errors.Is(failure, model.ErrInvalidField) {
		if model.CheckEmailText(email.Subject) != nil {
			return rowSubject
		}
		return rowMessage
	}
	for _, row := range []struct{ key, value string }{{rowTo, email.To}, {rowCC, email.CC}, {rowBCC, email.BCC}} {
		if _, err := (model.Email{To: row.value}).Checked(); err != nil && (row.key == rowTo || row.value != "") {
			return row.key
		}
	}
	return rowTo
}

// OnKey edits the form; ctrl+s or enter on the last field goes on to the question.
func (f *emailForm) OnKey(pressed tea.KeyMsg) (done bool, cmd tea.Cmd) {
	if f.form != nil {
		return f.form.OnKey(pressed)
	}
	return slices.Contains([]string{"esc", "q", "enter"}, pressed.String()), nil
}

// View draws the form in a box.
func (f *emailForm) View(width, height int) string {
	env := f.screen.env
	b := textBlock{Env: env, width: max(20, min(paymentWidth, width-6))}
	b.line(b.Theme.Strong.Paint(widget.Clip(env.Say(emailHeading(f.kind, f.invoice.Reference())), b.width)))
	b.wrapped(b.Theme.Plain, "", clientAndTotal(f.invoice))
	b.gap()
	switch {
	case f.failure != nil:
		b.wrapped(b.Theme.Bad, theme.Cross+" ", errorText(f.failure)+".")
		return widget.Box(b.lines, b.width, b.Theme)
	case f.form == nil:
		b.line(f.screen.spinner.View())
		return widget.Box(b.lines, b.width, b.Theme)
	}
	if earlier, repeats := f.draft.Invoice.EarlierEmail(f.kind); repeats {
		b.wrapped(b.Theme.Warn, theme.Alert+" ", env.Say(explain.EarlierEmail(f.invoice.Reference(), earlier, env.Location)))
		b.gap()
	}
	about := widget.Paragraph(b.Theme.Faint, 0, env.Say(say.Join(lineBreakHint, explain.Placeholders(), notSentBefore)), b.width)
	b.lines = append(b.lines, f.form.Form.Lines(b.width, max(5, height-len(b.lines)-len(about)-3))...)
	b.lines = append(append(b.lines, ""), about...)
	return widget.Box(b.lines, b.width, b.Theme)
}

// Keys tells how to fill it in.
func (f *emailForm) Keys() []key.Binding {
	back := screen.Bind("esc", f.screen.env.Say(goBack))
	if f.form == nil {
		return []key.Binding{back}
	}
	return []key.Binding{screen.Bind("tab", f.screen.env.Say(nextField)), screen.Bind("ctrl+s", f.screen.env.Say(showEmail)), back}
}
