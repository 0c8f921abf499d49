package timelog

import (
	"fmt"
	"strings"

	"cadensa/model/text"
)

// yesWords and noWords are marks in the languages of sheets; LibreOffice and Excel write TRUE in the language of the user.
var (
	yesWords = titlesIn(`yes, y, true, 1, x, ✓, ✔, checked, billable; da, adevărat, facturabil; ja, wahr, abrechenbar;
		igen, igaz, számlázható; oui, vrai, facturable; sí, s, verdadero; sì, vero, fatturabile; tak, prawda; sim, verdadeiro`)
	noWords = titlesIn(`no, n, false, 0, -, non-billable, non billable, not billable, unbillable; nu, fals, nefacturabil;
		nein, falsch, nicht abrechenbar; nem, hamis; non, faux; falso; nie, fałsz; não`)
	invoicedWords = titlesIn(`billed, invoiced, paid, exported; facturat, facturată, plătit, plătită, achitat, achitată, exportat;
		számlázva, kiszámlázva, fizetve, kifizetve; abgerechnet, verrechnet, fakturiert, bezahlt, exportiert;
		facturé, facturée, payé, payée; facturado, facturada, pagado, pagada; fatturato, fatturata, pagato, pagata;
		zafakturowane, zafakturowano, opłacone, rozliczone`)
	notInvoicedWords = titlesIn(`open, unbilled, uninvoiced, not billed, not invoiced, not yet billed, not yet invoiced, to bill,
		to invoice, to be billed, to be invoiced, billable; nefacturat, nefacturată, de facturat, deschis;
		nincs számlázva, nem számlázott, számlázandó, nyitott; offen, nicht abgerechnet, nicht fakturiert;
		non facturé, à facturer; no facturado, sin facturar, por facturar; non fatturato, da fatturare;
		niezafakturowane, do zafakturowania`)
)

// parseFlag reads a mark such as Billable, in any of the languages of sheets; "" means the default.
func parseFlag(name, value string, byDefault bool) (bool, error) {
	switch value {
	case "":
		return byDefault, nil
	case "Yes", "true", "1":
		return true, nil
	case "No", "false", "0":
		return false, nil
	}
	folded := text.Fold(value)
	if yesWords[folded] {
		return true, nil
	}
	if noWords[folded] {
		return false, nil
	}
	return false, fmt.Errorf("%s is %s, neither yes nor no", name, quoted(value))
}

// invoiced tells whether a row says in any column that it was billed elsewhere.
func (r row) invoiced() bool {
	return r.saysInvoiced(columnInvoiced) || r.saysInvoiced(columnInvoiceNumber) || r.saysInvoiced(columnExported)
}

// saysInvoiced reads a mark, a word such as "billed", or the number or date of an invoice. What it does not understand is noted.
func (r row) saysInvoiced(common column) bool {
	value := r.cell(common)
	if invoiced, err := parseFlag("", value, false); err == nil {
		return invoiced
	}
	folded := text.Fold(value)
	amount, err := parseDecimal(value)
	switch {
	case invoicedWords[folded]:
		return true
	case notInvoicedWords[folded], err == nil && amount.IsZero():
		return false
	case common == columnInvoiceNumber, strings.ContainsAny(value, "0123456789"):
		return true
	}
	r.sheet.noteMark(common, value)
	return false
}
