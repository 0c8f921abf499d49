package say_test

import (
	"testing"

	"cadensa/model/say"
)

func TestTodo(t *testing.T) {
	inner := say.Todo("3 lines")
	for _, test := range []struct {
		text say.Text
		want string
	}{
		{say.Todo("100 % done"), "100 % done"},
		{say.Todo("%s has %s.", "FCT-0023", inner), "FCT-0023 has 3 lines."},
		{say.Same("Numar: %s"), "Numar: %s"},
		{say.Join(say.Todo("One."), say.Text{}, say.Todo("Two.")), "One. Two."},
		{say.Join(), ""},
	} {
		for _, language := range []say.Language{say.English, say.Romanian, say.Hungarian} {
			if got := test.text.In(language); got != test.want {
				t.Errorf("in language %d: %q, want %q", language, got, test.want)
			}
		}
	}
}

func TestTextsInEveryLanguage(t *testing.T) {
	client := say.In("company", "firmă", "cég")
	for language, want := range map[say.Language]string{
		say.English: "one company of 3", say.Romanian: "o firmă din 3", say.Hungarian: "3-ból egy cég",
	} {
		text := say.Format("one %s of %d", "o %s din %d", "%[2]d-ból egy %[1]s", client, 3)
		if got := text.In(language); got != want {
			t.Errorf("in language %d: %q, want %q", language, got, want)
		}
	}
}

func TestIsEmpty(t *testing.T) {
	if !say.Join().IsEmpty() || say.Todo("x").IsEmpty() {
		t.Error("only a text without words is empty")
	}
}

func TestNoun(t *testing.T) {
	entries := say.TodoNoun("entry", "entries")
	for count, want := range map[int]string{0: "0 entries", 1: "1 entry", 2: "2 entries", 101: "101 entries"} {
		if got := entries.Of(count).In(say.English); got != want {
			t.Errorf("%d: %q, want %q", count, got, want)
		}
	}
}
