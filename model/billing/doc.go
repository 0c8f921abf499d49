// Package billing is the protocol between the ledger and SmartBill: it turns what was confirmed into at most one
// invoice, cancels, restores and undoes invoices, reads their PDFs, records payments, and finds out what is not known.
//
// SmartBill has no idempotency key and no list of invoices, so the order of steps is the protection. An intent is on
// disk, with its hours reserved and the exact request, before the request leaves; the request leaves once; its outcome is
// recorded in one transaction. An outcome that is not proven is called unknown: it keeps the hours reserved and the series
// closed until it is settled.
//
// Settling goes by evidence: the reference of an intent is printed on its invoice, and is looked for in the PDFs of the
// numbers that the series gave. What evidence cannot decide, the user decides; a reference that was given up is still
// looked for in every later gap.
//
// Errors say what is now true of the invoice, and unwrap to the sentinels of package model.
package billing
