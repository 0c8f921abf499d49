package say

import "strings"

// Number is a number without marks between thousands, such as "1250.50", with each language's mark before the decimals.
func Number(plain string) Text {
	comma := strings.Replace(plain, ".", ",", 1)
	return In(plain, comma, comma)
}
