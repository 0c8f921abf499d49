package history

import (
	"cadensa/model"
	"cadensa/model/say"
)

// The words about e-mails.
var (
	emailWord     = say.In("e-mail", "e-mail", "e-mail")
	emailTitle    = say.In("E-mail", "E-mail", "E-mail")
	emailTo       = say.In("To", "Către", "Címzett")
	emailCC       = say.In("Cc", "Cc", "Másolat")
	emailBCC      = say.In("Bcc", "Bcc", "Titkos másolat")
	emailSubject  = say.In("Subject", "Subiect", "Tárgy")
	emailMessage  = say.In("Message", "Mesaj", "Üzenet")
	reminderWord  = say.In("reminder", "reamintire", "emlékeztető")
	emailsLabel   = say.In("e-mails", "e-mailuri", "e-mailek")
	sendIt        = say.In("send it", "trimite", "küldés")
	sendAgain     = say.In("send it again", "trimite încă o dată", "küldés még egyszer")
	goBack        = say.In("back", "înapoi", "vissza")
	nextField     = say.In("next", "următorul", "következő")
	showEmail     = say.In("show it", "arată", "megtekintés")
	lineBreakHint = say.In(`\n begins a line.`, `\n începe un rând.`, `\n új sort kezd.`)
	notSentBefore = say.In("Nothing is sent before you confirm it.", "Nu se trimite nimic înainte să confirmi.",
		"Semmi sem megy el, amíg meg nem erősíted.")
)

func wordingEmail(name string) say.Text {
	return say.Format("preparing the e-mail of %s", "se pregătește e-mailul pentru %s", "e-mail előkészítése: %s", name)
}

func sendingEmail(name string) say.Text {
	return say.Format("sending %s", "se trimite %s", "küldés: %s", name)
}

func sendQuestion(kind model.EmailKind, name string) say.Text {
	if kind == model.EmailReminder {
		return say.Format("Send this reminder of %s?", "Trimiți reamintirea pentru %s?", "Elküldöd az emlékeztetőt: %s?", name)
	}
	return say.Format("Send %s by e-mail?", "Trimiți %s pe e-mail?", "Elküldöd e-mailben: %s?", name)
}

func emailHeading(kind model.EmailKind, name string) say.Text {
	if kind == model.EmailReminder {
		return say.Format("Reminder of %s", "Reamintire pentru %s", "Emlékeztető: %s", name)
	}
	return say.Format("E-mail of %s", "E-mail pentru %s", "E-mail: %s", name)
}
