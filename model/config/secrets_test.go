package config

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"cadensa/model"
)

// memoryKeyring keeps tokens in memory.
type memoryKeyring map[string]model.Secret

func (k memoryKeyring) Get(_ context.Context, account string) (model.Secret, error) {
	token, found := k[account]
	if !found {
		return "", ErrNotInKeyring
	}
	return token, nil
}

func (k memoryKeyring) Set(_ context.Context, account string, token model.Secret) error {
	k[account] = token
	return nil
}

func (k memoryKeyring) Delete(_ context.Context, account string) error {
	delete(k, account)
	return nil
}

func environment(variables map[string]string) func(string) string {
	return func(name string) string { return variables[name] }
}

// prints is a command runner whose command prints a text.
func prints(text string) func(context.Context, []string) ([]byte, error) {
	return func(context.Context, []string) ([]byte, error) { return []byte(text), nil }
}

const account = "[smartbill]\nemail = \"a@example.com\"\ncif = \"RO12345678\"\n"

func TestTokenFirstFound(t *testing.T) {
	all := map[string]string{TokenVariable: " from-environment\n"}
	ring := memoryKeyring{"a@example.com": "from-keyring"}
	const command, file = "token_command = [\"pass\"]\n", "token = \" from-file \"\n"
	for _, test := range []struct {
		name, text  string
		environment map[string]string
		keyring     Keyring
		token       string
		source      TokenSource
	}{
		{"environment", account + command + file, all, ring, "from-environment", TokenFromEnvironment},
		{"command", account + command + file, nil, ring, "from-command", TokenFromCommand},
		{"file", account + file, nil, ring, "from-file", TokenFromFile},
		{"keyring", account, nil, ring, "from-keyring", TokenFromKeyring},
		{"keyring of the other account", account, map[string]string{EmailVariable: "b@example.com"}, ring, "", TokenFromNowhere},
		{"no keyring", account, nil, NoKeyring{}, "", TokenFromNowhere},
	} {
		t.Run(test.name, func(t *testing.T) {
			settings, err := Load(write(t, test.text))
			if err != nil {
				t.Fatal(err)
			}
			secrets := Secrets{environment(test.environment), test.keyring, prints("\n from-command \nuser: me\n")}
			credentials, source, err := secrets.Credentials(t.Context(), settings)
			if credentials.Token.Reveal() != test.token || source != test.source {
				t.Errorf("got %q from %s", credentials.Token.Reveal(), source)
			}
			if missing := errors.Is(err, model.ErrNotConfigured); missing != (test.token == "") {
				t.Errorf("error: %v", err)
			}
		})
	}
}

func TestEnvironmentOverrides(t *testing.T) {
	settings, err := Load(write(t, account+"base_url = \"https://example.com/api/\"\ntoken = \"x\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	secrets := Secrets{environment(nil), NoKeyring{}, prints("")}
	credentials, _, err := secrets.Credentials(t.Context(), settings)
	want := model.Credentials{Email: "a@example.com", CIF: "RO12345678", BaseURL: "https://example.com/api", Token: "x"}
	if err != nil || credentials != want {
		t.Errorf("got %v, %v", credentials, err)
	}
	secrets.Getenv = environment(map[string]string{
		EmailVariable: "b@example.com", CIFVariable: "123", URLVariable: "http://127.0.0.1:9/api/",
	})
	credentials, _, err = secrets.Credentials(t.Context(), settings)
	want = model.Credentials{Email: "b@example.com", CIF: "123", BaseURL: "http://127.0.0.1:9/api", Token: "x"}
	if err != nil || credentials != want {
		t.Errorf("got %v, %v", credentials, err)
	}
}

func TestBadAddressInTheEnvironment(t *testing.T) {
	secrets := Secrets{environment(map[string]string{URLVariable: "https://a:" + secret[4:] + "@example.com"}), NoKeyring{}, prints("")}
	_, _, err := secrets.Credentials(t.Context(), Default())
	if err == nil || err.Error() != "CADENSA_SMARTBILL_URL must not hold a user or a password" {
		t.Errorf("got %v", err)
	}
}

func TestMissingCredentialsAreNamed(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "SmartBill is not set up yet: the token and the account's e-mail and the company's CIF missing"},
		{account, "SmartBill is not set up yet: the token missing (there is no keyring)"},
		{"[smartbill]\ntoken = \"x\"\nemail = \"a\"\n", "SmartBill is not set up yet: the company's CIF missing"},
	} {
		settings, err := Load(write(t, test.text))
		if err != nil {
			t.Fatal(err)
		}
		secrets := Secrets{environment(nil), NoKeyring{}, prints("")}
		if _, _, err := secrets.Credentials(t.Context(), settings); err == nil || err.Error() != test.want {
			t.Errorf("got  %v\nwant %s", err, test.want)
		}
	}
}

func TestTokenThatOthersCanReadIsRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // Windows has no such modes.
	}
	path := write(t, account+"token = \""+secret+"\"\n")
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	settings, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	secrets := Secrets{environment(nil), memoryKeyring{"a@example.com": "from-keyring"}, prints("")}
	credentials, _, err := secrets.Credentials(t.Context(), settings)
	if !errors.Is(err, ErrTokenReadable) || credentials.Token != "" {
		t.Errorf("got %v", err)
	}
	if want := "config.toml line 4: others can read the token: run chmod 600 on the file"; err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	secrets.Getenv = environment(map[string]string{TokenVariable: "from-environment"})
	if _, source, err := secrets.Credentials(t.Context(), settings); err != nil || source != TokenFromEnvironment {
		t.Errorf("the environment's token was not taken: %v", err)
	}
}

func TestTokenCommandThatFails(t *testing.T) {
	settings, err := Load(write(t, account+"token_command = [\"pass\"]\ntoken = \"x\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, run := range map[string]func(context.Context, []string) ([]byte, error){
		"prints nothing": prints(" \n"),
		"fails":          func(context.Context, []string) ([]byte, error) { return []byte(secret), errors.New("exit status 1") },
	} {
		secrets := Secrets{environment(nil), NoKeyring{}, run}
		credentials, _, err := secrets.Credentials(t.Context(), settings)
		if err == nil || credentials.Token != "" || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: token %q, error %v", name, credentials.Token.Reveal(), err)
		}
	}
}

func TestSaveToken(t *testing.T) {
	t.Run("into the keyring", func(t *testing.T) {
		path, ring := write(t, account), memoryKeyring{}
		source, err := Secrets{Keyring: ring}.SaveToken(t.Context(), path, "a@example.com", secret)
		if err != nil || source != TokenFromKeyring || ring["a@example.com"] != secret {
			t.Errorf("got %s, %v", source, err)
		}
		if got := read(t, path); got != account {
			t.Errorf("the file holds %q", got)
		}
	})
	t.Run("into the keyring, past an older one in the file", func(t *testing.T) {
		path, ring := write(t, account+"token = \"old\" # mine\n"), memoryKeyring{}
		source, err := Secrets{Keyring: ring}.SaveToken(t.Context(), path, "a@example.com", secret)
		if err != nil || source != TokenFromKeyring {
			t.Fatalf("got %s, %v", source, err)
		}
		settings, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		credentials, _, err := Secrets{environment(nil), ring, nil}.Credentials(t.Context(), settings)
		if err != nil || credentials.Token.Reveal() != secret {
			t.Errorf("the next start finds %q, %v", credentials.Token.Reveal(), err)
		}
	})
	t.Run("into the file", func(t *testing.T) {
		path := write(t, account)
		source, err := Secrets{Keyring: NoKeyring{}}.SaveToken(t.Context(), path, "a@example.com", secret)
		if err != nil || source != TokenFromFile {
			t.Fatalf("got %s, %v", source, err)
		}
		settings, err := Load(path)
		if err != nil || settings.SmartBill.Token.Reveal() != secret {
			t.Errorf("the file has no token: %v", err)
		}
		wantMode(t, path, 0o600)
	})
	t.Run("into nothing once cancelled", func(t *testing.T) {
		path := write(t, account)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := Secrets{Keyring: NoKeyring{}}.SaveToken(ctx, path, "a@example.com", secret)
		if !errors.Is(err, context.Canceled) || read(t, path) != account {
			t.Errorf("got %v", err)
		}
	})
	t.Run("nowhere", func(t *testing.T) {
		_, err := Secrets{Keyring: NoKeyring{}}.SaveToken(t.Context(), write(t, "smartbill = {}\n"), "a", secret)
		if !errors.Is(err, ErrChangeByHand) || strings.Contains(err.Error(), secret) {
			t.Errorf("got %v", err)
		}
	})
}

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
	if _, err := RunCommand(t.Context(), []string{"cadensa-no-such-program", secret}); !errors.Is(err, exec.ErrNotFound) ||
		strings.Contains(err.Error(), secret) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := RunCommand(ctx, act(t, "print")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
