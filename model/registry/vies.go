package registry

import (
	"cmp"
	"context"
	"strconv"

	"cadensa/model"
	"cadensa/model/taxid"
)

const vies = "VIES"

// viesQuestion is the body of POST check-vat-number: numbers go without their prefixes, else all are invalid.
type viesQuestion struct {
	Country          string `json:"countryCode"`
	Number           string `json:"vatNumber"`
	RequesterCountry string `json:"requesterMemberStateCode,omitempty"`
	RequesterNumber  string `json:"requesterNumber,omitempty"`
}

// viesAnswer takes what POST check-vat-number answers (valid, and failures in errorWrappers) and what the same service
// answers elsewhere (isValid beside userError).
type viesAnswer struct {
	Valid     looseText `json:"valid"`
	IsValid   looseText `json:"isValid"`
	UserError looseText `json:"userError"`
	Succeeded looseText `json:"actionSucceed"`
	Failures  []struct {
		Code looseText `json:"error"`
	} `json:"errorWrappers"`
	Name      looseText `json:"name"`
	Address   looseText `json:"address"`
	RequestID looseText `json:"requestIdentifier"`
}

// badRequester is VIES's word for a requester whose own number it does not know.
const badRequester = "INVALID_REQUESTER_INFO"

// VATNumber asks VIES about a VAT number, with or without its prefix, of a country by ISO code, or EL or XI. An invalid number is
// an answer and no error. Errors: model.ErrInvalidField for a number that belongs to no country of VIES, model.ErrUnavailable
// when VIES or the member state does not answer, context.Canceled.
func (r *Registers) VATNumber(ctx context.Context, country, number string) (model.VATProof, error) {
	prefix, rest, ok := taxid.SplitVATNumber(country, number)
	if !ok {
		return model.VATProof{}, badNumber(vies, "this is not a VAT number of the country; VIES was not asked")
	}
	question := viesQuestion{Country: prefix, Number: rest}
	question.RequesterCountry, question.RequesterNumber = requesterOf(r.requester())
	key := prefix + rest + " " + question.RequesterCountry + question.RequesterNumber
	return r.proofs.answer(ctx, key, func(ctx context.Context) (model.VATProof, bool, error) {
		proof, code, err := r.askVIES(ctx, question)
		if code == badRequester && question.RequesterNumber != "" {
			question.RequesterCountry, question.RequesterNumber = "", ""
			proof, _, err = r.askVIES(ctx, question)
		}
		return proof, proof.Valid, err
	})
}

// requesterOf takes the asker's own number apart: its first two letters are the prefix.
func requesterOf(number string) (prefix, rest string) {
	if number = taxid.Normalize(number); len(number) < 4 {
		return "", ""
	}
	prefix, rest, _ = taxid.SplitVATNumber(number[:2], number)
	return prefix, rest
}

// askVIES returns VIES's own code beside a failure.
func (r *Registers) askVIES(ctx context.Context, question viesQuestion) (model.VATProof, string, error) {
	asked := r.now()
	given, err := r.ask(ctx, vies, r.vies.JoinPath("check-vat-number"), question)
	if err != nil {
		return model.VATProof{}, "", err
	}
	var told viesAnswer
	if err := given.read(&told); err != nil {
		return model.VATProof{}, "", err
	}
	if code := told.failure(); code != "" {
		return model.VATProof{}, code, outOfOrder(vies, meaning(code))
	}
	valid, decided := told.verdict()
	if !decided || given.status >= 300 {
		return model.VATProof{}, "", outOfOrder(vies, "it says neither valid nor invalid (status "+strconv.Itoa(given.status)+")")
	}
	proof := model.VATProof{
		Country: question.Country, Number: question.Number, Valid: valid, Name: told.Name.clean(), Address: told.Address.clean(),
		RequestID: told.RequestID.clean(), Asked: asked,
	}
	return proof, "", nil
}

// failure is VIES's code for having no answer, "" if it has one. With it VIES sends a "valid" of false that means nothing.
func (a viesAnswer) failure() string {
	for _, failure := range a.Failures {
		if code := failure.Code.clean(); code != "" {
			return code
		}
	}
	if len(a.Failures) > 0 || a.Succeeded.clean() == "false" {
		return "SERVICE_UNAVAILABLE"
	}
	switch code := a.UserError.clean(); code {
	case "VALID", "INVALID":
		return ""
	default:
		return code
	}
}

// verdict is what VIES says of the number. Answers that contradict themselves decide nothing.
func (a viesAnswer) verdict() (valid, decided bool) {
	switch cmp.Or(a.Valid, a.IsValid) {
	case "true":
		return true, a.UserError.clean() != "INVALID"
	case "false":
		return false, a.UserError.clean() != "VALID"
	}
	return false, false
}

// meaning puts VIES's codes into words, with the code for who wants to look it up.
func meaning(code string) string {
	words := ""
	switch code {
	case "MS_UNAVAILABLE":
		words = "the member state's register is down"
	case "MS_MAX_CONCURRENT_REQ", "MS_MAX_CONCURRENT_REQ_TIME":
		words = "the member state's register is overloaded"
	case "GLOBAL_MAX_CONCURRENT_REQ", "GLOBAL_MAX_CONCURRENT_REQ_TIME", "SERVER_BUSY":
		words = "it is overloaded"
	case "TIMEOUT":
		words = "the member state's register did not answer in time"
	case "INVALID_INPUT":
		words = "it does not take a number of this form"
	case "VAT_BLOCKED", "IP_BLOCKED":
		words = "it refuses questions from here"
	case badRequester:
		words = "it does not know the number of the asker"
	default:
		words = "the service is down"
	}
	return words + " (" + excerpt(code) + ")"
}
