-- The entries that are ticked, apart from the rest of the selection: they may be a million. A chunk is a text with a line for
-- each: its fingerprint and, in seconds, how much later it starts than the one before; what was kept as JSON did not tell.
CREATE TABLE ticked (
	position INTEGER PRIMARY KEY,
	ticks    TEXT NOT NULL
) STRICT;

INSERT INTO ticked (position, ticks)
SELECT key / 4096, group_concat(value || ' 0', char(10))
FROM making, json_each(content, '$.ticked') WHERE part = 'selection' AND value IS NOT NULL GROUP BY key / 4096;

UPDATE making SET content = json_remove(content, '$.ticked') WHERE part = 'selection';
