package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"cadensa/model"
	"cadensa/model/database"
	"cadensa/model/text"
)

// Clients lists the address book, the client used last first.
func (l *Ledger) Clients(ctx context.Context) ([]model.Client, error) {
	var clients []model.Client
	err := database.Each(ctx, l.db, func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
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

// ErrNameTaken says that the address book has another client of the name.
var ErrNameTaken = errors.New("another client has this name")

// KeepClient puts a client at the head of the address book, in the place of the one with the same name. Names are the
// same without regard to case, diacritics and white space.
func (l *Ledger) KeepClient(ctx context.Context, client model.Client) error {
	return l.change(ctx, "keep client "+text.Collapse(client.Name),
		func(tx *sql.Tx) error { return keepClient(ctx, tx, client, l.now(), replaceKnown) })
}

// RenameClient puts a client in the place of the one of another name. ErrNameTaken when a third has the new name.
func (l *Ledger) RenameClient(ctx context.Context, from string, client model.Client) error {
	return l.change(ctx, "rename client "+text.Collapse(from), func(tx *sql.Tx) error {
		old, folded := foldedName(from), foldedName(client.Name)
		if known, err := knownClient(ctx, tx, folded); err != nil {
			return err
		} else if old != folded && known.Name != "" {
			return ErrNameTaken
		}
		if err := exec(ctx, tx, "write address book", "DELETE FROM clients WHERE folded_name = ?", old); err != nil {
			return err
		}
		return keepClient(ctx, tx, client, l.now(), replaceKnown)
	})
}

// ForgetClient takes the client of the name out of the address book. Its invoices stay as they are.
func (l *Ledger) ForgetClient(ctx context.Context, name string) error {
	if _, err := l.db.ExecContext(ctx, "DELETE FROM clients WHERE folded_name = ?", foldedName(name)); err != nil {
		return fmt.Errorf("forget client %s: %w", text.Collapse(name), database.Plain(err))
	}
	return nil
}

// foldedName is what tells two clients apart.
func foldedName(name string) string { return text.Fold(text.Collapse(name)) }

// merge says what becomes of what the address book knows already.
type merge func(known, given model.Client) model.Client

func replaceKnown(_, given model.Client) model.Client { return given }

// keepKnown serves an invoice's buyer, who may come from a place that knows no tracker names and no defaults.
func keepKnown(known, given model.Client) model.Client { return given.Keeping(known) }

func keepClient(ctx context.Context, tx *sql.Tx, client model.Client, now int64, with merge) error {
	client = client.Cleaned()
	folded := foldedName(client.Name)
	known, err := knownClient(ctx, tx, folded)
	if err != nil {
		return err
	}
	text, err := encode(with(known, client))
	if err != nil {
		return err
	}
	// The order outlives a clock that is set back: whoever is used now comes first.
	return exec(ctx, tx, "write address book", `
		INSERT INTO clients (folded_name, client, used) VALUES (?, ?, max(?, (SELECT coalesce(max(used), 0) + 1 FROM clients)))
		ON CONFLICT (folded_name) DO UPDATE SET client = excluded.client, used = excluded.used`, folded, text, now)
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
