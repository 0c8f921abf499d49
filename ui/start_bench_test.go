package ui_test

import (
	"path/filepath"
	"strconv"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model/app"
	"cadensa/model/config"
	"cadensa/model/ledger/ledgertest"
	"cadensa/ui/uitest"
)

// BenchmarkStart goes from nothing to the first frame: settings read, ledger opened, screens built, window drawn. The
// number of invoices must not matter.
func BenchmarkStart(b *testing.B) {
	for _, invoices := range []int{0, 100_000} {
		b.Run(strconv.Itoa(invoices), func(b *testing.B) {
			folder := b.TempDir()
			paths := config.Paths{Settings: filepath.Join(folder, "config.toml"), Ledger: filepath.Join(folder, "ledger.db")}
			secrets := config.Secrets{Getenv: func(string) string { return "" }, Keyring: config.NoKeyring{}}
			if invoices > 0 {
				if err := ledgertest.Fill(b.Context(), paths.Ledger, invoices); err != nil {
					b.Fatal(err)
				}
			}
			options := app.Options{Getenv: secrets.Getenv, Secrets: secrets, Now: uitest.Env(b.Context()).Now}
			for b.Loop() {
				a, err := app.Open(b.Context(), options, paths)
				if err != nil {
					b.Fatal(err)
				}
				shell := openScreens(b.Context(), a, options.Now)
				shell.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
				if err := uitest.Exact(shell.View(), 120, 40); err != nil {
					b.Fatal(err)
				}
				if err := a.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
