package document_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/model/document"
)

// byHand writes a PDF of objects as they are given, the first of them the catalogue, the second the page tree.
func byHand(objects ...string) []byte {
	var file bytes.Buffer
	file.WriteString("%PDF-1.5\n")
	var offsets []int
	for i, object := range objects {
		offsets = append(offsets, file.Len())
		fmt.Fprintf(&file, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := file.Len()
	fmt.Fprintf(&file, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&file, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&file, "trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return file.Bytes()
}

func stream(content, more string) string {
	return fmt.Sprintf("<</Length %d %s>>\nstream\n%s\nendstream", len(content), more, content)
}

func deflated(content string) string {
	var packed bytes.Buffer
	writer, _ := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	_, _ = writer.Write([]byte(content))
	_ = writer.Close()
	return stream(packed.String(), "/Filter /FlateDecode")
}

// onePage has a page with the content, a font and a form; others of its objects follow from the sixth on.
func onePage(content, font string, more ...string) []byte {
	return byHand(append([]string{
		"<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Count 1 /Kids [3 0 R]>>",
		"<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F1 5 0 R>> /XObject <</X1 7 0 R>>>>>>",
		content, font,
	}, more...)...)
}

const (
	winAnsi   = "<</Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding>>"
	named     = "<</Type /Font /Subtype /Type1 /Encoding <</Type /Encoding /Differences [1 /S /scommaaccent 65 /abreve /Tcommaaccent]>>>>"
	composite = "<</Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R>>"
	simple    = "<</Type /Font /Subtype /TrueType /Encoding /WinAnsiEncoding /ToUnicode 6 0 R>>"
)

// table is a table of characters as generators write it.
func table(lists string) string {
	return stream("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS)>> def\n"+
		"/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"+lists+"\nendcmap end end", "")
}

// Generators write texts in many ways, and each is read as what stands on paper.
func TestTextsOfOtherGenerators(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, content, font string
		more                []string
		want                string
	}{
		{"a plain font", "BT /F1 9 Tf (Pre\xfee) Tj ET", winAnsi, nil, "Pre\u00fee"},
		{"escapes", `BT /F1 9 Tf (a\(b\)\\ (c) \101\
d) Tj ET`, winAnsi, nil, `a(b)\ (c) Ad`},
		{"letters by name", "BT /F1 9 Tf (\x01\x02) Tj (AB) Tj ET", named, nil, "SșăŢ"},
		{"letters one by one", "BT /F1 9 Tf <00010002> Tj <0003> Tj ET", composite,
			[]string{table("3 beginbfchar <0001> <021A> <0002> <0103> <0003> <007200690219> endbfchar")}, "Țăriș"},
		{"a range over the upper byte", "BT /F1 9 Tf <01030219> Tj ET", composite,
			[]string{table("1 beginbfrange <0000> <FFFF> <0000> endbfrange")}, "ăș"},
		{"a range with a list", "BT /F1 9 Tf <000300040005> Tj ET", composite,
			[]string{table("2 beginbfrange <0003> <0004> [<0218> <0163>] <0005> <0009> <0041> endbfrange")}, "ȘţA"},
		{"a letter beyond the first plane", "BT /F1 9 Tf <0001> Tj ET", composite, []string{table("1 beginbfchar <0001> <D83DDE00> endbfchar")},
			"😀"},
		{"a code without a letter", "BT /F1 9 Tf <00010002> Tj ET", composite, []string{table("1 beginbfchar <0001> <0041> endbfchar")},
			"A\ufffd"},
		{"a table that begins anew", "BT /F1 9 Tf (ab) Tj ET", simple, []string{table("1 beginbfchar <61> <0219> endbfchar")}, "șb"},
		{"words by distance", "BT /F1 9 Tf [(Ate) 30 (lier) -260 (Cire) -20 (s)] TJ ET", winAnsi, nil, "Atelier Cires"},
		{"each letter at its place", "BT /F1 9 Tf 1 0 0 1 20 700 Tm (C) Tj 5 0 Td (A) Tj 5 0 Td (D) Tj ET", winAnsi, nil, "CAD"},
		{"cells of a row", "BT /F1 9 Tf 1 0 0 1 20 700 Tm (2) Tj 1 0 0 1 90 700 Tm (49.50) Tj 1 0 0 1 20 680 Tm (3) Tj ET", winAnsi, nil,
			"2 49.50\n3"},
		{"lines", "BT /F1 9 Tf (a) Tj T* (b) Tj 0 -12 Td (c) Tj (d) ' 0 0 (e) \" ET BT (f) Tj ET", winAnsi, nil, "a\nb\nc\nd\ne\nf"},
		{"packed", deflated("BT /F1 9 Tf (packed) Tj ET"), winAnsi, nil, "packed"},
		{"in two streams", "[8 0 R 9 0 R]", winAnsi, []string{"null", "null", stream("BT /F1 9 Tf (two) Tj", ""), stream("(halves) Tj ET", "")},
			"twohalves"},
		{"an image in the text", "BT /F1 9 Tf (a) Tj ET q BI /W 2 /H 1 ID (\xff<[ EIx (no) Tj\n EI Q BT (b) Tj ET", winAnsi, nil, "a\nb"},
		{"a form", "BT /F1 9 Tf (a) Tj ET /X1 Do", winAnsi, []string{"null", stream("BT /F1 9 Tf (in the form) Tj ET", "/Subtype /Form")},
			"a\nin the form"},
		{"a form in itself", "/X1 Do", winAnsi, []string{"null", stream("BT /F1 9 Tf (again) Tj ET /X1 Do", "/Subtype /Form")},
			strings.TrimSuffix(strings.Repeat("again\n", 8), "\n")},
		{"broken operators", "BT Tf Tj TJ Td Tm (a) Tf /F1 9 Tf (b) Tj >> ] ) } ET <</A [1 2>> (c) Tj", winAnsi, nil, "b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			content := test.content
			if strings.HasSuffix(content, "ET") || strings.HasSuffix(content, "Tj") || strings.HasSuffix(content, "Do") {
				content = stream(content, "")
			}
			text, err := document.Text(onePage(content, test.font, test.more...))
			if err != nil || strings.TrimRight(text, "\n") != test.want {
				t.Errorf("read %q, %v; want %q", text, err, test.want)
			}
		})
	}
}

// A small file may unpack to gigabytes. It is read as far as the bounds reach, and is no PDF then.
func TestWhatIsFarTooLargeIsRefused(t *testing.T) {
	plain := stream("BT /F1 9 Tf (a) Tj ET", "")
	huge := deflated(strings.Repeat("BT (abcdefgh) Tj ET\n", 1<<20)) // 20 megabytes
	objects := strings.Replace(huge, "<<", "<</Type /ObjStm /N 1 /First 4 ", 1)
	form := stream(strings.Repeat("/X1 Do ", 1000), "/Subtype /Form")
	for name, content := range map[string][]byte{
		"text":                      onePage(stream("BT /F1 9 Tf "+strings.Repeat("("+strings.Repeat("a", 1<<10)+") Tj ", 2<<10+1), ""), winAnsi),
		"packed text":               onePage(deflated("BT /F1 9 Tf "+strings.Repeat("("+strings.Repeat("a", 1<<10)+") Tj ", 2<<10+1)), winAnsi),
		"a packed page":             onePage(huge, winAnsi),
		"a packed page of spaces":   onePage(deflated(strings.Repeat(" ", 20<<20)), winAnsi),
		"a packed table of letters": onePage(plain, composite, huge),
		"packed objects":            onePage(plain, winAnsi, objects),
		"packed objects in disguise": onePage(plain, winAnsi,
			strings.Replace(objects, "/Type /ObjStm", "/Typ#65 /Obj#53tm", 1)),
		"packed objects of a sort unknown": onePage(plain, winAnsi, strings.Replace(objects, "/Type /ObjStm", "/Type 9 0 R", 1)),
		"packed twice": onePage(plain, winAnsi,
			strings.Replace(objects, "/Filter /FlateDecode", "/Filter [/FlateDecode /FlateDecode]", 1)),
		"a form a million times": onePage(stream("/X1 Do", ""), winAnsi, "null", form),
		"so many objects":        bytes.Replace(onePage(plain, winAnsi), []byte("/Size 6"), []byte("/Size 99999999999"), 1),
		"a table of so many":     bytes.Replace(onePage(plain, winAnsi), []byte("xref\n0 6"), []byte("xref\n99999999999 6"), 1),
		"rows so wide": bytes.Replace(onePage(plain, winAnsi, objects), []byte("/Type /ObjStm"),
			[]byte("/Type /ObjStm /DecodeParms <</Predictor 12 /Columns 99999999999>>"), 1),
		"numbers so wide": onePage(plain, winAnsi, strings.Replace(objects, "/Type /ObjStm", "/Type /XRef /W [1 99999999999 1] /Size 7", 1)),
		"a large secret":  append(onePage(plain, winAnsi), []byte("%"+strings.Repeat(" ", 1<<20)+"/Encrypt")...),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			text, err := document.Text(content)
			runtime.ReadMemStats(&after)
			if text != "" || !errors.Is(err, document.ErrNotPDF) {
				t.Errorf("%d bytes were read, and %v", len(text), err)
			}
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 200 {
				t.Errorf("it took %d MB", used)
			}
		})
	}
}

// What lies just within the bounds is read whole.
func TestLongTextIsReadWhole(t *testing.T) {
	t.Parallel()
	content := onePage(deflated("BT /F1 9 Tf "+strings.Repeat("("+strings.Repeat("a", 1<<10)+") Tj ", 2<<10-1)+"(CAD-7F3K2Q) Tj ET"), winAnsi)
	text, err := document.Text(content)
	if err != nil || !model.MentionsText(text, "CAD-7F3K2Q") || len(text) < 2<<20-1<<10 {
		t.Errorf("%d bytes were read, and %v", len(text), err)
	}
}
