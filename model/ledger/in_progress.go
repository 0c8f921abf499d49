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

// The parts of the invoice in progress. Each is kept by its own screen, so that none overwrites another's.
const (
	partSelection = "selection"
	partBuyer     = "buyer"
	partEdits     = "edits"
)

// InvoiceInProgress gives the invoice in progress as it was left; zero where nothing was kept.
func (l *Ledger) InvoiceInProgress(ctx context.Context) (model.InvoiceInProgress, error) {
	var inProgress model.InvoiceInProgress
	parts := map[string]any{partSelection: &inProgress.Selection, partBuyer: &inProgress.Buyer, partEdits: &inProgress.Edits}
	err := database.Each(ctx, l.db, func(rows *sql.Rows) error {
		var part, content string
		if err := rows.Scan(&part, &content); err != nil {
			return err
		}
		return asJSON{parts[part]}.Scan(content)
	}, "SELECT part, content FROM making")
	if err != nil {
		return model.InvoiceInProgress{}, failed("read the invoice in the making", err)
	}
	return inProgress, nil
}

// KeepSelection keeps the choices of the Time screen and its ticks.
func (l *Ledger) KeepSelection(ctx context.Context, selection model.Selection, ticked iter.Seq[model.Tick]) error {
	return l.write(ctx, func(tx *sql.Tx) error {
		if err := keepPart(ctx, tx, partSelection, selection); err != nil {
			return err
		}
		return keepTicked(ctx, tx, ticked)
	})
}

// KeepBuyer keeps the client who is to be billed, complete or not.
func (l *Ledger) KeepBuyer(ctx context.Context, buyer model.Buyer) error {
	return keepPart(ctx, l.db, partBuyer, buyer)
}

// KeepEdits keeps the changes made on Review.
func (l *Ledger) KeepEdits(ctx context.Context, edits model.InvoiceEdits) error {
	return keepPart(ctx, l.db, partEdits, edits)
}

// removeFreeLines takes the free lines that are sent out of the invoice in progress. They have no fingerprint, so a program that
// starts after a crash would bill them again. An invoice made from an older one has numbers of its own.
func removeFreeLines(ctx context.Context, tx *sql.Tx, intent Intent) error {
	if intent.Original != 0 || intent.Replaced != 0 || intent.Proforma != 0 {
		return nil
	}
	selection, found, err := first(ctx, tx, decoded[model.Selection], "SELECT content FROM making WHERE part = ?", partSelection)
	if err != nil || !found {
		return failed("read what is in the making", err)
	}
	left := selection.Without(intent.Prepared)
	if len(left.Free) == len(selection.Free) {
		return nil
	}
	return keepPart(ctx, tx, partSelection, left)
}

func keepPart(ctx context.Context, to database.Querier, part string, value any) error {
	return exec(ctx, to, "keep "+part, `
		INSERT INTO making (part, content) VALUES (?, ?) ON CONFLICT (part) DO UPDATE SET content = excluded.content`,
		part, asJSON{value})
}

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
	return failed("read what is ticked", err)
}

func keepTicked(ctx context.Context, tx *sql.Tx, ticked iter.Seq[model.Tick]) error {
	if err := exec(ctx, tx, "forget what was ticked", "DELETE FROM ticked"); err != nil {
		return err
	}
	var chunk []byte
	count, previous := 0, int64(0)
	keep := func() error {
		if count == 0 {
			return nil
		}
		err := exec(ctx, tx, "keep what is ticked", "INSERT INTO ticked (ticks) VALUES (?)", string(chunk))
		chunk, count, previous = chunk[:0], 0, 0
		return err
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
