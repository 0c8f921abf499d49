package history

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// fetchedMsg ends saving or opening a PDF.
type fetchedMsg struct {
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
func savePDF() act {
	return act{key: saveKey, label: "save PDF", refusal: withoutPDF, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		return s.fetch(saveKey, invoice, "saving the PDF of "+invoice.Reference(), s.records.SavePDF)
	}}
}

// openPDF saves the PDF and shows it.
func openPDF() act {
	return act{key: openKey, label: "open", refusal: withoutPDF, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		return s.fetch(openKey, invoice, "opening "+invoice.Reference(), s.records.OpenPDF)
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

func (s *Screen) fetch(name string, invoice model.Invoice, doing string, get func(context.Context, string) (string, error)) tea.Cmd {
	ctx, ticket, turning := s.start(task{key: name, invoice: invoice, doing: doing})
	return tea.Batch(turning, func() tea.Msg {
		path, err := get(ctx, reference(invoice))
		return fetchedMsg{key: name, invoice: invoice, ticket: ticket, path: path, err: err}
	})
}

func (s *Screen) fetched(msg fetchedMsg) tea.Cmd {
	if !s.finish(msg.key, msg.invoice.ID, msg.ticket) {
		return nil
	}
	name := msg.invoice.Reference()
	if offered, ok := s.unproven(msg.invoice, msg.err); ok {
		return offered
	}
	switch {
	case msg.err != nil && msg.key == openKey:
		return fail("The PDF of "+name+" could not be shown; the invoice stands as it did", msg.err)
	case msg.err != nil:
		return fail("The PDF of "+name+" was not saved; the invoice stands as it did", msg.err)
	case msg.key == openKey:
		return screen.Tell(screen.ToneGood, name+" is being shown; its PDF is "+msg.path)
	}
	return screen.Tell(screen.ToneGood, "The PDF of "+name+" is saved: "+msg.path)
}
