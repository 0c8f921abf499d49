package app

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"cadensa/model"
)

// hidden stands for what a transcript does not show.
const hidden = "…"

// transcribed is an answer as a person may send it in: without token, e-mail, company, names, amounts and numbers.
func transcribed(about string, reading model.Reading, secrets []string) string {
	line := fmt.Sprintf("GET %s (%s), %s → %d %s; %s", reading.Path, strings.Join(reading.Parameters, ", "), about, reading.Status, maskedType(reading.ContentType), reading.Form)
	if reading.ErrorText != "" {
		line += "; “" + masked(reading.ErrorText, secrets) + "”"
	}
	return line
}

// maskedType is what an answer calls itself, if that is a media type.
func maskedType(contentType string) string {
	kind, sort, found := strings.Cut(contentType, "/")
	plain := func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !strings.ContainsRune("-+.", r)
	}
	switch {
	case contentType == "":
		return "of no type"
	case !found || strings.ContainsFunc(kind, plain) || strings.ContainsFunc(sort, plain):
		return hidden
	}
	return contentType
}

// capitals are the words with a capital letter that SmartBill's own texts have. Others may be names.
func capitals() []string {
	return strings.Fields("Factura Facturile Proforma Chitanta Seria Serie Numarul Documentul Datele Data Tipul Cota Moneda Produsul Clientul Client " +
		"Autentificare Firma Folositi Pentru Parametrul Valoarea Va Vei Ai Nu Cloud Internal Server Error")
}

// masked takes out of a text what belongs to somebody: the secrets, digits, and words with capital letters that are not
// SmartBill's.
func masked(text string, secrets []string) string {
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, hidden)
		}
	}
	words := strings.Split(text, " ")
	for i, word := range words {
		bare := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
		if bare != "" && strings.ContainsFunc(bare, unicode.IsUpper) && !slices.Contains(capitals(), bare) || strings.ContainsAny(word, "@") {
			words[i] = hidden
		}
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '#'
		}
		return r
	}, strings.Join(words, " "))
}
