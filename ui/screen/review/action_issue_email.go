package review

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// emailOf words the e-mail of a document by the settings, to its client's address; false where there is no address, and for a draft,
// which has no number yet.
func (s *Screen) emailOf(prepared model.PreparedInvoice) (model.Email, bool) {
	email, err := model.Email{
		Kind: model.EmailDocument, To: prepared.Client.Email, Subject: s.preferences.EmailSubject, Message: s.preferences.EmailMessage,
	}.Checked()
	return email, err == nil && documentOf(prepared) != documentDraft
}

// answers are those to the question whether to issue: alone, or with an e-mail that is shown first. The settings say which has the
// letter y.
func (s *Screen) answers(seen confirmed) []widget.Option {
	words := documentOf(seen.prepared).wording()
	back := widget.Option{Label: "back"}
	alone := widget.Option{Key: "y", Label: words.answer, Run: func() tea.Cmd { return s.recheck(seen) }}
	email, ok := s.emailOf(seen.prepared)
	if !ok {
		return []widget.Option{back, alone}
	}
	sending := widget.Option{
		Key: "m", Label: s.env.Say(issueAndSend(shortAddress(email.To))), Run: func() tea.Cmd { return s.askEmail(seen, email) },
	}
	if s.preferences.EmailAfterIssue {
		sending.Key, alone.Key, alone.Label = "y", "", s.env.Say(issueAlone)
		return []widget.Option{back, sending, alone}
	}
	return []widget.Option{back, alone, sending}
}

// addressRoom is what an address gets in an answer, in cells: the answers stand on one line, so that they take no room from the warnings.
const addressRoom = 12

// shortAddress is enough of an address to know it by; the e-mail shows all of it.
func shortAddress(list string) string {
	name, _, _ := strings.Cut(list, "@")
	return widget.Clip(name, addressRoom) + "@…"
}

// askEmail shows the e-mail before its document is issued.
func (s *Screen) askEmail(seen confirmed, email model.Email) tea.Cmd {
	number := "…"
	if known, ok := seen.account.SeriesNamed(seen.prepared.Series, documentOf(seen.prepared).seriesKind()); ok {
		number = model.FormatCounter(known.Next)
	}
	detail := seen.prepared.AsDetail(number)
	body := []string{
		seen.prepared.Client.Name + " · " + model.FormatAmount(detail.Total) + " " + detail.Currency,
		s.env.Say(emailTo) + ": " + explain.Addresses(email.To),
	}
	if subject := detail.FillPlaceholders(email.Subject); subject != "" {
		body = append(body, s.env.Say(emailSubject)+": "+subject)
	}
	body = append(append(body, ""), strings.Split(detail.FillPlaceholders(email.Message), "\n")...)
	if email.Subject == "" || email.Message == "" {
		body = append(body, s.env.Say(explain.AccountTemplate()))
	}
	seen.email = &email
	return s.env.Ask(s.env.Say(issueAndSendQuestion), screen.FitBody(body, s.height),
		widget.Option{Label: "back", Run: func() tea.Cmd { return s.confirm(seen) }},
		widget.Option{Key: "y", Label: s.env.Say(issueThenSend), Run: func() tea.Cmd { return s.recheck(seen) }})
}

// sendEmail e-mails what was just issued. Each e-mail is a request of its own: none calls off another.
func (s *Screen) sendEmail(invoice model.Invoice, email *model.Email) tea.Cmd {
	if email == nil {
		return nil
	}
	name, order := invoice.Reference(), model.EmailOrder{Email: *email}
	s.emailing = append(s.emailing, name)
	send := func(ctx context.Context) (model.Invoice, error) {
		return s.billing.SendEmail(ctx, invoice.UniqueReference(), order)
	}
	return screen.Request(s.env, new(screen.Latest), send, func(_ model.Invoice, err error) tea.Cmd {
		s.emailing = slices.DeleteFunc(s.emailing, func(each string) bool { return each == name })
		told := screen.Send(screen.LedgerChanged{Invoice: invoice})
		if err != nil {
			return tea.Batch(told, screen.Fail(s.env.Say(issuedWithoutEmail(name)), err))
		}
		return tea.Batch(told, screen.Notify(screen.ToneGood, s.env.Say(explain.EmailSent(name, order.Email))))
	})
}

var (
	emailTo              = say.In("To", "Către", "Címzett")
	emailSubject         = say.In("Subject", "Subiect", "Tárgy")
	issueAlone           = say.In("issue without e-mail", "emite fără e-mail", "kiállítás e-mail nélkül")
	issueThenSend        = say.In("issue and send", "emite și trimite", "kiállítás és küldés")
	issueAndSendQuestion = say.In("Issue it and send this e-mail?", "Emiți și trimiți acest e-mail?", "Kiállítod, és elküldöd ezt az e-mailt?")
)

func issueAndSend(address string) say.Text {
	return say.Format("issue and send to %s", "emite și trimite la %s", "kiállítás és küldés: %s", address)
}

func issuedWithoutEmail(name string) say.Text {
	return say.Format("%s is issued. E-mail", "%s este emisă. E-mail", "%s ki van állítva. E-mail", name)
}
