package ui_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	"github.com/google/go-cmp/cmp"

	"cadensa/model/timelog"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/screen/billto"
	"cadensa/ui/screen/entries"
	"cadensa/ui/screen/history"
	"cadensa/ui/screen/review"
	"cadensa/ui/screen/setup"
	"cadensa/ui/uitest"
)

// keyRow is a row of README's table of keys.
func keyRow(where string, keys []key.Binding) string {
	var parts []string
	for _, binding := range keys {
		part := "`" + binding.Help().Key + "` " + binding.Help().Desc
		if binding.Help().Key != "" && (len(parts) == 0 || parts[len(parts)-1] != part) {
			parts = append(parts, part)
		}
	}
	return "| " + where + " | " + strings.Join(parts, " · ") + " |\n"
}

// README's table of keys says what the tables of actions say. When it does not, the failure shows the rows to put there.
func TestREADMEListsTheKeysOfEveryScreen(t *testing.T) {
	env := uitest.Env(t.Context())
	var services struct{ billto.Services }
	want := "| where | keys |\n| --- | --- |\n" +
		keyRow("everywhere", ui.New(env, "", screen.TabTime, nil).Actions().Help()) +
		keyRow("lists", screen.MoveKeys()) +
		keyRow("forms", screen.FormKeys()) +
		keyRow("Time", entries.New(env, nil).Actions().Help()) +
		keyRow("Bill To", billto.New(env, services).Actions().Help()) +
		keyRow("Review", review.New(env, nil).Actions().Help()) +
		keyRow("History", history.New(env, nil).Actions().Help()) +
		keyRow("Setup", setup.New(env, nil).Actions().Help())
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(readme), "\n## Keys\n\n")
	got, _, _ := strings.Cut(after, "\n\n")
	if diff := cmp.Diff(want, got+"\n"); diff != "" {
		t.Errorf("README's table of keys differs (-want +got):\n%s\nThe rows are:\n%s", diff, want)
	}
}

// CONTRIBUTING's table of letters says what each means on each screen. When it does not, the failure shows the rows to put there.
func TestCONTRIBUTINGListsTheLetters(t *testing.T) {
	env := uitest.Env(t.Context())
	var services struct{ billto.Services }
	tables := []screen.Actions{
		entries.New(env, nil).Actions(), billto.New(env, services).Actions(), review.New(env, nil).Actions(), history.New(env, nil).Actions(),
	}
	var letters []string
	for _, table := range tables {
		for _, binding := range table.Help() {
			if letter := binding.Help().Key; utf8.RuneCountInString(letter) == 1 && letter != "↓" && !slices.Contains(letters, letter) {
				letters = append(letters, letter)
			}
		}
	}
	slices.Sort(letters)
	want := "| key | Time | Bill To | Review | History |\n| --- | --- | --- | --- | --- |\n"
	for _, letter := range letters {
		want += "| `" + letter + "` |"
		for _, table := range tables {
			want += " " + meaningsOf(table, letter) + " |"
		}
		want += "\n"
	}
	guide, err := os.ReadFile("../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(guide), "\n### Letters\n\n")
	_, after, _ = strings.Cut(after, "\n\n")
	got, _, _ := strings.Cut(after, "\n\n")
	if diff := cmp.Diff(want, got+"\n"); diff != "" {
		t.Errorf("CONTRIBUTING's table of letters differs (-want +got):\n%s\nThe rows are:\n%s", diff, want)
	}
}

// meaningsOf is what a key does on a screen, "" for nothing; of a long text it is the part that names it.
func meaningsOf(table screen.Actions, name string) string {
	var meanings []string
	for _, binding := range table.Help() {
		meaning, _, _ := strings.Cut(binding.Help().Desc, ": ")
		if binding.Help().Key == name && !slices.Contains(meanings, meaning) {
			meanings = append(meanings, meaning)
		}
	}
	return strings.Join(meanings, ", ")
}

// README's table of formats is the code's, in the order of the names. When it is not, the failure shows the rows to put there.
func TestREADMEListsTheFormats(t *testing.T) {
	table := timelog.FormatTable()
	slices.SortFunc(table, func(a, b timelog.FormatDescription) int { return strings.Compare(a.Name, b.Name) })
	want := "| format | what is read |\n| --- | --- |\n"
	for _, format := range table {
		want += "| `" + format.Name + "` | " + strings.ReplaceAll(format.About, "|", `\|`) + " |\n"
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(readme), "\n## What it reads\n\n")
	_, after, _ = strings.Cut(after, "\n\n")
	got, _, _ := strings.Cut(after, "\n\n")
	if diff := cmp.Diff(want, got+"\n"); diff != "" {
		t.Errorf("README's table of formats differs (-want +got):\n%s\nThe rows are:\n%s", diff, want)
	}
}

// A fresh clone is tried and tested with two commands; CI runs the second as it stands here.
func TestREADMENamesTheTwoCommands(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "\ngo run . --demo\ngo test ./...\n") {
		t.Error("README does not name both commands, each on a line of its own")
	}
}
