package ledger

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"cadensa/model"
	"cadensa/model/database"
)

// checkHours refuses hours of a new intent that look billed on another invoice, unless their user overrode that:
// *model.LooksBilledError. The invoice of a proforma was checked when the proforma was made.
func checkHours(ctx context.Context, tx *sql.Tx, id int64, intent Intent) error {
	if intent.Proforma != 0 {
		return nil
	}
	hours, err := withPeople(ctx, tx, id, intent.Prepared)
	if err != nil {
		return err
	}
	billed, err := billedAround(ctx, tx, id, hours)
	if err != nil {
		return err
	}
	return refuseBilled(ctx, tx, billed, hours, intent.Prepared.Reading)
}

// checkRestored refuses to take back the hours of a cancelled invoice when hours that look like them were billed since,
// unless they were billed beside it on purpose: *model.LooksBilledError.
func checkRestored(ctx context.Context, tx *sql.Tx, restored model.Invoice) error {
	detail, err := readDetail(ctx, tx, restored)
	if err != nil {
		return err
	}
	if err := dropReversed(ctx, tx, &detail); err != nil {
		return err
	}
	hours, err := withPeople(ctx, tx, restored.ID, detail.Prepared)
	if err != nil {
		return err
	}
	billed, err := billedAround(ctx, tx, restored.ID, hours)
	if err != nil {
		return err
	}
	for {
		err := refuseBilled(ctx, tx, billed, hours, nil)
		refusal, refused := errors.AsType[*model.LooksBilledError](err)
		if !refused {
			return err
		}
		overridden, err := overriddenBeside(ctx, tx, refusal.Invoice)
		if err != nil {
			return err
		}
		left := slices.DeleteFunc(slices.Clone(billed), func(hours model.BilledHours) bool {
			return slices.Contains(overridden, hours.Fingerprint)
		})
		if len(left) == len(billed) {
			return refusal
		}
		billed = left
	}
}

// dropReversed leaves out the hours that the invoice does not bill any more, since their line was reversed.
func dropReversed(ctx context.Context, tx *sql.Tx, detail *model.InvoiceDetail) error {
	if detail.ReversedBy == "" {
		return nil
	}
	reversed, err := all(ctx, tx, value[string], "SELECT fingerprint FROM invoice_entries WHERE invoice_id = ? AND reversed = 1", detail.ID)
	detail.Prepared.Hours = slices.DeleteFunc(detail.Prepared.Hours, func(entry *model.Entry) bool {
		return slices.Contains(reversed, entry.Fingerprint)
	})
	return failed("read which lines were reversed", err)
}

// lookalike names the invoice that bills edited copies of this one's hours, "" for none. They have other fingerprints: no claim tells.
func lookalike(ctx context.Context, tx *sql.Tx, invoice model.Invoice) (string, error) {
	err := checkRestored(ctx, tx, invoice)
	if refusal, ok := errors.AsType[*model.LooksBilledError](err); ok {
		return refusal.Invoice, nil
	}
	return "", err
}

// overriddenBeside are the fingerprints that were chosen deliberately for the invoices of a reference.
func overriddenBeside(ctx context.Context, tx *sql.Tx, reference string) ([]string, error) {
	named, err := invoicesNamed(ctx, tx, reference)
	if err != nil {
		return nil, err
	}
	var overridden []string
	for _, invoice := range named {
		prepared, err := preparedOf(ctx, tx, invoice.ID)
		if err != nil {
			return nil, err
		}
		overridden = append(overridden, prepared.Overridden...)
	}
	return overridden, nil
}

// withPeople are the hours of an invoice that were not chosen deliberately. Where the sources lack one, the ledger tells who worked it.
func withPeople(ctx context.Context, tx *sql.Tx, id int64, prepared model.PreparedInvoice) ([]*model.Entry, error) {
	var hours []*model.Entry
	var people map[string]string
	for _, entry := range prepared.Hours {
		if slices.Contains(prepared.Overridden, entry.Fingerprint) {
			continue
		}
		if entry.User == "" && (prepared.Reading == nil || prepared.Reading.Find(entry) == nil) {
			if people == nil {
				var err error
				if people, err = peopleOf(ctx, tx, id); err != nil {
					return nil, err
				}
			}
			of := *entry
			of.User = people[entry.Fingerprint]
			entry = &of
		}
		hours = append(hours, entry)
	}
	return hours, nil
}

// peopleOf tells whom the ledger noted for the hours of an invoice, by their fingerprints.
func peopleOf(ctx context.Context, tx *sql.Tx, id int64) (map[string]string, error) {
	people := map[string]string{}
	err := database.Each(ctx, tx, func(rows *sql.Rows) error {
		var fingerprint, worker string
		err := rows.Scan(&fingerprint, &worker)
		people[fingerprint] = worker
		return err
	}, "SELECT fingerprint, worker FROM invoice_entries WHERE invoice_id = ? AND worker <> ''", id)
	return people, failed("read who worked", err)
}

// aDayAndMore is how far hours that vanished can lie from those that stand in for them, whatever the zone.
const aDayAndMore = 48 * time.Hour

// billedAround reads the hours near others that are held by other invoices than one.
func billedAround(ctx context.Context, tx *sql.Tx, id int64, hours []*model.Entry) ([]model.BilledHours, error) {
	if len(hours) == 0 {
		return nil, nil
	}
	first, last := hours[0].Start, hours[0].End
	for _, entry := range hours {
		first, last = min(first, entry.Start), max(last, entry.Start, entry.End)
	}
	// What an invoice at a simulator holds is nothing to one at SmartBill.
	return readBilledHours(ctx, tx, billedHours+` AND ended >= ? AND started <= ? AND claims.invoice_id <> ?
		AND claims.simulated <= (SELECT own.simulated FROM invoices AS own WHERE own.id = ?)`,
		milliseconds(first.Add(-aDayAndMore)), milliseconds(last.Add(aDayAndMore)), id, id)
}

func refuseBilled(ctx context.Context, tx *sql.Tx, billed []model.BilledHours, hours []*model.Entry, reading *model.SourceReading) error {
	if len(hours) == 0 {
		return nil
	}
	found, err := model.LooksBilled(billed, reading, hours, func(fingerprints []string) (map[string]model.Entry, error) {
		return readBilledEntries(ctx, tx, fingerprints)
	})
	if err != nil || len(found) == 0 {
		return err
	}
	refusal := &model.LooksBilledError{}
	for _, entry := range hours {
		invoice, looks := found[entry.Fingerprint]
		if !looks {
			continue
		}
		if refusal.Invoice == "" {
			refusal.Invoice = invoice
		}
		refusal.Entries = append(refusal.Entries, named(entry, reading))
	}
	return refusal
}

// named tells an entry from others in a refusal: "2026-10-05 Atlas · api (3f9a0c51d2b84e67)".
func named(entry *model.Entry, reading *model.SourceReading) string {
	location := time.UTC
	if reading != nil && reading.Location != nil {
		location = reading.Location
	}
	text := entry.Day(location).String()
	if label := entry.Label(); label != "" {
		text += " " + label
	}
	return text + " (" + entry.Fingerprint + ")"
}

// keepPeople notes who worked the hours of an invoice that name nobody: whom the settings name for their source, or who
// was noted on the invoice that this one takes the place of.
func keepPeople(ctx context.Context, tx *sql.Tx, id int64, intent Intent) error {
	by := map[string][]string{}
	for _, entry := range intent.Prepared.Hours {
		if entry.User != "" || intent.Prepared.Reading == nil {
			continue
		}
		if read := intent.Prepared.Reading.Find(entry); read != nil {
			if person := intent.Prepared.Reading.Person(read); person != "" {
				by[person] = append(by[person], entry.Fingerprint)
			}
		}
	}
	for person, fingerprints := range by {
		if err := exec(ctx, tx, "note who worked", `
			UPDATE invoice_entries SET worker = ? WHERE invoice_id = ? AND fingerprint IN (SELECT value FROM json_each(?))`,
			person, id, asJSON{fingerprints}); err != nil {
			return err
		}
	}
	for _, before := range []int64{intent.Replaced, intent.Proforma} {
		if before == 0 {
			continue
		}
		if err := exec(ctx, tx, "note who worked", `
			UPDATE invoice_entries SET worker = (
				SELECT noted.worker FROM invoice_entries AS noted
				WHERE noted.invoice_id = ? AND noted.fingerprint = invoice_entries.fingerprint)
			WHERE invoice_id = ? AND worker = '' AND fingerprint IN (
				SELECT fingerprint FROM invoice_entries AS noted WHERE noted.invoice_id = ?)`, before, id, before); err != nil {
			return err
		}
	}
	return nil
}
