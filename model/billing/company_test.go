package billing_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// secondCIF is another company of the user's account, with series of the same names.
const secondCIF = "RO" + sandbox.DefaultNonPayerCIF

// twoCompanies is one account with two companies that pay VAT.
func twoCompanies() []sandbox.Account {
	account := sandbox.DefaultAccount()
	second := account.Companies[0]
	second.CIF, second.Name = secondCIF, "Plopescu Consulting SRL"
	account.Companies[1] = second
	return []sandbox.Account{account}
}

// of is a service over the office's ledger with the settings of another company.
func (o *office) of(tb testing.TB, remote *sandbox.Server, cif string, options ...billing.Option) *billing.Service {
	tb.Helper()
	return billing.New(o.records, connectAs(tb, remote, smartbill.NewMemoryGate(), remote.Token(), cif), options...)
}

// named is a provider that writes its company in another way.
type named struct {
	billing.Provider
	cif string
}

func (n named) CIF() string { return n.cif }

// acts are those of billing on a document.
func acts() map[string]func(context.Context, *billing.Service, string) error {
	return map[string]func(context.Context, *billing.Service, string) error{
		"settle": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.Settle(ctx, of)
			return err
		},
		"adopt": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.Adopt(ctx, of, "0001")
			return err
		},
		"enter number": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.EnterNumber(ctx, of, "1")
			return err
		},
		"release": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.Release(ctx, of)
			return err
		},
		"release draft": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.ReleaseDraft(ctx, of)
			return err
		},
		"resend": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.Resend(ctx, of)
			return err
		},
		"cancel": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.Cancel(ctx, of)
			return err
		},
		"restore": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.Restore(ctx, of)
			return err
		},
		"storno": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.Storno(ctx, of, model.Date{})
			return err
		},
		"pay": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.Pay(ctx, of, order(100))
			return err
		},
		"settle payment": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.SettlePayment(ctx, of)
			return err
		},
		"decide payment": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.DecidePayment(ctx, of, true)
			return err
		},
		"convert": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.Convert(ctx, of, onSeries("FCT"))
			return err
		},
		"adopt conversion": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.AdoptConversion(ctx, of, "0001")
			return err
		},
		"pdf": func(ctx context.Context, s *billing.Service, of string) error { _, err := s.PDF(ctx, of); return err },
		"balance": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.Balance(ctx, of)
			return err
		},
		"settle deleted": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.SettleDeleted(ctx, of)
			return err
		},
		"decide deleted": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.DecideDeleted(ctx, of, "0001")
			return err
		},
		"vouch": func(ctx context.Context, s *billing.Service, of string) error {
			_, err := s.ConfirmDocument(ctx, of, "0001", "Fabrica de Pâine SRL")
			return err
		},
		"candidate": func(ctx context.Context, s *billing.Service, of string) error {
			_, _, err := s.Candidate(ctx, of, "0001")
			return err
		},
	}
}

// countCalls counts what reached SmartBill.
func countCalls(remote *sandbox.Server) (count int) {
	for _, calls := range remote.CallCounts() {
		count += calls
	}
	return count
}

// TestActsOnAnotherCompanysDocumentsAskNothing: with the settings of another company, SmartBill would look the number up there.
func TestActsOnAnotherCompanysDocumentsAskNothing(t *testing.T) {
	remote := newRemote(sandbox.Config{Accounts: twoCompanies(), CallsPerWindow: 1 << 20})
	office := newOffice(t, remote)
	issued, proforma := office.issue(t, invoiceOf(8)), office.issue(t, proforma(9))
	lost := office.lose(t, remote, sandbox.CommitAndDrop, invoiceOf(10))
	const settings = "/home/ana/second.toml"
	second := office.of(t, remote, secondCIF, billing.WithSettingsFile(settings))
	calls := countCalls(remote)
	for name, act := range acts() {
		for _, reference := range []string{issued.Intent, issued.Reference(), proforma.Intent, lost.Intent} {
			err := act(t.Context(), second, reference)
			refusal, ok := errors.AsType[*model.CompanyError](err)
			if !ok || !errors.Is(err, model.ErrStateChanged) {
				t.Errorf("%s of %s: %v", name, reference, err)
				continue
			}
			for _, text := range []string{"18547290", "91415923", settings} {
				if !strings.Contains(err.Error(), text) {
					t.Errorf("%s does not name %s: %v", name, text, err)
				}
			}
			if refusal.Company != "18547290" || refusal.Ours != "91415923" {
				t.Errorf("%s: %+v", name, refusal)
			}
		}
	}
	if _, err := second.Issue(t.Context(), invoiceOf(11)); err == nil {
		t.Error("the invoice of another company was issued")
	} else if _, ok := errors.AsType[*model.CompanyError](err); !ok {
		t.Errorf("issued, error is %v", err)
	}
	if made := countCalls(remote) - calls; made != 0 {
		t.Errorf("%d calls were made", made)
	}
}

// TestCompanyIsKnownWithAndWithoutRO: it becomes or ceases to be a VAT payer, and is the same company.
func TestCompanyIsKnownWithAndWithoutRO(t *testing.T) {
	remote := newRemote(sandbox.Config{CallsPerWindow: 1 << 20})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	office.service = billing.New(office.records, named{office.provider, strings.TrimPrefix(remote.CIF(), "RO")})
	if _, err := office.service.PDF(t.Context(), "FCT-0001"); err != nil {
		t.Error(err)
	}
	office.issue(t, invoiceOf(9))
	if _, err := office.service.Cancel(t.Context(), "FCT-0001"); err != nil {
		t.Error(err)
	}
}

// TestTwoCompaniesBillOnSeriesOfOneName: each has its own numbers, and no hour is billed by both.
func TestTwoCompaniesBillOnSeriesOfOneName(t *testing.T) {
	remote := newRemote(sandbox.Config{Accounts: twoCompanies(), CallsPerWindow: 1 << 20})
	office := newOffice(t, remote)
	office.lose(t, remote, sandbox.CommitAndDrop, invoiceOf(8))
	second := office.of(t, remote, secondCIF)
	other := invoiceOf(9)
	other.CIF = secondCIF
	issued, err := second.Issue(t.Context(), other)
	if err != nil || issued.Reference() != "FCT-0001" {
		t.Fatalf("beside an open invoice of the other company, it is %s (%v)", issued.Reference(), err)
	}
	again := invoiceOf(8)
	again.CIF = secondCIF
	if _, err := second.Issue(t.Context(), again); !errors.Is(err, model.ErrEntriesTaken) {
		t.Errorf("the other company's hour, error is %v", err)
	}
	if cancelled, err := second.Cancel(t.Context(), "FCT-0001"); err != nil || cancelled.ID != issued.ID {
		t.Errorf("of two with one number, %s was cancelled (%v)", cancelled.Intent, err)
	}
}
