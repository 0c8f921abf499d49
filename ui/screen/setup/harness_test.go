package setup_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/screen/setup"
	"cadensa/ui/uitest"
)

func TestMain(m *testing.M) { os.Exit(uitest.Main(m)) }

// secret is a token that must never be seen.
const secret = "003|5ecre7a9f1d24c6b8e0"

// program is the real application, whose own computer is slow or broken.
type program struct {
	*uitest.Office
	// reading is how long the settings take to be read, as they do where a keyring is slow.
	reading time.Duration
	// unread, lost and stuck are the failures of reading, of saving the connection and of saving the defaults.
	unread, lost, stuck error
	// company is what ANAF knows of the company, unasked why it could not be asked.
	company model.CompanyRecord
	unasked error
}

func (p *program) Company(ctx context.Context, cui string) (model.CompanyRecord, error) {
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
		return model.CompanyRecord{}, ctx.Err()
	}
	if p.unasked == nil && p.company.CUI != cui {
		return model.CompanyRecord{}, fmt.Errorf("ANAF has no company with the CUI %s: %w", cui, model.ErrNotFound)
	}
	return p.company, p.unasked
}

func (p *program) Preferences(ctx context.Context) (model.Preferences, error) {
	if p.reading > 0 {
		select {
		case <-time.After(p.reading):
		case <-ctx.Done():
		}
	}
	preferences, err := p.Office.Preferences(ctx)
	return preferences, errors.Join(p.unread, err)
}

func (p *program) SaveConnection(ctx context.Context, credentials model.Credentials) (string, error) {
	if p.lost != nil {
		return "", p.lost
	}
	return p.Office.SaveConnection(ctx, credentials)
}

func (p *program) SaveDefaults(ctx context.Context, defaults model.Preferences) error {
	if p.stuck != nil {
		return p.stuck
	}
	return p.Office.SaveDefaults(ctx, defaults)
}

// asked counts how often SmartBill was asked.
func (p *program) asked() int { return p.Simulator.Calls("GET /series") }

// account is the SmartBill account of the tests, with a company and one whose CIF has a digit more.
func account() sandbox.Account {
	company := sandbox.Company{
		CIF: "RO14399840", VATPayer: true,
		Taxes: []sandbox.Tax{
			{Name: "Normala", Percentage: uitest.Amount("21")}, {Name: "Redusa", Percentage: uitest.Amount("11")},
			{Name: "Normala", Percentage: uitest.Amount("19")}, {Name: "Taxare inversa"}, {Name: "SFDD"},
		},
		Series: []sandbox.Series{
			{Name: "ABC", Type: sandbox.InvoiceSeries, NextNumber: 7}, {Name: "FCT", Type: sandbox.InvoiceSeries, NextNumber: 24},
			{Name: "PRO", Type: sandbox.EstimateSeries, NextNumber: 3},
		},
	}
	other := company
	other.CIF += "1"
	return sandbox.Account{Email: "ana@atelier.example", Token: secret, Companies: []sandbox.Company{company, other}}
}

// fresh is a program that was just installed.
func fresh(t *testing.T) *program {
	t.Helper()
	return &program{Office: uitest.Installed(t, account())}
}

// connected is a program with an account that it knows.
func connected(t *testing.T) *program {
	t.Helper()
	p := fresh(t)
	credentials := model.Credentials{Email: "ana@atelier.example", Token: secret, CIF: "RO14399840", BaseURL: p.Simulator.BaseURL()}
	_, err := p.SaveConnection(t.Context(), credentials)
	p.Check(err)
	if report := p.Test(t.Context(), credentials); !report.Passed() {
		t.Fatalf("the account does not work: %+v", report)
	}
	return p
}

// slow is a fresh program whose SmartBill takes its time.
func slow(t *testing.T) *program {
	t.Helper()
	p := fresh(t)
	p.Slow("GET /series")
	return p
}

// harness is the screen in the program's own shell, between neighbours.
type harness struct {
	*uitest.Driver
	*program
	screen *setup.Screen
	review *uitest.Neighbour
}

// enter types the credentials into the fields of a fresh screen.
func (s *harness) enter() {
	s.Paste(secret + "\n").Press("tab").Type("ana@atelier.example").Press("tab").Type("RO14399840")
}

func newShell(p *program) (*ui.Shell, *setup.Screen, *uitest.Neighbour) {
	env := p.Env()
	scr, review := setup.New(env, p), &uitest.Neighbour{Name: "Review"}
	shell := ui.New(env, "", screen.TabSetup, nil, &uitest.Neighbour{Name: "Time"}, &uitest.Neighbour{Name: "Bill To"}, review,
		&uitest.Neighbour{Name: "History"}, scr)
	return shell, scr, review
}

// play runs a test on a harness of width × height cells, in virtual time.
func play(t *testing.T, open func(t *testing.T) *program, width, height int, act func(s *harness)) {
	t.Helper()
	uitest.Run(t, func(t *testing.T) {
		t.Helper()
		p := open(t)
		shell, scr, review := newShell(p)
		act(&harness{Driver: uitest.Start(t, shell, width, height), program: p, screen: scr, review: review})
	})
}
