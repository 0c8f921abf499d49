package config

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/netsafe"
	"cadensa/model/text"
)

// The variables that come before the settings file.
const (
	TokenVariable = "CADENSA_SMARTBILL_TOKEN" //nolint:gosec // the name of a variable, not a token
	EmailVariable = "CADENSA_SMARTBILL_EMAIL"
	CIFVariable   = "CADENSA_SMARTBILL_CIF"
	URLVariable   = "CADENSA_SMARTBILL_URL"
)

// TokenSource says where the token was found, in words that a screen can show.
type TokenSource string

// The places of a token, in the order in which they are asked.
const (
	TokenFromEnvironment TokenSource = "environment"
	TokenFromCommand     TokenSource = "token_command"
	TokenFromFile        TokenSource = "settings file"
	TokenFromKeyring     TokenSource = "keyring"
	TokenFromNowhere     TokenSource = "none"
)

// Secrets is where credentials come from beside the settings.
type Secrets struct {
	Getenv  func(string) string
	Keyring Keyring
	// Run runs a command without a shell and returns what it printed; its errors hold none of that.
	Run func(ctx context.Context, command []string) ([]byte, error)
}

// SystemSecrets asks the process's environment, the system's keyring and real commands.
func SystemSecrets() Secrets {
	return Secrets{Getenv: os.Getenv, Keyring: OSKeyring(), Run: RunCommand}
}

// Credentials finds what opens the account. The environment comes before each setting; the token is the first of the environment,
// token_command, the file and the keyring. Errors, beside what was found: model.ErrNotConfigured naming what is missing,
// ErrTokenReadable, or why the token_command or the address failed. A keyring that gives nothing is no error of its own.
func (s Secrets) Credentials(ctx context.Context, settings Settings) (model.Credentials, TokenSource, error) {
	credentials := model.Credentials{
		Email:   s.override(EmailVariable, settings.SmartBill.Email),
		CIF:     s.override(CIFVariable, settings.SmartBill.CIF),
		BaseURL: settings.SmartBill.BaseURL,
	}
	if address := s.override(URLVariable, ""); address != "" {
		checked, err := checkURL(address)
		if err != nil {
			return credentials, TokenFromNowhere, fmt.Errorf("%s %w", URLVariable, err)
		}
		credentials.BaseURL = checked
	}
	token, source, keyringErr, err := s.token(ctx, settings, credentials.Email)
	if err != nil {
		return credentials, TokenFromNowhere, err
	}
	credentials.Token = token
	return credentials, source, missing(credentials, keyringErr)
}

func (s Secrets) override(variable, setting string) string {
	if value := strings.TrimSpace(text.Clean(s.Getenv(variable))); value != "" {
		return value
	}
	return setting
}

// token looks in every place in its order. The keyring's error is apart, since it is only worth a word when nothing
// was found.
func (s Secrets) token(ctx context.Context, settings Settings, account string) (
	token model.Secret, source TokenSource, keyringErr, err error,
) {
	if token := strings.TrimSpace(s.Getenv(TokenVariable)); token != "" {
		return model.Secret(token), TokenFromEnvironment, nil, nil
	}
	if command := settings.SmartBill.TokenCommand; len(command) > 0 {
		token, err := s.tokenFromCommand(ctx, command)
		return token, TokenFromCommand, nil, err
	}
	if settings.refusedToken != nil {
		return "", TokenFromNowhere, nil, settings.refusedToken
	}
	if token := settings.SmartBill.Token; token != "" {
		return token, TokenFromFile, nil, nil
	}
	if account == "" {
		return "", TokenFromNowhere, nil, nil
	}
	token, keyringErr = s.Keyring.Get(ctx, account)
	if keyringErr != nil || token == "" {
		return "", TokenFromNowhere, keyringErr, nil
	}
	return token, TokenFromKeyring, nil, nil
}

func (s Secrets) tokenFromCommand(ctx context.Context, command []string) (model.Secret, error) {
	printed, err := s.Run(ctx, command)
	if err != nil {
		return "", fmt.Errorf("token_command: %w", err)
	}
	first, _, _ := strings.Cut(strings.TrimSpace(string(printed)), "\n")
	token := strings.TrimSpace(first)
	if token == "" {
		return "", fmt.Errorf("token_command: %w", errPrintedNothing)
	}
	return model.Secret(token), nil
}

// missing names what the credentials lack, nil when they are complete.
func missing(credentials model.Credentials, keyringErr error) error {
	var names []string
	if credentials.Token == "" {
		names = append(names, "the token")
	}
	if credentials.Email == "" {
		names = append(names, "the account's e-mail")
	}
	if credentials.CIF == "" {
		names = append(names, "the company's CIF")
	}
	if len(names) == 0 {
		return nil
	}
	err := fmt.Errorf("%w: %s missing", model.ErrNotConfigured, strings.Join(names, " and "))
	if keyringErr != nil && !errors.Is(keyringErr, ErrNotInKeyring) {
		return fmt.Errorf("%w (%w)", err, keyringErr)
	}
	return err
}

// SaveToken keeps the token in the keyring, or in the file at path when there is none, and says where. A token that
// stands in the file is emptied when the keyring took the new one, since the file comes first.
func (s Secrets) SaveToken(ctx context.Context, path, account string, token model.Secret) (TokenSource, error) {
	if s.Keyring.Set(ctx, account, token) != nil {
		if ctx.Err() != nil {
			return TokenFromNowhere, fmt.Errorf("save the token: %w", ctx.Err())
		}
		return TokenFromFile, Change(path, Edit{Section: "smartbill", Key: "token", Value: token})
	}
	settings, err := Load(path)
	if err != nil {
		return TokenFromKeyring, err
	}
	if settings.SmartBill.Token == "" && settings.refusedToken == nil {
		return TokenFromKeyring, nil
	}
	return TokenFromKeyring, Change(path, Edit{Section: "smartbill", Key: "token", Value: ""})
}

var errPrintedNothing = errors.New("it printed nothing")

// lingering bounds the wait for a killed command's own children, which may hold its output open.
const lingering = time.Second

// RunCommand runs a command without a shell and without standard input, and returns what it printed. The error names the program
// and the first line of its complaints, masked where that may be a secret, and never its arguments or what it printed.
func RunCommand(ctx context.Context, command []string) ([]byte, error) {
	program := text.Clean(filepath.Base(command[0]))
	name, err := programOf(command)
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", program, err)
	}
	process := netsafe.Command(ctx, name, command[1:]...)
	process.WaitDelay = lingering
	printed, err := process.Output()
	if err == nil {
		return printed, nil
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("run %s: %w", program, ctx.Err())
	}
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return nil, fmt.Errorf("run %s: %w", program, err)
	}
	complaint := firstLine(string(exit.Stderr))
	if complaint == "" || sharesText(complaint, string(printed)) {
		return nil, fmt.Errorf("run %s: %w", program, err)
	}
	return nil, fmt.Errorf("run %s: %w: %s", program, err, complaint)
}

// programOf is what a command starts, with the home folder in the place of a leading ~: no shell does it.
func programOf(command []string) (string, error) {
	if !model.IsBelowHome(command[0]) {
		return command[0], nil
	}
	home, err := os.UserHomeDir()
	return model.ExpandHome(command[0], home), err
}

// complaintRunes keeps a complaint on about a line.
const complaintRunes = 160

// firstLine returns the first line that says anything, masked before it is cut: half a secret is one too.
func firstLine(value string) string {
	for line := range strings.Lines(value) {
		if line, _ = text.Cut(netsafe.Masked(text.Collapse(line)), complaintRunes); line != "" {
			return line
		}
	}
	return ""
}

// sharesText reports whether a complaint repeats a word of what was printed.
func sharesText(complaint, printed string) bool {
	for word := range strings.FieldsSeq(printed) {
		if strings.Contains(complaint, word) {
			return true
		}
	}
	return false
}
