package cli

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"

	"github.com/aymanbagabas/go-osc52/v2"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/ui/screen"
)

// Preview is the exact request that Issue would send, but for the reference of the intent.
func (s *Session) Preview(ctx context.Context, draft model.Draft) ([]byte, error) {
	service, err := s.billing(ctx)
	if err != nil {
		return nil, err
	}
	return service.Preview(draft)
}

// Issue sends an invoice once.
func (s *Session) Issue(ctx context.Context, draft model.Draft) (model.Invoice, error) {
	service, err := s.billing(ctx)
	if err != nil {
		return model.Invoice{}, err
	}
	return service.Issue(ctx, draft)
}

// Recover finds the invoices that need their user, and declares unknown those whose sender died.
func (s *Session) Recover(ctx context.Context) ([]model.Invoice, error) {
	return billing.New(s.records, nil).Recover(ctx)
}

// Invoices lists the ledger's invoices, newest first.
func (s *Session) Invoices(ctx context.Context) ([]model.Invoice, error) {
	return s.records.Invoices(ctx)
}

// Detail gives everything that is kept of an invoice.
func (s *Session) Detail(ctx context.Context, reference string) (model.InvoiceDetail, error) {
	return s.records.Detail(ctx, reference)
}

// Cancel cancels an invoice and frees its hours.
func (s *Session) Cancel(ctx context.Context, reference string) (model.Invoice, error) {
	service, err := s.billing(ctx)
	if err != nil {
		return model.Invoice{}, err
	}
	return service.Cancel(ctx, reference)
}

// SavePDF saves an invoice's PDF in the folder of the settings and returns its path.
func (s *Session) SavePDF(ctx context.Context, reference string) (string, error) {
	service, err := s.billing(ctx)
	if err != nil {
		return "", err
	}
	return service.SavePDF(ctx, reference, s.paths.PDFDir(s.current().Invoice.PDFDir))
}

// OpenPDF saves an invoice's PDF and shows it with the system's viewer.
func (s *Session) OpenPDF(ctx context.Context, reference string) (string, error) {
	path, err := s.SavePDF(ctx, reference)
	if err != nil {
		return "", err
	}
	command := viewer(path)
	if err := command.Start(); err != nil {
		return path, fmt.Errorf("the PDF is saved as %s, but nothing could show it: %w", path, err)
	}
	// The viewer outlives the key press; its end is waited for so that it leaves no zombie.
	go func() { _ = command.Wait() }()
	return path, nil
}

func viewer(path string) *exec.Cmd {
	switch runtime.GOOS {
	case "darwin":
		return exec.Command("open", path) //nolint:noctx // the viewer outlives the program's contexts
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", path) //nolint:noctx // as above
	}
	return exec.Command("xdg-open", path) //nolint:noctx // as above
}

// Copy puts text on the clipboard through the terminal (OSC 52), which works over SSH too.
func (s *Session) Copy(text string) tea.Cmd {
	sequence := osc52.New(text)
	switch {
	case s.options.Getenv("TMUX") != "":
		sequence = sequence.Tmux()
	case s.options.Getenv("STY") != "":
		sequence = sequence.Screen()
	}
	return func() tea.Msg {
		if _, err := sequence.WriteTo(s.options.Stderr); err != nil {
			return screen.Fail("Copy", err)()
		}
		return screen.Notify{Notice: screen.Notice{Tone: screen.ToneGood, Text: text + " is copied."}}
	}
}
