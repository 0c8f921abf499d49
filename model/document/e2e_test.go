//go:build e2e

package document_test

import (
	"os/exec"
	"strings"
	"testing"

	"cadensa/model/document"
)

// Another program reads every letter of a timesheet.
func TestE2ETimesheetIsReadByOthers(t *testing.T) {
	invoice := invoiced()
	invoice.Prepared.Hours[0].Description = "ăâîșț ŞŢ 株"
	invoice.Prepared.Hours[1].Description = "őű ŐŰ – · …"
	read := exec.CommandContext(t.Context(), "pdftotext", "-layout", "-", "-")
	read.Stdin = strings.NewReader(written(t, annex(t, invoice), document.FormatPDF))
	output, err := read.Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(output)
	for _, want := range []string{
		"Raport de activitate", "Anexă la factura FCT-0023", "Atelier Cireș & Țesături SRL", "Ștefan Őry", "Őszi előadás – înregistrare",
		"ăâîșț ŞŢ \ufffd", "őű ŐŰ – · …", "09:00–10:25", "10:35", "3.75 ora + 1.00 zi + 1.00 buc", "Pagina 1 din 1",
	} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}
