package cli_test

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/smartbill/sandbox"
)

// Who knows that their template prints the reference need not look at what others issued on the web.
func TestTemplateThatPrintsReferencesProvesWhatIsForeign(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		setting string
		code    int
		status  string
	}{{"false", 3, "unknown"}, {"true", 0, "not-issued"}} {
		s := newBilledStage(t)
		s.write(t, "config/cadensa/config.toml",
			strings.Replace(s.read(t, s.settingsFile()), "[invoice]", "[invoice]\ntemplate_prints_reference = "+test.setting, 1))
		reference := s.lost(t, sandbox.BadGateway)
		if _, err := s.server.IssueForeign(s.server.CIF(), sandbox.Foreign{Series: "FCT", Net: decimal.NewFromInt(5)}); err != nil {
			t.Fatal(err)
		}
		s.now = s.now.Add(3 * time.Minute)
		settled := decoded[object](t, s.fail(t, test.code, nil, "settle", reference, "--json"))
		if settled["status"] != test.status {
			t.Errorf("%s: the invoice is %v", test.setting, settled["status"])
		}
	}
}
