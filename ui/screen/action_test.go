package screen_test

import (
	"testing"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"

	"cadensa/ui/screen"
)

type ranMsg string

func running(name string) func() tea.Cmd {
	return func() tea.Cmd { return screen.Send(ranMsg(name)) }
}

func refusing(why string) func() string { return func() string { return why } }

// The key switch, the footer and ? come from one table: what a key does and what is said of it cannot come apart.
func TestOneTableOfActions(t *testing.T) {
	actions := screen.Actions{
		{Key: "space", Short: "tick", Long: "tick the entry", Run: running("tick")},
		{Key: "u", Short: "settle", Refusal: refusing("nothing is uncertain"), Run: running("settle")},
		{Key: "u", Short: "deleted?", Rare: true, Run: running("deleted")},
		{Key: "[ ]", Keys: []string{"["}, Long: "the period before, after", Rare: true, Run: running("before")},
		{Keys: []string{"]"}, Run: running("after")},
		{Key: "c", Short: "cancel", Refusal: refusing("it is cancelled"), Run: running("cancel")},
		{Key: "↓", Long: "open the list"},
	}
	for name, want := range map[string]tea.Msg{
		" ": ranMsg("tick"), "u": ranMsg("deleted"), "[": ranMsg("before"), "]": ranMsg("after"),
		"c": screen.Notice{Text: "it is cancelled"},
	} {
		cmd, known := actions.Press(name)
		if !known || cmd == nil {
			t.Errorf("%q does nothing", name)
			continue
		}
		if diff := cmp.Diff(want, cmd()); diff != "" {
			t.Errorf("%q does something else (-want +got):\n%s", name, diff)
		}
	}
	for _, name := range []string{"x", "↓", ""} {
		if _, known := actions.Press(name); known {
			t.Errorf("%q does something", name)
		}
	}
	for _, each := range []struct {
		what string
		keys []key.Binding
		want []string
	}{
		{"the footer", actions.Footer(), []string{"space tick", "u settle", "c cancel"}},
		{"the footer in an order", actions.Footer("c", "x", "space"), []string{"c cancel", "space tick"}},
		{"what can be done", actions.Possible().Help(), []string{
			"space tick the entry", "u deleted?", "[ ] the period before, after", "↓ open the list",
		}},
	} {
		var got []string
		for _, binding := range each.keys {
			got = append(got, binding.Help().Key+" "+binding.Help().Desc)
		}
		if diff := cmp.Diff(each.want, got); diff != "" {
			t.Errorf("%s shows something else (-want +got):\n%s", each.what, diff)
		}
	}
}
