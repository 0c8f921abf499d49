package review

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/screen"
)

// withPrepared makes the request with the invoice of this moment.
func withPrepared[T any](s *Screen, call func(context.Context, model.PreparedInvoice) (T, error)) func(context.Context) (T, error) {
	prepared := s.prepared
	return func(ctx context.Context) (T, error) { return call(ctx, prepared) }
}

func (s *Screen) preview() tea.Cmd {
	return screen.Request(s.env, &s.previewing, withPrepared(s, s.billing.Preview), func(body []byte, err error) tea.Cmd {
		if err != nil {
			return screen.Fail("Make the request", err)
		}
		return s.env.OpenJSON("What SmartBill will get (POST /invoice)", body, s.width)
	})
}

// summarize writes the hours of the invoice in progress, without money, for the client to look at before it is issued.
func (s *Screen) summarize() tea.Cmd {
	if len(s.hours) == 0 {
		return screen.Notify(screen.ToneWarn, "A work summary lists hours, and none are ticked.")
	}
	return screen.Request(s.env, &s.summarizing, withPrepared(s, s.billing.WriteWorkSummary), s.onSummarized)
}

func (s *Screen) onSummarized(paths []string, err error) tea.Cmd {
	switch {
	case err != nil:
		return screen.Fail("Write the work summary", err)
	case len(paths) == 0:
		return nil
	}
	text := "The work summary is saved, without money: " + paths[0]
	if more := len(paths) - 1; more > 0 {
		text += ", and " + s.env.Say(say.TodoNoun("other format", "other formats").Of(more)) + " beside it"
	}
	return screen.Notify(screen.ToneGood, text+".")
}
