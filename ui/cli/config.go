package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/config"
)

// configuration works on the settings file. It opens neither ledger nor account.
func (r *root) configuration() *cobra.Command {
	path := func(*cobra.Command, []string) error {
		paths, err := r.paths()
		if err != nil {
			return err
		}
		return r.print(paths.Settings)
	}
	command := &cobra.Command{
		Use:     "config",
		Short:   "Show, create and check the settings file",
		Example: "  cadensa config path\n  cadensa config init\n  cadensa config check",
		Args:    noArguments, RunE: path,
	}
	command.AddCommand(
		&cobra.Command{
			Use: "path", Short: "Print the path of the settings file", Example: "  $EDITOR \"$(cadensa config path)\"",
			Args: noArguments, RunE: path,
		},
		&cobra.Command{
			Use: "init", Short: "Create the settings file from the commented example", Example: "  cadensa config init",
			Args: noArguments, RunE: func(*cobra.Command, []string) error { return r.initSettings() },
		},
		&cobra.Command{
			Use: "check", Short: "Check the settings and list errors with their lines", Example: "  cadensa config check",
			Args: noArguments, RunE: func(command *cobra.Command, _ []string) error { return r.checkSettings(command.Context()) },
		},
	)
	return command
}

// initSettings writes the example, but never over an existing file.
func (r *root) initSettings() (err error) {
	paths, err := r.paths()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(paths.Settings), privateFolder); err != nil {
		return fmt.Errorf("make the settings folder: %w", err)
	}
	file, err := os.OpenFile(paths.Settings, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateFile)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s exists already and was left as it is", paths.Settings)
	}
	if err != nil {
		return fmt.Errorf("make the settings file: %w", err)
	}
	_, err = file.Write(toBeginWith(r.options.Example))
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write the settings file: %w", errors.Join(err, os.Remove(paths.Settings)))
	}
	return r.print(paths.Settings)
}

// toBeginWith comments out the example's account, sources and rules, and the names of taxes at 0 %, which Review asks for while
// they are missing.
func toBeginWith(example []byte) []byte {
	personal := []string{"email", "cif", config.TaxKey(model.ReasonReverseCharge), config.TaxKey(model.ReasonOutsideEU)}
	var begin bytes.Buffer
	blocks := false
	for line := range bytes.Lines(example) {
		blocks = blocks || bytes.HasPrefix(line, []byte("[["))
		isPersonal := slices.ContainsFunc(personal, func(key string) bool { return bytes.HasPrefix(line, []byte(key+" =")) })
		isSetting := len(bytes.TrimSpace(line)) > 0 && !bytes.HasPrefix(line, []byte("#"))
		if isSetting && (blocks || isPersonal) {
			begin.WriteString("# ")
		}
		begin.Write(line)
	}
	return begin.Bytes()
}

// checkSettings reads the settings as every command does, and checks whether others can read the token.
func (r *root) checkSettings(ctx context.Context) error {
	paths, err := r.paths()
	if err != nil {
		return err
	}
	settings, err := config.Load(paths.Settings)
	if err != nil {
		return err
	}
	if _, err := settings.Location(); err != nil {
		return err
	}
	settings.SmartBill.TokenCommand = nil
	secrets := config.Secrets{Getenv: func(string) string { return "" }, Keyring: config.NoKeyring{}, Run: config.RunCommand}
	if _, _, err := secrets.Credentials(ctx, settings); errors.Is(err, config.ErrTokenReadable) {
		return err
	}
	if !settings.Exists {
		r.say("There is no such file: every setting has its default. cadensa config init writes an example.")
	}
	return r.print("OK " + paths.Settings)
}
