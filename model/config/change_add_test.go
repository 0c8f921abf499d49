package config

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

func TestAddRuleGoesFirst(t *testing.T) {
	rule := model.Rule{
		Client: "Morii", Unit: model.UnitHour, Price: decimal.RequireFromString("250.00"), Currency: "EUR",
		Rounding: model.Rounding{Step: 15 * time.Minute, Direction: model.RoundNearest, Scope: model.ScopeDay},
	}
	const block = "[[rule]]\nclient = \"Morii\"\nunit = \"hour\"\nprice = \"250\"\ncurrency = \"EUR\"\n" +
		"rounding = { step = \"15m\", direction = \"nearest\", scope = \"day\" }\n"
	for _, test := range []struct{ name, before, after string }{
		{"no rule yet", "theme = \"dark\"", "theme = \"dark\"\n\n" + block},
		{"empty", "", block},
		{"before the first and its comment", "# Prices.\n\n# all\n[[rule]]\nprice = 1\n\n[[rule]]\nprice = 2\n", "# Prices.\n\n" + block +
			"\n# all\n[[rule]]\nprice = 1\n\n[[rule]]\nprice = 2\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := write(t, test.before)
			if err := AddRule(path, rule); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.after, read(t, path)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAddSourceGoesLast(t *testing.T) {
	source := model.Source{Format: "timewarrior", Command: []string{"timew", "export"}, ClientTags: []string{"client:*"}, User: "Ana Pop"}
	const block = "[[source]]\nformat = \"timewarrior\"\ncommand = [\"timew\", \"export\"]\nclient_tag = \"client:*\"\nuser = \"Ana Pop\"\n"
	for _, test := range []struct{ name, before, after string }{
		{"no source yet", "[[rule]]\nprice = 1\n", "[[rule]]\nprice = 1\n\n" + block},
		{"after the last", "[[source]]\npath = \"/a\" # a\n\n[[rule]]\nprice = 1\n", "[[source]]\npath = \"/a\" # a\n\n" + block +
			"\n[[rule]]\nprice = 1\n"},
		{"no line end", "[[source]]\npath = \"/a\"", "[[source]]\npath = \"/a\"\n\n" + block},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := write(t, test.before)
			if err := AddSource(path, source); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.after, read(t, path)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAddRefusesAListInBrackets(t *testing.T) {
	const text = "\nrule = [{ price = \"1\" }]\nsource = []\n"
	path := write(t, text)
	err := AddRule(path, model.Rule{Price: decimal.NewFromInt(1), Currency: "RON"})
	if !errors.Is(err, ErrChangeByHand) || err.Error() != "config.toml line 2: rule is one list in brackets: change it there by hand" {
		t.Errorf("rule: %v", err)
	}
	if err := AddSource(path, model.Source{Path: "/a"}); !errors.Is(err, ErrChangeByHand) {
		t.Errorf("source: %v", err)
	}
	if read(t, path) != text {
		t.Error("the file was changed")
	}
}

func TestAddRefusesWhatWouldNotLoad(t *testing.T) {
	path := write(t, "")
	for name, err := range map[string]error{
		"negative price":       AddRule(path, model.Rule{Price: decimal.NewFromInt(-1), Currency: "RON"}),
		"unknown currency":     AddRule(path, model.Rule{Price: decimal.NewFromInt(1), Currency: "lei"}),
		"open glob":            AddRule(path, model.Rule{Price: decimal.NewFromInt(1), Client: "[a"}),
		"not text":             AddRule(path, model.Rule{Price: decimal.NewFromInt(1), Client: "\xff"}),
		"source without place": AddSource(path, model.Source{Format: "csv"}),
	} {
		if err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if read(t, path) != "" {
		t.Error("the file was changed")
	}
}

// TestAddedRulesLoadAsTheyWere adds drawn rules and reads them again.
func TestAddedRulesLoadAsTheyWere(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		path := folder + "/" + rapid.StringMatching(`[a-z0-9]{12}`).Draw(t, "name") + ".toml"
		var want []model.Rule
		for range rapid.IntRange(1, 3).Draw(t, "rules") {
			rule := drawRule(t)
			want = append([]model.Rule{rule}, want...)
			if err := AddRule(path, rule); err != nil {
				t.Fatal(err)
			}
		}
		settings, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, settings.Rules[:len(want)]); diff != "" {
			t.Fatal(diff)
		}
	})
}

func drawRule(t *rapid.T) model.Rule {
	glob := rapid.StringMatching(`[a-zșț"#*]{0,8}`)
	minutes := func(label string) time.Duration {
		return time.Duration(rapid.IntRange(0, 1440).Draw(t, label)) * time.Minute
	}
	rule := model.Rule{
		Client: glob.Draw(t, "client"), Project: glob.Draw(t, "project"), Task: glob.Draw(t, "task"), Tag: glob.Draw(t, "tag"),
		Unit:     rapid.SampledFrom(model.Units()).Draw(t, "unit"),
		Price:    decimal.New(rapid.Int64Range(0, 1e9).Draw(t, "price"), -2),
		Currency: rapid.SampledFrom(model.Currencies()).Draw(t, "currency"),
	}
	if rapid.Bool().Draw(t, "rounded") {
		rule.Rounding = model.Rounding{
			Step: minutes("step"), Minimum: minutes("minimum"),
			Direction: rapid.SampledFrom([]model.Direction{model.RoundUp, model.RoundNearest, model.RoundDown}).Draw(t, "direction"),
			Scope:     rapid.SampledFrom([]model.Scope{model.ScopeEntry, model.ScopeDay, model.ScopeLine}).Draw(t, "scope"),
		}
	}
	if rule.Unit == model.UnitDay && rapid.Bool().Draw(t, "thresholds") {
		rule.Days = []model.DayThreshold{{AtLeast: minutes("at least"), Days: decimal.New(5, -1)}}
	}
	return rule
}
