package explain

import (
	"errors"
	"time"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/model/registry"
	"cadensa/model/say"
)

// advised says what to do about a kind of failure. Where command is empty, both fronts say the same.
type advised struct {
	err             error
	screen, command string
}

// advice names what to do about each kind of failure, in the words of the requirement's troubleshooting part. The first that fits
// counts: while an outcome is not known, nothing else may be advised.
func advice() []advised {
	return []advised{
		{model.ErrOutcomeUnknown,
			"Whether SmartBill did it is not known, and nothing is repeated on a guess. The hours stay as they are; find out with u in History before anything else.",
			"Whether SmartBill did it is not known, and nothing is repeated on a guess. The hours stay as they are; find out with cadensa settle before anything else."},
		{model.ErrPaymentOpen, "Find out first whether it was recorded: u on the invoice in History.", "Find out first whether it was recorded: cadensa settle."},
		{model.ErrReceiptSeries, "Create the series in SmartBill (Configurare → Serii documente, type Chitanta), or choose another.", ""},
		{model.ErrBalanceChanged, "Nothing was sent. Look at the amounts again, then decide what is still to be recorded.", ""},
		{model.ErrUnauthorized, "Check the token (Contul Meu → Integrări → API; it may have expired) and that the e-mail is the one that made it. If both are right, ask api@smartbill.ro.", ""},
		{model.ErrCompanyUnknown, "Check that the CIF is exactly the company's in SmartBill Cloud, with or without RO as it stands there.", ""},
		{model.ErrForbidden, "Check in SmartBill that the user may do this (invoices, this series) and that the subscription is active; else ask api@smartbill.ro.", ""},
		{model.ErrSeriesUnknown, "Create the series in SmartBill (Configurare → Serii documente, type Factura), or choose another in Setup.", ""},
		{model.ErrClientStored,
			"Nothing was made. Untick “save the client in SmartBill” on Bill To, or enter the tax number as SmartBill has it for this client.",
			"Nothing was made. Leave the client there as it is with --no-save-client, or give it the tax number that SmartBill has for it."},
		{model.ErrVATUnknown, "Add the rate in SmartBill (Configurare → Cote TVA), name and percentage, or choose another in Setup.", ""},
		{model.ErrVATRateMissing, "Add the rate in SmartBill (Configurare → Cote TVA), or choose another in Setup; then test the connection.", ""},
		{model.ErrVATRateUnlawful, "Choose another VAT in Setup. If the law has changed since this version of cadensa, look for a newer one; Review asks, and takes your word.", ""},
		{model.ErrVATRateZero, "Choose the rate of services in Romania in Setup: a tax at 0 % is for clients abroad, whom Review proposes it for, or for what the law exempts (art. 292).", ""},
		{model.ErrRateLimited, "SmartBill takes 30 calls in 10 seconds and then closes for 10 minutes. Nothing was sent; wait.", ""},
		{model.ErrNotConfigured, "Enter token, e-mail and CIF in Setup and test the connection.", ""},
		{model.ErrEntriesTaken, "The hours are on another invoice; tick others.", "The hours are on another invoice; bill others."},
		{model.ErrSeriesBusy, "Find out first what became of the invoice that is on its way; or use another series.", ""},
		{model.ErrNotOurs,
			"Nothing was changed. Look at the PDF (o in History). If yours was deleted on the web and its number given again, record that: u in History.",
			"Nothing was changed. Look at the PDF. If yours was deleted on the web and its number given again, record that: cadensa settle REF --deleted."},
		{model.ErrGone, "Nothing was changed. Record that it was deleted: u in History. Its hours become free.",
			"Nothing was changed. Record that it was deleted: cadensa settle REF --deleted. Its hours become free."},
		{model.ErrNotSent, "Nothing was sent and nothing has changed. Try again later.", ""},
		{model.ErrUnavailable, "Nothing was changed. Check the network and try again.", ""},
		{model.ErrTooManyLines, "Group the hours by project or task (b on the Time screen), or bill them in several invoices.",
			"Group the hours by project or task (--group), or bill them in several invoices."},
		{model.ErrNoRule, "Add a rule with a price: press R on the Time screen.", "Add a rule with a price to the settings."},
		{model.ErrInvoiceUnknown, "History lists the invoices that this program made; look for its reference there.",
			"cadensa history lists the invoices that this program made; look for its reference there."},
		{model.ErrSeveralFit, "Nothing was changed. Name the one that is meant with its series, as FCT-0024.", ""},
		{model.ErrStateChanged, "The invoice was changed meanwhile; look at it again in History.", "The invoice was changed meanwhile; look at it again with cadensa history."},
		{model.ErrNoHours, "A timesheet lists the tracked hours of an invoice; this one has none to list.", ""},
		{model.ErrNothingToBill, "Tick some hours on the Time screen.", "Look for unbilled hours with cadensa entries."},
		{model.ErrNotFound, "SmartBill does not have it; it may have been deleted on the web.", ""},
		{model.ErrInvalidField, "SmartBill did not understand a field and did nothing. Mend the field that it names.", ""},
		{model.ErrRefused, "Nothing was made or changed. Mend what SmartBill names and try again.", ""},
	}
}

// Advice says what to do about an error, nothing where there is nothing to say beyond its text.
func Advice(err error, front Front) say.Text {
	if own, ok := typedAdvice(err, front); ok {
		return own
	}
	for _, known := range advice() {
		if !errors.Is(err, known.err) {
			continue
		}
		if front == Command && known.command != "" {
			return say.Todo(known.command)
		}
		return say.Todo(known.screen)
	}
	return say.Text{}
}

// typedAdvice is the advice of errors that know more than their kind.
func typedAdvice(err error, front Front) (own say.Text, ok bool) {
	if own, ok = emailAdvice(err, front); ok {
		return own, true
	}
	if open, ok := errors.AsType[*model.OpenError](err); ok && front == Command {
		return openAdvice(open), true
	}
	if wait, ok := errors.AsType[*model.WaitError](err); ok && front == Command {
		return say.Todo("Nothing was changed. It can be decided after %s.", wait.Until.Format(time.TimeOnly)), true
	}
	if errors.Is(err, model.ErrSeriesUnknown) && isOfProforma(err) {
		return proformaSeriesAdvice(), true
	}
	if company, ok := errors.AsType[*model.CompanyError](err); ok {
		return say.Todo("Use the settings file of company %s (--config FILE).", company.Company), true
	}
	if simulator, ok := errors.AsType[*model.SimulatorError](err); ok {
		return atSimulator(simulator), true
	}
	if _, ok := errors.AsType[*model.AmbiguousError](err); ok {
		return say.Todo("Nothing was changed. Name the one that is meant by its reference CAD-…."), true
	}
	if _, ok := errors.AsType[*model.UnprovenError](err); ok {
		return unproven(front), true
	}
	if _, ok := errors.AsType[*model.TypedError](err); ok {
		return say.Todo("Nothing was changed."), true
	}
	if _, ok := errors.AsType[*model.UnknownReferenceError](err); ok {
		return UnknownReference(front), true
	}
	if invoiced, ok := errors.AsType[*model.InvoicedError](err); ok {
		return say.Todo("Nothing was sent. Look at that invoice in SmartBill; if it bills this work, record it: %s.",
			front.choose(say.Todo("i on the proforma in History"), say.Todo("cadensa convert %s --adopt NUMBER", invoiced.Proforma))), true
	}
	if _, ok := errors.AsType[*model.LooksBilledError](err); ok {
		return looksBilled(front), true
	}
	if contradiction, ok := errors.AsType[*ledger.ContradictionError](err); ok {
		return Contradiction(contradiction), true
	}
	if lookup, ok := errors.AsType[*registry.Error](err); ok {
		return notLookedUp(lookup), true
	}
	if made, ok := errors.AsType[*model.OutcomeError](err); ok && front == Command && made.Invoice.Status == model.StatusUnknown {
		return say.Todo("Run cadensa settle %s: it finds out what SmartBill did. Nothing is repeated on a guess.", made.Invoice.Intent), true
	}
	if failed, ok := errors.AsType[*model.ChangeError](err); ok {
		return changeAdvice(failed, front)
	}
	return say.Text{}, false
}

func proformaSeriesAdvice() say.Text {
	return say.In("Create the series in SmartBill (Configurare → Serii documente, type Proforma), or choose another in Setup.",
		"Creează seria în SmartBill (Configurare → Serii documente, tip Proforma) sau alege alta în Configurare.",
		"Hozd létre a sorozatot a SmartBillben (Configurare → Serii documente, Proforma típussal), vagy válassz másikat a Beállításokban.")
}

// isOfProforma reports whether the error is about a proforma, or its series.
func isOfProforma(err error) bool {
	if series, ok := errors.AsType[*model.SeriesError](err); ok {
		return series.Kind == model.KindProforma
	}
	made, ok := errors.AsType[*model.OutcomeError](err)
	return ok && made.Invoice.Kind == model.KindProforma
}

// openAdvice is the command that ends what stays unknown. Times are in the zone that the error has them in.
func openAdvice(open *model.OpenError) say.Text {
	name := open.Invoice.Reference()
	wait, waits := errors.AsType[*model.WaitError](open)
	switch {
	case open.Matter == model.MatterChange:
		return say.Todo("%s: %s.", LeftBehind(open.Invoice), WayOut(open.Invoice, Command))
	case open.Matter == model.MatterDeletion:
		return say.Todo("Run cadensa settle %s --deleted on a terminal: who has looked at the PDF can decide it there.", name)
	case open.Matter == model.MatterSentPayment:
		return say.Todo("Run cadensa settle %s: it finds out whether it was recorded. Nothing is repeated on a guess.", name)
	case waits:
		return say.Todo("Run cadensa settle %s again then. That is after %s.", name, wait.Until.Format(time.TimeOnly))
	case open.Matter == model.MatterPayment:
		return say.Todo("Look into SmartBill, then decide: cadensa settle %s --recorded, or --release if it is not there.", name)
	}
	return say.Todo("Look at the PDFs in SmartBill, then decide: cadensa settle %s --adopt NUMBER, or --release if it was not made.", name)
}

func atSimulator(err *model.SimulatorError) say.Text {
	if err.Simulated {
		return say.Todo("It is no fiscal document and bills no hours here; leave it, or start the simulator again.")
	}
	return say.Todo("Act on it with the address of SmartBill itself in the settings (base_url).")
}

func unproven(front Front) say.Text {
	return say.Join(say.Todo("Nothing was changed. Look at the PDF that SmartBill has under this number."), front.choose(
		say.Todo("If it is yours, you can say so by typing its number and client; if yours was deleted on the web, record that: u in History."),
		say.Todo("If it is yours, a terminal lets you say so by typing its number and client; if yours was deleted on the web, record that: cadensa settle REF --deleted.")))
}

// UnknownReference says what to do when a document carries a reference that this ledger never gave.
func UnknownReference(front Front) say.Text {
	return say.Join(say.Todo("Nothing was sent. If you put an old backup in place, put a newer one there. If a colleague bills on this series too,"), front.choose(
		say.Todo("send it again: you are asked then who made it; or set shared_series = true in the settings."),
		say.Todo("send it again on a terminal or on the screens, which ask who made it; or set shared_series = true in the settings.")))
}

func looksBilled(front Front) say.Text {
	return say.Join(say.Todo("It may be the same work, edited since; then it must not be billed again."), front.choose(
		say.Todo("Read the hours again (r on the Time screen). If it is other work, T there ticks it."),
		say.Todo("Read the hours again (cadensa entries). If it is other work, --entries with --include-flagged bills it.")))
}

// Contradiction says what is refused while the ledger contradicts itself, and how to go on.
func Contradiction(err *ledger.ContradictionError) say.Text {
	held := say.Todo("No new invoice is begun over it, so that no hour is billed twice.")
	if err.Backup == "" {
		return say.Join(held, say.Todo("Compare the invoices that are named with SmartBill, and ask for help with a copy of the file."))
	}
	return say.Join(held, say.Todo("Close the program, keep the file aside (with its -wal), and put a copy of the backup in its place; what was issued since that "+
		"copy, look up in SmartBill. cadensa doctor tells whether the records agree."))
}

func notLookedUp(err *registry.Error) say.Text {
	switch {
	case errors.Is(err, model.ErrUnavailable):
		return say.Todo("Nothing was changed. Try again later, or type it in by hand.")
	case errors.Is(err, model.ErrNotFound), errors.Is(err, model.ErrInvalidField):
		return say.Todo("Check the number, or fill in the fields by hand.")
	}
	return say.Text{}
}
