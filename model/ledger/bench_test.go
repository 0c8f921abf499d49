package ledger_test

import (
	"strconv"
	"testing"

	"cadensa/model/ledger"
	"cadensa/model/ledger/ledgertest"
)

// fill makes a ledger of n invoices.
func fill(b *testing.B, path string, n int) {
	b.Helper()
	if err := ledgertest.Fill(b.Context(), path, n); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkInvoices(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			path := newPath(b)
			fill(b, path, n)
			records := open(b, path, newClock().now)
			for b.Loop() {
				invoices, err := records.Invoices(b.Context())
				if err != nil || len(invoices) != n {
					b.Fatal(len(invoices), err)
				}
			}
		})
	}
}

func BenchmarkStatuses(b *testing.B) {
	path := newPath(b)
	fill(b, path, 100_000)
	records := open(b, path, newClock().now)
	for b.Loop() {
		if _, err := records.Statuses(b.Context(), false); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	path := newPath(b)
	fill(b, path, 100_000)
	for b.Loop() {
		records, err := ledger.Open(b.Context(), path, newClock().now)
		if err != nil {
			b.Fatal(err)
		}
		if err := records.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
