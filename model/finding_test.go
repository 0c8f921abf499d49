package model_test

import (
	"strings"
	"testing"

	"cadensa/model"
)

// found holds what was found about the field against an error and a warning, "" for none of that severity.
func found(t *testing.T, findings model.Findings, field, failure, warning string) {
	t.Helper()
	for want, list := range map[*string]model.Findings{&failure: findings.Errors(), &warning: findings.Warnings()} {
		finding, any := list.For(field)
		if any != (*want != "") || !strings.Contains(finding.Message, *want) {
			t.Errorf("found %q about %s, want %q", finding.Message, field, *want)
		}
	}
}
