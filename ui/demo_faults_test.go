package ui_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

// A person who tries the demo writes down what shall happen at SmartBill, while the screens run too.
func TestDemoFollowsAFileOfFaults(t *testing.T) {
	folder, faults := t.TempDir(), filepath.Join(t.TempDir(), "faults.json")
	write := func(content string) {
		t.Helper()
		if err := os.WriteFile(faults, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// The test of the connection at the start does not count.
	write(`[{"operation":"GET /series","kind":"commit-not-json"}]`)
	uitest.Run(t, func(t *testing.T) {
		now := uitest.Env(t.Context()).Now
		var server *sandbox.Server
		_, shell := openShellOn(t, func(warn func(error)) *sandbox.Server {
			server = sandbox.New(sandbox.Config{Now: now, Warn: warn})
			return server
		}, folder, faults, now)
		j := &journey{Driver: uitest.Start(t, shell, 80, 24).Settling(longestRetry), server: server}
		j.Press("5", "ctrl+t").Sees("the answer is not one of SmartBill")

		write(`[{"operation":"GET /series","kind":"issue-on-web","series":"FCT","client":"Livada SRL","total":121}]`)
		j.Press("ctrl+t").Sees("FCT (next 0002)")
		if made := server.Invoices(); len(made) != 1 || made[0].Client.Name != "Livada SRL" || made[0].Totals.Total.String() != "121" {
			t.Errorf("on the web there is %+v", made)
		}

		write(`[{"kind":"explode"}]`)
		server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/SBORO/api/series", nil))
		j.Sees("! The simulator: read faults: bad fault: number 1 has the unknown kind", "explode")
	})
}

// This is the example of the README.
func TestDemoOfALostAnswerAndADeletedInvoice(t *testing.T) {
	const lost = `{"operation": "POST /invoice", "kind": "commit-drop"}`
	folder, faults := t.TempDir(), filepath.Join(t.TempDir(), "faults.json")
	if err := os.WriteFile(faults, []byte("["+lost+"]"), 0o600); err != nil {
		t.Fatal(err)
	}
	uitest.Run(t, func(t *testing.T) {
		now := uitest.Env(t.Context()).Now
		server := sandbox.New(sandbox.Config{Now: now})
		_, shell := openShellOn(t, func(func(error)) *sandbox.Server { return server }, folder, faults, now)
		j := &journey{Driver: uitest.Start(t, shell, 80, 24).Settling(longestRetry), server: server}
		j.tickAtelier()
		j.fillBuyer()
		j.Press("i", "y").Sees("The outcome is not known")
		if err := os.WriteFile(faults, []byte("["+lost+`, {"kind": "delete-on-web", "series": "FCT"}]`), 0o600); err != nil {
			t.Fatal(err)
		}
		j.Press("4", "u").Sees("It was not found", "no number was given since")
		if made := server.Invoices(); len(made) != 0 || server.Calls("POST /invoice") != 1 {
			t.Errorf("there are %d invoices after %d requests", len(made), server.Calls("POST /invoice"))
		}
	})
}
