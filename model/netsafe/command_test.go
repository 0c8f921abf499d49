package netsafe_test

import (
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"cadensa/model/netsafe"
)

// childVariable makes the test binary print its environment.
const childVariable = "NETSAFE_TEST_CHILD"

const token = "001|5088be0e0850155eaa7713f3d324a63b"

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) == "" {
		os.Exit(m.Run())
	}
	if _, err := io.WriteString(os.Stdout, strings.Join(os.Environ(), "\n")); err != nil {
		os.Exit(1)
	}
}

// seen is the environment of a program that is started, by the names of its variables.
func seen(t *testing.T) []string {
	t.Helper()
	t.Setenv(childVariable, "1")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	printed, err := netsafe.Command(t.Context(), program).Output()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(printed), token) {
		t.Errorf("a child was given the token:\n%s", printed)
	}
	var names []string
	for line := range strings.SplitSeq(string(printed), "\n") {
		name, _, _ := strings.Cut(line, "=")
		names = append(names, name)
	}
	return names
}

func TestChildrenAreNotGivenTheAccount(t *testing.T) {
	t.Setenv("CADENSA_SMARTBILL_TOKEN", token)
	t.Setenv("CADENSA_SMARTBILL_EMAIL", "ana@atelier.example")
	t.Setenv("CADENSA_RENDERER", "plain")
	t.Setenv("MY_TOKEN", token)
	t.Setenv("MY_HEADER", "ana@atelier.example:"+token)
	t.Setenv("EDITOR", "vi")
	t.Setenv("NOT_CADENSA_AT_ALL", "1")
	names := seen(t)
	for name, given := range map[string]bool{
		"CADENSA_SMARTBILL_TOKEN": false, "CADENSA_SMARTBILL_EMAIL": false, "CADENSA_RENDERER": false, "MY_TOKEN": false, "MY_HEADER": false,
		"EDITOR": true, "PATH": true, "NOT_CADENSA_AT_ALL": true, childVariable: true,
	} {
		if slices.Contains(names, name) != given {
			t.Errorf("%s: given to the child %v, want %v", name, !given, given)
		}
	}
}

// A value that is no token must not take other variables with it.
func TestAShortTokenHidesNothingElse(t *testing.T) {
	t.Setenv("CADENSA_SMARTBILL_TOKEN", "/")
	if names := seen(t); !slices.Contains(names, "PATH") || slices.Contains(names, "CADENSA_SMARTBILL_TOKEN") {
		t.Errorf("the child sees %v", names)
	}
}
