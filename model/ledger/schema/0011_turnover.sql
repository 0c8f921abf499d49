-- What a company invoiced, for sums over a year or a month: in lei by the exchange rate of each document, and apart what is taxed
-- abroad. Documents from before are filled in by their drafts, since SQL has no decimals.
ALTER TABLE invoices ADD COLUMN net_lei TEXT NOT NULL DEFAULT '';
ALTER TABLE invoices ADD COLUMN taxed_abroad INTEGER NOT NULL DEFAULT 0 CHECK (taxed_abroad IN (0, 1));

CREATE INDEX invoices_issued ON invoices (company, issued_on);
