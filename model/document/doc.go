// Package document handles the PDFs of invoices: the text in them, by which an invoice is known again, and their place
// on the disk.
package document
