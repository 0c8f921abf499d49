package sandbox_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"cadensa/smartbill/sandbox"
)

// Suites read PDFs by the thousand, so one must be made in no time.
func BenchmarkPrint(b *testing.B) {
	server := sandbox.New(sandbox.Config{CallsPerWindow: plenty})
	made := sandbox.Foreign{Series: "FCT", Client: "Ștefan Țăndărică și Fiii SRL", Net: lei("99"), Mentions: "Ref: CAD-7F3K2Q"}
	if _, err := server.IssueForeign(server.CIF(), made); err != nil {
		b.Fatal(err)
	}
	request := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/SBORO/api/invoice/pdf"+parameters(named("FCT", "0001")...), nil)
	request.SetBasicAuth(server.Email(), server.Token())
	for b.Loop() {
		answer := httptest.NewRecorder()
		server.ServeHTTP(answer, request)
		if answer.Code != http.StatusOK {
			b.Fatal(answer.Body)
		}
		b.SetBytes(int64(answer.Body.Len()))
	}
}
