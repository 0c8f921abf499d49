package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

const (
	unknownSeries = "Seria nu a fost gasita! Folositi o serie creata in contul de cloud."
	badDate       = "Data documentului trebuie sa fie de forma yyyy-MM-dd."
	unknownType   = "Tipul documentului nu a fost gasit pe server!"
	receiptType   = "Chitanta"
)

func isCurrency(code string) bool {
	return slices.Contains(strings.Fields("RON EUR USD GBP CAD AUD CHF TRY CZK DKK HUF MDL SEK NOK JPY EGP "+
		"PLN RUB AED BRL CNY HRK INR KRW MXN NZD RSD THB UAH XDR ZAR"), code)
}

// isLanguage knows the languages that every account has; none is the default one.
func isLanguage(code string) bool {
	return slices.Contains([]string{"", "RO", "EN", "DE", "FR", "IT", "ES"}, code)
}

// isPaymentType knows how money can be received, in any letter case.
func isPaymentType(name string) bool {
	return slices.ContainsFunc([]string{
		"Card", "Card online", receiptType, "Bon", "Ordin plata", "CEC", "Bilet ordin",
		"Mandat postal", "Extras de cont", "Ramburs", "Alta incasare",
	}, func(known string) bool { return strings.EqualFold(known, name) })
}

// identify finds the company that a body names; an explicit null breaks the service.
func (s *Server) identify(c *call, named identity) (*company, error) {
	if named.Null {
		return nil, refusedWith(http.StatusInternalServerError, "Internal Server Error!")
	}
	return s.company(c, named.Value)
}

func (c *company) checkIssuing(series *Series, issueDate string) error {
	switch {
	case c.NoRights:
		return refusedWith(http.StatusForbidden, "Nu aveti dreptul de a adauga facturi")
	case series == nil:
		return refused(unknownSeries)
	case series.NoRights:
		return refusedWith(http.StatusForbidden, "Nu aveti dreptul de a adauga facturi pe seria selectata")
	case c.DocumentLimit > 0 && len(c.documents) >= c.DocumentLimit:
		return refused("Pentru acest pachet s-a emis numarul maxim de documente permis")
	case c.ClosedUntil != "" && issueDate <= c.ClosedUntil:
		return refused("Nu puteti adauga documentul intr-o perioada inchisa")
	}
	return nil
}

func checkDates(dates ...string) error {
	for _, date := range dates {
		if date != "" && !isDate(date) {
			return refused(badDate)
		}
	}
	return nil
}

func (c *company) checkClient(client *clientRequest) error {
	switch {
	case client == nil || client.Country == "":
		return refused("tara trebuie specificata")
	case strings.TrimSpace(client.Name) == "":
		return refused("Client invalid!")
	}
	known, exists := c.clients[client.Name]
	if bool(client.SaveToDB) && exists && known != client.VatCode {
		return refused("Clientul exista deja pe server")
	}
	return nil
}

// checkMail refuses to promise an e-mail that could not be sent.
func (c *company) checkMail(wanted flag, mail *emailRequest, client Client) error {
	if !wanted {
		return nil
	}
	if client.Email == "" && (mail == nil || mail.To == "") {
		return refused("Trebuie specificata adresa de email a clientului.")
	}
	if c.NoMailServer {
		return refused("Server-ul de email nu a fost configurat.")
	}
	return nil
}

func (c *company) checkPayment(received *paymentAtIssue) error {
	switch {
	case received == nil:
		return nil
	case received.Type == "":
		return refused("type trebuie specificat pentru incasare")
	case received.IsCash == nil && !c.variants.has(DefaultsToCash):
		return refused("isCash trebuie specificat pentru incasare")
	case received.Value == nil:
		return refused("value trebuie specificat pentru incasare")
	case !isPaymentType(received.Type):
		return refusedWith(http.StatusNotFound, unknownType)
	case strings.EqualFold(received.Type, receiptType) && c.series(received.PaymentSeries, ReceiptSeries) == nil:
		return refused(unknownSeries)
	}
	return nil
}
