//go:build e2e

package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// It needs npm and its registry.
func TestE2ETheCommittedTableIsWhatCLDRSays(t *testing.T) {
	out := t.TempDir()
	if err := run(t.Context(), "", "", out); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"table.go", "LICENSE-UNICODE"} {
		want, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is out of date, -want +got:\n%s", name, diff)
		}
	}
}
