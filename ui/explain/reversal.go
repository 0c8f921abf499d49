package explain

import (
	"errors"

	"cadensa/model"
	"cadensa/model/say"
)

// Reversed says what is true once the lines of an invoice were reversed by a document.
func Reversed(detail model.InvoiceDetail, reversals []model.Reversal, storno model.Invoice) say.Text {
	freed, left := 0, false
	for n, line := range detail.Prepared.Lines {
		remains := detail.LeftOf(n + 1)
		for _, reversal := range reversals {
			if reversal.Line == n+1 {
				remains = remains.Sub(reversal.Quantity)
				if remains.IsZero() {
					freed += len(line.Entries)
				}
			}
		}
		left = left || remains.IsPositive()
	}
	name, by := detail.Reference(), storno.Reference()
	what := say.Format("Lines of %s are reversed by %s.", "Linii din %s sunt stornate de %s.", "%s: tételeit visszavonta ez: %s.", name, by)
	if !left {
		what = say.Format("%s is reversed by %s: nothing of it is left.", "%s este stornată de %s: nu mai rămâne nimic din ea.",
			"%s: teljes egészében visszavonta ez: %s.", name, by)
	}
	hours := say.In("Its hours stay billed, since no line of hours is reversed as a whole.",
		"Orele rămân facturate, pentru că nicio linie cu ore nu este stornată în întregime.",
		"Az órák számlázva maradnak, mert egyetlen órás tételt sem vontak vissza teljesen.")
	if freed > 0 {
		hours = say.Format("Free again: %d of its entries.", "Din nou libere: %d dintre înregistrările ei.",
			"Újra szabad: %d bejegyzése.", freed)
	}
	if !hasHours(detail) {
		return what
	}
	return say.Join(what, hours)
}

func hasHours(detail model.InvoiceDetail) bool {
	return len(detail.Entries) > 0
}

// nothingLeft says how much of a line can be taken back.
func nothingLeft(err error) (said say.Text, ok bool) {
	none, ok := errors.AsType[*model.NothingLeftError](err)
	switch {
	case !ok:
		return say.Text{}, false
	case none.Left.IsZero():
		return say.Format("nothing of line %[2]d of %[1]s is left to take back", "din linia %[2]d a facturii %[1]s nu mai este nimic de stornat",
			"%[1]s %[2]d. tételéből nincs mit visszavonni", none.Reference, none.Line), true
	}
	return say.Format("only %[3]s of line %[2]d of %[1]s is left to take back", "din linia %[2]d a facturii %[1]s se mai pot storna doar %[3]s",
		"%[1]s %[2]d. tételéből már csak %[3]s vonható vissza", none.Reference, none.Line, model.FormatQuantity(none.Left)), true
}
