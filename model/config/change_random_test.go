package config

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

// drawFile draws a valid file with comments, odd spacing and either line end.
func drawFile(t *rapid.T) string {
	space := rapid.StringMatching(`[ \t]{0,3}`)
	comment := rapid.StringMatching(`(#[ -~ăâîșț\t]{0,12})?`)
	var lines []string
	for _, block := range [][]string{
		{"?theme = 'dark'", "?time_zone\t=\"UTC\""},
		{"[ smartbill ]", "?email = \"a#b@example.com\"", "?token_command = ['pass', \"#\"]"},
		{"[invoice]", "?series=\"F\\\"CT\"", "?save_client = true", "?settle_after = '5m'", "?payment_terms_days = 3_0"},
		{"[[source]]", "path = '''/a\n[invoice]\n'''", "?format = 'csv'"},
		{"[[rule]]", "price = \"1\"", "?rounding = { step = \"6m\" }"},
		{"[[rule]]", "price = \"2\"", "[rule.rounding]", "?step = '1h'"},
	} {
		if rapid.Bool().Draw(t, "leave the block out") {
			continue
		}
		for _, line := range block {
			line, optional := strings.CutPrefix(line, "?")
			if optional && rapid.Bool().Draw(t, "leave the line out") {
				continue
			}
			lines = append(lines, space.Draw(t, "indent")+line+space.Draw(t, "space")+comment.Draw(t, "comment"))
			if rapid.Bool().Draw(t, "gap") {
				lines = append(lines, space.Draw(t, "indent")+comment.Draw(t, "comment"))
			}
		}
	}
	ending := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "line end")
	text := strings.ReplaceAll(strings.Join(lines, "\n"), "\n", ending)
	if rapid.Bool().Draw(t, "last line end") {
		text += ending
	}
	return text
}

func TestChangeTouchesOnlyItsSetting(t *testing.T) {
	path := write(t, "")
	rapid.Check(t, func(t *rapid.T) {
		text := drawFile(t)
		edit := rapid.SampledFrom([]Edit{
			{"", "theme", ThemeLight}, {"", "time_zone", "Europe/Berlin"},
			{"smartbill", "email", rapid.StringMatching(`[ -~ș\\"#]{1,8}`).Draw(t, "value")}, {"smartbill", "cif", "1"},
			{"smartbill", "token_command", []string{"x"}}, {"invoice", "series", "B"}, {"invoice", "save_client", false},
			{"invoice", "settle_after", time.Minute}, {"invoice", "payment_terms_days", 7}, {"invoice", "pdf_dir", "~/pdf"},
		}).Draw(t, "edit")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(path); err != nil {
			t.Fatalf("the drawn file is not valid: %v\n%s", err, text)
		}
		if err := Change(path, edit); err != nil {
			t.Fatal(err)
		}
		after, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		checkOnlyEdit(t, text, string(after), edit)
	})
}

func checkOnlyEdit(t *rapid.T, before, after string, edit Edit) {
	literal, err := encode(edit.Value)
	if err != nil {
		t.Fatal(err)
	}
	var want, got, value map[string]any
	for text, into := range map[string]*map[string]any{before: &want, after: &got, "value = " + literal: &value} {
		if _, err := toml.Decode(text, into); err != nil {
			t.Fatal(err)
		}
	}
	section := want
	if edit.Section != "" {
		if want[edit.Section] == nil {
			want[edit.Section] = map[string]any{}
		}
		section, _ = want[edit.Section].(map[string]any)
	}
	section[edit.Key] = value["value"]
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("more than the setting changed:\n%s", diff)
	}
	for comment := range strings.Lines(before) {
		comment = strings.TrimRight(comment, "\r\n")
		if at := strings.LastIndexByte(comment, '#'); at >= 0 && !strings.Contains(comment[at:], `"`) && !strings.Contains(after, comment[at:]) {
			t.Fatalf("the comment %q is gone", comment[at:])
		}
	}
	if changed := lost(before, after); changed > 1 {
		t.Fatalf("%d lines changed", changed)
	}
}

// lost counts the lines of before that are no longer in after.
func lost(before, after string) int {
	left := strings.Split(strings.ReplaceAll(after, "\r\n", "\n"), "\n")
	count := 0
	for line := range strings.SplitSeq(strings.ReplaceAll(before, "\r\n", "\n"), "\n") {
		at := slices.Index(left, line)
		if at < 0 {
			count++
			continue
		}
		left = slices.Delete(left, at, at+1)
	}
	return count
}

func FuzzChange(f *testing.F) {
	for _, text := range []string{
		"", "# c\n[invoice]\nseries = \"A\" # x\r\n", "smartbill = {email = \"\"}", "invoice.series='a'\n[smartbill]",
		"\xef\xbb\xbf[smartbill]\nemail = \"\"\"\n\"\"\"", "[[rule]]\nprice=1\n[rule.rounding]\n", "rule = []", "[[source]]\npath='a'\n\n\n",
	} {
		f.Add(text, uint8(0), "value")
		f.Add(text, uint8(1), "a\"b\\\n\x00\xff")
		f.Add(text, uint8(4), "a")
		f.Add(text, uint8(6), "a")
	}
	path := filepath.Join(f.TempDir(), "config.toml")
	f.Fuzz(func(t *testing.T, text string, which uint8, value string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		before, invalid := parse(path, text)
		changes := []func() error{
			func() error { return Change(path, Edit{"smartbill", "email", value}) },
			func() error { return Change(path, Edit{"invoice", "series", value}) },
			func() error { return Change(path, Edit{"", "theme", Theme(value)}) },
			func() error { return Change(path, Edit{"invoice", value, 3}) },
			func() error {
				return AddRule(path, model.Rule{Client: value, Price: decimal.New(1, 0), Currency: "RON"})
			},
			func() error { return AddSource(path, model.Source{Path: value, ClientTags: []string{value}}) },
			func() error {
				if len(before.settings.Sources) == 0 {
					return errors.New("there is no source")
				}
				place := model.SourcePlace{Source: before.settings.Sources[0]}
				changed := place.Source
				changed.User, changed.Off, changed.ProjectTags = value, !changed.Off, []string{value, "*"}
				return ChangeSource(path, place, changed)
			},
		}
		err := changes[int(which)%len(changes)]()
		after := read(t, path)
		if invalid != nil && err == nil {
			t.Error("an invalid file was changed")
		}
		if err != nil && after != text {
			t.Error("a failed change was written")
		}
		if _, broken := parse(path, after); invalid == nil && broken != nil {
			t.Errorf("a valid file became invalid: %v", broken)
		}
	})
}
