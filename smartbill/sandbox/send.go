package sandbox

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strings"
)

// Mail is an e-mail that the service would have sent. Nothing leaves the sandbox.
type Mail struct {
	// Document is series and number, without a space.
	Document    string
	To, CC, BCC string
	Subject     string // empty for the account's template
	Body        string
}

// Mails are the e-mails of all companies, in the order in which each sent them.
func (s *Server) Mails() []Mail {
	return collected(s, func(firm *company) []Mail { return firm.mails })
}

type sendStatus struct {
	Status sendResult `json:"status"`
}

// sendResult has code 0 for success and 1 for an error in the data.
type sendResult struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func unsent(result envelope) any { return sendStatus{sendResult{1, result.ErrorText}} }

// sendDocument answers POST /document/send, which has its own envelope.
func (s *Server) sendDocument(c *call) (any, error) {
	var request sendRequest
	firm, err := s.decode(c, &request, &request.CompanyVatCode)
	if err != nil {
		return nil, err
	}
	sent, err := firm.mail(&request)
	if err != nil {
		return nil, err
	}
	firm.mails = append(firm.mails, sent)
	return sendStatus{sendResult{0, "Documentul a fost trimis cu succes."}}, nil
}

func (c *company) mail(request *sendRequest) (Mail, error) {
	kind, err := sendableKind(request.Type)
	if err != nil {
		return Mail{}, err
	}
	if request.Number == "" {
		return Mail{}, refused("Numarul documentului  trebuie specificat")
	}
	if !slices.ContainsFunc(c.Series, func(s Series) bool { return s.Name == request.SeriesName }) {
		return Mail{}, refused(unknownSeries)
	}
	doc := c.find(kind, request.SeriesName, request.Number)
	if doc == nil {
		return Mail{}, refused("Documentul nu a fost gasit")
	}
	subject, err := base64.StdEncoding.DecodeString(request.Subject)
	if err != nil {
		return Mail{}, refused("Subiectul emailului trebuie sa fie codat folosind Base64.")
	}
	body, err := base64.StdEncoding.DecodeString(request.BodyText)
	if err != nil {
		return Mail{}, refused("Continutul emailului trebuie sa fie codat folosind Base64.")
	}
	sent := Mail{
		Document: doc.reference(), To: cmp.Or(request.To, doc.Client.Email), CC: request.CC, BCC: request.BCC,
		Subject: string(subject), Body: string(body),
	}
	if err := checkAddresses(sent.To, sent.CC, sent.BCC); err != nil {
		return Mail{}, err
	}
	if c.NoMailServer {
		return Mail{}, refused("Server-ul de email nu a fost configurat.")
	}
	return sent, nil
}

// sendableKind reads the type in any letter case. The double spaces of the texts are the service's.
func sendableKind(name string) (SeriesType, error) {
	switch strings.ToLower(name) {
	case "":
		return "", refused("type  trebuie specificat. Valorile acceptate sunt: factura, proforma.")
	case "factura":
		return InvoiceSeries, nil
	case "proforma":
		return EstimateSeries, nil
	default:
		return "", refused("Valoarea campului 'type' nu este suportata (%s). Valorile acceptate sunt: factura, proforma.", name)
	}
}

// checkAddresses looks at comma-separated addresses; the first list may not be empty.
func checkAddresses(to string, others ...string) error {
	if to == "" {
		return refused("Invalid Addresses")
	}
	for _, list := range append([]string{to}, others...) {
		if list == "" {
			continue
		}
		for address := range strings.SplitSeq(list, ",") {
			if err := checkAddress(strings.TrimSpace(address)); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkAddress(address string) error {
	local, domain, separated := strings.Cut(address, "@")
	switch {
	case !separated:
		return refused("Invalid Addresses")
	case local == "":
		return refused("Missing local name")
	case domain == "":
		return refused("Missing domain")
	case strings.ContainsAny(domain, " @<>()"):
		return refused("Domain contains illegal character")
	}
	return nil
}
