package billto

import (
	"context"
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/taxid"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// The registers by the names that people know.
const (
	anaf = "ANAF"
	vies = "VIES"
)

// lookup is a question to a public register that is under way.
type lookup struct {
	latest   screen.Latest
	spinner  widget.Spinner
	register string
}

// spin turns the spinner and lets the note beside the number follow it.
func (l *lookup) spin(msg tea.Msg, draw func()) tea.Cmd {
	cmd := l.spinner.Update(msg)
	if cmd != nil {
		draw()
	}
	return cmd
}

// lookUpIn asks a register, and hands what it knows to answered.
func lookUpIn[T any](s *Screen, register string, ask func(context.Context) (T, error), answered func(T) tea.Cmd) tea.Cmd {
	s.asking.register = register
	request := screen.Request(s.env, &s.asking.latest, ask, func(known T, err error) tea.Cmd {
		s.asking.spinner.Stop()
		if err != nil {
			return s.onLookupFailed(err)
		}
		return answered(known)
	})
	spin := s.asking.spinner.Start()
	s.arrange()
	return tea.Batch(spin, request)
}

// lookUp asks the register that knows the client's number. Nothing is ever asked without the key.
func (s *Screen) lookUp() tea.Cmd {
	s.form.Settle()
	s.fields.normalise()
	changed := s.changed()
	client := s.published.Client.Cleaned()
	code, isCode := taxid.ParseCIF(client.VATNumber)
	prefix, number, isVAT := taxid.SplitVATNumber(client.Country, client.VATNumber)
	switch {
	case client.Private:
		return tea.Batch(changed, screen.Notify(screen.ToneInfo, "Private persons stand in no register that may be asked."))
	case isCode && (client.IsRomanian() || client.Country == ""):
		ask := func(ctx context.Context) (model.CompanyRecord, error) { return s.services.Company(ctx, code.Digits) }
		return tea.Batch(changed, lookUpIn(s, anaf, ask, func(record model.CompanyRecord) tea.Cmd { return s.onCompany(code.Digits, record) }))
	case client.IsRomanian() || client.Country == "":
		return tea.Batch(changed, s.askForNumber("Type the company's CUI, and ctrl+l fills in the rest from ANAF."))
	case isVAT:
		ask := func(ctx context.Context) (model.VATProof, error) { return s.services.VATNumber(ctx, prefix, number) }
		return tea.Batch(changed, lookUpIn(s, vies, ask, s.onProof))
	case client.InVATArea():
		return tea.Batch(changed, s.askForNumber("Type the VAT number, and ctrl+l has VIES confirm it."))
	}
	return tea.Batch(changed, screen.Notify(screen.ToneInfo, "Only Romanian companies (ANAF) and EU VAT numbers (VIES) can be looked up."))
}

func (s *Screen) askForNumber(text string) tea.Cmd {
	s.form.Edit(rowVATNumber)
	s.arrange()
	return screen.Notify(screen.ToneInfo, text)
}

func (s *Screen) stopAsking() tea.Cmd {
	s.asking.latest.Cancel()
	s.asking.spinner.Stop()
	s.arrange()
	return screen.Notify(screen.ToneInfo, s.asking.register+" is not asked any more. Nothing was changed.")
}

// onLookupFailed tells a register's no from a register that could not be asked.
func (s *Screen) onLookupFailed(err error) tea.Cmd {
	s.arrange()
	if errors.Is(err, model.ErrNotFound) {
		return screen.Notify(screen.ToneBad, err.Error()+". Look for a typing slip; nothing was changed.")
	}
	return screen.Notify(screen.ToneWarn, err.Error()+". Nothing was changed: fill in by hand, or try again later.")
}

// onCompany fills in what ANAF knows, and asks first where it would write over something else.
func (s *Screen) onCompany(cui string, record model.CompanyRecord) tea.Cmd {
	s.arrange()
	held := s.published.Client.Cleaned()
	if code, ok := taxid.ParseCIF(held.VATNumber); !ok || code.Digits != cui {
		return screen.Notify(screen.ToneInfo, "The number was changed before ANAF answered; nothing was filled in.")
	}
	filled := record.Fill(held).Cleaned()
	filledIn, overwritten := differences(held, filled)
	warning := record.Warning()
	if len(overwritten) > 0 {
		return s.askToOverwrite(record, overwritten, len(filledIn) > 0, warning)
	}
	return s.write(filled, filledIn, warning)
}

type difference struct{ row, label, held, known string }

// differences tells fields that were empty from those that hold something else.
func differences(held, filled model.Client) (filledIn, overwritten []difference) {
	for _, field := range []difference{
		{rowName, "company name", held.Name, filled.Name}, {rowCountry, "country", held.Country, filled.Country},
		{rowStreet, "street", held.Street, filled.Street}, {rowPostalCode, "postal code", held.PostalCode, filled.PostalCode},
		{rowCounty, "county", held.County, filled.County}, {rowCity, "city", held.City, filled.City},
		{rowVATNumber, "VAT number", held.VATNumber, filled.VATNumber},
		{rowTradeRegister, "trade register number", held.TradeRegister, filled.TradeRegister},
		{rowPhone, "phone", held.Phone, filled.Phone}, {rowIBAN, "IBAN", held.IBAN, filled.IBAN},
	} {
		switch {
		case field.held == field.known:
		case field.row == rowVATNumber && sameCode(field.held, field.known):
			filledIn = append(filledIn, field)
		case text.Fold(field.held) == text.Fold(field.known):
		case field.held == "" && field.known != "":
			filledIn = append(filledIn, field)
		case field.known != "":
			overwritten = append(overwritten, field)
		}
	}
	return filledIn, overwritten
}

// sameCode reports whether two company codes differ in RO at most: that is completed, not overwritten.
func sameCode(one, other string) bool {
	held, ok := taxid.ParseCIF(one)
	known, alsoOK := taxid.ParseCIF(other)
	return ok && alsoOK && held.Digits == known.Digits
}

func (s *Screen) askToOverwrite(record model.CompanyRecord, overwritten []difference, gaps bool, warning string) tea.Cmd {
	var body []string
	if warning != "" {
		body = append(body, "! ANAF says: "+warning+".", "")
	}
	for _, field := range overwritten {
		body = append(body, field.label+": "+field.held+" → "+field.known)
	}
	take := func(all bool) func() tea.Cmd { return func() tea.Cmd { return s.takeRecord(record, all) } }
	answers := []widget.Option{{Label: "keep mine"}}
	if gaps {
		answers = append(answers, widget.Option{Key: "e", Label: "only empty fields", Run: take(false)})
	}
	answers = append(answers, widget.Option{Key: "t", Label: "take ANAF's", Run: take(true)})
	return s.env.Ask("ANAF knows this company otherwise", body, answers...)
}

func (s *Screen) takeRecord(record model.CompanyRecord, all bool) tea.Cmd {
	held := s.published.Client.Cleaned()
	filled := record.Fill(held).Cleaned()
	filledIn, overwritten := differences(held, filled)
	if all {
		return s.write(filled, append(filledIn, overwritten...), record.Warning())
	}
	for _, field := range []struct {
		into *string
		held string
	}{
		{&filled.Name, held.Name}, {&filled.Country, held.Country}, {&filled.Street, held.Street}, {&filled.PostalCode, held.PostalCode},
		{&filled.County, held.County}, {&filled.City, held.City}, {&filled.VATNumber, held.VATNumber},
		{&filled.TradeRegister, held.TradeRegister},
	} {
		if field.held != "" {
			*field.into = field.held
		}
	}
	return s.write(filled, filledIn, record.Warning())
}

// write puts a client that a register completed into the form, and remembers what the form held.
func (s *Screen) write(filled model.Client, written []difference, warning string) tea.Cmd {
	tone, text := screen.ToneGood, anaf+" has the same."
	if len(written) > 0 {
		held := s.fields.buyer()
		s.replaced = &held
		buyer := held
		buyer.Client = filled
		s.fields.fill(buyer)
		labels := make([]string, len(written))
		for i, field := range written {
			labels[i] = field.label
			s.visited[field.row] = true
		}
		text = anaf + " filled in: " + strings.Join(labels, ", ") + ". esc and z take it back."
	}
	if warning != "" {
		tone, text = screen.ToneWarn, "ANAF says: "+warning+". "+text
	}
	return tea.Batch(s.changed(), screen.Notify(tone, text))
}

// onProof keeps what VIES says with the client.
func (s *Screen) onProof(proof model.VATProof) tea.Cmd {
	if !proof.IsOf(s.published.Client.Cleaned()) {
		s.arrange()
		return screen.Notify(screen.ToneInfo, "The number was changed before VIES answered; nothing was kept.")
	}
	s.fields.proof, s.visited[rowVATNumber] = &proof, true
	changed := s.changed()
	if !proof.Valid {
		return tea.Batch(changed, screen.Notify(screen.ToneBad,
			"VIES says that "+proof.String()+" is not a valid VAT number: Romanian VAT is due unless the client proves otherwise."))
	}
	text := "VIES confirms " + proof.String()
	if proof.Name != "" {
		text += ", " + proof.Name
	}
	return tea.Batch(changed, screen.Notify(screen.ToneGood, text+". The proof is kept with the client."))
}
