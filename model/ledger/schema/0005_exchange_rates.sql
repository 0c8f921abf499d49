-- What the National Bank said when it was asked for the rates of a day: an invoice in the making needs them off-line too.
CREATE TABLE exchange_rates (
	-- The day for which they were asked, and the earlier one on which they were published, both yyyy-MM-dd.
	day       TEXT PRIMARY KEY,
	published TEXT NOT NULL,
	rates     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
