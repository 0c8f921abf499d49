package model

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model/taxid"
	"cadensa/model/text"
)

// TemplateNotice says what it means that an account's PDFs carry no references, and where that is changed.
const TemplateNotice = "Your template prints no mentions: if an answer of SmartBill gets lost, only number, total and client tell which invoice is yours. " +
	"Let it print them in SmartBill, under Configurare > Documente > Personalizare."

// referenceMention stands before a reference where this program prints one. Words of a document may look like a reference
// without it: "CAD-CENTER".
const referenceMention = "REF:"

// PrintedReferences lists, each once, the references in a PDF's text that are printed as this program does, whoever gave them.
func PrintedReferences(text string) []string {
	rest, mark := squeeze(text), referenceMention+squeeze(ReferencePrefix)
	var found []string
	for {
		var more bool
		if _, rest, more = strings.Cut(rest, mark); !more {
			return found
		}
		letters := rest[:min(referenceLength, len(rest))]
		if isReference(letters) && !slices.Contains(found, ReferencePrefix+letters) {
			found = append(found, ReferencePrefix+letters)
		}
	}
}

// CarriesReference reports whether a PDF's text carries a reference as this program prints it, rather than in the description of work.
func CarriesReference(text, reference string) bool {
	return slices.Contains(PrintedReferences(text), reference)
}

// How many letters of a name, digits of a tax number, and letters or digits that were typed a text cannot have by chance.
const shortestName, shortestTaxNumber, shortestTyped = 4, 5, 3

// MentionsClient reports whether a PDF's text shows a client's name, as MentionsText does, or the digits of the tax number.
func MentionsClient(value string, client Client) bool {
	name := squeeze(text.Fold(client.Name))
	if len([]rune(name)) >= shortestName && strings.Contains(squeeze(text.Fold(value)), name) {
		return true
	}
	number := text.Digits(client.VATNumber)
	return len(number) >= shortestTaxNumber && number != taxid.AnonymousCNP && strings.Contains(onlyDigitsAndLetters(value), number)
}

// MentionsText reports whether the text of a PDF shows the name or number that was typed, of three letters or digits at least,
// without regard to case, diacritics and white space.
func MentionsText(value, typed string) bool {
	wanted := squeeze(text.Fold(typed))
	return len([]rune(wanted)) >= shortestTyped && strings.Contains(squeeze(text.Fold(value)), wanted)
}

// MentionsAmount reports whether a PDF's text shows an amount of money, with a decimal point or comma and any separator of thousands.
func MentionsAmount(value string, amount decimal.Decimal) bool {
	wanted := text.Digits(amount.Abs().StringFixed(minorUnits))
	for _, number := range strings.FieldsFunc(value, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' }) {
		if hasDecimals(number) && text.Digits(number) == wanted {
			return true
		}
	}
	// A space may part thousands.
	return mentionsAlone(squeeze(value), grouped(amount))
}

// mentionsAlone reports whether text shows a number that is not the end of a longer one.
func mentionsAlone(text, number string) bool {
	for {
		before, rest, found := strings.Cut(text, number)
		if !found || before == "" || !strings.ContainsAny(before[len(before)-1:], digits+".,") {
			return found
		}
		text = rest
	}
}

// minorUnits is how many decimals money is printed with.
const minorUnits = 2

func hasDecimals(number string) bool {
	at := strings.LastIndexAny(number, ".,")
	return at >= 0 && len(number)-at-1 == minorUnits
}

// grouped is an amount as it reads once the spaces between its thousands are gone.
func grouped(amount decimal.Decimal) string {
	return strings.Replace(amount.Abs().StringFixed(minorUnits), ".", ",", 1)
}

// onlyDigitsAndLetters takes out what people put between the digits of a number.
func onlyDigitsAndLetters(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-/\u00a0", r) {
			return -1
		}
		return r
	}, text)
}
