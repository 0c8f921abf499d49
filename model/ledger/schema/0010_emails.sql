-- The e-mails that SmartBill was asked to send with documents.
CREATE TABLE emails (
	id         INTEGER PRIMARY KEY,
	invoice_id INTEGER NOT NULL REFERENCES invoices (id),
	kind       TEXT    NOT NULL CHECK (kind IN ('document', 'reminder')),
	state      TEXT    NOT NULL CHECK (state IN ('sending', 'sent', 'refused', 'not-sent', 'unknown')),
	-- Addresses separated by commas.
	recipients TEXT    NOT NULL,
	cc         TEXT    NOT NULL,
	bcc        TEXT    NOT NULL,
	subject    TEXT    NOT NULL,
	message    TEXT    NOT NULL,
	-- The last answer or failure in words.
	answer     TEXT    NOT NULL DEFAULT '',
	created    INTEGER NOT NULL,
	changed    INTEGER NOT NULL
) STRICT;

CREATE INDEX emails_invoice ON emails (invoice_id);
-- One e-mail of a document is on its way at a time.
CREATE UNIQUE INDEX emails_sending ON emails (invoice_id) WHERE state = 'sending';
