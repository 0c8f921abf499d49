-- The payments that SmartBill was asked to record.

CREATE TABLE payments (
	id            INTEGER PRIMARY KEY,
	invoice_id    INTEGER NOT NULL REFERENCES invoices (id),
	state         TEXT    NOT NULL CHECK (state IN ('sending', 'recorded', 'refused', 'not-recorded', 'unknown')),
	kind          TEXT    NOT NULL,
	amount        TEXT    NOT NULL,
	paid_on       TEXT    NOT NULL,
	-- The series and the number of a receipt.
	series        TEXT    NOT NULL,
	number        TEXT    NOT NULL DEFAULT '',
	-- What SmartBill said before it was asked.
	paid_before   TEXT    NOT NULL,
	unpaid_before TEXT    NOT NULL,
	counter       INTEGER NOT NULL,
	message       TEXT    NOT NULL DEFAULT '',
	-- When the outcome became unknown: the request had ended by then.
	unknown_since INTEGER NOT NULL DEFAULT 0,
	created       INTEGER NOT NULL,
	changed       INTEGER NOT NULL
) STRICT;

CREATE INDEX payments_invoice ON payments (invoice_id);

-- The one payment of an invoice that is being sent or not settled: while there is one, there is no second.
ALTER TABLE invoices ADD COLUMN open_payment INTEGER REFERENCES payments (id);
CREATE INDEX invoices_open_payment ON invoices (open_payment) WHERE open_payment IS NOT NULL;
