package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// timesheetMsg ends writing the hours of an invoice.
type timesheetMsg struct {
	invoice model.Invoice
	ticket  screen.Ticket
	paths   []string
	err     error
}

const timesheetKey = "t"

// writeTimesheet writes the hours of an invoice into the PDF folder.
func writeTimesheet() act {
	return act{key: timesheetKey, label: "timesheet", refusal: withoutTimesheet, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		ctx, ticket, turning := s.start(task{key: timesheetKey, invoice: invoice, doing: "writing the timesheet of " + invoice.Reference()})
		records := s.records
		return tea.Batch(turning, func() tea.Msg {
			paths, err := records.WriteTimesheet(ctx, reference(invoice))
			return timesheetMsg{invoice: invoice, ticket: ticket, paths: paths, err: err}
		})
	}}
}

// withoutTimesheet: the timesheet is the annex of an invoice that has its number.
func withoutTimesheet(invoice model.Invoice) string {
	switch {
	case invoice.Kind == model.KindStorno:
		return invoice.Reference() + " is a storno: the hours are on the timesheet of the invoice that it takes back."
	case invoice.Number == "":
		return invoice.Reference() + " has no number that is known here, and so no timesheet."
	}
	return ""
}

func (s *Screen) timesheetWritten(msg timesheetMsg) tea.Cmd {
	if !s.finish(timesheetKey, msg.invoice.ID, msg.ticket) {
		return nil
	}
	name := msg.invoice.Reference()
	if msg.err != nil || len(msg.paths) == 0 {
		return fail("The timesheet of "+name+" was not written; the invoice stands as it did", msg.err)
	}
	return screen.Tell(screen.ToneGood, "The timesheet of "+name+" is written: "+msg.paths[0]+", with CSV and Markdown beside it.")
}
