//go:build unix

package billing_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/model/ledger"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// The environment by which a test runs this very program again, as another process that issues one invoice.
const (
	childLedger  = "CADENSA_TEST_LEDGER"
	childBaseURL = "CADENSA_TEST_URL"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childLedger); path != "" {
		os.Exit(runChild(path, os.Getenv(childBaseURL)))
	}
	// Enough for every day; `make soak` asks for many more.
	if err := flag.Set("rapid.checks", randomRuns); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// The exit codes of the other process.
const (
	childIssued = iota
	childFailed
	childBeaten
)

// runChild waits for the word to begin, then issues hour 8.
func runChild(path, baseURL string) int {
	ctx := context.Background()
	records, err := ledger.Open(ctx, path, running())
	if err != nil {
		return childFailed
	}
	client, err := smartbill.New(model.Credentials{
		Email: sandbox.DefaultEmail, Token: sandbox.DefaultToken, CIF: sandbox.DefaultCIF, BaseURL: baseURL,
	}, smartbill.WithGate(records))
	if err != nil {
		return childFailed
	}
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return childFailed
	}
	if os.Getenv(childAct) != "" {
		err = perish(ctx, records, client)
	} else {
		_, err = billing.New(records, client).Issue(ctx, invoiceOf(8))
	}
	switch {
	case err == nil:
		return childIssued
	case errors.Is(err, model.ErrSeriesBusy), errors.Is(err, model.ErrEntriesTaken), errors.Is(err, model.ErrBalanceChanged):
		return childBeaten
	}
	_, _ = io.WriteString(os.Stderr, err.Error())
	return childFailed
}

// child is another process at the same ledger.
type child struct {
	command *exec.Cmd
	start   io.Closer
	stderr  bytes.Buffer
}

func newChild(t *testing.T, path, baseURL string, environment ...string) *child {
	t.Helper()
	made := &child{command: exec.CommandContext(t.Context(), os.Args[0])}
	made.command.Env = append(os.Environ(), childLedger+"="+path, childBaseURL+"="+baseURL)
	made.command.Env = append(made.command.Env, environment...)
	made.command.Stderr = &made.stderr
	stdin, err := made.command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	made.start = stdin
	if err := made.command.Start(); err != nil {
		t.Fatal(err)
	}
	return made
}

// code waits for the end of the process.
func (c *child) code(t *testing.T) int {
	t.Helper()
	err := c.command.Wait()
	if _, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
		t.Fatal(err)
	}
	if text := c.stderr.String(); text != "" {
		t.Logf("the process said: %s", text)
	}
	return c.command.ProcessState.ExitCode()
}

func TestOneOfTwoProcessesIssuesTheHour(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	server := httptest.NewServer(remote)
	defer server.Close()
	path := filepath.Join(t.TempDir(), "ledger.db")
	children := []*child{newChild(t, path, server.URL+"/SBORO/api"), newChild(t, path, server.URL+"/SBORO/api")}
	for _, child := range children {
		if err := child.start.Close(); err != nil {
			t.Fatal(err)
		}
	}
	codes := map[int]int{}
	for _, child := range children {
		codes[child.code(t)]++
	}
	if codes[childIssued] != 1 || codes[childBeaten] != 1 {
		t.Errorf("exit codes are %v", codes)
	}
	if made := len(remote.Invoices()); made != 1 {
		t.Errorf("SmartBill has %d invoices", made)
	}
	here := openOffice(t, remote, path)
	if got := here.hour(t, 8); got != "billed by FCT-0001" || here.recorded(t) != 1 {
		t.Errorf("the hour is %s, %d invoices are recorded", got, here.recorded(t))
	}
}

// Two processes record the 100 RON that came for an invoice of 121: it stands in SmartBill once.
func TestOneOfTwoProcessesPays(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	server := httptest.NewServer(remote)
	defer server.Close()
	here := newOffice(t, remote)
	here.issue(t, invoiceOf(8))
	children := []*child{
		newChild(t, here.path, server.URL+"/SBORO/api", childAct+"=pay"), newChild(t, here.path, server.URL+"/SBORO/api", childAct+"=receipt"),
	}
	for _, child := range children {
		if err := child.start.Close(); err != nil {
			t.Fatal(err)
		}
	}
	codes := map[int]int{}
	for _, child := range children {
		codes[child.code(t)]++
	}
	if codes[childIssued] != 1 || codes[childBeaten] != 1 || len(remote.Payments()) != 1 {
		t.Errorf("exit codes are %v, SmartBill has %v", codes, remote.Payments())
	}
	recorded := 0
	for _, record := range here.payments(t) {
		if record.State == model.PaymentRecorded {
			recorded++
		}
	}
	if recorded != 1 || remote.Calls(paying) != 1 {
		t.Errorf("%d payments are recorded, %d were sent", recorded, remote.Calls(paying))
	}
}

// TestProcessKilledWhileSending kills a process between the moment at which SmartBill has made the invoice and the
// moment at which it would have told so.
func TestProcessKilledWhileSending(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	made, release := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			remote.ServeHTTP(w, r)
			return
		}
		remote.ServeHTTP(httptest.NewRecorder(), r)
		close(made)
		<-release
	}))
	defer server.Close()
	defer close(release)

	path := filepath.Join(t.TempDir(), "ledger.db")
	sender := newChild(t, path, server.URL+"/SBORO/api")
	if err := sender.start.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-made:
	case <-time.After(time.Minute):
		t.Fatal("the process sent nothing")
	}
	here := openOffice(t, remote, path)
	if attention, err := here.service.Recover(t.Context()); err != nil || len(attention) != 0 {
		t.Errorf("while it lives, what needs attention is %v (%v)", attention, err)
	}
	if _, err := here.service.Issue(t.Context(), invoiceOf(8)); !errors.Is(err, model.ErrSeriesBusy) {
		t.Errorf("while it lives, issuing here gives %v", err)
	}
	if err := sender.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	sender.code(t)

	attention, err := here.service.Recover(t.Context())
	if err != nil || len(attention) != 1 || attention[0].Status != model.StatusUnknown || attention[0].Counter != 1 {
		t.Fatalf("after its death, what needs attention is %v (%v)", attention, err)
	}
	if got := here.hour(t, 8); got != "reserved by "+attention[0].Intent {
		t.Errorf("the hour is %s", got)
	}
	if !strings.Contains(remote.Invoices()[0].Mentions, attention[0].Intent) {
		t.Errorf("the invoice cannot be known again: %q", remote.Invoices()[0].Mentions)
	}
	if _, err := here.service.Issue(t.Context(), invoiceOf(8)); err == nil || len(remote.Invoices()) != 1 {
		t.Errorf("a second invoice was tried: %v", err)
	}
	// The number that its sender never learned still comes home.
	detail, err := here.records.Numbered(t.Context(), attention[0].ID, model.Issued{Series: "FCT", Number: "0001"})
	if err != nil || detail.Status != model.StatusIssued || here.hour(t, 8) != "billed by FCT-0001" {
		t.Errorf("told its number, it is %s (%v)", detail.Status, err)
	}
}
