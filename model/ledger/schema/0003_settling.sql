-- What settling by evidence, stornos and payments need to remember.

-- The invoice that a storno undoes, and the intent that took the place of one that was not made.
ALTER TABLE invoices ADD COLUMN original INTEGER REFERENCES invoices (id);
ALTER TABLE invoices ADD COLUMN successor INTEGER REFERENCES invoices (id);
-- The first number among which the reference of an invoice believed not to be made is still looked for; 0 when it is not.
ALTER TABLE invoices ADD COLUMN watched_from INTEGER NOT NULL DEFAULT 0;
-- When the outcome became unknown: the request had ended by then.
ALTER TABLE invoices ADD COLUMN unknown_since INTEGER NOT NULL DEFAULT 0;
-- 1 while hours of an invoice that turned up late are on another invoice too.
ALTER TABLE invoices ADD COLUMN doubled INTEGER NOT NULL DEFAULT 0;
-- The total as SmartBill has it, '' until it was asked, and when the payment was last asked.
ALTER TABLE invoices ADD COLUMN charged TEXT NOT NULL DEFAULT '';
ALTER TABLE invoices ADD COLUMN payment_asked INTEGER NOT NULL DEFAULT 0;

UPDATE invoices SET unknown_since = changed WHERE status = 'unknown';

-- An invoice is undone once.
CREATE UNIQUE INDEX invoices_storno ON invoices (original)
	WHERE original IS NOT NULL AND status NOT IN ('refused', 'not-issued');
CREATE INDEX invoices_watched ON invoices (company, numbering, series) WHERE watched_from > 0;
CREATE INDEX invoices_doubled ON invoices (doubled) WHERE doubled = 1;

-- The series whose PDFs were seen to carry a reference.
CREATE TABLE templates (
	company   TEXT    NOT NULL,
	numbering TEXT    NOT NULL,
	series    TEXT    NOT NULL,
	seen      INTEGER NOT NULL,
	PRIMARY KEY (company, numbering, series)
) STRICT, WITHOUT ROWID;
