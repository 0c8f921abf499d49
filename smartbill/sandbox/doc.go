// Package sandbox simulates the REST API of SmartBill Cloud (V1) as an
// http.Handler that keeps state: series count on, invoices are cancelled,
// reversed, paid and printed, and misuse is refused with the service's own
// Romanian texts. Nothing it issues is a fiscal document.
//
// It stands in for the service wherever that is not at hand: in demonstrations,
// in a local server for scripts, and in tests, which can script every way in
// which a call to a remote service goes wrong (see [Fault]).
//
// It knows SmartBill only from its public description; where that is silent or
// contradicts itself, the stricter reading is simulated, because a client that
// pleases a strict server pleases a lenient one too. Each other reading can be
// chosen (see [Variant]).
package sandbox
