package entries_test

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/ui/uitest"
)

// What a number and a text can be in a file or a ledger: more exact than a list shows it, and spaced as a person spaced it.
var (
	numbers = rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64Range(1, 99_999_999).Draw(t, "digits"), rapid.Int32Range(-4, 1).Draw(t, "exponent"))
	})
	wordings = rapid.SampledFrom([]string{"", "Licence", "Ședință  de lucru", "Atelier*", `two "words"`, "{project}  by {user}", "日本語"})
)

func examples[T any](generator *rapid.Generator[T], count int) []T {
	drawn := make([]T, count)
	for i := range drawn {
		drawn[i] = generator.Example(i)
	}
	return drawn
}

func drawFreeLine(t *rapid.T) model.FreeLine {
	return model.FreeLine{
		Name: "Line " + wordings.Draw(t, "name"), Details: wordings.Draw(t, "details"), Quantity: numbers.Draw(t, "quantity"),
		Unit: rapid.SampledFrom(model.Units()).Draw(t, "unit"), Price: numbers.Draw(t, "price"),
		Currency: rapid.SampledFrom(model.Currencies()).Draw(t, "currency"),
		VAT:      rapid.SampledFrom(append(model.LineReasons(), "")).Draw(t, "VAT"),
	}
}

// Opening a line and saving it unchanged changes nothing, however exact its numbers are.
func TestUnchangedFreeLinesStayAsTheyAre(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		lines := examples(rapid.Custom(drawFreeLine), 25)
		for i := range lines {
			lines[i].ID = i + 1
		}
		lines[0].Quantity, lines[0].Price = decimal.NewFromInt(1000), uitest.Amount("0.0375")
		records := sample(t).keep(model.Selection{Free: lines})
		before := records.kept().Free
		s := start(t, records, 80, 24)
		s.Press("f")
		for range lines {
			s.Press("enter").Sees("Change the line").Press("ctrl+s").Lacks("Change the line").Press("j")
		}
		if diff := cmp.Diff(before, records.kept().Free); diff != "" {
			t.Errorf("kept (-want +got):\n%s", diff)
		}
	})
}

func drawRule(t *rapid.T) model.Rule {
	length := rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(rapid.IntRange(0, 5400).Draw(t, "seconds")) * time.Second
	})
	rule := model.Rule{
		Client: wordings.Draw(t, "client"), Project: wordings.Draw(t, "project"), Task: wordings.Draw(t, "task"), Tag: wordings.Draw(t, "tag"),
		Unit: rapid.SampledFrom(model.Units()).Draw(t, "unit"), Price: numbers.Draw(t, "price"),
		Currency: rapid.SampledFrom(model.Currencies()).Draw(t, "currency"),
	}
	if rapid.Bool().Draw(t, "rounds") {
		rule.Rounding = model.Rounding{
			Step: length.Draw(t, "step"), Minimum: length.Draw(t, "minimum"),
			Direction: rapid.SampledFrom(model.Directions()).Draw(t, "direction"), Scope: rapid.SampledFrom(model.Scopes()).Draw(t, "scope"),
		}
	}
	if rule.Unit == model.UnitDay && rapid.Bool().Draw(t, "thresholds") {
		rule.Days = []model.DayThreshold{{AtLeast: time.Second, Days: decimal.New(25, -2)},
			{AtLeast: length.Draw(t, "at least"), Days: numbers.Draw(t, "days")}}
	}
	return rule
}

// Opening a rate and saving it unchanged leaves the settings file as it is, byte by byte.
func TestUnchangedRatesStayAsTheyAre(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, unpriced).track(hoursFile, month()...)
		rules := examples(rapid.Custom(drawRule), 15)
		for _, rule := range rules {
			records.addRule(rule)
		}
		before := settingsOf(t, records)
		s := start(t, records, 80, 24)
		s.Press("R", "g")
		for range rules {
			s.Press("enter").Sees("Change the rate").Press("ctrl+s").Lacks("Change the rate").Press("j")
		}
		if diff := cmp.Diff(before, settingsOf(t, records)); diff != "" {
			t.Errorf("the settings (-want +got):\n%s", diff)
		}
	})
}

func TestUnchangedWordingStaysAsItIs(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		records.Check(config.Change(records.SettingsFile(), config.Edit{Section: "invoice", Key: "line_name", Value: "{project}  by {user}"}))
		records.Restart()
		before := settingsOf(t, records)
		start(t, records, 80, 24).Press("a", "t").Sees("What lines of hours say").Press("ctrl+s").Lacks("What lines of hours say")
		if diff := cmp.Diff(before, settingsOf(t, records)); diff != "" {
			t.Errorf("the settings (-want +got):\n%s", diff)
		}
	})
}

func settingsOf(t *testing.T, records *program) string {
	t.Helper()
	content, err := os.ReadFile(records.SettingsFile())
	records.Check(err)
	return string(content)
}
