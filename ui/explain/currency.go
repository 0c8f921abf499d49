package explain

import (
	"strings"

	"cadensa/model"
	"cadensa/model/say"
)

// Nets writes what lines come to in each currency: "11,812.50 RON + 84.00 EUR".
func Nets(nets []model.CurrencyNet) string {
	written := make([]string, len(nets))
	for i, net := range nets {
		written[i] = model.FormatAmount(net.Net) + " " + net.Currency
	}
	return strings.Join(written, " + ")
}

// foundCurrencies says that lines in several currencies need an invoice each, and how they get it.
func foundCurrencies(values []any, front Front) say.Text {
	nets, _ := values[0].([]model.CurrencyNet)
	said := say.Format("an invoice has one currency, and these lines have %s", "o factură are o singură monedă, iar liniile au %s",
		"egy számlának egy pénzneme van, a tételeké: %s", Nets(nets))
	if front == Command {
		return say.Format("%s: bill each by itself, with its hours chosen by --filter or --entries",
			"%s: facturează fiecare separat, cu orele alese prin --filter sau --entries",
			"%s: számlázd őket külön, az óráikat a --filter vagy az --entries választja ki", said)
	}
	return say.Format("%s: C bills the %s now, the %s next", "%s: C facturează acum %s, apoi %s", "%s: a C most ezt számlázza: %s, utána: %s",
		said, Nets(nets[:1]), Nets(nets[1:]))
}

// Later says which lines wait for the next invoice, nothing when none do.
func Later(prepared model.PreparedInvoice) say.Text {
	if len(prepared.Later) == 0 {
		return say.Text{}
	}
	return say.Format("%s stay ticked for the next invoice", "%s rămân bifate pentru factura următoare",
		"%s kijelölve marad a következő számlára", Nets(prepared.Later))
}
