package history

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

func (s *Screen) savePDF(invoice model.Invoice) tea.Cmd {
	name := invoice.Reference()
	return s.getPDF(request{key: saveKey, invoice: invoice, doing: "saving the PDF of " + name}, s.records.SavePDF,
		"The PDF of "+name+" is saved: ", "The PDF of "+name+" was not saved; the invoice stands as it did")
}

func (s *Screen) openPDF(invoice model.Invoice) tea.Cmd {
	return s.showPDF(invoice, "opening "+invoice.Reference(), s.records.OpenPDF)
}

// openCandidate shows the PDF that SmartBill has under a number of the invoice's series, whatever document it is.
func (s *Screen) openCandidate(invoice model.Invoice, doing, number string) tea.Cmd {
	return s.showPDF(invoice, doing, with(s.records.OpenCandidate, number))
}

func (s *Screen) showPDF(invoice model.Invoice, doing string, get func(context.Context, string) (string, error)) tea.Cmd {
	name := invoice.Reference()
	return s.getPDF(request{key: openKey, invoice: invoice, doing: doing}, get,
		name+" is being shown; its PDF is ", "The PDF of "+name+" could not be shown; the invoice stands as it did")
}

func (s *Screen) getPDF(what request, get func(context.Context, string) (string, error), done, failed string) tea.Cmd {
	return send(s, what, get, func(path string, err error) tea.Cmd {
		switch {
		case err == nil:
			return screen.Notify(screen.ToneGood, done+path)
		case isUnproven(what.invoice, err):
			return s.askUnproven(what.invoice, err)
		}
		return notifyFailed(failed, err)
	})
}

func (s *Screen) writeTimesheet(invoice model.Invoice) tea.Cmd {
	name := invoice.Reference()
	return send(s, request{key: timesheetKey, invoice: invoice, doing: "writing the timesheet of " + name}, s.records.WriteTimesheet,
		func(paths []string, err error) tea.Cmd {
			if err != nil {
				return notifyFailed("The timesheet of "+name+" was not written; the invoice stands as it did", err)
			}
			return screen.Notify(screen.ToneGood, "The timesheet of "+name+" is written: "+paths[0]+", with CSV and Markdown beside it.")
		})
}
