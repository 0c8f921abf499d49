package cli

import (
	"errors"
	"slices"
	"strings"

	"cadensa/model"
)

const (
	vatReasonFlag = "vat-reason"
	vatReasonHelp = "set the VAT by `REASON`: domestic, reverse-charge, outside-eu; or by the service: standard, reduced, education, " +
		"tuition, medical, therapy, exempt (default: from the client and the settings)"
)

var (
	// errUnlawfulRate stops an invoice that nobody sees before it is sent.
	errUnlawfulRate = errors.New("the VAT is not what the law sets; nothing was sent. Leave out --yes to look and decide")
	// errUndecidedVAT stops one whose VAT a person must decide, since the client's VAT number is not valid.
	errUndecidedVAT = errors.New("the client's VAT number is not valid, so somebody must decide the VAT; nothing was sent. Correct the number, " +
		"decide with --vat-reason (domestic charges Romanian VAT), or keep a vat_reason with the client")
)

// reasonFor is the reason that was typed. It is refused where the issuer cannot bill the client by it.
func (q *issueRequest) reasonFor(client model.Client, issuer model.Issuer) (model.Reason, error) {
	reason := model.Reason(strings.ToLower(strings.TrimSpace(q.vatReason)))
	if reason == "" {
		return "", nil
	}
	client = client.Cleaned()
	if _, fits := issuer.TreatmentBy(reason, client); fits {
		return reason, nil
	}
	var reasons []string
	for _, treatment := range issuer.Treatments(client) {
		reasons = append(reasons, string(treatment.Reason))
	}
	slices.Sort(reasons)
	return "", usage("--%s %q is no reason for the VAT of %s; there is %s", vatReasonFlag, q.vatReason, client.Name,
		strings.Join(slices.Compact(reasons), ", "))
}
