package billto_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"cadensa/model"
)

// A client that is opened, gone through field by field and handed on is the client that was kept, in the form and in the book.
func TestAClientThatIsOpenedAndLeftStaysAsItIs(t *testing.T) {
	for seed := range 30 {
		client := rapid.Custom(drawClient).Example(seed).Cleaned()
		book := newProgram(client)
		book.inProgress.Buyer = model.Buyer{Client: client, SaveClient: true, Known: client.Name}
		play(t, book, 100, 50, func(s *harness) {
			before := book.inBook()
			s.Press("d", "enter")
			for range 24 {
				s.Press("tab")
			}
			s.Press("ctrl+s").Idle()
			for _, now := range []model.Client{s.told().Client, book.last().Client} {
				if now.Name == "" { // Nothing was written, since nothing changed.
					continue
				}
				if diff := cmp.Diff(client, now.Cleaned(), cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("seed %d, the form (-want +got):\n%s", seed, diff)
				}
			}
			if diff := cmp.Diff(before, book.inBook(), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("seed %d, the book (-want +got):\n%s", seed, diff)
			}
		})
	}
}

func drawClient(t *rapid.T) model.Client {
	client := rapid.SampledFrom([]model.Client{
		atelier(), brisk(), nordlicht(), inBucharest(), {Name: "Irina Manea", Country: "RO", Private: true},
		{Name: "Half", Country: "??", County: "nowhere"}, {Name: "Without county", Country: "RO", PostalCode: "400001", City: "Dej"},
	}).Draw(t, "client")
	client.TrackerNames = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"atlas*", "Fjord, Oslo", `the "best"`, "日本語"}), 0, 3, rapid.ID).Draw(t, "names")
	pick := func(label string, values ...string) string {
		return rapid.SampledFrom(append(values, "")).Draw(t, label)
	}
	if days := rapid.IntRange(-2, 400).Draw(t, "days"); rapid.Bool().Draw(t, "terms") {
		client.PaymentTermsDays = &days
	}
	client.Currency, client.Language = pick("currency", "EUR", "XXX"), pick("language", "DE", "HU")
	client.VATReason = model.Reason(pick("reason", "reverse-charge", "because"))
	client.QuantityDecimals = rapid.SampledFrom([]int{0, 2, 6, 9, -1}).Draw(t, "decimals")
	client.Note = pick("note", "Contract 7", "Ședință, “two”")
	client.Price = pick("price", "0.0375", "1.250,5", "48", "much")
	client.Unit = model.Unit(pick("unit", "day", "item", "week"))
	client.RoundingStep, client.RoundingMinimum = pick("step", "15", "15m", "x"), pick("minimum", "1h30m", "0")
	client.RoundingDirection, client.RoundingScope = model.Direction(pick("direction", "down")), model.Scope(pick("scope", "line"))
	client.DayThresholds = pick("thresholds", "0.5 from 1s, 1 from 5h30m", "x")
	return client
}

func inBucharest() model.Client {
	return model.Client{Name: "Foișor SRL", Country: "RO", Street: "Str. Lungă 1", PostalCode: "030011", City: "Sector 3", County: model.Bucharest,
		VATNumber: "RO14399840"}
}
