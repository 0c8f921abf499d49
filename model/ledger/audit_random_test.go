package ledger_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/ledger"
)

// wanderer makes acts on a ledger as they come, in both worlds and of every kind. Most are refused.
type wanderer struct {
	t       *testing.T
	rt      *rapid.T
	records *ledger.Ledger
	given   int
	trail   []string
}

// TestNoActMakesTheRecordsContradictThemselves goes through acts in any order, those that the protocol would not think of included.
func TestNoActMakesTheRecordsContradictThemselves(t *testing.T) {
	records := newLedger(t)
	if err := records.Exec(t.Context(), "PRAGMA synchronous = OFF"); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		err := records.Exec(t.Context(), `PRAGMA foreign_keys = OFF; DELETE FROM claims; DELETE FROM invoice_entries; DELETE FROM papers;
			DELETE FROM invoices; PRAGMA foreign_keys = ON`)
		if err != nil {
			rt.Fatal(err)
		}
		w := &wanderer{t: t, rt: rt, records: records}
		acts := map[string]func(chosen model.Invoice, of []model.Invoice) error{
			"begin": w.begin, "begin again": w.begin, "convert": w.convert, "record converted": w.recordConverted, "resend": w.resend,
			"undo": w.undo,
			"move": w.move, "move on": w.move, "number": w.number, "number again": w.number, "delete": w.delete, "simulate": w.simulate,
			"vouch":             w.vouch,
			"reverse elsewhere": w.reverseElsewhere,
		}
		names := make([]string, 0, len(acts))
		for name := range acts {
			names = append(names, name)
		}
		slices.Sort(names)
		for range rapid.IntRange(1, 30).Draw(rt, "acts") {
			w.step(rapid.SampledFrom(names).Draw(rt, "act"), acts)
		}
	})
}

func (w *wanderer) step(name string, acts map[string]func(model.Invoice, []model.Invoice) error) {
	invoices, err := w.records.Invoices(w.t.Context())
	if err != nil {
		w.rt.Fatal(err)
	}
	var chosen model.Invoice
	if len(invoices) > 0 {
		chosen = rapid.SampledFrom(invoices).Draw(w.rt, "invoice")
	}
	err = acts[name](chosen, invoices)
	w.trail = append(w.trail, fmt.Sprintf("%s %s (%s %s): %v", name, chosen.Reference(), chosen.Kind, chosen.Status, err))
	if err := w.records.Audit(w.t.Context()); err != nil {
		for _, line := range w.trail {
			w.rt.Log(line)
		}
		w.rt.Fatal(err)
	}
}

// intent is one that was never given, of some hours.
func (w *wanderer) intent() ledger.Intent {
	w.given++
	hours := rapid.SliceOfNDistinct(rapid.IntRange(0, 4), 1, 3, rapid.ID).Draw(w.rt, "hours")
	entries := make([]*model.Entry, len(hours))
	for i, hour := range hours {
		entries[i] = entry(hour)
	}
	wanted := invoiceOf(fmt.Sprintf("CAD-%06d", w.given), entries...)
	wanted.Series = rapid.SampledFrom([]string{"FCT", "ABC"}).Draw(w.rt, "series")
	return ledger.Intent{Prepared: wanted, Request: []byte("{}"), Counter: 24, Simulated: rapid.IntRange(0, 4).Draw(w.rt, "world") == 0}
}

func (w *wanderer) begin(model.Invoice, []model.Invoice) error {
	intent := w.intent()
	if rapid.Bool().Draw(w.rt, "proforma") {
		intent.Prepared = intent.Prepared.AsProforma("PRF")
	}
	_, err := w.records.Begin(w.t.Context(), intent)
	return err
}

// of gives an intent the hours, the company and the world of another document.
func (w *wanderer) of(chosen model.Invoice) (ledger.Intent, error) {
	detail, err := w.records.Detail(w.t.Context(), chosen.Intent)
	if err != nil {
		return ledger.Intent{}, err
	}
	intent := w.intent()
	intent.Prepared.Lines, intent.Prepared.Hours, intent.Simulated = detail.Prepared.Lines, detail.Prepared.Hours, chosen.Simulated
	return intent, nil
}

func (w *wanderer) convert(chosen model.Invoice, _ []model.Invoice) error {
	intent, err := w.of(chosen)
	if err != nil || chosen.Kind != model.KindProforma {
		return err
	}
	intent.Proforma = chosen.ID
	_, err = w.records.Begin(w.t.Context(), intent)
	return err
}

func (w *wanderer) recordConverted(chosen model.Invoice, _ []model.Invoice) error {
	intent, err := w.of(chosen)
	if err != nil || chosen.Kind != model.KindProforma {
		return err
	}
	intent.Proforma = chosen.ID
	_, err = w.records.RecordConverted(w.t.Context(), intent, w.issued(intent.Prepared.Series))
	return err
}

func (w *wanderer) resend(chosen model.Invoice, _ []model.Invoice) error {
	intent, err := w.of(chosen)
	if err != nil || chosen.Kind == model.KindStorno {
		return err
	}
	if chosen.Kind == model.KindProforma {
		intent.Prepared = intent.Prepared.AsProforma("PRF")
	}
	if chosen.Proforma != "" {
		proforma, err := w.records.ProformaOf(w.t.Context(), chosen.ID)
		if err != nil {
			return err
		}
		intent.Proforma = proforma.ID
	}
	intent.Replaced = chosen.ID
	_, err = w.records.Begin(w.t.Context(), intent)
	return err
}

func (w *wanderer) undo(chosen model.Invoice, _ []model.Invoice) error {
	intent, err := w.of(chosen)
	if err != nil || chosen.Kind != model.KindInvoice {
		return err
	}
	intent.Prepared, intent.Original = stornoOf(intent.Prepared.Intent, intent.Prepared), chosen.ID
	_, err = w.records.Begin(w.t.Context(), intent)
	return err
}

func (w *wanderer) move(chosen model.Invoice, _ []model.Invoice) error {
	var possible []ledger.Move
	for _, one := range moves {
		if one.From == chosen.Status {
			possible = append(possible, one)
		}
	}
	if len(possible) == 0 || chosen.Kind == model.KindStorno && chosen.Status == model.StatusIssued {
		return nil
	}
	_, err := w.records.Move(w.t.Context(), chosen.ID, rapid.SampledFrom(possible).Draw(w.rt, "move"))
	return err
}

func (w *wanderer) issued(series string) model.Issued {
	return model.Issued{Series: series, Number: fmt.Sprintf("%04d", rapid.IntRange(1, 6).Draw(w.rt, "number"))}
}

func (w *wanderer) number(chosen model.Invoice, _ []model.Invoice) error {
	_, err := w.records.Numbered(w.t.Context(), chosen.ID, w.issued(chosen.Series))
	return err
}

func (w *wanderer) delete(chosen model.Invoice, _ []model.Invoice) error {
	_, err := w.records.Deleted(w.t.Context(), chosen.ID, "deleted")
	return err
}

func (w *wanderer) simulate(chosen model.Invoice, _ []model.Invoice) error {
	_, err := w.records.Simulate(w.t.Context(), chosen.ID)
	return err
}

func (w *wanderer) vouch(chosen model.Invoice, _ []model.Invoice) error {
	_, err := w.records.KeepConfirmation(w.t.Context(), chosen.ID, "seen", decimal.NewNullDecimal(chosen.Total))
	return err
}

func (w *wanderer) reverseElsewhere(chosen model.Invoice, _ []model.Invoice) error {
	if chosen.Kind != model.KindStorno {
		return nil
	}
	_, err := w.records.ReversedElsewhere(w.t.Context(), chosen.ID, chosen.Status, "este deja stornata")
	return err
}
