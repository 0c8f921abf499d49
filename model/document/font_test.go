package document_test

import (
	"testing"

	"cadensa/model/document"
)

func TestFontsHaveTheLettersOfTheCountry(t *testing.T) {
	for _, text := range []string{
		"ăâîșț ĂÂÎȘȚ, şţ ŞŢ", "őűáéíóöúü ŐŰ", "äöüß éèçñ łżø", "Ελλάδα Київ София", "– — · … „citat” «quote» € × − ½ №",
	} {
		if got := document.Printable(text); got != text {
			t.Errorf("%q is printed as %q", text, got)
		}
	}
}

// What the fonts lack is seen to be missing; what nobody sees is left out.
func TestFontsSubstituteWhatTheyLack(t *testing.T) {
	for text, want := range map[string]string{
		"株式会社 Sakura": "\ufffd\ufffd\ufffd\ufffd Sakura", "مرحبا": "\ufffd\ufffd\ufffd\ufffd\ufffd", "Café 👩‍💻": "Café \ufffd\ufffd",
		"❤️ n\u0308": "\ufffd n\ufffd", "a\u00adb\u200bc\tșt\u0326": "abc șț", "\uffff\U0010ffff": "\ufffd\ufffd",
	} {
		if got := document.Printable(text); got != want {
			t.Errorf("%q is printed as %q, want %q", text, got, want)
		}
	}
}
