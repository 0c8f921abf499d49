package model_test

import (
	"testing"

	"cadensa/model"
)

// found holds what was found about the field against an error and a warning, "" for none of that severity.
func found(t *testing.T, findings model.Findings, field string, failure, warning model.FindingCode) {
	t.Helper()
	for want, list := range map[*model.FindingCode]model.Findings{&failure: findings.Errors(), &warning: findings.Warnings()} {
		if finding, _ := list.For(field); finding.Code != *want {
			t.Errorf("found %q about %s, want %q", finding.Code, field, *want)
		}
	}
}
