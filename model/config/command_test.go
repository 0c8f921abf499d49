package config

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// actVariable makes the test binary act as the token_command under test.
const actVariable = "CONFIG_TEST_COMMAND"

func TestMain(m *testing.M) {
	switch os.Getenv(actVariable) {
	case "":
		os.Exit(m.Run())
	case "print":
		os.Stdout.WriteString(secret + "\n")
	case "complain":
		os.Stderr.WriteString("\nno key in the drawer\x1b[31m\nmore\n")
		os.Exit(3)
	case "blurt":
		os.Stderr.WriteString("cannot send \x1b]0;" + secret + "\x07, key=" + secret + "\n" + secret + "\n")
		os.Exit(3)
	case "leak":
		os.Stdout.WriteString(secret)
		os.Stderr.WriteString("bad token " + secret + "\n")
		os.Exit(3)
	}
}

func act(t *testing.T, how string) []string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(actVariable, how)
	return []string{program, "--password", secret}
}

func TestRunCommand(t *testing.T) {
	printed, err := RunCommand(t.Context(), act(t, "print"))
	if err != nil || string(printed) != secret+"\n" {
		t.Errorf("got %q, %v", printed, err)
	}
}

func TestRunCommandFails(t *testing.T) {
	_, err := RunCommand(t.Context(), act(t, "complain"))
	if _, ok := errors.AsType[*exec.ExitError](err); !ok || !strings.HasSuffix(err.Error(), "exit status 3: no key in the drawer[31m") {
		t.Errorf("got %v", err)
	}
	_, err = RunCommand(t.Context(), act(t, "leak"))
	if err == nil || strings.Contains(err.Error(), secret) {
		t.Errorf("got %v", err)
	}
	_, err = RunCommand(t.Context(), act(t, "blurt"))
	if err == nil || !strings.HasSuffix(err.Error(), "exit status 3: cannot send ]0;••••••••, ••••••••") {
		t.Errorf("got %v", err)
	}
	if _, err := RunCommand(t.Context(), []string{"cadensa-no-such-program", secret}); !errors.Is(err, exec.ErrNotFound) || strings.Contains(err.Error(), secret) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := RunCommand(ctx, act(t, "print")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
