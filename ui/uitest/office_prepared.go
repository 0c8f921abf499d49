package uitest

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"cadensa/smartbill/sandbox"
)

// Prepared is a state of an office that is brought about once, through the real application, and that each test gets a copy of:
// its ledger, and a simulator to which the same happened.
type Prepared struct {
	base     *Prepared
	account  sandbox.Account
	settings string
	prepare  func(*Office)

	once     sync.Once
	ledger   []byte
	happened []event
	entries  int
}

// Prepare describes a state that an office is brought into. Nothing is done before a test opens it.
func Prepare(prepare func(office *Office)) *Prepared {
	return PrepareAccount(func(*sandbox.Company) {}, prepare)
}

// PrepareAccount describes a state whose company differs from the usual one.
func PrepareAccount(change func(company *sandbox.Company), prepare func(office *Office)) *Prepared {
	account := UsualAccount()
	change(&account.Companies[0])
	return PrepareSettings(account, usualSettings, prepare)
}

// PrepareSettings describes a state over an account of its own, whose first company is billed for. The settings follow the account
// and the folder of PDFs, which is in their section [invoice].
func PrepareSettings(account sandbox.Account, settings string, prepare func(office *Office)) *Prepared {
	return &Prepared{account: account, settings: settings, prepare: prepare}
}

// Then describes what a state is brought into afterwards.
func (p *Prepared) Then(prepare func(office *Office)) *Prepared {
	return &Prepared{base: p, account: p.account, settings: p.settings, prepare: prepare}
}

// Open opens a copy at Noon.
func (p *Prepared) Open(t testing.TB) *Office {
	t.Helper()
	p.once.Do(func() { p.make(t) })
	o := newOffice(t, p.generation(), p.account)
	o.entries, o.settings = p.entries, p.settings
	for _, event := range p.happened {
		o.set(event.at)
		o.Web(event.happen)
	}
	o.set(Noon)
	o.Check(os.WriteFile(o.ledgerFile(), p.ledger, 0o600))
	o.BillFor(o.Simulator.CIF())
	return o
}

// make brings the state about.
func (p *Prepared) make(t testing.TB) {
	t.Helper()
	var o *Office
	if p.base != nil {
		o = p.base.Open(t)
	} else {
		o = newOffice(t, p.base.generation(), p.account)
		o.settings = p.settings
		o.BillFor(o.Simulator.CIF())
	}
	p.prepare(o)
	o.close()
	content, err := os.ReadFile(o.ledgerFile())
	if err != nil {
		t.Fatal(err)
	}
	p.ledger, p.happened, p.entries = content, o.wire.happened, o.entries
}

// generation is the seed of a copy's references, which must not be those that its original drew.
func (p *Prepared) generation() uint64 {
	if p == nil {
		return 1
	}
	return p.base.generation() + 1
}

func (o *Office) ledgerFile() string { return filepath.Join(o.folder, "ledger.db") }
