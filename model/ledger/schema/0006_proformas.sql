-- The proforma that an invoice was made from. SmartBill lets one be invoiced again and again; the ledger begins a second
-- invoice only once the first is known not to be.
ALTER TABLE invoices ADD COLUMN proforma INTEGER REFERENCES invoices (id);

CREATE INDEX invoices_proforma ON invoices (proforma) WHERE proforma IS NOT NULL;
