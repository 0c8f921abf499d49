// Package ledger keeps the program's records in one SQLite file: every intent to invoice with the exact request that
// was sent, the hours that each invoice holds, the address book, the invoice in the making, what the SmartBill account
// said of itself, and the memory of the limit on calls.
//
// Two promises are kept here rather than hoped for above. An hour is claimed by at most one invoice, by a primary key;
// and it changes state only together with its invoice, in one transaction that names the state it starts from. Several
// processes may work on one ledger at once.
//
// The file is readable by its owner alone. A transaction that was committed survives a power cut.
package ledger
