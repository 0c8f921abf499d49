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
	base    *Prepared
	account func(*sandbox.Company)
	prepare func(*Office)

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
func PrepareAccount(account func(company *sandbox.Company), prepare func(office *Office)) *Prepared {
	return &Prepared{account: account, prepare: prepare}
}

// Then describes what a state is brought into afterwards.
func (p *Prepared) Then(prepare func(office *Office)) *Prepared {
	return &Prepared{base: p, account: p.account, prepare: prepare}
}

// Open opens a copy at Noon.
func (p *Prepared) Open(t *testing.T) *Office {
	t.Helper()
	p.once.Do(func() { p.make(t) })
	o := newOffice(t, p.generation(), p.changed())
	o.entries = p.entries
	for _, event := range p.happened {
		o.set(event.at)
		o.Web(event.happen)
	}
	o.set(Noon)
	if err := os.WriteFile(o.ledgerFile(), p.ledger, 0o600); err != nil {
		t.Fatal(err)
	}
	o.BillFor(Company)
	return o
}

// make brings the state about.
func (p *Prepared) make(t *testing.T) {
	t.Helper()
	var o *Office
	if p.base != nil {
		o = p.base.Open(t)
	} else {
		o = newOffice(t, p.base.generation(), p.changed())
		o.BillFor(Company)
	}
	p.prepare(o)
	o.close()
	content, err := os.ReadFile(o.ledgerFile())
	if err != nil {
		t.Fatal(err)
	}
	p.ledger, p.happened, p.entries = content, o.wire.happened, o.entries
}

// changed is the state's account.
func (p *Prepared) changed() sandbox.Account {
	account := usualAccount()
	p.account(&account.Companies[0])
	return account
}

// generation is the seed of a copy's references, which must not be those that its original drew.
func (p *Prepared) generation() uint64 {
	if p == nil {
		return 1
	}
	return p.base.generation() + 1
}

func (o *Office) ledgerFile() string { return filepath.Join(o.folder, "ledger.db") }
