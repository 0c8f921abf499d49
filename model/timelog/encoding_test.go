package timelog_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"cadensa/model"
	"cadensa/model/timelog"
)

// described is a sheet whose rows have the descriptions.
func described(descriptions ...string) string {
	var sheet strings.Builder
	sheet.WriteString("start,end,project,description\n")
	for i, description := range descriptions {
		fmt.Fprintf(&sheet, "2026-10-%02d 09:00,2026-10-%02d 10:00,Atlas,\"%s\"\n", i+1, i+1, description)
	}
	return sheet.String()
}

func encoded(t *testing.T, as *charmap.Charmap, text string) string {
	t.Helper()
	written, err := as.NewEncoder().String(text)
	if err != nil {
		t.Fatalf("%s has not all letters of %q: %v", as, text, err)
	}
	return written
}

func descriptions(entries []model.Entry) string {
	texts := make([]string, len(entries))
	for i, entry := range entries {
		texts[i] = entry.Description
	}
	return strings.Join(texts, "|")
}

// Whatever a file is encoded in, its words are read as its writer saw them.
func TestEncodingsAreGuessed(t *testing.T) {
	t.Parallel()
	romanian := []string{"Şedinţă cu echipa", "Întâlnire la Braşov", "Proiectare şi mentenanţă"}
	tests := []struct {
		name  string
		as    *charmap.Charmap
		texts []string
	}{
		{"windows-1250", charmap.Windows1250, romanian},
		{"windows-1250", charmap.Windows1250, []string{"Până la"}},
		{"windows-1250", charmap.Windows1250, []string{"ŞEDINŢĂ LA ORĂŞTIE", "Raport „final” – 5 €"}},
		{"windows-1250", charmap.Windows1250, []string{"Müller & Söhne", "şedinţă", "revizuire şi închidere"}},
		{"windows-1250", charmap.Windows1250, []string{"Egyeztetés a megrendelővel", "Hibajavítás és tűzfal"}},
		{"windows-1250", charmap.Windows1250, []string{"Spotkanie z zespołem", "Poprawki błędów, wdrożenie", "Łódź"}},
		{"windows-1250", charmap.Windows1250, []string{"Schůzka s klientem", "Úpravy příručky", "Čtvrtletní přehled"}},
		{"windows-1252", charmap.Windows1252, []string{"Prüfung der Größe", "Überarbeitung für Jäger", "5 €"}},
		{"windows-1252", charmap.Windows1252, []string{"Réunion à l'école", "Dépannage très long, même côté client", "façade"}},
		{"windows-1252", charmap.Windows1252, []string{"Revisión del diseño", "Reunión con el cliente, mañana", "¿Cuándo?"}},
		{"windows-1252", charmap.Windows1252, []string{"Möte på Åland", "Översyn av ärenden"}},
		{"windows-1252", charmap.Windows1252, []string{"Café – naïve “draft” version, 20°C"}},
		{"windows-1251", charmap.Windows1251, []string{"Встреча с командой", "Исправление ошибок", "Отчёт"}},
		{"iso-8859-2", charmap.ISO8859_2, []string{"Spotkanie z zespołem", "Usunięcie błędów, wdrożenie", "Śląsk, ąę, źródło"}},
		{"iso-8859-2", charmap.ISO8859_2, []string{"Schůzka s klientem", "Úpravy příručky", "Čtvrtletní přehled šesti částí", "Žižkov a ťukání"}},
		{"macintosh", charmap.Macintosh, []string{"Prüfung der Größe", "Überarbeitung für Jäger"}},
		{"macintosh", charmap.Macintosh, []string{"Réunion à l'école", "Dépannage très long"}},
	}
	for _, test := range tests {
		t.Run(test.name+" "+test.texts[0], func(t *testing.T) {
			t.Parallel()
			result, err := readText(t, encoded(t, test.as, described(test.texts...)), timelog.Source{})
			if err != nil {
				t.Fatal(err)
			}
			want := strings.NewReplacer("ş", "ș", "ţ", "ț", "Ş", "Ș", "Ţ", "Ț").Replace(strings.Join(test.texts, "|"))
			if got := descriptions(result.Entries); got != want {
				t.Errorf("read %q, want %q", got, want)
			}
			if len(result.Remarks) != 1 || result.Remarks[0].Line != 0 || !strings.Contains(result.Remarks[0].Text, test.name) {
				t.Errorf("remarks %v do not name %s", result.Remarks, test.name)
			}
		})
	}
}

// A letter far down decides as one at the top does, and long files are read block by block.
func TestEncodingOfALongFile(t *testing.T) {
	t.Parallel()
	texts := make([]string, 20)
	for i := range texts {
		texts[i] = strings.Repeat("plain words ", 2500)
	}
	texts[19] = "Şedinţă"
	entries := mustReadText(t, encoded(t, charmap.Windows1250, described(texts...)), timelog.Source{})
	if got := entries[19].Description; got != "Ședință" {
		t.Errorf("read %q", got)
	}
	for i := range texts {
		texts[i] = fmt.Sprint(i, strings.Repeat(" ţară", 9001+i))
	}
	entries = mustReadText(t, encoded(t, charmap.Windows1250, described(texts...)), timelog.Source{})
	for i, entry := range entries {
		if want := strings.ReplaceAll(texts[i], "ţ", "ț"); entry.Description != want {
			t.Fatalf("row %d has %d bytes, want %d", i, len(entry.Description), len(want))
		}
	}
}

// A file put together from two keeps the letters of both.
func TestMixedEncodings(t *testing.T) {
	t.Parallel()
	text := described("Ședință la Brașov", "Întâlnire și ședință") +
		encoded(t, charmap.Windows1250, "2026-10-05 09:00,2026-10-05 10:00,Atlas,Mentenanţă şi teste\n")
	result, err := readText(t, text, timelog.Source{})
	if err != nil {
		t.Fatal(err)
	}
	if got := descriptions(result.Entries); got != "Ședință la Brașov|Întâlnire și ședință|Mentenanță și teste" {
		t.Errorf("read %q", got)
	}
	said := fmt.Sprint(result.Remarks)
	if len(result.Remarks) != 1 || !strings.Contains(said, "UTF-8") || !strings.Contains(said, "windows-1250") {
		t.Errorf("remarks %s", said)
	}
}

func TestEncodingOfTheSource(t *testing.T) {
	t.Parallel()
	const text = "Bra\xbaov"
	tests := []struct{ encoding, want, remark string }{
		{"windows-1250", "Brașov", ""},
		{"iso-8859-2", "Brașov", ""},
		{"iso-8859-1", "Braºov", ""},
		{"windows-1251", "Braєov", ""},
		{"macintosh", "Bra∫ov", ""},
		{"iso-8859-16", "Brașov", ""},
		{"utf-8", "Bra?ov", "1 bytes are no letters of utf-8"},
	}
	for _, test := range tests {
		result, err := readText(t, described(text), timelog.Source{Encoding: test.encoding})
		if err != nil {
			t.Fatal(err)
		}
		if got := descriptions(result.Entries); got != test.want {
			t.Errorf("%s: read %q, want %q", test.encoding, got, test.want)
		}
		if said := fmt.Sprint(result.Remarks); (said != "[]") != (test.remark != "") || !strings.Contains(said, test.remark) {
			t.Errorf("%s: remarks %s", test.encoding, said)
		}
	}
	// A mark is believed before the settings: one setting may be for many files.
	for _, text := range []string{"\ufeff" + described("Brașov"), utf16LittleEndian(described("Brașov"))} {
		if got := descriptions(mustReadText(t, text, timelog.Source{Encoding: "windows-1250"})); got != "Brașov" {
			t.Errorf("with a mark, read %q", got)
		}
	}
}

func TestEveryEncodingIsRead(t *testing.T) {
	t.Parallel()
	for _, name := range model.Encodings() {
		text := described("plain")
		if strings.HasPrefix(name, "utf-16") {
			text = utf16Text(text, strings.HasSuffix(name, "be"))
		}
		result, err := readText(t, text, timelog.Source{Encoding: name})
		if err != nil || descriptions(result.Entries) != "plain" || len(result.Remarks) > 0 {
			t.Errorf("%s: %q, remarks %v, error %v", name, descriptions(result.Entries), result.Remarks, err)
		}
	}
}

func utf16Text(text string, bigEndian bool) string {
	var written []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		if bigEndian {
			unit = unit<<8 | unit>>8
		}
		written = append(written, byte(unit), byte(unit>>8))
	}
	return string(written)
}

// Pairs of units may stand over the end of a block.
func TestUTF16(t *testing.T) {
	t.Parallel()
	for _, bigEndian := range []bool{false, true} {
		for padding := range 3 {
			want := strings.Repeat("x", padding) + strings.Repeat("🕰️ Ședință ", 9000) + "end"
			result, err := readText(t, utf16Text(described(want), bigEndian), timelog.Source{})
			if err != nil {
				t.Fatal(err)
			}
			if got := descriptions(result.Entries); got != want {
				t.Errorf("read %d bytes, want %d", len(got), len(want))
			}
			if said := fmt.Sprint(result.Remarks); !strings.Contains(said, "utf-16") {
				t.Errorf("remarks %s", said)
			}
		}
	}
}

func TestLettersThatWereLostBefore(t *testing.T) {
	t.Parallel()
	result, err := readText(t, described("Bra\ufffdov"), timelog.Source{})
	if err != nil || len(result.Remarks) != 1 || !strings.Contains(result.Remarks[0].Text, "lost before") {
		t.Errorf("remarks %v, error %v", result.Remarks, err)
	}
}

// Cedillas and commas are the same to who reads, filters and groups; the fingerprint is of what the file says.
func TestCedillasBecomeCommas(t *testing.T) {
	t.Parallel()
	const row = `[{"start":"2026-10-05T09:00:00Z","end":"2026-10-05T10:00:00Z","client":"Braşov","project":"Ţara","description":"Şedinţă",` +
		`"task":"şi","user":"Ştefan","tags":["sistem","şantier:Bacău"]}]`
	cedillas := mustReadText(t, row, timelog.Source{ProjectTags: []string{"şantier:*"}})
	commas := mustReadText(t, strings.NewReplacer("ş", "ș", "ţ", "ț", "Ş", "Ș", "Ţ", "Ț").Replace(row), timelog.Source{ProjectTags: []string{"șantier:*"}})
	if cedillas[0].Fingerprint != "9bd28b2664477bc8" {
		t.Errorf("the fingerprint is %s: billed hours would look new", cedillas[0].Fingerprint)
	}
	cedillas[0].Fingerprint = commas[0].Fingerprint
	requireEqual(t, commas, cedillas, compareEntries)
	if commas[0].Project != "Bacău" || commas[0].Client != "Brașov" {
		t.Errorf("project %q, client %q", commas[0].Project, commas[0].Client)
	}
	turkish, err := json.Marshal("Kadıköy, Şişli")
	if err != nil {
		t.Fatal(err)
	}
	entries := mustReadText(t, strings.ReplaceAll(row, `"Braşov"`, string(turkish)), timelog.Source{})
	if entries[0].Client != "Kadıköy, Şişli" {
		t.Errorf("Turkish became %q", entries[0].Client)
	}
}
