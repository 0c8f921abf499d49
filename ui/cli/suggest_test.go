package cli_test

import "testing"

// TestMisspeltWordsAreAnsweredWithTheRightOne checks that nobody has to read a list for one wrong letter.
func TestMisspeltWordsAreAnsweredWithTheRightOne(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, test := range []struct {
		command []string
		want    string
	}{
		{[]string{"isseu"}, "(did you mean issue?)"},
		{[]string{"hist"}, `cadensa does not know "hist" (did you mean history?); see cadensa --help`},
		{[]string{"help", "time-sheet"}, `there is no command "time-sheet" (did you mean timesheet?)`},
		{[]string{"clients", "shwo", "Morii"}, "(did you mean show?)"},
		{[]string{"config", "chekc"}, "(did you mean check?)"},
		{[]string{"entries", "--perod", "all"}, "unknown flag: --perod (did you mean --period?)"},
		{[]string{"issue", "--confg", "x"}, "(did you mean --config?)"},
		{[]string{"entries", "--period", "lastmonth"}, "(did you mean last-month?)"},
		{[]string{"entries", "--source", "togl"}, `--source "togl" is none of timewarrior, toggl`},
		{[]string{"entries", "--source", "togl"}, "(did you mean toggl?)"},
		{[]string{"import", h.write(t, "x.csv", ""), "--format", "kimay"}, "(did you mean kimai?)"},
		{[]string{"import", h.write(t, "x.csv", ""), "--encoding", "utf8"}, "(did you mean utf-8?)"},
	} {
		h.fail(t, 2, []string{test.want}, test.command...)
	}
	if said := h.fail(t, 2, []string{`does not know "zzz"; see`}, "zzz"); said != "" {
		t.Errorf("printed %q", said)
	}
}
