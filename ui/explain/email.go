package explain

import (
	"errors"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
)

// Addresses are those of an e-mail as they are read: "a@b.example, c@d.example".
func Addresses(list string) string { return strings.ReplaceAll(text.Clean(list), ",", ", ") }

// EmailOutcome says what became of an e-mail, in a word or two.
func EmailOutcome(state model.EmailState) say.Text {
	switch state {
	case model.EmailSent:
		return say.In("sent", "trimis", "elküldve")
	case model.EmailRefused:
		return say.In("refused", "refuzat", "elutasítva")
	case model.EmailNotSent:
		return say.In("not sent", "netrimis", "nem lett elküldve")
	case model.EmailSending:
		return say.In("being sent", "se trimite", "küldés alatt")
	case model.EmailUnknown:
	}
	return say.In("not known whether it was sent", "nu se știe dacă a fost trimis", "nem tudni, el lett-e küldve")
}

// EmailSent says that SmartBill sent an e-mail of a document.
func EmailSent(reference string, email model.Email) say.Text {
	if email.Kind == model.EmailReminder {
		return say.Format("SmartBill sent the reminder of %s to %s.", "SmartBill a trimis reamintirea pentru %s la %s.",
			"A SmartBill elküldte az emlékeztetőt: %s, címzett: %s.", reference, Addresses(email.To))
	}
	return say.Format("SmartBill sent %s to %s.", "SmartBill a trimis %s la %s.", "A SmartBill elküldte: %s, címzett: %s.",
		reference, Addresses(email.To))
}

// EarlierEmail names an e-mail that was sent, or may have been, before a second one is.
func EarlierEmail(reference string, earlier model.EmailRecord, location *time.Location) say.Text {
	to, at := Addresses(earlier.To), earlier.Created.In(location).Format("2006-01-02 15:04")
	reminder := earlier.Kind == model.EmailReminder
	switch {
	case earlier.State == model.EmailSent && reminder:
		return say.Format("A reminder of %s was e-mailed to %s on %s already.", "O reamintire pentru %s a fost deja trimisă la %s, în %s.",
			"Emlékeztető már elment: %s, címzett: %s, ekkor: %s.", reference, to, at)
	case earlier.State == model.EmailSent:
		return say.Format("%s was e-mailed to %s on %s already.", "%s a fost deja trimisă la %s, în %s.",
			"Már el lett küldve: %s, címzett: %s, ekkor: %s.", reference, to, at)
	case reminder:
		return say.Format("It is not known whether the reminder of %s to %s was sent on %s.",
			"Nu se știe dacă reamintirea pentru %s a fost trimisă la %s, în %s.",
			"Nem tudni, elment-e az emlékeztető: %s, címzett: %s, ekkor: %s.", reference, to, at)
	}
	return say.Format("It is not known whether %s was e-mailed to %s on %s.", "Nu se știe dacă %s a fost trimisă la %s, în %s.",
		"Nem tudni, el lett-e küldve: %s, címzett: %s, ekkor: %s.", reference, to, at)
}

// SentMessages says where SmartBill lists the e-mails that it sent.
func SentMessages() say.Text {
	return say.In("SmartBill lists what it sent under Mesajele mele.", "SmartBill arată ce a trimis în Mesajele mele.",
		"A SmartBill a Mesajele mele alatt mutatja, mit küldött el.")
}

// AccountTemplate says whose text an e-mail has where its own is empty.
func AccountTemplate() say.Text {
	return say.In("What is empty is taken from the text of your SmartBill account (Configurare → Email).",
		"Ce este gol se ia din textul contului SmartBill (Configurare → Email).",
		"Ami üres, azt a SmartBill-fiók saját szövege adja (Configurare → Email).")
}

// Placeholders says which placeholders the texts of e-mails have.
func Placeholders() say.Text {
	return say.Format("SmartBill fills in %s.", "SmartBill completează %s.", "A SmartBill kitölti: %s.",
		strings.Join(model.EmailPlaceholders(), ", "))
}

// emailed says why an e-mail was not sent, or that nobody knows whether it was; false for another error.
func emailed(err error) (what say.Text, ok bool) {
	if failed, found := errors.AsType[*model.EmailError](err); found {
		return notEmailed(failed), true
	}
	if earlier, found := errors.AsType[*model.EmailedError](err); found {
		return say.Join(EarlierEmail(earlier.Reference, earlier.Earlier, earlier.Earlier.Created.Location()), nothingSent()), true
	}
	if address, found := errors.AsType[*model.AddressError](err); found {
		return notAnAddress(address), true
	}
	if odd, found := errors.AsType[*model.PlaceholderError](err); found {
		return say.Format("SmartBill knows no placeholder %s.", "SmartBill nu cunoaște câmpul %s.", "A SmartBill nem ismeri ezt a mezőt: %s.",
			text.Clean(odd.Found)), true
	}
	return say.Text{}, false
}

func notEmailed(failed *model.EmailError) say.Text {
	cause, to := say.Same(OneLine(failed.Err)), Addresses(failed.Email.To)
	switch failed.Email.State {
	case model.EmailSent:
		return say.Format("SmartBill sent %s to %s, but this could not be recorded: %s", "SmartBill a trimis %s la %s, dar nu s-a putut înregistra: %s",
			"A SmartBill elküldte (%s, címzett: %s), de ezt nem sikerült feljegyezni: %s", failed.Reference, to, cause)
	case model.EmailRefused, model.EmailNotSent:
		return say.Format("%s was not e-mailed to %s: %s", "%s nu a fost trimisă la %s: %s", "Nem lett elküldve: %s, címzett: %s: %s",
			failed.Reference, to, cause)
	case model.EmailUnknown, model.EmailSending:
	}
	return say.Format("It is not known whether %s was e-mailed to %s: %s", "Nu se știe dacă %s a fost trimisă la %s: %s",
		"Nem tudni, el lett-e küldve: %s, címzett: %s: %s", failed.Reference, to, cause)
}

func notAnAddress(failed *model.AddressError) say.Text {
	if failed.Address == "" {
		return say.In("There is no e-mail address to send it to.", "Nu există o adresă de e-mail la care să fie trimisă.",
			"Nincs e-mail-cím, ahová el lehetne küldeni.")
	}
	return say.Format("%s is not an e-mail address.", "%s nu este o adresă de e-mail.", "Ez nem e-mail-cím: %s.", text.Clean(failed.Address))
}

func nothingSent() say.Text {
	return say.In("Nothing was sent.", "Nu s-a trimis nimic.", "Semmi sem lett elküldve.")
}

// emailAdvice says what to do about an e-mail that was not sent, or may not have been; false where the cause has its own advice.
func emailAdvice(err error, front Front) (advice say.Text, ok bool) {
	if failed, found := errors.AsType[*model.EmailError](err); found && failed.Email.State.MayHaveLeft() {
		return say.Join(SentMessages(), unknownEmail(failed, front)), true
	}
	if _, found := errors.AsType[*model.EmailedError](err); found {
		return front.choose(say.In("If a second one is meant, press the key again and confirm it.",
			"Dacă vrei să trimiți încă o dată, apasă din nou tasta și confirmă.", "Ha még egyszer el akarod küldeni, nyomd meg újra a billentyűt, és erősítsd meg."),
			say.In("If a second one is meant, say so with --again.", "Dacă vrei să trimiți încă o dată, adaugă --again.",
				"Ha még egyszer el akarod küldeni, add meg az --again jelzőt.")), true
	}
	switch {
	case errors.Is(err, model.ErrEmailServer):
		return say.In("SmartBill sends what comes from other programs through your own mail server: set it up in SmartBill under Configurare → Email "+
			"(Vreau să folosesc serverul meu de email), then send again.",
			"SmartBill trimite ce vine din alte programe prin serverul tău de email: configurează-l în SmartBill la Configurare → Email "+
				"(Vreau să folosesc serverul meu de email), apoi trimite din nou.",
			"A SmartBill a más programokból érkező leveleket a saját levelezőszervereden át küldi: állítsd be a SmartBillben (Configurare → Email, "+
				"Vreau să folosesc serverul meu de email), majd küldd el újra."), true
	case errors.Is(err, model.ErrEmailAddress):
		return say.Join(nothingSent(), front.choose(
			say.In("Correct the address in the form; for the next time also on Bill To (2), and in SmartBill under Nomenclatoare → Clienți.",
				"Corectează adresa în formular; pentru data viitoare și la Client (2), și în SmartBill la Nomenclatoare → Clienți.",
				"Javítsd a címet az űrlapon; legközelebbre a Vevő képernyőn (2) és a SmartBillben is: Nomenclatoare → Clienți."),
			say.In("Name another with --to, or correct the client's, here (Bill To) and in SmartBill under Nomenclatoare → Clienți.",
				"Dă altă adresă cu --to sau corecteaz-o pe a clientului, aici (Client) și în SmartBill la Nomenclatoare → Clienți.",
				"Adj meg másikat a --to jelzővel, vagy javítsd a vevőét itt (Vevő) és a SmartBillben: Nomenclatoare → Clienți."))), true
	}
	if odd, found := errors.AsType[*model.PlaceholderError](err); found && odd != nil {
		return say.Join(nothingSent(), Placeholders()), true
	}
	return say.Text{}, false
}

func unknownEmail(failed *model.EmailError, front Front) say.Text {
	key, flag := "m", ""
	if failed.Email.Kind == model.EmailReminder {
		key, flag = "M", " --reminder"
	}
	return front.choose(
		say.Format("It is not sent again by itself; %s sends it again when you say so.", "Nu se retrimite singură; %s o trimite din nou când vrei tu.",
			"Magától nem megy el újra; a(z) %s billentyű küldi el újra, ha te kéred.", key),
		say.Format("It is not sent again by itself; cadensa send %s%s --again does.", "Nu se retrimite singură; o trimite cadensa send %s%s --again.",
			"Magától nem megy el újra; ez küldi el: cadensa send %s%s --again.", failed.Reference, flag))
}

// EmailOnItsWay says what would not be known if the program ended while an e-mail is sent.
func EmailOnItsWay(name string) say.Text {
	return say.Format("The e-mail of %s is on its way. Whether it was sent would not be known; it would not be sent again by itself.",
		"E-mailul pentru %s se trimite acum. Nu s-ar ști dacă a plecat; nu s-ar retrimite singur.",
		"%s: az e-mail küldés alatt. Nem lehetne tudni, elment-e; magától nem menne el újra.", name)
}
