package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
)

func TestChange(t *testing.T) {
	tests := []struct {
		name, before string
		edit         Edit
		after        string
	}{
		{
			"value on its line",
			"# mine\n[invoice]\n  series   =  \"FCT\"   # the first\ncurrency = 'EUR'\n", Edit{"invoice", "series", "B # \"x\""},
			"# mine\n[invoice]\n  series   =  \"B # \\\"x\\\"\"   # the first\ncurrency = 'EUR'\n",
		},
		{
			"Windows line ends", "[invoice]\r\nseries = \"A\" # c\r\n# end\r\n", Edit{"invoice", "currency", "EUR"},
			"[invoice]\r\nseries = \"A\" # c\r\ncurrency = \"EUR\"\r\n# end\r\n",
		},
		{
			"no line end", "[invoice]\nseries = \"A\"", Edit{"invoice", "save_client", false},
			"[invoice]\nseries = \"A\"\nsave_client = false\n",
		},
		{
			"indented section", "[invoice]\n\tseries = \"A\"\n\n[[rule]]\nprice = 1\n", Edit{"invoice", "payment_terms_days", 14},
			"[invoice]\n\tseries = \"A\"\n\tpayment_terms_days = 14\n\n[[rule]]\nprice = 1\n",
		},
		{
			"empty section", "[smartbill]\n\n# the rest\n[invoice]\n", Edit{"smartbill", "email", "a@example.com"},
			"[smartbill]\nemail = \"a@example.com\"\n\n# the rest\n[invoice]\n",
		},
		{
			"missing section", "theme = \"dark\" # night\n", Edit{"smartbill", "token_command", []string{"pass", "a b"}},
			"theme = \"dark\" # night\n\n[smartbill]\ntoken_command = [\"pass\", \"a b\"]\n",
		},
		{
			"before the first section", "# about\n\n# account\n[smartbill]\n", Edit{"", "theme", ThemeLight},
			"# about\n\ntheme = \"light\"\n\n# account\n[smartbill]\n",
		},
		{
			"after the first settings", "\ntheme = \"dark\"\n[smartbill]\n", Edit{"", "time_zone", "UTC"},
			"\ntheme = \"dark\"\ntime_zone = \"UTC\"\n[smartbill]\n",
		},
		{
			"second source", "[[source]]\npath = \"/a\"\n\n# october\n[[source]]\npath = \"/b\" # mine\n\n[[rule]]\nprice = 1\n",
			Edit{SourceSection(1), "date_order", "mdy"},
			"[[source]]\npath = \"/a\"\n\n# october\n[[source]]\npath = \"/b\" # mine\ndate_order = \"mdy\"\n\n[[rule]]\nprice = 1\n",
		},
		{
			"source whose columns stand below it", "[[source]]\npath = \"/a\"\n[source.columns]\nstart = \"Begin\"\n",
			Edit{SourceSection(0), "date_order", "dmy"},
			"[[source]]\npath = \"/a\"\ndate_order = \"dmy\"\n[source.columns]\nstart = \"Begin\"\n",
		},
		{
			"file of nothing", "", Edit{"", "theme", ThemeLight}, "theme = \"light\"\n",
		},
		{
			"dotted key", "invoice.series = \"A\" # a\n", Edit{"invoice", "series", "B"}, "invoice.series = \"B\" # a\n",
		},
		{
			"quoted key", "[\"invoice\"]\n'series' = \"A\"\n", Edit{"invoice", "series", "B"}, "[\"invoice\"]\n'series' = \"B\"\n",
		},
		{
			"duration", "[invoice]\nsettle_after = '''5m'''#\n", Edit{"invoice", "settle_after", 90 * time.Minute},
			"[invoice]\nsettle_after = \"1h30m\"#\n",
		},
		{
			"same key elsewhere", "[[rule]]\nprice = 1\ncurrency = \"EUR\"\n[invoice]\ncurrency = \"EUR\"\n", Edit{"invoice", "currency", "RON"},
			"[[rule]]\nprice = 1\ncurrency = \"EUR\"\n[invoice]\ncurrency = \"RON\"\n",
		},
		{
			"text that looks like a setting", "[[source]]\npath = '''/a\n[invoice]\nseries = \"no\"\n'''\n[invoice]\nseries = \"A\"\n",
			Edit{"invoice", "series", "B"},
			"[[source]]\npath = '''/a\n[invoice]\nseries = \"no\"\n'''\n[invoice]\nseries = \"B\"\n",
		},
		{
			"token", "[smartbill]\ntoken = \"old\"\n", Edit{"smartbill", "token", model.Secret(secret)},
			"[smartbill]\ntoken = \"" + secret + "\"\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := write(t, test.before)
			if err := Change(path, test.edit); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.after, read(t, path)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestChangeSaysWhatToDoByHand(t *testing.T) {
	edit := Edit{"smartbill", "email", "a@example.com"}
	for _, test := range []struct{ text, want string }{
		{"\nsmartbill = { email = \"x\" }\n", "config.toml line 2: smartbill.email does not stand in a section of its own: change it there by hand"},
		{"\n\nsmartbill.cif = \"1\"\n", "config.toml line 3: smartbill.email does not stand in a section of its own: change it there by hand"},
		{"[smartbill]\nemail = \"\"\"\nx\"\"\"\n", "config.toml line 2: smartbill.email goes on over several lines: change it there by hand"},
	} {
		path := write(t, test.text)
		err := Change(path, edit)
		if !errors.Is(err, ErrChangeByHand) || err.Error() != test.want {
			t.Errorf("got  %v\nwant %s", err, test.want)
		}
		if read(t, path) != test.text {
			t.Error("the file was changed")
		}
	}
}

func TestChangeLeavesASourceInBrackets(t *testing.T) {
	const text = "source = [{ path = \"/a\" }]\n"
	path := write(t, text)
	err := Change(path, Edit{SourceSection(0), "date_order", "dmy"})
	if !errors.Is(err, ErrChangeByHand) || read(t, path) != text {
		t.Errorf("%v; the file is %q", err, read(t, path))
	}
}

func TestChangeRefusesWhatWouldNotLoad(t *testing.T) {
	const text = "[invoice]\nseries = \"A\"\n"
	for _, test := range []struct {
		edit Edit
		want string
	}{
		{Edit{"invoice", "series", ""}, "config.toml: invoice.series must not be empty"},
		{Edit{"invoice", "serie", "B"}, "config.toml: unknown setting invoice.serie (did you mean series?)"},
		{Edit{"invoice", "payment_terms_days", -1},
			"config.toml: invoice.payment_terms_days must be a whole number from 0 to 366, without quotes"},
		{Edit{"invoice", "series", 1.5}, "set invoice.series: it is not of a type that a setting has"},
		{Edit{"invoice", "series", nil}, "set invoice.series: it is not of a type that a setting has"},
		{Edit{"invoice", "series", []int{1}}, "set invoice.series: it is not of a type that a setting has"},
		{Edit{"smartbill", "token", model.Secret("\xff" + secret)}, "set smartbill.token: it is not UTF-8 text"},
		{Edit{"invoice", "x = 1\ny", "B"}, "config.toml line 1: invoice.x = 1 y could not be set: change it there by hand"},
		{Edit{"rule[1]", "price", "B"}, "config.toml: rule[1].price could not be set: change it there by hand"},
	} {
		path := write(t, text)
		err := Change(path, Edit{"invoice", "currency", "EUR"}, test.edit)
		if err == nil || err.Error() != test.want {
			t.Errorf("got  %v\nwant %s", err, test.want)
		}
		if read(t, path) != text {
			t.Errorf("%s: half of the change was written", test.edit.path())
		}
	}
}

func TestChangeRefusesAMalformedFile(t *testing.T) {
	path := write(t, "[invoice\n")
	failure, ok := errors.AsType[*FileError](Change(path, Edit{"invoice", "series", "B"}))
	if !ok || failure.Line != 1 {
		t.Errorf("got %v", failure)
	}
}

func TestChangeMakesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "cadensa", "config.toml")
	err := Change(path, Edit{"smartbill", "email", "a@example.com"}, Edit{"smartbill", "cif", "RO12345678"}, Edit{"invoice", "series", "B"})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(newFile, "[smartbill]\n", "[smartbill]\nemail = \"a@example.com\"\ncif = \"RO12345678\"\n", 1)
	want = strings.Replace(want, "[invoice]\n", "[invoice]\nseries = \"B\"\n", 1)
	if diff := cmp.Diff(want, read(t, path)); diff != "" {
		t.Error(diff)
	}
	wantMode(t, path, 0o600)
	wantMode(t, filepath.Dir(path), 0o700)
}

func TestChangeClosesAFileThatOthersCouldRead(t *testing.T) {
	path := write(t, "[smartbill]\ntoken = \""+secret+"\"\n")
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Change(path, Edit{"smartbill", "token", model.Secret(secret)}); err != nil {
		t.Fatal(err)
	}
	wantMode(t, path, 0o600)
}

func wantMode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want && runtime.GOOS != "windows" {
		t.Errorf("%s has mode %o, want %o", filepath.Base(path), got, want)
	}
}

func TestChangeFollowsALink(t *testing.T) {
	target := write(t, "[invoice]\nseries = \"A\"\n")
	link := filepath.Join(t.TempDir(), "config.toml")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := Change(link, Edit{"invoice", "series", "B"}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link was replaced: %v, %v", info, err)
	}
	if got := read(t, target); got != "[invoice]\nseries = \"B\"\n" {
		t.Errorf("the file behind the link holds %q", got)
	}
}

func TestChangeKeepsEveryCommentOfTheExample(t *testing.T) {
	path := write(t, read(t, examplePath))
	edits := []Edit{
		{"", "theme", ThemeDark}, {"smartbill", "email", "b@example.com"}, {"invoice", "settle_after", time.Hour},
		{"invoice", "save_client", false}, {"smartbill", "token_command", []string{"op", "read"}},
	}
	if err := Change(path, edits...); err != nil {
		t.Fatal(err)
	}
	before, after := strings.Split(read(t, examplePath), "\n"), strings.Split(read(t, path), "\n")
	if len(before) != len(after) {
		t.Fatalf("%d lines became %d", len(before), len(after))
	}
	changed := 0
	for i := range before {
		if before[i] != after[i] {
			changed++
		}
	}
	if changed != len(edits) {
		t.Errorf("%d lines changed for %d settings", changed, len(edits))
	}
}

func TestWritersDoNotLoseEachOthersChanges(t *testing.T) {
	path := write(t, "")
	var writers sync.WaitGroup
	const rules = 8
	for i := range rules {
		writers.Go(func() {
			rule := model.Rule{Client: fmt.Sprintf("client %d", i), Price: decimal.NewFromInt(int64(i)), Currency: "RON"}
			if err := AddRule(path, rule); err != nil {
				t.Error(err)
			}
		})
		writers.Go(func() {
			if err := Change(path, Edit{"invoice", "payment_terms_days", i}); err != nil {
				t.Error(err)
			}
			if _, err := Load(path); err != nil {
				t.Errorf("read while others write: %v", err)
			}
		})
	}
	writers.Wait()
	settings, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(settings.Rules) != rules {
		t.Errorf("%d rules of %d are left", len(settings.Rules), rules)
	}
}
