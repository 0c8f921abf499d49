package cli

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"cadensa/model"
)

// What is exported is read back as it was, apostrophes and beginnings of formulas with it.
func TestClientsSurviveTheirOwnCSV(t *testing.T) {
	t.Parallel()
	text := rapid.StringMatching(`'{0,2}[-=+@＝]?[-=+@'"; ,]?[a-c][-=+'"; ,a-c]{0,5}`)
	rapid.Check(t, func(t *rapid.T) {
		client := model.Client{
			Name: text.Draw(t, "name"), Contact: text.Draw(t, "contact"), Country: "DE", Street: text.Draw(t, "street"), PostalCode: "20457",
			City: text.Draw(t, "city"), TrackerNames: rapid.SliceOfN(text, 0, 3).Draw(t, "tracker names"),
			ClientDefaults: model.ClientDefaults{Note: text.Draw(t, "note")},
		}.Cleaned()
		var sheet bytes.Buffer
		if err := writeClientsCSV(&sheet, []model.Client{client}); err != nil {
			t.Fatal(err)
		}
		rows, err := readClients(sheet.Bytes())
		if err != nil || len(rows) != 1 {
			t.Fatalf("%d rows, %v, of\n%s", len(rows), err, &sheet)
		}
		if diff := cmp.Diff(client, rows[0].client.Cleaned(), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-want +got):\n%s\n%s", diff, &sheet)
		}
	})
}

// Whatever a file holds, what was taken of it survives the way through CSV.
func FuzzReadClients(f *testing.F) {
	for _, seed := range []string{
		`[{"name":"Nord SRL","country":"RO","private":true,"tracker_names":["a","b"],"payment_terms_days":14}]`, "[null]", "{", "",
		"name;country\r\nNord;DE\r\n", "\ufeffname,tracker_names,note\n\"a\"\"b\",x;y,\"l1\nl2\"\n",
		"name,price,unit,day_thresholds\nNord,\"1,5\",day,1 from 1h\n", "name\n\"", ";\n;",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		rows, err := readClients(content)
		if err != nil {
			return
		}
		var taken []model.Client
		for _, row := range rows {
			if client, _, err := row.read(); err == nil {
				client.VATProof = nil
				taken = append(taken, client)
			}
		}
		if len(taken) == 0 {
			return
		}
		var sheet bytes.Buffer
		if err := writeClientsCSV(&sheet, taken); err != nil {
			t.Fatal(err)
		}
		again, err := readClients(sheet.Bytes())
		if err != nil || len(again) != len(taken) {
			t.Fatalf("%d clients became %d rows of\n%s\n%v", len(taken), len(again), &sheet, err)
		}
		for i, row := range again {
			client, _, err := row.read()
			if err != nil {
				t.Fatal(err)
			}
			if client.Name != taken[i].Name || client.Note != taken[i].Note || client.ClientRule != taken[i].ClientRule ||
				!cmp.Equal(client.PaymentTermsDays, taken[i].PaymentTermsDays) {
				t.Errorf("%+v became %+v", taken[i], client)
			}
		}
	})
}
