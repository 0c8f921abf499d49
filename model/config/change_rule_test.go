package config

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

// placeOf is the rule at an index as the file has it.
func placeOf(t interface {
	Helper()
	Fatal(arguments ...any)
}, path string, index int,
) model.RulePlace {
	t.Helper()
	settings, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return model.RulePlace{Index: index, Rule: settings.Rules[index]}
}

const twoRules = `theme = "dark"
# Prices.

# on-site
[[rule]] # first
client = "A"   # the big one
price = "1"

  # The other.
  [[rule]]
  price = "2" # two

[[source]]
path = "/x"
`

func TestChangeRule(t *testing.T) {
	for _, test := range []struct {
		name          string
		index         int
		change        func(*model.Rule)
		before, after string
	}{
		{
			"a price", 0, func(r *model.Rule) { r.Price = decimal.RequireFromString("250.5") }, twoRules,
			strings.Replace(twoRules, `"1"`, `"250.5"`, 1),
		},
		{
			"a client taken away", 0, func(r *model.Rule) { r.Client = "" }, twoRules,
			strings.Replace(twoRules, "client = \"A\"   # the big one\n", "", 1),
		},
		{
			"what was not there", 1, func(r *model.Rule) {
				r.Tag, r.Rounding = "x", model.Rounding{Step: 15 * time.Minute, Direction: model.RoundUp, Scope: model.ScopeDay}
			}, twoRules,
			strings.Replace(twoRules, "# two\n", "# two\n  tag = \"x\"\n  rounding = { step = \"15m\", direction = \"up\", scope = \"day\" }\n", 1),
		},
		{
			"thresholds", 1, func(r *model.Rule) {
				r.Unit, r.Days = model.UnitDay, []model.DayThreshold{{AtLeast: time.Hour, Days: decimal.New(25, -2)}}
			}, twoRules,
			strings.Replace(twoRules, "# two\n", "# two\n  unit = \"day\"\n  days = [{ at_least = \"1h\", days = \"0.25\" }]\n", 1),
		},
		{"nothing", 0, func(*model.Rule) {}, twoRules, twoRules},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := write(t, test.before)
			place := placeOf(t, path, test.index)
			rule := place.Rule
			test.change(&rule)
			if err := ChangeRule(path, place, rule); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.after, read(t, path)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMoveAndRemoveRule(t *testing.T) {
	const moved = `theme = "dark"
# Prices.

  # The other.
  [[rule]]
  price = "2" # two

# on-site
[[rule]] # first
client = "A"   # the big one
price = "1"

[[source]]
path = "/x"
`
	for name, test := range map[string]struct {
		act    func(path string) error
		before string
		after  string
	}{
		"down":          {func(path string) error { return MoveRule(path, placeOf(t, path, 0), true) }, twoRules, moved},
		"up":            {func(path string) error { return MoveRule(path, placeOf(t, path, 1), false) }, twoRules, moved},
		"up at the top": {func(path string) error { return MoveRule(path, placeOf(t, path, 0), false) }, twoRules, twoRules},
		"down at the end": {
			func(path string) error { return MoveRule(path, placeOf(t, path, 1), true) }, twoRules, twoRules,
		},
		"down without a line end": {
			func(path string) error { return MoveRule(path, placeOf(t, path, 0), true) },
			"[[rule]]\nprice = 1\n\n[[rule]]\nprice = 2", "[[rule]]\nprice = 2\n\n[[rule]]\nprice = 1\n",
		},
		"remove the first": {
			func(path string) error { return RemoveRule(path, placeOf(t, path, 0)) }, twoRules,
			"theme = \"dark\"\n# Prices.\n\n  # The other.\n  [[rule]]\n  price = \"2\" # two\n\n[[source]]\npath = \"/x\"\n",
		},
		"remove the last": {
			func(path string) error { return RemoveRule(path, placeOf(t, path, 0)) }, "# mine\n\n[[rule]]\nprice = 1\n", "# mine\n\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, test.before)
			if err := test.act(path); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.after, read(t, path)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRulesThatAreChangedByHand(t *testing.T) {
	cheaper := func(path string) error {
		place := placeOf(t, path, 0)
		rule := place.Rule
		rule.Price, rule.Rounding.Step = decimal.NewFromInt(7), time.Hour
		return ChangeRule(path, place, rule)
	}
	for name, test := range map[string]struct{ text, want string }{
		"list in brackets": {"rule = [{ price = \"1\" }]\n", "config.toml line 1: the rule could not be changed: change it there by hand"},
		"rounding in a section of its own": {
			"\n[[rule]]\nprice = 1\n[rule.rounding]\nstep = \"6m\"\n",
			"config.toml line 2: rounding of the rule could not be changed: change it there by hand",
		},
		"apart": {"[[rule]]\nprice = 1\n[invoice]\n[rule.rounding]\nstep = \"6m\"\n",
			"config.toml line 1: the rule could not be changed: change it there by hand"},
		"over several lines": {
			"[[rule]]\nprice = \"\"\"\n1\"\"\"\n", "config.toml line 1: price of the rule could not be changed: change it there by hand",
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, test.text)
			err := cheaper(path)
			if !errors.Is(err, ErrChangeByHand) || err.Error() != test.want {
				t.Errorf("error %v, want %s", err, test.want)
			}
			if read(t, path) != test.text {
				t.Error("the file was changed")
			}
		})
	}
}

func TestARuleThatChangedMeanwhileIsLeft(t *testing.T) {
	path := write(t, twoRules)
	place := placeOf(t, path, 0)
	const since = "[[rule]]\nprice = \"9\"\n"
	if err := os.WriteFile(path, []byte(since), 0o600); err != nil {
		t.Fatal(err)
	}
	gone := model.RulePlace{Index: 5, Rule: place.Rule}
	for name, err := range map[string]error{
		"change": ChangeRule(path, place, model.Rule{}), "remove": RemoveRule(path, place), "move": MoveRule(path, place, true),
		"gone": RemoveRule(path, gone),
	} {
		if !errors.Is(err, ErrRuleChanged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if read(t, path) != since {
		t.Error("the file was changed")
	}
}

// TestEditedRulesKeepTheComments edits the rules of the example file, and of drawn ones, again and again: they are what
// was asked for, all other settings are what they were, and no comment is lost but with a rule that was removed.
func TestEditedRulesKeepTheComments(t *testing.T) {
	example, err := os.ReadFile("../../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "config.toml")
	rapid.Check(t, func(t *rapid.T) {
		text := string(example)
		if rapid.Bool().Draw(t, "another file") {
			text = drawFile(t)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		before, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 4).Draw(t, "edits") {
			before = editRules(t, path, before)
		}
	})
}

// editRules does one drawn thing to the rules and checks what became of the file.
func editRules(t *rapid.T, path string, before Settings) Settings {
	want := slices.Clone(before.Rules)
	text := readAll(t, path)
	act := rapid.SampledFrom([]string{"add", "change", "remove", "up", "down"}).Draw(t, "act")
	var err error
	if len(want) == 0 || act == "add" {
		rule := drawRule(t)
		want, err = slices.Insert(want, 0, rule), AddRule(path, rule)
	} else {
		index := rapid.IntRange(0, len(want)-1).Draw(t, "index")
		place := model.RulePlace{Index: index, Rule: want[index]}
		switch act {
		case "change":
			want[index] = drawRule(t)
			err = ChangeRule(path, place, want[index])
		case "remove":
			want, err = slices.Delete(want, index, index+1), RemoveRule(path, place)
		case "up":
			want[max(0, index-1)], want[index] = want[index], want[max(0, index-1)]
			err = MoveRule(path, place, false)
		case "down":
			below := min(len(want)-1, index+1)
			want[below], want[index] = want[index], want[below]
			err = MoveRule(path, place, true)
		}
	}
	if errors.Is(err, ErrChangeByHand) {
		if readAll(t, path) != text {
			t.Fatal("the file was changed all the same")
		}
		return before
	}
	if err != nil {
		t.Fatal(err)
	}
	after, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, after.Rules, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("other rules after %s (-want +got):\n%s", act, diff)
	}
	rest := cmp.FilterPath(func(p cmp.Path) bool { return p.String() == "Rules" }, cmp.Ignore())
	if diff := cmp.Diff(before, after, rest, cmpopts.IgnoreUnexported(Settings{})); diff != "" {
		t.Fatalf("other settings after %s:\n%s", act, diff)
	}
	if act == "remove" {
		return after
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "#") && !strings.Contains(readAll(t, path), line) {
			t.Fatalf("%s lost the comment %q", act, line)
		}
	}
	return after
}

func readAll(t *rapid.T, path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
