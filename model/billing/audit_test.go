package billing_test

import (
	"testing"

	"pgregory.net/rapid"
)

// audit expects the records not to contradict themselves, whatever went wrong.
func (w *harness) audit(t *testing.T, rt *rapid.T) {
	if err := w.office.records.Audit(t.Context()); err != nil {
		rt.Fatal(err)
	}
}
