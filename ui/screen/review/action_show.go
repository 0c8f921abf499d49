package review

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model/say"
	"cadensa/ui/screen"
)

// previewMsg brings the exact request.
type previewMsg struct {
	ticket screen.Ticket
	body   []byte
	err    error
}

// preview shows the request as it would be sent.
func (s *Screen) preview() tea.Cmd {
	ctx, ticket := s.previewing.Begin(s.env.Context)
	billing, draft := s.billing, s.draft
	return func() tea.Msg {
		body, err := billing.Preview(ctx, draft)
		return previewMsg{ticket: ticket, body: body, err: err}
	}
}

func (s *Screen) onPreview(msg previewMsg) tea.Cmd {
	if !s.previewing.Admit(msg.ticket) {
		return nil
	}
	if msg.err != nil {
		return screen.Fail("Make the request", msg.err)
	}
	opened, err := s.env.OpenRequest("What SmartBill will get (POST /invoice)", msg.body, s.width)
	if err != nil {
		return screen.Fail("Show the request", err)
	}
	return opened
}

// summarizedMsg tells where the work summary is.
type summarizedMsg struct {
	ticket screen.Ticket
	paths  []string
	err    error
}

// summarize writes the hours of the invoice in progress, without money, for the client to look at before it is issued.
func (s *Screen) summarize() tea.Cmd {
	if len(s.hours) == 0 {
		return screen.Notify(screen.ToneWarn, "A work summary lists hours, and none are ticked.")
	}
	ctx, ticket := s.summarizing.Begin(s.env.Context)
	billing, draft := s.billing, s.draft
	return func() tea.Msg {
		paths, err := billing.WriteWorkSummary(ctx, draft)
		return summarizedMsg{ticket: ticket, paths: paths, err: err}
	}
}

func (s *Screen) onSummarized(msg summarizedMsg) tea.Cmd {
	switch {
	case !s.summarizing.Admit(msg.ticket):
		return nil
	case msg.err != nil:
		return screen.Fail("Write the work summary", msg.err)
	case len(msg.paths) == 0:
		return nil
	}
	text := "The work summary is saved, without money: " + msg.paths[0]
	if more := len(msg.paths) - 1; more > 0 {
		text += ", and " + say.TodoNoun("other format", "other formats").Of(more).In(say.English) + " beside it"
	}
	return screen.Notify(screen.ToneGood, text+".")
}
