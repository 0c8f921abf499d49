package document_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/document"
)

// makePDF writes a real PDF with a line of text on each page.
func makePDF(tb testing.TB, pages ...string) []byte {
	tb.Helper()
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetFont("Helvetica", "", 11)
	for _, text := range pages {
		pdf.AddPage()
		pdf.MultiCell(40, 5, text, "", "L", false)
	}
	var written bytes.Buffer
	if err := pdf.Output(&written); err != nil {
		tb.Fatal(err)
	}
	return written.Bytes()
}

func TestReferenceIsFoundOnAnyPageAndAcrossLineBreaks(t *testing.T) {
	content := makePDF(t, "FCT 0023\nServicii de consultanta in luna octombrie", "un text lung inainte de Ref: CAD-7F3K2Q")
	text, err := document.Text(content)
	if err != nil {
		t.Fatal(err)
	}
	if !model.MentionsText(text, "CAD-7F3K2Q") {
		t.Errorf("the reference is not found in %q", text)
	}
	if model.MentionsText(text, "CAD-7F3K2R") {
		t.Errorf("another reference is found in %q", text)
	}
	if !model.MentionsText(text, "FCT-0023") {
		t.Errorf("series and number are not found in %q", text)
	}
}

func TestWhatIsNoPDFIsSaidToBeNone(t *testing.T) {
	whole := makePDF(t, "FCT 0023")
	circular := []byte("%PDF-1.4\nxref\n0 0\ntrailer <</Prev 9 /Size 1>>\nstartxref\n9\n%%EOF")
	for name, content := range map[string][]byte{
		"empty":              nil,
		"a page of HTML":     []byte("<html><body>502 Bad Gateway</body></html>"),
		"only the beginning": whole[:len(whole)/2],
		"in circles":         circular,
		"too large":          make([]byte, document.MaxSize+1),
	} {
		if text, err := document.Text(content); !errors.Is(err, document.ErrNotPDF) {
			t.Errorf("%s: text %q and error %v", name, text, err)
		}
	}
}

func FuzzText(f *testing.F) {
	whole := makePDF(f, "FCT 0023 Ref: CAD-7F3K2Q")
	f.Add(whole)
	f.Add(whole[:len(whole)-40])
	f.Add(bytes.ReplaceAll(whole, []byte("/Length"), []byte("/Lenght")))
	f.Add(bytes.ReplaceAll(whole, []byte("FlateDecode"), []byte("FlateDecade")))
	f.Add([]byte("%PDF-1.4\nxref\n0 0\ntrailer <</Prev 9 /Size 1>>\nstartxref\n9\n%%EOF"))
	f.Add(onePage(stream("BT /F1 9 Tf [(a) -260 (b)] TJ 0 -12 Td (c) ' ET /X1 Do", ""), composite,
		table("1 beginbfrange <0000> <FFFF> <0000> endbfrange"), stream("/X1 Do", "/Subtype /Form")))
	f.Add(onePage(deflated("BT /F1 9 Tf (packed) Tj ET"), named))
	f.Fuzz(func(t *testing.T, content []byte) {
		text, err := document.Text(content)
		if err != nil && !errors.Is(err, document.ErrNotPDF) {
			t.Errorf("the error is another: %v", err)
		}
		if err != nil && text != "" {
			t.Errorf("text beside an error: %q", text)
		}
	})
}

func TestFileNames(t *testing.T) {
	for _, test := range []struct{ series, number, client, want string }{
		{"FCT", "0023", "Fabrica de Pâine SRL", "FCT-0023 Fabrica de Pâine SRL.pdf"},
		{"A/B", "0023", `C:\Țepeș|Sons?`, "A-B-0023 C--Țepeș-Sons-.pdf"},
		{"..", "0023", "Acme", "0023 Acme.pdf"},
		{"CON.x", "1", "Acme", "_CON.x-1 Acme.pdf"},
		{"FCT", "0023", "Acme\x1b[31m\u202eS.R.L.", "FCT-0023 Acme[31mS.R.L.pdf"},
		{"FCT", "0023", "", "FCT-0023.pdf"},
		{"", "", "", "invoice.pdf"},
	} {
		if got := document.FileName(test.series, test.number, test.client); got != test.want {
			t.Errorf("FileName(%q, %q, %q) = %q, want %q", test.series, test.number, test.client, got, test.want)
		}
	}
}

func TestFileNameIsSafeWhateverTheClientIsCalled(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		name := document.FileName(rapid.String().Draw(t, "series"), rapid.String().Draw(t, "number"), rapid.String().Draw(t, "client"))
		switch {
		case len(name) > 120:
			t.Fatalf("%q has %d bytes", name, len(name))
		case !utf8.ValidString(name), !filepath.IsLocal(name), filepath.Base(name) != name, strings.HasPrefix(name, "."):
			t.Fatalf("%q is no plain name", name)
		case !strings.HasSuffix(name, ".pdf"), strings.HasSuffix(name, "..pdf"), strings.HasSuffix(name, " .pdf"):
			t.Fatalf("%q has not the right end", name)
		}
		path, err := document.Save(folder, name, []byte("%PDF-"))
		if err != nil || filepath.Dir(path) != folder {
			t.Fatalf("saved as %q: %v", path, err)
		}
	})
}

func TestSaveKeepsWhatIsThere(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "pdf")
	save := func(content string) string {
		t.Helper()
		path, err := document.Save(folder, "FCT-0023 Acme.pdf", []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		if found, err := os.ReadFile(path); err != nil || string(found) != content {
			t.Errorf("%s holds %q, not %q (%v)", path, found, content, err)
		}
		return filepath.Base(path)
	}
	for _, step := range []struct{ content, want string }{
		{"first", "FCT-0023 Acme.pdf"},
		{"first", "FCT-0023 Acme.pdf"},
		{"second", "FCT-0023 Acme (2).pdf"},
		{"second", "FCT-0023 Acme (2).pdf"},
		{"third", "FCT-0023 Acme (3).pdf"},
		{"first", "FCT-0023 Acme.pdf"},
	} {
		if got := save(step.content); got != step.want {
			t.Errorf("%q was saved as %q, want %q", step.content, got, step.want)
		}
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 3 {
		t.Errorf("the folder holds %v (%v)", files, err)
	}
}

func TestInvoicePrintedAnewIsSavedOnce(t *testing.T) {
	folder := t.TempDir()
	printed := makePDF(t, "FCT 0023")
	stamped := bytes.ReplaceAll(printed, []byte("/CreationDate (D:20"), []byte("/CreationDate (D:19"))
	if bytes.Equal(stamped, printed) {
		t.Fatal("the two printings do not differ")
	}
	cancelled := makePDF(t, "FCT 0023 ANULATA")
	for _, step := range []struct {
		content []byte
		want    string
	}{{printed, "a.pdf"}, {stamped, "a.pdf"}, {cancelled, "a (2).pdf"}} {
		path, err := document.Save(folder, "a.pdf", step.content)
		if err != nil || filepath.Base(path) != step.want {
			t.Errorf("saved as %q, want %q (%v)", path, step.want, err)
		}
	}
}

func TestSavedFileIsTheOwnersAlone(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "pdf")
	path, err := document.Save(folder, "a.pdf", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{path: 0o600, folder: 0o700} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has rights %v, want %v (%v)", name, info.Mode().Perm(), want, err)
		}
	}
}

func TestSaveStaysInItsFolder(t *testing.T) {
	parent := t.TempDir()
	folder := filepath.Join(parent, "pdf")
	for _, name := range []string{"../a.pdf", "/etc/a.pdf", "", ".", "..", "sub/a.pdf", `..\a.pdf`} {
		if path, err := document.Save(folder, name, []byte("x")); err == nil {
			t.Errorf("%q was saved as %q", name, path)
		}
	}
	outside := filepath.Join(parent, "outside.pdf")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(folder, "a.pdf")); err != nil {
		t.Fatal(err)
	}
	path, err := document.Save(folder, "a.pdf", []byte("x"))
	if err != nil || filepath.Base(path) != "a (2).pdf" {
		t.Errorf("beside a link, the file was saved as %q (%v)", path, err)
	}
	if _, err := os.Stat(outside); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the link was followed: %v", err)
	}
}

func TestSaveSaysWhyItFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if path, err := document.Save(file, "a.pdf", []byte("x")); err == nil {
		t.Errorf("a file was taken for a folder: %q", path)
	}
}

func TestManySaversOverwriteNothing(t *testing.T) {
	folder := t.TempDir()
	var group sync.WaitGroup
	paths := make([]string, 8)
	for i := range paths {
		group.Go(func() {
			path, err := document.Save(folder, "a.pdf", fmt.Appendf(nil, "content %d", i))
			if err != nil {
				t.Error(err)
			}
			paths[i] = path
		})
	}
	group.Wait()
	for i, path := range paths {
		if found, err := os.ReadFile(path); err != nil || string(found) != fmt.Sprintf("content %d", i) {
			t.Errorf("%s holds %q (%v)", path, found, err)
		}
	}
	if slices.Sort(paths); len(slices.Compact(paths)) != 8 {
		t.Errorf("two savers were given one path: %q", paths)
	}
}
