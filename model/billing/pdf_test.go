package billing_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"cadensa/model"
	"cadensa/model/document"
	"cadensa/smartbill/sandbox"
)

func TestPDFIsSavedUnderTheNamesOfInvoiceAndClient(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	invoice := office.issue(t, invoiceOf(8))
	folder := filepath.Join(t.TempDir(), "pdf")
	path, err := office.service.SavePDF(t.Context(), "FCT-0001", folder)
	if err != nil || path != filepath.Join(folder, "FCT-0001 Fabrica de Pâine SRL.pdf") {
		t.Fatalf("saved as %q (%v)", path, err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text, err := document.Text(content)
	if err != nil || !model.CarriesReference(text, invoice.Intent) {
		t.Errorf("the file does not carry %s (%v):\n%s", invoice.Intent, err, text)
	}
	if again, err := office.service.SavePDF(t.Context(), invoice.Intent, folder); err != nil || again != path {
		t.Errorf("saved again as %q (%v)", again, err)
	}
}

func TestPDFThatCannotBeHad(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	unfinished := invoiceOf(8)
	unfinished.Unfinished = true
	sent := office.issue(t, unfinished)
	folder := filepath.Join(t.TempDir(), "pdf")
	for reference, want := range map[string]error{sent.Intent: model.ErrStateChanged, "FCT-0009": model.ErrInvoiceUnknown} {
		if _, err := office.service.PDF(t.Context(), reference); !errors.Is(err, want) {
			t.Errorf("%s: error is %v", reference, err)
		}
		if path, err := office.service.SavePDF(t.Context(), reference, folder); !errors.Is(err, want) {
			t.Errorf("%s was saved as %q (%v)", reference, path, err)
		}
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder was made for nothing: %v", err)
	}
}
