package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"cadensa/model/database"
)

// write runs act in a transaction that holds the write lock from its start, and commits it unless act fails.
func (l *Ledger) write(ctx context.Context, act func(tx *sql.Tx) error) error {
	return database.Transact(ctx, l.db, act)
}

// read runs act in a transaction that sees one state of the ledger throughout.
func (l *Ledger) read(ctx context.Context, act func(tx *sql.Tx) error) error {
	return database.Look(ctx, l.db, act)
}

func encode(value any) (string, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("encode: %w", err)
	}
	return string(text), nil
}

func decode(text string, into any) error {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	return nil
}
