package ledger

import (
	"context"
	"database/sql"
	"encoding/binary"
	"hash/crc32"

	"cadensa/model"
)

// Exec runs a statement on the ledger's own connection, to put it into a state that the world would.
func (l *Ledger) Exec(ctx context.Context, statement string) error {
	l.db.SetMaxOpenConns(1)
	_, err := l.db.ExecContext(ctx, statement)
	return err
}

// EncodeEntries makes a chunk of the index.
func EncodeEntries(entries []model.Entry) ([]byte, error) { return encodeEntries(entries) }

// DecodeEntries reads a chunk of the index.
func DecodeEntries(chunk []byte) ([]model.Entry, error) { return new(chunkReader).entries(nil, chunk) }

// Sealed gives bytes the checksum of a chunk.
func Sealed(chunk []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(chunk)), chunk...)
}

// Database is what the ledger works on.
func Database(l *Ledger) *sql.DB { return l.db }

// Holding tells how an invoice in its state holds its hours.
func Holding(invoice model.Invoice) model.EntryState { return holding(invoice) }
