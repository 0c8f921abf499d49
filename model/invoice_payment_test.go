package model_test

import (
	"testing"

	"cadensa/model"
)

func TestPaymentKindsAreFoundByTheirWords(t *testing.T) {
	names := model.PaymentKindNames()
	for i, kind := range model.PaymentKinds() {
		for _, name := range []string{names[i], string(kind), " " + names[i] + " "} {
			if got, ok := model.PaymentKindNamed(name); !ok || got != kind {
				t.Errorf("%q is %q, want %q", name, got, kind)
			}
		}
		if !kind.Known() || kind.Words() == "" {
			t.Errorf("%q has no words", kind)
		}
	}
	if kind, ok := model.PaymentKindNamed("ORDIN PLATĂ"); !ok || kind != model.PaymentTransfer {
		t.Errorf("in capitals and with diacritics it is %q", kind)
	}
	if _, ok := model.PaymentKindNamed("Bon"); ok || model.PaymentKind("Bon").Known() || model.PaymentKind("Bon").Words() != "Bon" {
		t.Error("a fiscal receipt needs a cash register")
	}
}
