package document_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"pgregory.net/rapid"

	"cadensa/model/document"
	"cadensa/model/text"
	"cadensa/smartbill/sandbox"
)

// names are people and companies as they are written, the second with the cedillas of old keyboards.
var names = []string{
	"Ștefan Țăndărică și Fiii SRL", "Ştefan Ţăndărică şi Fiii SRL", "Întreprinderea Âncora ÎÂĂ îâă", "Őry Gergő és Társa Kft.",
	"Árvíztűrő tükörfúrógép ŐŰ", "Łódź Žižkov Ærø Straße", "„Fabrica de Pâine” – S.R.L. · 5 €",
}

// printedFor is the simulator's PDF of an invoice for a client.
func printedFor(tb rapid.TB, client, mentions string) []byte {
	tb.Helper()
	server := sandbox.New(sandbox.Config{})
	made, err := server.IssueForeign(server.CIF(), sandbox.Foreign{Series: "FCT", Client: client, Mentions: mentions})
	if err != nil {
		tb.Fatal(err)
	}
	address := fmt.Sprintf("/SBORO/api/invoice/pdf?cif=%s&seriesname=FCT&number=%s", server.CIF(), made.Number)
	request := httptest.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	request.SetBasicAuth(server.Email(), server.Token())
	answer := httptest.NewRecorder()
	server.ServeHTTP(answer, request)
	if answer.Code != http.StatusOK {
		tb.Fatalf("status %d: %s", answer.Code, answer.Body)
	}
	return answer.Body.Bytes()
}

// printedByOthers is a PDF of the library that writes the sheets of hours: its table of letters is another.
func printedByOthers(tb testing.TB, text string) []byte {
	tb.Helper()
	font, err := os.ReadFile("font/OpenSans-Regular.ttf")
	if err != nil {
		tb.Fatal(err)
	}
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes("letters", "", font)
	pdf.SetFont("letters", "", 9)
	pdf.AddPage()
	pdf.MultiCell(0, 5, text, "", "L", false)
	var written bytes.Buffer
	if err := pdf.Output(&written); err != nil {
		tb.Fatal(err)
	}
	return written.Bytes()
}

func TestLettersWithMarksAreReadBack(t *testing.T) {
	t.Parallel()
	for _, name := range names {
		for from, content := range map[string][]byte{"the simulator": printedFor(t, name, ""), "another": printedByOthers(t, name)} {
			text, err := document.Text(content)
			if err != nil || !strings.Contains(text, name) {
				t.Errorf("%s: %q is not in %q (%v)", from, name, text, err)
			}
		}
	}
}

// Where one is written with commas and the other with cedillas, or a keyboard had neither, the folded texts agree.
func TestFoldedNamesAgreeHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	const name = "Ștefan Țăndărică și Fiii SRL"
	for _, printed := range []string{names[0], names[1], "STEFAN TANDARICA SI FIII SRL",
		"S\u0326tefan T\u0326a\u0306nda\u0306rica\u0306 s\u0326i Fiii SRL"} {
		value, err := document.Text(printedFor(t, printed, ""))
		if err != nil || !strings.Contains(text.Fold(value), text.Fold(name)) {
			t.Errorf("%q is not found in %q (%v)", name, value, err)
		}
	}
}

// Whatever mentions say is read back, also letters that the simulator's font lacks, and lines that it breaks.
func TestMentionsAreReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		mentions := rapid.StringOfN(rapid.RuneFrom([]rune("aăâîșțşţőűéÁŁ 株😀Київ()\\<>[]/%#&'\"€.,-0123456789")), 1, 300, -1).Draw(t, "mentions")
		text, err := document.Text(printedFor(t, "Livada SRL", mentions))
		if err != nil || !strings.Contains(joined(text), joined(mentions)) {
			t.Fatalf("%q is not in %q (%v)", mentions, text, err)
		}
	})
}

// joined is a text without white space: lines break anywhere.
func joined(text string) string { return strings.Join(strings.Fields(text), "") }
