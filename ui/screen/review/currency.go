package review

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
)

// billOneCurrency bills the lines in one currency alone, those in the next one when it is asked for again. The others stay ticked,
// and are the invoice in progress once this one is issued.
func (s *Screen) billOneCurrency() tea.Cmd {
	now, later := s.prepared.Nets(), s.prepared.Later
	if len(now)+len(later) < 2 {
		return screen.Notify(screen.ToneInfo, s.env.Say(say.Format("All lines are in %s.", "Toate liniile sunt în %s.",
			"Minden tétel pénzneme %s.", s.prepared.Currency)))
	}
	edits := s.edits
	edits.Only = now[0].Currency
	if len(later) > 0 {
		edits.Only = nextCurrency(edits.Only, later)
	}
	return s.change(edits)
}

// nextCurrency is the one of the others that follows the current one, in the order of SmartBill's list.
func nextCurrency(current string, others []model.CurrencyNet) string {
	all := model.Currencies()
	from := slices.Index(all, current)
	for i := range all {
		next := all[(from+1+i)%len(all)]
		if slices.ContainsFunc(others, func(net model.CurrencyNet) bool { return net.Currency == next }) {
			return next
		}
	}
	return others[0].Currency
}

// currencySums draws the totals of lines in several currencies, each by itself: together they are no amount.
func (s *Screen) currencySums(sum func(label, amount, after string) string) []string {
	var rows []string
	for _, net := range s.prepared.Nets() {
		lines := slices.DeleteFunc(slices.Clone(s.prepared.Lines), func(line model.Line) bool { return line.Currency != net.Currency })
		totals := model.Sum(lines)
		label := s.env.Say(say.Format("net %s, VAT %s, total", "net %s, TVA %s, total", "nettó %s, áfa %s, összesen",
			model.FormatAmount(totals.Net), model.FormatAmount(totals.Total.Sub(totals.Net))))
		rows = append(rows, s.env.Theme.Strong.Paint(sum(label, model.FormatAmount(totals.Total), " "+net.Currency)))
	}
	return rows
}

// laterText says which lines wait for the next invoice and how they come first, "" when none do.
func (s *Screen) laterText() string {
	said := explain.Later(s.prepared)
	if said.IsEmpty() {
		return ""
	}
	return s.env.Say(say.Format("%s; C bills them first", "%s; C le facturează întâi", "%s; a C ezt számlázza előbb", said))
}
