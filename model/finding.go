package model

import "strings"

// Severity tells how much a finding weighs.
type Severity string

// The severities of a finding. An error keeps an invoice from being issued; a warning is shown and left to the user.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Finding is one thing that is wrong with a field, in plain words, with the rule that says so and what cures it.
type Finding struct {
	// Field is the key of the generic JSON that the finding is about, such as "postal_code" or "lines[2].name".
	Field string `json:"field"`
	// Rule names its source, such as "BR-RO-101" of the e-Factura rules, or "required".
	Rule     string   `json:"rule"`
	Message  string   `json:"message"`
	Severity Severity `json:"severity"`
}

// String is the message, with the rule behind it if it is one of e-Factura's (BR-…), by which its refusals name it.
func (f Finding) String() string {
	if !strings.HasPrefix(f.Rule, "BR-") {
		return f.Message
	}
	return f.Message + " (" + f.Rule + ")"
}

// Findings are everything that validation found, in the order of the fields.
type Findings []Finding //nolint:errname // a list that screens show; scripts alone treat it as an error

// Errors returns only those that keep an invoice from being issued.
func (f Findings) Errors() Findings { return f.withSeverity(SeverityError) }

// Warnings returns only those that are left to the user.
func (f Findings) Warnings() Findings { return f.withSeverity(SeverityWarning) }

func (f Findings) withSeverity(severity Severity) Findings {
	var kept Findings
	for _, finding := range f {
		if finding.Severity == severity {
			kept = append(kept, finding)
		}
	}
	return kept
}

// For returns the first finding about the field, errors before warnings.
func (f Findings) For(field string) (Finding, bool) {
	for _, findings := range []Findings{f.Errors(), f.Warnings()} {
		for _, finding := range findings {
			if finding.Field == field {
				return finding, true
			}
		}
	}
	return Finding{}, false
}

// Error makes findings usable as an error: their messages, joined.
func (f Findings) Error() string {
	messages := make([]string, len(f))
	for i, finding := range f {
		messages[i] = finding.Message
	}
	return strings.Join(messages, "; ")
}

func (f *Findings) fail(field, rule, message string) {
	*f = append(*f, Finding{Field: field, Rule: rule, Message: message, Severity: SeverityError})
}

func (f *Findings) warn(field, rule, message string) {
	*f = append(*f, Finding{Field: field, Rule: rule, Message: message, Severity: SeverityWarning})
}
