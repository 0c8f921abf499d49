-- Lines of an invoice are reversed one by one: by a partial storno, or, where they are an advance, by the invoice that deducts them.

CREATE TABLE invoices_anew (
	id             INTEGER PRIMARY KEY,
	intent         TEXT    NOT NULL UNIQUE,
	company        TEXT    NOT NULL,
	kind           TEXT    NOT NULL CHECK (kind IN ('invoice', 'proforma', 'storno', 'partial-storno')),
	numbering      TEXT    NOT NULL CHECK (numbering IN ('f', 'p')),
	series         TEXT    NOT NULL,
	number         TEXT    NOT NULL DEFAULT '',
	status         TEXT    NOT NULL CHECK (status IN ('draft', 'draft-sent', 'sending', 'issued', 'refused', 'unknown', 'not-issued',
	                                                  'cancelling', 'cancelled', 'restoring', 'partly-reversed', 'reversed', 'deleted')),
	payment        TEXT    NOT NULL DEFAULT 'unpaid' CHECK (payment IN ('unpaid', 'partly-paid', 'paid')),
	client_name    TEXT    NOT NULL,
	client_country TEXT    NOT NULL,
	net            TEXT    NOT NULL,
	vat            TEXT    NOT NULL,
	total          TEXT    NOT NULL,
	currency       TEXT    NOT NULL,
	issued_on      TEXT    NOT NULL,
	due_on         TEXT    NOT NULL,
	supply_from    TEXT    NOT NULL,
	supply_to      TEXT    NOT NULL,
	counter        INTEGER NOT NULL,
	message        TEXT    NOT NULL DEFAULT '',
	document_id    TEXT    NOT NULL DEFAULT '',
	document_url   TEXT    NOT NULL DEFAULT '',
	created        INTEGER NOT NULL,
	changed        INTEGER NOT NULL,
	original       INTEGER REFERENCES invoices (id),
	successor      INTEGER REFERENCES invoices (id),
	watched_from   INTEGER NOT NULL DEFAULT 0,
	unknown_since  INTEGER NOT NULL DEFAULT 0,
	doubled        INTEGER NOT NULL DEFAULT 0,
	charged        TEXT    NOT NULL DEFAULT '',
	payment_asked  INTEGER NOT NULL DEFAULT 0,
	open_payment   INTEGER REFERENCES payments (id),
	proforma       INTEGER REFERENCES invoices (id),
	-- 1 for what was issued at a simulator, for ever: it is nothing anywhere else.
	simulated      INTEGER NOT NULL DEFAULT 0 CHECK (simulated IN (0, 1)),
	-- 1 once its PDF was seen to carry its reference: one without it under its number is another one, or the template was changed.
	printed        INTEGER NOT NULL DEFAULT 0 CHECK (printed IN (0, 1)),
	-- What a person who vouched for a document without a reference saw on it, '' where nobody did, and what it amounted to then.
	vouched        TEXT    NOT NULL DEFAULT '',
	vouched_total  TEXT    NOT NULL DEFAULT ''
) STRICT;

INSERT INTO invoices_anew (id, intent, company, kind, numbering, series, number, status, payment, client_name, client_country, net, vat,
	total, currency, issued_on, due_on, supply_from, supply_to, counter, message, document_id, document_url, created, changed, original,
	successor, watched_from, unknown_since, doubled, charged, payment_asked, open_payment, proforma, simulated, printed, vouched, vouched_total)
SELECT id, intent, company, kind, numbering, series, number, status, payment, client_name, client_country, net, vat,
	total, currency, issued_on, due_on, supply_from, supply_to, counter, message, document_id, document_url, created, changed, original,
	successor, watched_from, unknown_since, doubled, charged, payment_asked, open_payment, proforma, simulated, printed, vouched, vouched_total
FROM invoices;

DROP TABLE invoices;
ALTER TABLE invoices_anew RENAME TO invoices;

-- A deleted document keeps its number for its reader; another may have it since.
CREATE UNIQUE INDEX invoices_number ON invoices (company, numbering, series, number, simulated) WHERE number <> '' AND status <> 'deleted';
CREATE INDEX invoices_reference ON invoices (series, number) WHERE number <> '';
CREATE INDEX invoices_status ON invoices (status);
-- An invoice is undone once as a whole, and in parts as often as something of it is left.
CREATE UNIQUE INDEX invoices_storno ON invoices (original)
	WHERE kind = 'storno' AND original IS NOT NULL AND status NOT IN ('refused', 'not-issued', 'deleted');
CREATE INDEX invoices_original ON invoices (original) WHERE original IS NOT NULL;
CREATE INDEX invoices_watched ON invoices (company, numbering, series) WHERE watched_from > 0;
CREATE INDEX invoices_doubled ON invoices (doubled) WHERE doubled = 1;
CREATE INDEX invoices_open_payment ON invoices (open_payment) WHERE open_payment IS NOT NULL;
CREATE INDEX invoices_proforma ON invoices (proforma) WHERE proforma IS NOT NULL;

-- Which line of which document takes how much of a line of an earlier invoice back. The quantity is positive.
CREATE TABLE reversed_lines (
	invoice_id    INTEGER NOT NULL REFERENCES invoices (id),
	line          INTEGER NOT NULL,
	original      INTEGER NOT NULL REFERENCES invoices (id),
	original_line INTEGER NOT NULL,
	quantity      TEXT    NOT NULL,
	PRIMARY KEY (invoice_id, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX reversed_lines_original ON reversed_lines (original);

-- 1 while partial stornos reverse the whole line that an hour is on: its invoice does not hold it.
ALTER TABLE invoice_entries ADD COLUMN reversed INTEGER NOT NULL DEFAULT 0 CHECK (reversed IN (0, 1));
CREATE INDEX invoice_entries_reversed ON invoice_entries (invoice_id) WHERE reversed = 1;
