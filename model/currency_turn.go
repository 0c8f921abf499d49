package model

import (
	"slices"

	"github.com/shopspring/decimal"
)

// CurrencyNet is what lines in one currency come to.
type CurrencyNet struct {
	Currency string
	Net      decimal.Decimal
}

// Nets are the sums of the lines, a currency each: amounts in two currencies are never added. The invoice's own comes first.
func (p PreparedInvoice) Nets() []CurrencyNet { return netsOf(p.Lines, p.Currency) }

func netsOf(lines []Line, first string) []CurrencyNet {
	var nets []CurrencyNet
	for _, line := range lines {
		at := slices.IndexFunc(nets, func(net CurrencyNet) bool { return net.Currency == line.Currency })
		if at < 0 {
			at = len(nets)
			nets = append(nets, CurrencyNet{Currency: line.Currency})
		}
		nets[at].Net = nets[at].Net.Add(line.Net())
	}
	place := func(net CurrencyNet) int {
		if net.Currency == first {
			return -1
		}
		return slices.Index(currencies, net.Currency)
	}
	slices.SortStableFunc(nets, func(one, other CurrencyNet) int { return place(one) - place(other) })
	return nets
}

// inTurn are the lines in the currency that is billed alone, and those that wait for the next invoice: none unless the user chose a
// currency that is among several.
func (p Preparation) inTurn(lines []Line) (now, later []Line) {
	for _, line := range lines {
		if line.Currency == p.Edits.Only {
			now = append(now, line)
		} else {
			later = append(later, line)
		}
	}
	if len(now) == 0 || len(later) == 0 {
		return lines, nil
	}
	return now, later
}

// hoursOf are those of the hours that the lines bill.
func hoursOf(lines []Line, hours []*Entry) []*Entry {
	billed := map[string]bool{}
	for _, line := range lines {
		for _, fingerprint := range line.Entries {
			billed[fingerprint] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(hours), func(entry *Entry) bool { return !billed[entry.Fingerprint] })
}

// checkCurrencies says once what keeps the lines off one invoice, however many they are.
func (p PreparedInvoice) checkCurrencies(f *Findings) {
	switch nets := p.Nets(); {
	case len(nets) > 1:
		f.fail("lines", "currency", FindingSeveralCurrencies, nets)
	case len(nets) == 1 && nets[0].Currency != p.Currency:
		f.fail("lines", "currency", FindingLinesCurrency, nets[0].Currency, p.Currency)
	}
}

// Next are the edits of the invoice that follows a prepared one: those of lines that waited for it, and the advances that it takes off.
func (e InvoiceEdits) Next(issued PreparedInvoice) InvoiceEdits {
	if len(issued.Later) == 0 {
		return InvoiceEdits{}
	}
	stands := func(edit LineEdit) bool { return slices.ContainsFunc(issued.Lines, edit.changes) }
	deducted := func(free FreeLine) bool {
		return slices.ContainsFunc(issued.Lines, func(line Line) bool { return line.Free == free.ID })
	}
	return InvoiceEdits{
		Lines: slices.DeleteFunc(slices.Clone(e.Lines), stands), Deductions: slices.DeleteFunc(slices.Clone(e.Deductions), deducted),
	}
}
