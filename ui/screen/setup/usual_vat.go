package setup

import (
	"strings"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// usualVAT is what services in Romania bear as a rule: two settings, which the form asks as one.
type usualVAT struct {
	rate   string
	reason model.Reason
}

func usualVATOf(issuer model.Issuer) usualVAT { return usualVAT{issuer.Rate, issuer.Usual} }

// reasonMark separates the two in the key of a choice; no name holds it.
const reasonMark = "\x1f"

func (u usualVAT) key() string {
	if u.reason == "" {
		return u.rate
	}
	return u.rate + reasonMark + string(u.reason)
}

func (f *fields) usualVAT() usualVAT {
	rate, reason, _ := strings.Cut(f.rate.Value(), reasonMark)
	return usualVAT{rate, model.Reason(reason)}
}

// usualChoice names the tax as the account has it, and what the services are where the settings say so.
func usualChoice(rates model.VATRates, usual usualVAT) widget.Choice {
	choice := rateNamed(rates, usual.rate)
	choice.Key = usual.key()
	if usual.reason != "" {
		choice.Text = widget.Join(" · ", choice.Text, explain.VATReason(usual.reason).In(say.English))
	}
	return choice
}

// findRates finds the account's taxes. That of exempt services is offered with each exemption, too.
func (s *Screen) findRates(query string) []widget.Choice {
	rates := s.account.KnownRates()
	var found []widget.Choice
	for _, rate := range rates {
		plain := rateChoice(rates, rate)
		found = append(found, plain)
		if !rate.Percent.IsZero() || !s.stored.Issuer.IsExemptTax(rate.Name) {
			continue
		}
		for _, reason := range model.LineReasons() {
			if reason.IsExempt() && reason != model.ReasonExempt {
				found = append(found, usualChoice(rates, usualVAT{plain.Key, reason}))
			}
		}
	}
	return screen.Matching(found)(query)
}
