-- What happens outside the program: documents are deleted on the web and their numbers given again, a service may be a
-- simulator, and companies are several. Tables whose constraints change are made anew; nothing refers to anything meanwhile.

CREATE TABLE invoices_anew (
	id             INTEGER PRIMARY KEY,
	intent         TEXT    NOT NULL UNIQUE,
	company        TEXT    NOT NULL,
	kind           TEXT    NOT NULL CHECK (kind IN ('invoice', 'proforma', 'storno')),
	numbering      TEXT    NOT NULL CHECK (numbering IN ('f', 'p')),
	series         TEXT    NOT NULL,
	number         TEXT    NOT NULL DEFAULT '',
	status         TEXT    NOT NULL CHECK (status IN ('draft', 'draft-sent', 'sending', 'issued', 'refused', 'unknown', 'not-issued',
	                                                  'cancelling', 'cancelled', 'restoring', 'reversed', 'deleted')),
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
	successor, watched_from, unknown_since, doubled, charged, payment_asked, open_payment, proforma)
SELECT id, intent, company, kind, numbering, series, number, status, payment, client_name, client_country, net, vat,
	total, currency, issued_on, due_on, supply_from, supply_to, counter, message, document_id, document_url, created, changed, original,
	successor, watched_from, unknown_since, doubled, charged, payment_asked, open_payment, proforma
FROM invoices;

DROP TABLE invoices;
ALTER TABLE invoices_anew RENAME TO invoices;

-- A deleted document keeps its number for its reader; another may have it since.
CREATE UNIQUE INDEX invoices_number ON invoices (company, numbering, series, number, simulated) WHERE number <> '' AND status <> 'deleted';
CREATE INDEX invoices_reference ON invoices (series, number) WHERE number <> '';
CREATE INDEX invoices_status ON invoices (status);
-- An invoice is undone once.
CREATE UNIQUE INDEX invoices_storno ON invoices (original)
	WHERE original IS NOT NULL AND status NOT IN ('refused', 'not-issued', 'deleted');
CREATE INDEX invoices_watched ON invoices (company, numbering, series) WHERE watched_from > 0;
CREATE INDEX invoices_doubled ON invoices (doubled) WHERE doubled = 1;
CREATE INDEX invoices_open_payment ON invoices (open_payment) WHERE open_payment IS NOT NULL;
CREATE INDEX invoices_proforma ON invoices (proforma) WHERE proforma IS NOT NULL;

-- No hour is billed twice: a fingerprint has at most one row here, that of the invoice that holds it now, and at most one
-- more of an invoice at a simulator.
CREATE TABLE claims_anew (
	simulated   INTEGER NOT NULL CHECK (simulated IN (0, 1)),
	fingerprint TEXT    NOT NULL,
	invoice_id  INTEGER NOT NULL,
	state       TEXT    NOT NULL CHECK (state IN ('reserved', 'billed')),
	PRIMARY KEY (simulated, fingerprint),
	FOREIGN KEY (invoice_id, fingerprint) REFERENCES invoice_entries (invoice_id, fingerprint)
) STRICT, WITHOUT ROWID;

INSERT INTO claims_anew (simulated, fingerprint, invoice_id, state) SELECT 0, fingerprint, invoice_id, state FROM claims;
DROP TABLE claims;
ALTER TABLE claims_anew RENAME TO claims;
CREATE INDEX claims_invoice ON claims (invoice_id);

-- Whether PDFs of a numbering carry references: what the one with the highest number that was read shows. That one of long
-- ago did says nothing of today, so that what was kept before is dropped.
DROP TABLE templates;
CREATE TABLE templates (
	company   TEXT    NOT NULL,
	numbering TEXT    NOT NULL,
	series    TEXT    NOT NULL,
	simulated INTEGER NOT NULL,
	number    INTEGER NOT NULL,
	issued_on TEXT    NOT NULL,
	prints    INTEGER NOT NULL CHECK (prints IN (0, 1)),
	PRIMARY KEY (company, numbering, series, simulated)
) STRICT, WITHOUT ROWID;

-- The numbers that were looked at although the ledger has nothing under them.
CREATE TABLE numbers_seen (
	company   TEXT    NOT NULL,
	numbering TEXT    NOT NULL,
	series    TEXT    NOT NULL,
	simulated INTEGER NOT NULL,
	number    INTEGER NOT NULL,
	finding   TEXT    NOT NULL CHECK (finding IN ('read', 'unreadable', 'elsewhere')),
	at        INTEGER NOT NULL,
	PRIMARY KEY (company, numbering, series, simulated, number)
) STRICT, WITHOUT ROWID;

-- The addresses of services, and whether the one that answered there last was a simulator.
CREATE TABLE services (
	address   TEXT    NOT NULL PRIMARY KEY,
	simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
	at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
