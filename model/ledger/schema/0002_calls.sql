-- The invoice in the making, what the account said of itself, and the calls to SmartBill.

CREATE TABLE making (
	part    TEXT NOT NULL PRIMARY KEY CHECK (part IN ('selection', 'buyer', 'edits')),
	content TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
	company TEXT NOT NULL PRIMARY KEY,
	account TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The calls of the last seconds, for every process that uses the account.
CREATE TABLE gate_calls (
	id      INTEGER PRIMARY KEY,
	account TEXT    NOT NULL,
	at      INTEGER NOT NULL
) STRICT;

CREATE INDEX gate_calls_account ON gate_calls (account, at);

-- A lock-out, with the instant at which it was learned: a clock that was set back since is noticed by it.
CREATE TABLE gate_shut (
	account TEXT    NOT NULL PRIMARY KEY,
	learned INTEGER NOT NULL,
	ends    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was called and how it ended, newest last. No addresses, no bodies, no secrets.
CREATE TABLE calls (
	id        INTEGER PRIMARY KEY,
	operation TEXT    NOT NULL,
	status    TEXT    NOT NULL,
	at        INTEGER NOT NULL
) STRICT;
