package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"cadensa/model"
)

// Clients lists the address book, the client used last first.
func (l *Ledger) Clients(ctx context.Context) ([]model.Client, error) {
	var clients []model.Client
	err := each(ctx, l.db, func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err //nolint:wrapcheck // each wraps it.
		}
		var client model.Client
		if err := decode(text, &client); err != nil {
			return err
		}
		clients = append(clients, client)
		return nil
	}, "SELECT client FROM clients ORDER BY used DESC")
	if err != nil {
		return nil, fmt.Errorf("read address book: %w", err)
	}
	return clients, nil
}

// KeepClient puts a client at the head of the address book, in the place of the one with the same name. Names are the
// same without regard to case, diacritics and white space.
func (l *Ledger) KeepClient(ctx context.Context, client model.Client) error {
	err := l.write(ctx, func(tx *sql.Tx) error { return keepClient(ctx, tx, client, l.now(), replaceTrackerNames) })
	if err != nil {
		return fmt.Errorf("keep client %s: %w", model.Collapse(client.Name), err)
	}
	return nil
}

// trackerNames says what becomes of the tracker names that the address book knows already.
type trackerNames func(known, given []string) []string

func replaceTrackerNames(_, given []string) []string { return given }

// keepTrackerNames serves an invoice's buyer, who may come from a place that knows no tracker names.
func keepTrackerNames(known, given []string) []string {
	names := slices.Clone(known)
	for _, name := range given {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func keepClient(ctx context.Context, tx *sql.Tx, client model.Client, now int64, merge trackerNames) error {
	client = client.Cleaned()
	folded := model.Fold(client.Name)
	known, err := knownClient(ctx, tx, folded)
	if err != nil {
		return err
	}
	client.TrackerNames = merge(known.TrackerNames, client.TrackerNames)
	text, err := encode(client)
	if err != nil {
		return err
	}
	// The order outlives a clock that is set back: whoever is used now comes first.
	_, err = tx.ExecContext(ctx, `
		INSERT INTO clients (folded_name, client, used) VALUES (?, ?, max(?, (SELECT coalesce(max(used), 0) + 1 FROM clients)))
		ON CONFLICT (folded_name) DO UPDATE SET client = excluded.client, used = excluded.used`, folded, text, now)
	if err != nil {
		return fmt.Errorf("write address book: %w", err)
	}
	return nil
}

func knownClient(ctx context.Context, tx *sql.Tx, folded string) (model.Client, error) {
	var text string
	err := tx.QueryRowContext(ctx, "SELECT client FROM clients WHERE folded_name = ?", folded).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return model.Client{}, nil
	}
	if err != nil {
		return model.Client{}, fmt.Errorf("read address book: %w", err)
	}
	var client model.Client
	return client, decode(text, &client)
}
