package history

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// emailKeys are the keys that e-mail a document, and remind of an overdue invoice.
var emailKeys = map[model.EmailKind]string{model.EmailDocument: emailKey, model.EmailReminder: remindKey}

// refusesReminder says why nobody is reminded of an invoice today, "" when its client can be.
func (s *Screen) refusesReminder(invoice model.Invoice) string {
	refused := invoice.RefusesReminder(s.env.Today())
	if refused == nil {
		return ""
	}
	return s.env.Say(explain.Refusal(refused, explain.Screen))
}

// openEmail lays the form over the screen and words the e-mail by the settings. Nothing is asked of SmartBill.
func (s *Screen) openEmail(kind model.EmailKind) func(invoice model.Invoice) tea.Cmd {
	return func(invoice model.Invoice) tea.Cmd {
		form := &emailForm{screen: s, invoice: invoice, kind: kind}
		s.env.Open(form)
		what := request{key: emailKeys[kind], invoice: invoice, doing: s.env.Say(wordingEmail(invoice.Reference()))}
		draft := func(ctx context.Context, reference string) (model.EmailDraft, error) {
			return s.records.DraftEmail(ctx, reference, kind)
		}
		return send(s, what, draft, func(draft model.EmailDraft, err error) tea.Cmd {
			form.show(draft, err)
			return nil
		})
	}
}

// askEmail shows the e-mail as it will be read, in the place of the form. Going back to that has the focus. An e-mail that repeats another
// has no letter: it is sent deliberately only.
func (s *Screen) askEmail(form *emailForm, email model.Email) tea.Cmd {
	invoice := form.draft.Invoice
	earlier, repeats := invoice.EarlierEmail(email.Kind)
	sending := widget.Option{Key: "y", Label: s.env.Say(sendIt), Run: func() tea.Cmd {
		return s.sendEmail(invoice.Invoice, form.draft.Order(email))
	}}
	body := s.emailText(invoice, email)
	if repeats {
		sending.Key, sending.Label = "", s.env.Say(sendAgain)
		named := explain.EarlierEmail(invoice.Reference(), earlier, s.env.Location)
		body = append([]string{theme.Alert + " " + s.env.Say(named), ""}, body...)
	}
	return s.env.Ask(s.env.Say(sendQuestion(email.Kind, invoice.Reference())), screen.FitBody(body, s.height),
		widget.Option{Label: s.env.Say(goBack), Run: func() tea.Cmd { return s.env.Open(form) }}, sending)
}

// emailText is an e-mail as it will be read, line by line.
func (s *Screen) emailText(invoice model.InvoiceDetail, email model.Email) []string {
	var body []string
	for _, row := range []struct {
		label say.Text
		value string
	}{
		{emailTo, explain.Addresses(email.To)}, {emailCC, explain.Addresses(email.CC)}, {emailBCC, explain.Addresses(email.BCC)},
		{emailSubject, invoice.FillPlaceholders(email.Subject)},
	} {
		if row.value != "" {
			body = append(body, s.env.Say(row.label)+": "+row.value)
		}
	}
	body = append(body, "")
	body = append(body, strings.Split(invoice.FillPlaceholders(email.Message), "\n")...)
	if email.Subject == "" || email.Message == "" {
		body = append(body, s.env.Say(explain.AccountTemplate()))
	}
	return body
}

func (s *Screen) sendEmail(invoice model.Invoice, order model.EmailOrder) tea.Cmd {
	name := invoice.Reference()
	return s.run(change{
		request: request{
			key: emailKeys[order.Kind], invoice: invoice, doing: s.env.Say(sendingEmail(name)), word: s.env.Say(emailWord),
			unknown: s.env.Say(explain.EmailOnItsWay(name)),
		},
		call: with(s.records.SendEmail, order),
		done: func(model.Invoice) tea.Cmd {
			return screen.Notify(screen.ToneGood, s.env.Say(explain.EmailSent(name, order.Email)))
		},
		failed: func(err error) tea.Cmd { return screen.Fail(s.env.Say(emailTitle), err) },
	})
}
