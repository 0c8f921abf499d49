-- Invoices, the hours they hold, and the address book.

-- One row for each intent to invoice. The columns are those that a list shows; the bulky papers lie apart, so that
-- listing a hundred thousand rows reads only what it shows.
CREATE TABLE invoices (
	id             INTEGER PRIMARY KEY,
	intent         TEXT    NOT NULL UNIQUE,
	company        TEXT    NOT NULL,
	kind           TEXT    NOT NULL CHECK (kind IN ('invoice', 'proforma', 'storno')),
	-- Which numbering the document takes part in: invoices and their stornos share one, proformas have their own.
	numbering      TEXT    NOT NULL CHECK (numbering IN ('f', 'p')),
	series         TEXT    NOT NULL,
	number         TEXT    NOT NULL DEFAULT '',
	status         TEXT    NOT NULL CHECK (status IN ('draft', 'draft-sent', 'sending', 'issued', 'refused', 'unknown',
	                                                  'not-issued', 'cancelling', 'cancelled', 'restoring', 'reversed')),
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
	changed        INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX invoices_number ON invoices (company, numbering, series, number) WHERE number <> '';
CREATE INDEX invoices_reference ON invoices (series, number) WHERE number <> '';
CREATE INDEX invoices_status ON invoices (status);

-- What was confirmed and what was sent. The lines are part of the draft: nothing ever asks for a line by itself, and
-- one copy cannot contradict another.
CREATE TABLE papers (
	invoice_id INTEGER PRIMARY KEY REFERENCES invoices (id),
	draft      TEXT NOT NULL,
	request    BLOB NOT NULL
) STRICT;

-- The hours that an invoice was made from, as they were. They stay with it whatever becomes of it.
CREATE TABLE invoice_entries (
	invoice_id  INTEGER NOT NULL REFERENCES invoices (id),
	position    INTEGER NOT NULL,
	fingerprint TEXT    NOT NULL,
	source      TEXT    NOT NULL,
	worker      TEXT    NOT NULL,
	started     INTEGER NOT NULL,
	ended       INTEGER NOT NULL,
	seconds     INTEGER NOT NULL,
	entry       TEXT    NOT NULL,
	PRIMARY KEY (invoice_id, position),
	UNIQUE (invoice_id, fingerprint)
) STRICT, WITHOUT ROWID;

-- No hour is billed twice: a fingerprint has at most one row here, that of the invoice that holds it now.
CREATE TABLE claims (
	fingerprint TEXT    NOT NULL PRIMARY KEY,
	invoice_id  INTEGER NOT NULL,
	state       TEXT    NOT NULL CHECK (state IN ('reserved', 'billed')),
	FOREIGN KEY (invoice_id, fingerprint) REFERENCES invoice_entries (invoice_id, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE INDEX claims_invoice ON claims (invoice_id);

CREATE TABLE clients (
	folded_name TEXT    NOT NULL PRIMARY KEY,
	client      TEXT    NOT NULL,
	used        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX clients_used ON clients (used);
