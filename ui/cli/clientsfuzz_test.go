package cli

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

// Whatever a file holds, what was taken of it survives the way through CSV.
func FuzzReadClients(f *testing.F) {
	for _, seed := range []string{
		`[{"name":"Nord SRL","country":"RO","private":true,"tracker_names":["a","b"],"payment_terms_days":14}]`, "[null]", "{", "",
		"name;country\r\nNord;DE\r\n", "\ufeffname,tracker_names,note\n\"a\"\"b\",x;y,\"l1\nl2\"\n", "name,price,unit,day_thresholds\nNord,\"1,5\",day,1 from 1h\n", "name\n\"", ";\n;",
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
			if client, err := row.checked(); err == nil {
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
			client, err := row.checked()
			if err != nil {
				t.Fatal(err)
			}
			if client.Name != taken[i].Name || client.Note != taken[i].Note || client.ClientRule != taken[i].ClientRule || !cmp.Equal(client.PaymentTermsDays, taken[i].PaymentTermsDays) {
				t.Errorf("%+v became %+v", taken[i], client)
			}
		}
	})
}
