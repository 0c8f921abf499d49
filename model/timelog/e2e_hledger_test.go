//go:build e2e

package timelog_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model/timelog"
)

var accounts = []string{"morii:atlas", "morii:atlas:review", "vardar", "intern: administrare"}

// TestE2EHledgerTimeclock compares the hours of each account with those of `hledger balance`.
func TestE2EHledgerTimeclock(t *testing.T) {
	random := rand.New(rand.NewPCG(20261005, 1))
	var text strings.Builder
	at := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	for range 500 {
		at = at.Add(time.Duration(1+random.IntN(40)) * 15 * time.Minute)
		end := at.Add(time.Duration(1+random.IntN(12)) * 15 * time.Minute)
		account := accounts[random.IntN(len(accounts))]
		fmt.Fprintf(&text, "i %s %s  some work\no %s\n", at.Format(time.DateTime), account, end.Format(time.DateTime))
		at = end
	}
	compareWithHledger(t, "x.timeclock", text.String())
}

// TestE2EHledgerTimedot does the same for days and dots.
func TestE2EHledgerTimedot(t *testing.T) {
	random := rand.New(rand.NewPCG(20261005, 2))
	var text strings.Builder
	for day := range 200 {
		fmt.Fprintf(&text, "%s work\n", time.Date(2026, 1, day+1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
		for range random.IntN(5) {
			quarters := 1 + random.IntN(12)
			amounts := []string{
				strings.Repeat(".", quarters), strings.Repeat(".... ", quarters/4+1), fmt.Sprintf("%d.25", quarters),
				fmt.Sprintf("%dm", quarters*15), fmt.Sprintf("%dh", quarters),
			}
			fmt.Fprintf(&text, "%s  %s\n", accounts[random.IntN(len(accounts))], amounts[random.IntN(len(amounts))])
		}
		text.WriteString("\n")
	}
	compareWithHledger(t, "x.timedot", text.String())
}

func compareWithHledger(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	result, err := timelog.Reader{}.Read(t.Context(), timelog.Source{Path: path, Location: time.UTC})
	if err != nil || len(result.Rejected) > 0 {
		t.Fatalf("%v, rejected %v", err, result.Rejected)
	}
	hours := make(map[string]decimal.Decimal)
	for _, entry := range result.Entries {
		hours[entry.Project] = hours[entry.Project].Add(decimal.NewFromInt(entry.Seconds).Div(decimal.NewFromInt(3600)))
	}
	got := make(map[string]string)
	for account, sum := range hours {
		got[account] = sum.StringFixed(2)
	}
	requireEqual(t, hledgerBalance(t, path), got)
}

// hledgerBalance returns the hours of each account as hledger prints them.
func hledgerBalance(t *testing.T, path string) map[string]string {
	t.Helper()
	output, err := exec.CommandContext(t.Context(), "hledger", "-f", path, "balance", "-N", "-O", "csv").Output()
	if err != nil {
		t.Fatalf("hledger balance: %v", err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(output))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	hours := make(map[string]string)
	for _, row := range rows[1:] {
		hours[row[0]] = strings.TrimSuffix(row[1], "h")
	}
	return hours
}
