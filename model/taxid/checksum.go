package taxid

import (
	"strconv"
	"strings"

	"cadensa/model/text"
)

// The check digits of VAT numbers, after the algorithms that the Commission published for the member states (VIES VAT
// number algorithms) and the states' own laws. Each function takes a number that matches its country's pattern.

func digitAt(number string, place int) int { return int(number[place] - '0') }

// weighted is the sum of the first digits, each times its weight.
func weighted(number string, weights ...int) int {
	sum := 0
	for place, weight := range weights {
		sum += digitAt(number, place) * weight
	}
	return sum
}

// weighs makes the check of a country where the weighted sum of all digits is a multiple of the modulus.
func weighs(modulus int, weights ...int) func(string) bool {
	return func(number string) bool { return weighted(number, weights...)%modulus == 0 }
}

// valueOf reads digits that a pattern has let through.
func valueOf(digits string) int {
	value := 0
	for place := range len(digits) {
		value = value*10 + digitAt(digits, place)
	}
	return value
}

// luhnSum adds the digits, every second one from the right but one doubled, with its own digits added up.
func luhnSum(digits string) int {
	sum := 0
	for place := range len(digits) {
		digit := digitAt(digits, len(digits)-1-place)
		if place%2 == 1 {
			digit *= 2
		}
		sum += digit/10 + digit%10
	}
	return sum
}

func checksLuhn(number string) bool { return luhnSum(number)%10 == 0 }

func checksSweden(number string) bool { return checksLuhn(number[:10]) }

// checksAustria leaves the last digit of the seven as it is and doubles the one before, with 4 in front.
func checksAustria(number string) bool { return (4+luhnSum(number[1:8])+digitAt(number, 8))%10 == 0 }

func checksBelgium(number string) bool { return 97-valueOf(number[:8])%97 == valueOf(number[8:]) }

// checksBulgaria covers bodies (9 digits) and persons: citizens, foreigners, and others.
func checksBulgaria(number string) bool {
	check := digitAt(number, len(number)-1)
	if len(number) == 9 {
		sum := weighted(number, 1, 2, 3, 4, 5, 6, 7, 8) % 11
		if sum == 10 {
			sum = weighted(number, 3, 4, 5, 6, 7, 8, 9, 10) % 11
		}
		return sum%10 == check
	}
	citizen := weighted(number, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10
	foreigner := weighted(number, 21, 19, 17, 13, 11, 9, 7, 3, 1) % 10
	other := (11 - weighted(number, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	return check == citizen || check == foreigner || check == other
}

// checksCyprus gives the digits at odd places values of their own.
func checksCyprus(number string) bool {
	values := [10]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21}
	sum := 0
	for place := 0; place < 8; place += 2 {
		sum += values[digitAt(number, place)] + digitAt(number, place+1)
	}
	return byte('A'+sum%26) == number[8]
}

// checksCzechia covers bodies (8 digits), persons with a birth number (9 digits until 1953, which have no check digit, 10 since),
// and others (9 digits that begin with 6).
func checksCzechia(number string) bool {
	switch {
	case len(number) == 8:
		check := 11 - weighted(number, 8, 7, 6, 5, 4, 3, 2)%11
		if check == 11 {
			check = 1
		}
		return number[0] != '9' && check%10 == digitAt(number, 7)
	case len(number) == 10:
		return valueOf(number[:9])%11%10 == digitAt(number, 9)
	case number[0] == '6':
		return (weighted(number[1:], 8, 7, 6, 5, 4, 3, 2)%11+8)%10 == digitAt(number, 8)
	}
	month, day := valueOf(number[2:4])%50, valueOf(number[4:6])
	return valueOf(number[:2]) <= 53 && month >= 1 && month <= 12 && day >= 1 && day <= 31
}

// checksLithuania weighs once more, from 3 on, where the first remainder is ten.
func checksLithuania(number string) bool {
	last := len(number) - 1
	sum := func(from int) (sum int) {
		for place := range last {
			sum += (1 + (place+from-1)%9) * digitAt(number, place)
		}
		return sum % 11
	}
	check := sum(1)
	if check == 10 {
		check = sum(3)
	}
	return check%10 == digitAt(number, last)
}

// checksLatvia covers bodies, whose numbers begin with 4 to 9, and persons. Personal codes since 2017 begin with 32 and have no
// check digit.
func checksLatvia(number string) bool {
	switch {
	case number[0] > '3':
		return weighted(number, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)%11 == 3
	case strings.HasPrefix(number, "32"):
		return true
	}
	day, month := valueOf(number[:2]), valueOf(number[2:4])
	check := (1 + weighted(number, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9)) % 11 % 10
	return day >= 1 && day <= 31 && month >= 1 && month <= 12 && check == digitAt(number, 10)
}

// checksPairwise is ISO 7064's modulus 11,10, of Germany and Croatia.
func checksPairwise(number string) bool {
	last, product := len(number)-1, 10
	for place := range last {
		sum := (digitAt(number, place) + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return (11-product)%10 == digitAt(number, last)
}

func checksGreece(number string) bool {
	return weighted(number, 256, 128, 64, 32, 16, 8, 4, 2)%11%10 == digitAt(number, 8)
}

// spanishLetters are those of a Spaniard's or a foreigner's number, spanishCompany those of other bodies.
const (
	spanishLetters = "TRWAGMYFPDXBNJZSQVHLCKE"
	spanishCompany = "JABCDEFGHI"
)

// checksSpain covers persons (DNI, and NIE with X, Y or Z for 0, 1 or 2; K, L and M stand for nothing) and companies,
// whose control is a digit or a letter: which of the two depends on the kind, and is let pass here.
func checksSpain(number string) bool {
	first, digits, control := number[0], number[1:8], number[8]
	switch {
	case first >= '0' && first <= '9':
		return spanishLetters[valueOf(number[:8])%23] == control
	case strings.IndexByte("XYZ", first) >= 0:
		return spanishLetters[valueOf(strconv.Itoa(int(first-'X'))+digits)%23] == control
	case strings.IndexByte("KLM", first) >= 0:
		return spanishLetters[valueOf(digits)%23] == control
	}
	check := (10 - luhnSum(digits+"0")%10) % 10
	return control == byte('0'+check) || control == spanishCompany[check]
}

// checksFrance covers the numeric keys. The others have no published algorithm, and the SIREN of Monaco begins with 000.
func checksFrance(number string) bool {
	siren := number[2:]
	if !text.IsDigits(number) || strings.HasPrefix(siren, "000") {
		return true
	}
	return (valueOf(siren)*100+12)%97 == valueOf(number[:2])
}

// checksIreland covers both forms: seven digits and a letter or two, and the one before 2013 whose second character is
// no digit: it is left out, and the first digit goes to the end.
func checksIreland(number string) bool {
	if second := number[1]; second < '0' || second > '9' {
		number = "0" + number[2:7] + number[:1] + number[7:]
	}
	sum := weighted(number, 8, 7, 6, 5, 4, 3, 2)
	if len(number) == 9 {
		sum += 9 * int(number[8]-'A'+1)
	}
	return "WABCDEFGHIJKLMNOPQRSTUV"[sum%23] == number[7]
}

func checksLuxembourg(number string) bool { return valueOf(number[:6])%89 == valueOf(number[6:]) }

// checksNetherlands takes the sum of companies' numbers and, for sole traders since 2020, ISO 7064's modulus 97 over the
// whole with its letters as 10 to 35.
func checksNetherlands(number string) bool {
	if (weighted(number, 9, 8, 7, 6, 5, 4, 3, 2)-digitAt(number, 8))%11 == 0 {
		return true
	}
	return valueOf("2321"+number[:9]+"11"+number[10:])%97 == 1
}

func checksPoland(number string) bool {
	return weighted(number, 6, 5, 7, 2, 3, 4, 5, 6, 7)%11 == digitAt(number, 9)
}

func checksPortugal(number string) bool {
	check := 11 - weighted(number, 9, 8, 7, 6, 5, 4, 3, 2)%11
	if check >= 10 {
		check = 0
	}
	return check == digitAt(number, 8)
}

// checksSlovenia gives no number whose remainder is 0: eleven is no digit.
func checksSlovenia(number string) bool {
	check := 11 - weighted(number, 8, 7, 6, 5, 4, 3, 2)%11
	return check != 11 && check%10 == digitAt(number, 7)
}

func checksSlovakia(number string) bool { return valueOf(number)%11 == 0 }
