package cli_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"cadensa/model/document"
	"cadensa/smartbill/sandbox"
)

const beginsPDF = "%PDF-"

func TestPDFGoesIntoItsFolder(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	path := strings.TrimSuffix(h.succeed(t, "pdf", "FCT-0001"), "\n")
	if want := filepath.Join(h.path("pdf"), "FCT-0001 "+moriiClient+".pdf"); path != want {
		t.Errorf("prints %q, want %q", path, want)
	}
	if !strings.HasPrefix(h.read(t, path), beginsPDF) {
		t.Error("the file is no PDF")
	}
}

func TestPDFGoesWhereItIsTold(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	path := h.write(t, "old.pdf", "an older file")
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if data := h.succeed(t, "pdf", "FCT-0001", "-o", path); data != path+"\n" {
		t.Errorf("prints %q", data)
	}
	content := h.read(t, path)
	if !strings.HasPrefix(content, beginsPDF) {
		t.Error("the file is no PDF")
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode != 0o600 {
		t.Errorf("the file has mode %o, want 600", mode)
	}
	if diff := cmp.Diff(printed(t, content), printed(t, h.succeed(t, "pdf", "FCT-0001", "-o", "-"))); diff != "" {
		t.Errorf("standard output has another text than the file (-file +output):\n%s", diff)
	}
}

func TestPDFNamesThePathThatItWasTold(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	path := filepath.Join(h.path("missing"), "invoice.pdf")
	h.fail(t, 1, []string{path + ": no such file"}, "pdf", "FCT-0001", "-o", path)
}

// printed is the text of a PDF.
func printed(t *testing.T, content string) string {
	t.Helper()
	text, err := document.Text([]byte(content))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text, "FCT") {
		t.Errorf("the PDF does not name its series:\n%s", text)
	}
	return text
}

func TestPDFRefusals(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.fail(t, 1, []string{"no such invoice"}, "pdf", "FCT-0001")
	h.fail(t, 2, []string{"reference"}, "pdf")
	h.server.Script(sandbox.Fault{Operation: creation, Kind: sandbox.CommitAndDrop})
	unknown := decoded[object](t, h.fail(t, 3, nil, "issue", "--client", "Morii", "--period", "2026-10", "--yes", "--json"))
	reference, _ := unknown["reference"].(string)
	h.fail(t, 1, []string{"has no number"}, "pdf", reference)
	h.fail(t, 1, []string{"write the PDF"}, "pdf", otherInvoice(t, h), "-o", h.path("no/such/folder/x.pdf"))
	h.terminal = true
	if data := h.fail(t, 2, []string{"terminal"}, "pdf", reference, "-o", "-"); data != "" {
		t.Errorf("a terminal gets %q", data)
	}
}

// otherInvoice issues one on another series.
func otherInvoice(t *testing.T, h *harness) string {
	t.Helper()
	made := decoded[object](t, h.succeed(t, "issue", "--client", "Morii", "--period", "2026-11", "--series", "ABC", "--yes", "--json"))
	reference, _ := made["reference"].(string)
	return reference
}

func TestPDFOfAnUnreachableServiceIsForLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarnessWithClients(t)
		h.issued(t)
		h.server.Script(sandbox.Fault{Kind: sandbox.RefuseConnection, Times: -1})
		h.fail(t, 4, []string{"FCT-0001: read its PDF"}, "pdf", "FCT-0001", "-o", h.path("x.pdf"))
		if _, err := os.Stat(h.path("x.pdf")); err == nil {
			t.Error("a file was left behind")
		}
	})
}
