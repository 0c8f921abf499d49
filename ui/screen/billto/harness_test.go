package billto_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/screen/billto"
	"cadensa/ui/uitest"
)

func TestMain(m *testing.M) { os.Exit(uitest.Main(m)) }

// program is the real application beside public registers that the test makes up. It can fail, and it can take its time.
type program struct {
	*uitest.Office
	mu sync.Mutex
	// inProgress and known are what it begins with: the form, and the address book, most recently used first.
	inProgress  model.InvoiceInProgress
	known       []model.Client
	saveClients bool
	failure     error
	delay       time.Duration
	// company is the one that ANAF knows; registerDown is why nobody can ask, registerDelay how long an answer takes.
	company       model.CompanyRecord
	registerDown  error
	registerDelay time.Duration
	// bookFailure and sendFailure are why the book cannot be written and the request cannot be had.
	bookFailure, sendFailure error
	// kept are the buyers in the order in which their writes ended; overlaps counts writes that ran side by side.
	kept             []model.Buyer
	writing, overlap int
}

func newProgram(clients ...model.Client) *program { return &program{known: clients, saveClients: true} }

// installed is a program that was never used.
var installed = uitest.Prepare(func(*uitest.Office) {})

// open starts the program with what it begins with.
func (b *program) open(t *testing.T) {
	t.Helper()
	b.Office = installed.Open(t)
	for _, client := range slices.Backward(b.known) {
		b.Later(time.Second)
		b.Check(b.Office.KeepClient(t.Context(), client, ""))
	}
	b.Check(b.Office.KeepBuyer(t.Context(), b.inProgress.Buyer))
	if !b.saveClients {
		b.Change("invoice", "save_client", false)
	}
	b.AtNoon().Going()
}

// inBook is the address book as it is.
func (b *program) inBook() []model.Client {
	clients, err := b.Clients(b.Context())
	b.Check(err)
	return clients
}

func (b *program) InvoiceInProgress(ctx context.Context) (model.InvoiceInProgress, error) {
	if err := b.wait(ctx); err != nil {
		return model.InvoiceInProgress{}, err
	}
	return b.Office.InvoiceInProgress(ctx)
}

func (b *program) KeepBuyer(ctx context.Context, buyer model.Buyer) error {
	b.mu.Lock()
	if b.writing++; b.writing > 1 {
		b.overlap++
	}
	b.mu.Unlock()
	err := b.wait(ctx)
	if err == nil {
		err = b.Office.KeepBuyer(ctx, buyer)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.writing--
	if err == nil {
		b.kept = append(b.kept, buyer)
	}
	return err
}

func (b *program) KeepClient(ctx context.Context, client model.Client, formerly string) error {
	if b.bookFailure != nil {
		return b.bookFailure
	}
	return b.Office.KeepClient(ctx, client, formerly)
}

func (b *program) Company(ctx context.Context, cui string) (model.CompanyRecord, error) {
	if err := b.answer(ctx); err != nil {
		return model.CompanyRecord{}, err
	}
	if b.company.CUI != cui {
		return model.CompanyRecord{}, fmt.Errorf("ANAF has no company with the CUI %s: %w", cui, model.ErrNotFound)
	}
	return b.company, nil
}

func (b *program) VATNumber(ctx context.Context, country, number string) (model.VATProof, error) {
	if err := b.answer(ctx); err != nil {
		return model.VATProof{}, err
	}
	proof := model.VATProof{Country: country, Number: number, Asked: uitest.Noon}
	switch proof.String() {
	case "BE0403170701":
		proof.Valid = true
	case "DE123456789":
		proof.Valid, proof.Name, proof.RequestID = true, "Nordlicht GmbH", "WAPIAAAAYc1"
	}
	return proof, nil
}

// answer waits as long as a register takes.
func (b *program) answer(ctx context.Context) error {
	if b.registerDelay > 0 {
		select {
		case <-time.After(b.registerDelay):
		case <-ctx.Done():
		}
	}
	return errors.Join(b.registerDown, ctx.Err())
}

func (b *program) ClientRequest(ctx context.Context, buyer model.Buyer) ([]byte, error) {
	if b.sendFailure != nil {
		return nil, b.sendFailure
	}
	return b.Office.ClientRequest(ctx, buyer)
}

func (b *program) wait(ctx context.Context) error {
	if b.delay > 0 {
		select {
		case <-time.After(b.delay):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return errors.Join(b.failure, ctx.Err())
}

func (b *program) last() model.Buyer {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.kept) == 0 {
		return model.Buyer{}
	}
	return b.kept[len(b.kept)-1]
}

// harness is the screen in the program's own shell, between neighbours.
type harness struct {
	*uitest.Driver
	screen *billto.Screen
	shell  *ui.Shell
	review *uitest.Neighbour
}

// told is the buyer that the other screens were told last.
func (s *harness) told() model.Buyer {
	messages := uitest.Messages[screen.BuyerChanged](s.review)
	if len(messages) == 0 {
		return model.Buyer{}
	}
	return messages[len(messages)-1].Buyer
}

// end ends the program and closes the shell, as main does.
func (s *harness) end(ctx context.Context) error {
	s.Press("ctrl+c")
	if !s.Ended() {
		return errors.New("ctrl+c did not end the program")
	}
	return s.shell.Close(ctx)
}

func newShell(services *program) (*ui.Shell, *billto.Screen, *uitest.Neighbour) {
	env := services.Env()
	scr, review := billto.New(env, services), &uitest.Neighbour{Name: "Review"}
	shell := ui.New(env, "", screen.TabBillTo, nil, &uitest.Neighbour{Name: "Time"}, scr, review, &uitest.Neighbour{Name: "History"},
		&uitest.Neighbour{Name: "Setup"})
	return shell, scr, review
}

// play runs a test on a harness of width × height cells, in virtual time.
func play(t *testing.T, book *program, width, height int, act func(s *harness)) {
	t.Helper()
	uitest.Run(t, func(t *testing.T) {
		t.Helper()
		book.open(t)
		shell, scr, review := newShell(book)
		act(&harness{Driver: uitest.Start(t, shell, width, height), screen: scr, shell: shell, review: review})
	})
}

func atelier() model.Client {
	return model.Client{
		Name: "Atelier Cireș SRL", Contact: "Ioana Cireș", Email: "facturi@atelier-cires.example", Country: "RO",
		Street: "Str. Morii 14", PostalCode: "400001", City: "Cluj-Napoca", County: "Cluj", VATNumber: "RO18547290",
		TrackerNames: []string{"atlas*"},
	}
}

func brisk() model.Client {
	return model.Client{
		Name: "Brisk Kft", Contact: "Őry Tűnde", Email: "szamla@brisk.example", Country: "HU", Street: "Fő utca 3. fszt. 2.",
		PostalCode: "1011", City: "Budapest", VATNumber: "HU12345676",
	}
}

func nordlicht() model.Client {
	return model.Client{
		Name: "Nordlicht GmbH", Country: "DE", Street: "Hafenstraße 7", PostalCode: "20457", City: "Hamburg", VATNumber: "DE123456789",
		TrackerNames: []string{"borealis"},
	}
}
