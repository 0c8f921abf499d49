package explain

import (
	"errors"

	"cadensa/model"
	"cadensa/model/say"
)

// changed is the past of a change.
func changed(act model.Act) say.Text {
	if act == model.ActRestore {
		return say.Todo("restored")
	}
	return say.Todo("cancelled")
}

// change says why a change failed. A screen says itself what was attempted.
func change(failed *model.ChangeError, front Front) say.Text {
	name, cause := failed.Invoice.Reference(), say.Same(OneLine(failed.Err))
	if failed.IsUnknown() {
		return front.choose(cause, say.Todo("it is not known whether %s is %s: %s", name, changed(failed.Act), cause))
	}
	return front.choose(cause, say.Todo("%s was not %s: %s", name, changed(failed.Act), cause))
}

// changeAdvice says what is true of a document after a change that failed, and what to do; nothing where the cause has its own.
func changeAdvice(failed *model.ChangeError, front Front) (own say.Text, ok bool) {
	name, isProforma := failed.Invoice.Reference(), failed.Invoice.Kind == model.KindProforma
	switch restoring := failed.Act == model.ActRestore; {
	case restoring && errors.Is(failed, model.ErrEntriesTaken):
		return say.Todo("It stays cancelled: two invoices would bill the same work. Cancel the other one first, if this one is to stand."), true
	case restoring && failed.IsUnknown():
		return say.Todo("Until it is known whether it is restored, its hours stay reserved. %s: that is safe.",
			front.choose(say.Todo("Press R on it to repeat it"), say.Todo("Run cadensa restore %s again", name))), true
	case failed.IsUnknown():
		return say.Todo("Until it is known whether it is cancelled, its hours stay %s. %s: that is safe.", keeps(isProforma),
			front.choose(say.Todo("Press c on it to repeat it"), say.Todo("Run cadensa cancel %s again", name))), true
	case restoring || !errors.Is(failed, model.ErrRefused):
		return say.Text{}, false
	case isProforma:
		return say.Todo("It stands as it did, its hours reserved. Look at it in SmartBill."), true
	}
	return say.Todo("It stands as it did, its hours billed. Look at it in SmartBill; if it was sent to ANAF, %s.",
		front.choose(say.Todo("press s for a storno"), say.Todo("make its storno: cadensa storno %s", name))), true
}

// keeps says how a document that stands keeps its hours.
func keeps(isProforma bool) say.Text {
	if isProforma {
		return say.Todo("reserved")
	}
	return say.Todo("billed")
}
