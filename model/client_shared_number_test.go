package model_test

import (
	"testing"

	"cadensa/model"
)

func TestSharesTaxNumber(t *testing.T) {
	for _, test := range []struct {
		countries, numbers [2]string
		want               bool
	}{
		{[2]string{"RO", "RO"}, [2]string{"RO18547290", "18547290"}, true},
		{[2]string{"RO", "RO"}, [2]string{"ro 185 472 90", "RO18547290"}, true},
		{[2]string{"HU", "HU"}, [2]string{"12345676", "HU12345676"}, true},
		{[2]string{"RO", "RO"}, [2]string{"18547290", "14399840"}, false},
		{[2]string{"HU", "RO"}, [2]string{"12345676", "12345676"}, false},
		{[2]string{"RO", "RO"}, [2]string{"", ""}, false},
		{[2]string{"RO", "RO"}, [2]string{"-", "-"}, false},
		{[2]string{"RO", "RO"}, [2]string{"0000000000000", "0000000000000"}, false},
	} {
		one := model.Client{Country: test.countries[0], VATNumber: test.numbers[0]}
		other := model.Client{Country: test.countries[1], VATNumber: test.numbers[1]}
		if got := one.SharesTaxNumber(other); got != test.want || other.SharesTaxNumber(one) != got {
			t.Errorf("%v in %v: %v", test.numbers, test.countries, got)
		}
	}
}
