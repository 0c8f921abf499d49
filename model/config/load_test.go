package config

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/netsafe"
)

const examplePath = "../../config.example.toml"

// secret is a token that no error may hold.
const secret = "003|c0ffee00decaf"

// write puts a settings file into a folder of its own.
func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var ignoreFile = []cmp.Option{cmpopts.IgnoreUnexported(Settings{}), cmpopts.IgnoreFields(Settings{}, "Path", "Exists")}

func TestExampleSaysWhatTheDefaultsAre(t *testing.T) {
	got, err := Load(examplePath)
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.SmartBill.Email, want.SmartBill.CIF, want.SmartBill.TokenCommand = "you@example.com", "RO12345678", []string{}
	want.Invoice.ReverseChargeNamed, want.Invoice.OutsideNamed, want.Invoice.ExemptNamed = true, true, true
	want.Sources = []model.Source{
		{Format: "csv", Path: "~/hours/*.csv", ClientTags: []string{"client:*"}, ProjectTags: []string{"project:*", "atlas"}, DateOrder: "dmy",
			Columns: map[string]string{"start": "Begin", "end": "Finish", "client": "Customer"}, User: "ana",
			IgnoredColumns: []string{"Rate", "Notes"},
			Billable:       model.BillableAll, Rates: model.RatesByTracker},
		{Format: "timewarrior", Command: []string{"timew", "export"}},
	}
	want.Rules = []model.Rule{
		{
			Client: "Morii*", Project: "Atlas", Task: "*", Tag: "on-site",
			Unit: model.UnitDay, Price: decimal.RequireFromString("1600.00"), Currency: "EUR",
			Days: model.DefaultDayThresholds(),
		},
		{
			Unit: model.UnitHour, Price: decimal.RequireFromString("250.00"), Currency: "RON",
			Rounding: model.Rounding{
				Step: 15 * time.Minute, Direction: model.RoundUp, Minimum: 15 * time.Minute, Scope: model.ScopeEntry,
			},
		},
	}
	if diff := cmp.Diff(want, got, ignoreFile...); diff != "" {
		t.Error(diff)
	}
}

// TestExampleHasEverySetting compares the keys of the example with those that the program asks for.
func TestExampleHasEverySetting(t *testing.T) {
	var table map[string]any
	if _, err := toml.DecodeFile(examplePath, &table); err != nil {
		t.Fatal(err)
	}
	reading := newReading()
	reading.settings(table)
	var known []string
	for kind, keys := range reading.known {
		for _, key := range keys {
			known = append(known, joinPath(kind, key))
		}
	}
	slices.Sort(known)
	keys := keysOf("", table)
	// What columns are called is no setting.
	maps.DeleteFunc(keys, func(key string, _ bool) bool { return strings.HasPrefix(key, "source.columns.") })
	got := slices.Sorted(maps.Keys(keys))
	if diff := cmp.Diff(known, got); diff != "" {
		t.Errorf("known settings (-) and those of the example (+) differ:\n%s", diff)
	}
}

// keysOf collects the paths of all keys, without the numbers of blocks.
func keysOf(path string, value any) map[string]bool {
	keys := map[string]bool{}
	if tables, ok := tablesOf(value); ok {
		for _, table := range tables {
			maps.Copy(keys, keysOf(path, table))
		}
	}
	if table, ok := value.(map[string]any); ok {
		for key, within := range table {
			keys[joinPath(path, key)] = true
			maps.Copy(keys, keysOf(joinPath(path, key), within))
		}
	}
	return keys
}

// TestEveryExampleSettingHasAComment looks for a comment in the paragraph above each setting's first appearance.
func TestEveryExampleSettingHasAComment(t *testing.T) {
	text := read(t, examplePath)
	seen := map[string]bool{}
	for _, statement := range scan(text).statements {
		key := statement.path[strings.LastIndexByte(statement.path, '.')+1:]
		if statement.header || seen[key] {
			continue
		}
		seen[key] = true
		above := text[:statement.start]
		if paragraph := above[strings.LastIndex(above, "\n\n")+2:]; !strings.HasPrefix(paragraph, "#") {
			t.Errorf("%s has no comment", statement.path)
		}
	}
}

func TestMissingFileGivesDefaults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none", "config.toml")
	got, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.Exists || got.Path != path {
		t.Errorf("Exists = %v, Path = %q", got.Exists, got.Path)
	}
	if diff := cmp.Diff(Default(), got, ignoreFile...); diff != "" {
		t.Error(diff)
	}
}

func TestPartialFileKeepsDefaults(t *testing.T) {
	got, err := Load(write(t, "[invoice]\nvat = 21\npayment_terms_days = 14\nsave_client = false\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.Invoice.VAT, want.Invoice.PaymentTermsDays, want.Invoice.SaveClient = "21", 14, false
	if diff := cmp.Diff(want, got, ignoreFile...); diff != "" {
		t.Error(diff)
	}
	if !got.Exists {
		t.Error("the file is there, and Exists is false")
	}
}

func TestIssuer(t *testing.T) {
	settings, err := Load(write(t, "[invoice]\nvat_status = \"non-payer-intra-eu\"\nvat = \"Redusa\"\nvat_reason = \"education\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := model.Issuer{
		Status: model.VATNonPayerIntraEU, Rate: "Redusa", Usual: model.ReasonEducation, ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD",
		ExemptRate: "SFDD",
	}
	if diff := cmp.Diff(want, settings.Issuer()); diff != "" {
		t.Error(diff)
	}
}

func TestUnitNames(t *testing.T) {
	for file, want := range map[string]model.UnitNames{
		"": nil, "[invoice]\nunits = { hour = \"ora\" }\n": nil,
		"[invoice]\nunits = { hour = \" ORE \", item = \"Buc\" }\n":    {model.UnitHour: "ORE", model.UnitItem: "Buc"},
		"[invoice]\nseries = \"F\"\n[invoice.units]\nday = \"zile\"\n": {model.UnitDay: "zile"},
	} {
		settings, err := Load(write(t, file))
		if diff := cmp.Diff(want, settings.Invoice.Units); diff != "" || err != nil {
			t.Errorf("%q: %v %s", file, err, diff)
		}
	}
	for _, wrong := range []string{`{ hour = "" }`, `{ minute = "min" }`, `{ hour = 1 }`, `"ora"`} {
		if _, err := Load(write(t, "[invoice]\nunits = "+wrong+"\n")); err == nil {
			t.Errorf("%s is taken", wrong)
		}
	}
}

// Nobody but a payer is on collection, whatever the file says.
func TestVATOnCollection(t *testing.T) {
	for _, status := range model.VATStatuses() {
		settings, err := Load(write(t, "[invoice]\nvat_on_collection = true\nvat_status = \""+string(status)+"\"\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := settings.Issuer().OnCollection; got != (status == model.VATPayer) {
			t.Errorf("a %s is on collection: %t", status, got)
		}
	}
	if Default().Issuer().OnCollection {
		t.Error("it is on by itself")
	}
}

func TestLocation(t *testing.T) {
	location, err := Default().Location()
	if err != nil || location.String() != "Europe/Bucharest" {
		t.Errorf("Location() = %v, %v", location, err)
	}
	if _, err := (Settings{TimeZone: "Nowhere/Town"}).Location(); err == nil {
		t.Error("an unknown time zone was loaded")
	}
}

func TestRuleTakesItsDefaults(t *testing.T) {
	settings, err := Load(write(t, "[invoice]\ncurrency = \"EUR\"\n[[rule]]\nprice = 80\nrounding = { step = \"6m\" }\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Rule{{
		Unit: model.UnitHour, Price: decimal.NewFromInt(80), Currency: "EUR",
		Rounding: model.Rounding{Step: 6 * time.Minute, Direction: model.RoundUp, Scope: model.ScopeEntry},
	}}
	if diff := cmp.Diff(want, settings.Rules); diff != "" {
		t.Error(diff)
	}
}

func TestSubsectionsReadLikeBraces(t *testing.T) {
	braces := "[[rule]]\nunit = \"day\"\nprice = \"1\"\nrounding = { step = \"6m\" }\ndays = [{ at_least = \"4h\", days = \"1\" }]\n"
	sections := "[[rule]]\nunit = \"day\"\nprice = \"1\"\n[rule.rounding]\nstep = \"6m\"\n[[rule.days]]\nat_least = \"4h\"\ndays = \"1\"\n"
	one, err := Load(write(t, braces))
	if err != nil {
		t.Fatal(err)
	}
	other, err := Load(write(t, sections))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(one.Rules, other.Rules); diff != "" {
		t.Error(diff)
	}
}

func TestTokenThatOthersCanReadIsNotTaken(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // Windows has no such modes.
	}
	path := write(t, "[smartbill]\nemail = \"a@example.com\"\ntoken = \""+secret+"\"\n")
	for mode, refused := range map[os.FileMode]bool{0o600: false, 0o400: false, 0o640: true, 0o604: true, 0o644: true} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		settings, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := settings.SmartBill.Token == ""; got != refused {
			t.Errorf("mode %o: refused = %v", mode, got)
		}
	}
}

func TestUnreadableFileIsNamed(t *testing.T) {
	folder := t.TempDir()
	_, err := Load(folder)
	failure, ok := errors.AsType[*FileError](err)
	if !ok || failure.Path != folder {
		t.Errorf("Load of a folder: %v", err)
	}
}

func TestHugeFileIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"long":           strings.Repeat("# no settings\n", maxBytes/10),
		"deep lists":     "x = " + strings.Repeat("[", maxBytes/2),
		"deep braces":    "x = " + strings.Repeat("{a=", maxBytes/4),
		"both":           "x = " + strings.Repeat("{a=[\n", maxBytes/6),
		"dots":           strings.Repeat("a.", maxBytes/4) + "a = 1\n",
		"dots in braces": "x = {" + strings.Repeat("a.", maxBytes/4) + "a = 1}\n",
		"dots in a name": "[" + strings.Repeat("a.", maxBytes/4) + "a]\n",
	} {
		if _, err := Load(write(t, text)); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestColumnsMustBeNames(t *testing.T) {
	for _, columns := range []string{`"Begin"`, `{ start = 7 }`, `["Begin"]`} {
		path := filepath.Join(t.TempDir(), "config.toml")
		text := "[[source]]\npath = \"/hours.csv\"\ncolumns = " + columns + "\n"
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(path); err == nil || !strings.Contains(err.Error(), "line 3") || !strings.Contains(err.Error(), "names for names") {
			t.Errorf("columns = %s is told as %v", columns, err)
		}
	}
}

func TestNamedTaxesAndTextsOfLines(t *testing.T) {
	plain, err := Load(write(t, ""))
	if issuer := plain.Issuer(); err != nil || issuer.ReverseChargeNamed || issuer.OutsideNamed || issuer.ExemptNamed ||
		plain.LineTexts() != (model.LineTexts{}) {
		t.Errorf("an empty file says %+v, %v", issuer, err)
	}
	exempt, err := Load(write(t, "[invoice]\nvat_exempt = \"Scutit\"\n"))
	if issuer := exempt.Issuer(); err != nil || !issuer.ExemptNamed || issuer.ExemptRate != "Scutit" || issuer.OutsideNamed {
		t.Errorf("the file says %+v, %v", issuer, err)
	}
	said, err := Load(write(t, "[invoice]\nvat_outside_eu = \"SDD\"\nline_name = \"{project}\"\nline_details = \"{dates} {task}\"\n"))
	if issuer := said.Issuer(); err != nil || issuer.ReverseChargeNamed || !issuer.OutsideNamed {
		t.Errorf("the file says %+v, %v", issuer, err)
	}
	if want := (model.LineTexts{Name: "{project}", Details: "{dates} {task}"}); said.LineTexts() != want {
		t.Errorf("lines are called %+v", said.LineTexts())
	}
}

// The registers are public, but an answer that was forged on its way would end on an invoice.
func TestAddressesOfTheRegisters(t *testing.T) {
	settings, err := Load(write(t, "[registry]\nanaf_url = \"http://127.0.0.1:8080/anaf/\"\nbnr_url = \"https://rates.example.com/bnr/\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := Registry{ANAFURL: "http://127.0.0.1:8080/anaf", VIESURL: netsafe.VIESURL, BNRURL: "https://rates.example.com/bnr"}
	if settings.Registry != want {
		t.Errorf("registry %+v, want %+v", settings.Registry, want)
	}
	for _, line := range []string{`vies_url = "http://example.com"`, `anaf_url = "example"`, `bnr_url = "http://example.com"`} {
		_, err := Load(write(t, "[registry]\n"+line+"\n"))
		key, _, _ := strings.Cut(line, " ")
		if err == nil || !strings.Contains(err.Error(), "line 2") || !strings.Contains(err.Error(), "registry."+key) {
			t.Errorf("%s: error %v", line, err)
		}
	}
}
