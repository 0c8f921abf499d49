package explain

import (
	"cadensa/model"
	"cadensa/model/say"
)

// LeftBehind says what is uncertain about an invoice that an earlier run left behind, and the state of its hours.
func LeftBehind(invoice model.Invoice) say.Text {
	name := invoice.Reference()
	if invoice.HasOpenPayment() {
		return say.Todo("Whether a payment of %s was recorded is not known", name)
	}
	switch invoice.Status { //nolint:exhaustive // nothing else is left behind
	case model.StatusCancelling:
		if invoice.Kind == model.KindProforma {
			return say.Todo("Whether the proforma %s is given up is not known; its hours stay reserved", name)
		}
		return say.Todo("Whether %s is cancelled is not known; its hours stay billed", name)
	case model.StatusRestoring:
		return say.Todo("Whether %s is restored is not known; its hours stay reserved", name)
	case model.StatusIssued:
		return say.Todo("%s turned up late, when its work was on another invoice already", name)
	}
	return say.Todo("The outcome of %s to %s is not known; its hours stay reserved", name, invoice.ClientName)
}

// WayOut is the key in History, or the command, that ends the uncertainty about an invoice that was left behind.
func WayOut(invoice model.Invoice, front Front) say.Text {
	name := invoice.Reference()
	settle := say.Todo("cadensa settle %s finds out", name)
	if invoice.HasOpenPayment() {
		return front.choose(say.Todo("u finds out"), settle)
	}
	switch invoice.Status { //nolint:exhaustive // nothing else is left behind
	case model.StatusCancelling:
		return front.choose(say.Todo("c repeats it"), say.Todo("cadensa cancel %s again, which is safe", name))
	case model.StatusRestoring:
		return front.choose(say.Todo("R repeats it"), say.Todo("cadensa restore %s again, which is safe", name))
	case model.StatusIssued:
		return front.choose(say.Todo("c or s undoes one of the two"), say.Todo("cancel or reverse one of the two"))
	}
	return front.choose(say.Todo("u settles it"), settle)
}
