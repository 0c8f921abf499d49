package setup

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/taxid"
	"cadensa/ui/screen"
)

// lookUp asks ANAF how the company stands to VAT. It is never asked without the key.
func (s *Screen) lookUp() tea.Cmd {
	s.form.Settle()
	code, ok := taxid.ParseCIF(s.fields.cif.Value())
	if !ok {
		s.form.Edit(rowCIF)
		return screen.Notify(screen.ToneInfo, "Type the company's CIF, and ctrl+l asks ANAF how it stands to VAT.")
	}
	ask := func(ctx context.Context) (model.CompanyRecord, error) { return s.settings.Company(ctx, code.Digits) }
	return screen.Request(s.env, &s.asking, ask, func(record model.CompanyRecord, err error) tea.Cmd {
		if err != nil {
			return s.onLookUpFailed(err)
		}
		return s.onCompany(code.Digits, record)
	})
}

func (s *Screen) stopAsking() tea.Cmd {
	s.asking.Cancel()
	return screen.Notify(screen.ToneInfo, "ANAF is not asked any more. Nothing was changed.")
}

func (s *Screen) onLookUpFailed(err error) tea.Cmd {
	if errors.Is(err, model.ErrNotFound) {
		return screen.Notify(screen.ToneBad, err.Error()+". Look for a typing slip; nothing was changed.")
	}
	return screen.Notify(screen.ToneWarn, err.Error()+". Nothing was changed: choose the VAT status by hand, or try again later.")
}

// onCompany proposes the VAT status that ANAF knows. It is saved with the other defaults.
func (s *Screen) onCompany(digits string, record model.CompanyRecord) tea.Cmd {
	if code, ok := taxid.ParseCIF(s.fields.cif.Value()); !ok || code.Digits != digits {
		return screen.Notify(screen.ToneInfo, "The CIF was changed before ANAF answered; nothing was changed.")
	}
	held := s.fields.vatStatus()
	proposed := registered(held, record)
	words := "ANAF says of " + record.Name + ": " + statusWords[proposed]
	if proposed == held {
		return screen.Notify(screen.ToneGood, words+", as here.")
	}
	s.fields.status.Choose(statusChoice(proposed))
	return screen.Notify(screen.ToneGood, words+". It is not saved yet: ctrl+s saves it.")
}

// registered is the status that a register gives. ANAF's answer does not tell of a code for services in the EU.
func registered(held vatStatus, record model.CompanyRecord) vatStatus {
	switch {
	case record.PaysVAT:
		return vatStatus{model.VATPayer, record.OnCollection}
	case held.status == model.VATNonPayerIntraEU:
		return vatStatus{status: held.status}
	}
	return vatStatus{status: model.VATNonPayer}
}
