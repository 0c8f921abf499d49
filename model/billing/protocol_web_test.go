package billing_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/model/taxid"
	"cadensa/smartbill/sandbox"
)

// template is what an account's PDFs do with references in a run.
type template string

const (
	// templateStated prints them, and the settings say so; templatePrints prints them; templateSwitched sometimes does.
	templateStated   template = "stated"
	templatePrints   template = "prints"
	templateSwitched template = "switched"
)

// history is what happened, which the program cannot know.
type history struct {
	// owners are the intents of the documents that the program made, by the documents' identities; "" is a stranger's. Sources
	// are the intents of the proformas that documents were made from, undoes those of the invoices that stornos undo.
	owners, sources map[int]string
	undoes          map[string]string
	// gone are the intents whose documents were deleted on the web, cameBack the hours of invoices that came back in force when
	// their stornos were.
	gone, cameBack map[string]bool
	// slots are the fingerprints that hours had before they were edited.
	slots map[string]string
	// before is how the documents were before the act, calls how many had been made.
	before map[int]sandbox.Document
	// hidden tells that the template shows no mentions now.
	hidden bool
	calls  int
}

func newHistory() history {
	return history{
		owners: map[int]string{}, sources: map[int]string{}, undoes: map[string]string{}, gone: map[string]bool{}, cameBack: map[string]bool{},
		slots: map[string]string{},
	}
}

// slot is the hour that an entry is, however it was edited.
func (w *harness) slot(fingerprint string) string {
	if original := w.slots[fingerprint]; original != "" {
		return original
	}
	return fingerprint
}

// all are the documents in SmartBill.
func (w *harness) all() []sandbox.Document {
	return append(w.remote.Invoices(), w.remote.Estimates()...)
}

func (w *harness) countCalls() int {
	count := 0
	for _, calls := range w.remote.CallCounts() {
		count += calls
	}
	return count
}

// provider speaks for the company of the settings.
func (w *harness) provider() billing.Provider {
	if w.company == w.remote.CIF() {
		return w.office.provider
	}
	return w.office.second
}

// serve gives the office a program that speaks through the provider.
func (w *harness) serve(provider billing.Provider) {
	w.office.service = billing.New(w.office.records, provider, billing.WithTemplatePrints(w.template == templateStated))
}

// alive gives the office a program that does not die.
func (w *harness) alive() { w.serve(w.provider()) }

// restart closes the program and starts it again.
func (w *harness) restart(t *testing.T, rt *rapid.T) {
	if err := w.office.records.Close(); err != nil {
		rt.Fatal(err)
	}
	w.office = openOffice(t, w.remote, w.office.path)
	w.office.second = connectAs(t, w.remote, w.office.records, w.remote.Token(), secondCIF)
	w.alive()
	if _, err := w.office.service.Recover(t.Context()); err != nil {
		rt.Fatal(err)
	}
}

// beginAct chooses whose settings the act is made with, and notes how things are.
func (w *harness) beginAct(rt *rapid.T) {
	w.company = w.remote.CIF()
	if !w.payer && rapid.IntRange(0, 5).Draw(rt, "company") == 0 {
		w.company = secondCIF
	}
	w.alive()
	w.picked, w.before, w.calls = model.Invoice{}, map[int]sandbox.Document{}, w.countCalls()
	for _, made := range w.all() {
		w.before[made.DocumentID] = made
	}
}

// endAct notes what was made, and expects that nothing was done to a document that is not the program's, or not its company's.
func (w *harness) endAct(t *testing.T, rt *rapid.T, act string) {
	w.attribute(t, rt)
	rt.Logf("%s", w.tell(t, act))
	if w.picked.Company != "" && act != "web" && act != "belated" && w.picked.Company != taxid.CompanyCode(w.company) &&
		w.countCalls() != w.calls {
		rt.Fatalf("%s of %s, of company %s, was tried for %s with %d calls", act, w.picked.Reference(), w.picked.Company, w.company,
			w.countCalls()-w.calls)
	}
	there := map[int]bool{}
	for _, now := range w.all() {
		there[now.DocumentID] = true
		was, old := w.before[now.DocumentID]
		if !old || act == "money" || act == "deletion" || act == "belated" || was.State == now.State && was.Paid.Equal(now.Paid) {
			continue
		}
		if w.owners[now.DocumentID] == "" && w.sources[now.DocumentID] == "" || now.CIF != w.company {
			rt.Fatalf("%s made %s %s of company %s, a stranger's, %s with %s paid", act, now.Series, now.Number, now.CIF, now.State, now.Paid)
		}
	}
	for id, was := range w.before {
		if !there[id] && act != "deletion" {
			rt.Fatalf("%s deleted %s %s", act, was.Series, was.Number)
		}
	}
}

// tell says what an act led to, for the reader of a failure.
func (w *harness) tell(t *testing.T, act string) string {
	text := strings.Builder{}
	fmt.Fprintf(&text, "%s of %s for %s; the ledger has", act, w.picked.Intent, w.company)
	invoices, err := w.office.records.Invoices(t.Context())
	if err != nil {
		return err.Error()
	}
	for _, i := range slices.Backward(invoices) {
		fmt.Fprintf(&text, " %s=%s:%s", i.Intent, i.Reference(), i.Status)
	}
	text.WriteString("; SmartBill has")
	for _, made := range w.all() {
		fmt.Fprintf(&text, " %s%s:%s:%s", made.Series, made.Number, made.State, w.owners[made.DocumentID])
	}
	return text.String()
}

// attribute finds out whose the new documents are.
func (w *harness) attribute(t *testing.T, rt *rapid.T) {
	invoices, err := w.office.records.Invoices(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	for _, made := range w.all() {
		if _, known := w.owners[made.DocumentID]; known {
			continue
		}
		w.owners[made.DocumentID] = ""
		for _, source := range w.remote.Estimates() {
			if made.MadeFrom == source.Series+source.Number && made.CIF == source.CIF {
				w.sources[made.DocumentID] = w.owners[source.DocumentID]
			}
		}
		at := slices.IndexFunc(invoices, func(i model.Invoice) bool {
			if made.State == sandbox.StateStorno {
				// The newest is the one that was just begun.
				return i.Kind == model.KindStorno
			}
			return strings.Contains(made.Mentions, i.Intent)
		})
		if at < 0 {
			continue
		}
		w.owners[made.DocumentID] = invoices[at].Intent
		if made.State == sandbox.StateStorno {
			w.undoes[invoices[at].Intent] = w.picked.Intent
		}
	}
}

// strangers are the documents that colleagues issue on the web: with the total of ours, to our client, or as another
// installation of the program does.
var strangers = []sandbox.Foreign{
	{Net: decimal.NewFromInt(700)},
	{Net: decimal.NewFromInt(100)},
	{Net: decimal.NewFromInt(700), Client: "Fabrica de Pâine SRL", VATCode: "RO18990071"},
	{Net: decimal.NewFromInt(100), Client: "Fabrica de Pâine SRL", VATCode: "RO18990071", Mentions: "Ref: CAD-7F3K4Q"},
	{Net: decimal.NewFromInt(100), Client: "Fabrica de Pâine SRL", VATCode: "RO18990071"},
}

// stranger is somebody who issues a document on the web. One that looks like ours in number, client and total, and bears no
// reference, is told from ours only where references are known to be printed: that is left out elsewhere.
func (w *harness) stranger(rt *rapid.T) {
	most := map[template]int{templateStated: 5, templatePrints: 4, templateSwitched: 3}[w.template]
	made := rapid.SampledFrom(strangers[:most]).Draw(rt, "stranger")
	made.Series = rapid.SampledFrom([]string{"FCT", "FCT", "ABC", "PRF"}).Draw(rt, "series")
	if made.Series == "PRF" {
		made.Kind = sandbox.EstimateSeries
	}
	if _, err := w.remote.IssueForeign(w.company, made); err != nil {
		rt.Fatal(err)
	}
}

// deletion is somebody who deletes a document on the web.
func (w *harness) deletion(t *testing.T, rt *rapid.T) {
	made := w.all()
	if len(made) == 0 {
		return
	}
	chosen := made[rapid.IntRange(0, len(made)-1).Draw(rt, "document")]
	// The last of a series is deleted more often: SmartBill's own API deletes no other.
	if rapid.Bool().Draw(rt, "last") {
		for _, later := range made {
			if later.CIF == chosen.CIF && later.Series == chosen.Series && later.Number > chosen.Number {
				chosen = later
			}
		}
	}
	kind := sandbox.InvoiceSeries
	if slices.ContainsFunc(w.remote.Estimates(), func(one sandbox.Document) bool { return one.DocumentID == chosen.DocumentID }) {
		kind = sandbox.EstimateSeries
	}
	if err := w.remote.DeleteOnWeb(chosen.CIF, kind, chosen.Series, chosen.Number); err != nil {
		rt.Fatal(err)
	}
	owner := w.owners[chosen.DocumentID]
	if owner == "" {
		return
	}
	w.gone[owner] = true
	original := w.undoes[owner]
	if deleted, err := w.office.records.Detail(t.Context(), owner); err == nil && deleted.Kind == model.KindPartialStorno {
		original = deleted.Original
	}
	if original != "" {
		detail, err := w.office.records.Detail(t.Context(), original)
		if err != nil {
			rt.Fatal(err)
		}
		for _, fingerprint := range w.entriesOf(t, rt, detail.Invoice) {
			w.cameBack[w.slot(fingerprint)] = true
		}
	}
}

// switchTemplate is somebody who takes the mentions off the template, or puts them back.
func (w *harness) switchTemplate(rt *rapid.T) {
	if w.template == templateSwitched {
		w.hidden = rapid.Bool().Draw(rt, "hidden")
		w.remote.SetPrintsMentions(!w.hidden)
	}
}
