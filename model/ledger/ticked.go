package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"cadensa/model"
	"cadensa/model/database"
)

// ticksInChunk is how many ticks are kept in a row: all of them together would be copied several times on their way.
const ticksInChunk = 4096

// Ticked visits what was ticked, in the order in which it was kept.
func (l *Ledger) Ticked(ctx context.Context, visit func(tick model.Tick)) error {
	err := database.Each(ctx, l.db, func(rows *sql.Rows) error {
		var chunk string
		if err := rows.Scan(&chunk); err != nil {
			return err
		}
		start := int64(0)
		for line := range strings.SplitSeq(chunk, "\n") {
			fingerprint, later, _ := strings.Cut(line, " ")
			seconds, err := strconv.ParseInt(later, 10, 64)
			if err != nil {
				return fmt.Errorf("decode %q: %w", line, err)
			}
			start += seconds
			visit(model.Tick{Fingerprint: fingerprint, Start: start})
		}
		return nil
	}, "SELECT ticks FROM ticked ORDER BY position")
	if err != nil {
		return fmt.Errorf("read what is ticked: %w", err)
	}
	return nil
}

// keepTicked replaces what was ticked.
func keepTicked(ctx context.Context, tx *sql.Tx, ticked iter.Seq[model.Tick]) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM ticked"); err != nil {
		return fmt.Errorf("forget what was ticked: %w", err)
	}
	var chunk []byte
	count, previous := 0, int64(0)
	keep := func() error {
		if count == 0 {
			return nil
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO ticked (ticks) VALUES (?)", string(chunk))
		chunk, count, previous = chunk[:0], 0, 0
		if err != nil {
			return fmt.Errorf("keep what is ticked: %w", err)
		}
		return nil
	}
	for tick := range ticked {
		if count > 0 {
			chunk = append(chunk, '\n')
		}
		chunk = append(append(chunk, tick.Fingerprint...), ' ')
		chunk = strconv.AppendInt(chunk, tick.Start-previous, 10)
		previous = tick.Start
		if count++; count < ticksInChunk {
			continue
		}
		if err := keep(); err != nil {
			return err
		}
	}
	return keep()
}
