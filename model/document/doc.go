// Package document handles what is kept beside an invoice: its PDF, the text in it by which an invoice is known again, the
// timesheet of the hours that it bills, and their place on the disk.
package document
