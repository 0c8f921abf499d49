package history

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// pdfMsg ends saving or opening a PDF.
type pdfMsg struct {
	key     string
	invoice model.Invoice
	ticket  screen.Ticket
	path    string
	err     error
}

const (
	saveKey = "p"
	openKey = "o"
)

// savePDF saves the PDF into the PDF folder.
func savePDF() action {
	return action{key: saveKey, label: "save PDF", refusal: withoutPDF, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		return s.getPDF(saveKey, invoice, "saving the PDF of "+invoice.Reference(), s.records.SavePDF)
	}}
}

// openPDF saves the PDF and shows it.
func openPDF() action {
	return action{key: openKey, label: "open", refusal: withoutPDF, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		return s.getPDF(openKey, invoice, "opening "+invoice.Reference(), s.records.OpenPDF)
	}}
}

// withoutPDF: SmartBill finds a PDF by the number of an invoice only.
func withoutPDF(invoice model.Invoice) string {
	switch {
	case invoice.Number == "":
		return invoice.Reference() + " has no number that is known here, and so no PDF."
	case !invoice.IsNumbered():
		return invoice.Reference() + " was deleted on the web, and its PDF with it."
	}
	return ""
}

func (s *Screen) getPDF(name string, invoice model.Invoice, doing string, get func(context.Context, string) (string, error)) tea.Cmd {
	ctx, ticket, spin := s.start(request{key: name, invoice: invoice, doing: doing})
	return tea.Batch(spin, func() tea.Msg {
		path, err := get(ctx, reference(invoice))
		return pdfMsg{key: name, invoice: invoice, ticket: ticket, path: path, err: err}
	})
}

func (s *Screen) onPDF(msg pdfMsg) tea.Cmd {
	if !s.finish(msg.key, msg.invoice.ID, msg.ticket) {
		return nil
	}
	name := msg.invoice.Reference()
	if offered, ok := s.askUnproven(msg.invoice, msg.err); ok {
		return offered
	}
	switch {
	case msg.err != nil && msg.key == openKey:
		return notifyFailed("The PDF of "+name+" could not be shown; the invoice stands as it did", msg.err)
	case msg.err != nil:
		return notifyFailed("The PDF of "+name+" was not saved; the invoice stands as it did", msg.err)
	case msg.key == openKey:
		return screen.Notify(screen.ToneGood, name+" is being shown; its PDF is "+msg.path)
	}
	return screen.Notify(screen.ToneGood, "The PDF of "+name+" is saved: "+msg.path)
}

// timesheetMsg ends writing the hours of an invoice.
type timesheetMsg struct {
	invoice model.Invoice
	ticket  screen.Ticket
	paths   []string
	err     error
}

const timesheetKey = "t"

// writeTimesheet writes the hours of an invoice into the PDF folder.
func writeTimesheet() action {
	return action{key: timesheetKey, label: "timesheet", refusal: withoutTimesheet, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		ctx, ticket, spin := s.start(request{key: timesheetKey, invoice: invoice, doing: "writing the timesheet of " + invoice.Reference()})
		records := s.records
		return tea.Batch(spin, func() tea.Msg {
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

func (s *Screen) onTimesheet(msg timesheetMsg) tea.Cmd {
	if !s.finish(timesheetKey, msg.invoice.ID, msg.ticket) {
		return nil
	}
	name := msg.invoice.Reference()
	if msg.err != nil || len(msg.paths) == 0 {
		return notifyFailed("The timesheet of "+name+" was not written; the invoice stands as it did", msg.err)
	}
	return screen.Notify(screen.ToneGood, "The timesheet of "+name+" is written: "+msg.paths[0]+", with CSV and Markdown beside it.")
}
