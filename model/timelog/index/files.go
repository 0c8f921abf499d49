package index

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"cadensa/model"
	"cadensa/model/database"
)

// forgottenAfter is how long the files of a source stay that is not read any more.
const forgottenAfter = 90 * 24 * time.Hour

// Files lists what a source held when it was read last, in the order of reading; none when it was never read.
func (x *Index) Files(ctx context.Context, source string) ([]model.TrackedFile, error) {
	var files []model.TrackedFile
	err := database.Each(ctx, x.db, func(rows *sql.Rows) error {
		var file model.TrackedFile
		var modified, seen int64
		err := rows.Scan(&file.Name, &file.Size, &modified, &seen, &file.Content)
		file.Modified, file.Seen = stampTime(modified), stampTime(seen)
		files = append(files, file)
		return err
	}, "SELECT name, size, modified, seen, content FROM files WHERE source = ? ORDER BY position", source)
	return files, x.judged(err)
}

// Keep notes what a source holds now, in the place of what it held, with those contents that are new, by name: all of it
// or nothing. Contents that no file has any more are dropped.
func (x *Index) Keep(ctx context.Context, source string, files []model.TrackedFile, fresh map[string]model.TrackedContent) error {
	return x.judged(database.Transact(ctx, x.db, func(tx *sql.Tx) error {
		for name, content := range fresh {
			if err := keepContent(ctx, tx, name, content); err != nil {
				return err
			}
		}
		forgotten := x.clock().Add(-forgottenAfter)
		if _, err := tx.ExecContext(ctx, "DELETE FROM files WHERE source = ? OR seen < ?", source, stamp(forgotten)); err != nil {
			return fmt.Errorf("forget files: %w", err)
		}
		for position, file := range files {
			_, err := tx.ExecContext(ctx, "INSERT INTO files (source, position, name, size, modified, seen, content) VALUES (?, ?, ?, ?, ?, ?, ?)",
				source, position, file.Name, file.Size, stamp(file.Modified), stamp(file.Seen), file.Content)
			if err != nil {
				return fmt.Errorf("note a file: %w", err)
			}
		}
		_, err := tx.ExecContext(ctx, `
			DELETE FROM contents WHERE name NOT IN (SELECT content FROM files);
			DELETE FROM chunks WHERE content NOT IN (SELECT name FROM contents)`)
		if err != nil {
			return fmt.Errorf("drop contents: %w", err)
		}
		return nil
	}))
}

func keepContent(ctx context.Context, tx *sql.Tx, name string, content model.TrackedContent) error {
	rejected, err := json.Marshal(content.Rejected)
	if err != nil {
		return fmt.Errorf("keep rejected rows: %w", err)
	}
	remarks, err := json.Marshal(content.Remarks)
	if err != nil {
		return fmt.Errorf("keep remarks: %w", err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM chunks WHERE content = ?", name); err != nil {
		return fmt.Errorf("replace a content: %w", err)
	}
	_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO contents (name, format, entries, rejected, remarks) VALUES (?, ?, ?, ?, ?)",
		name, content.Format, len(content.Entries), string(rejected), string(remarks))
	if err != nil {
		return fmt.Errorf("keep a content: %w", err)
	}
	number := 0
	for entries := range slices.Chunk(content.Entries, chunkEntries) {
		chunk, err := encodeEntries(entries)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO chunks (content, number, data) VALUES (?, ?, ?)", name, number, chunk); err != nil {
			return fmt.Errorf("keep entries: %w", err)
		}
		number++
	}
	return nil
}

// Content gives what was found in a file; false when it is not known.
func (x *Index) Content(ctx context.Context, name string) (content model.TrackedContent, known bool, err error) {
	err = database.Look(ctx, x.db, func(tx *sql.Tx) error {
		content, err = readContent(ctx, tx, name)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return model.TrackedContent{}, false, nil
	}
	if err != nil {
		return model.TrackedContent{}, false, x.judged(err)
	}
	return content, true, nil
}

// readContent is sql.ErrNoRows when it is not known.
func readContent(ctx context.Context, tx *sql.Tx, name string) (model.TrackedContent, error) {
	var content model.TrackedContent
	var entries, chunks int
	var rejected, remarks string
	err := tx.QueryRowContext(ctx, `SELECT format, entries, rejected, remarks, (SELECT count(*) FROM chunks WHERE content = name)
		FROM contents WHERE name = ?`, name).Scan(&content.Format, &entries, &rejected, &remarks, &chunks)
	if err != nil {
		return content, fmt.Errorf("find a content: %w", err)
	}
	if err := cmp.Or(json.Unmarshal([]byte(rejected), &content.Rejected), json.Unmarshal([]byte(remarks), &content.Remarks)); err != nil {
		return content, fmt.Errorf("%w: %w", errDamagedChunk, err)
	}
	if entries < 0 || entries > chunks*chunkEntries {
		return content, errDamagedChunk
	}
	content.Entries = make([]model.Entry, 0, entries)
	var reader chunkReader
	err = database.Each(ctx, tx, func(rows *sql.Rows) error {
		var chunk sql.RawBytes
		if err := rows.Scan(&chunk); err != nil {
			return err
		}
		content.Entries, err = reader.entries(content.Entries, chunk)
		return err
	}, "SELECT data FROM chunks WHERE content = ? ORDER BY number", name)
	if err == nil && len(content.Entries) != entries {
		err = errDamagedChunk
	}
	return content, err
}

// stamp is a file's time as it is stored, in nanoseconds, as precise as the system tells it; 0 when there is none.
func stamp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func stampTime(stored int64) time.Time {
	if stored == 0 {
		return time.Time{}
	}
	return time.Unix(0, stored)
}
