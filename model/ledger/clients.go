package ledger

import (
	"context"
	"database/sql"
	"errors"

	"cadensa/model"
	"cadensa/model/text"
)

// Clients lists the address book, the client used last first.
func (l *Ledger) Clients(ctx context.Context) ([]model.Client, error) {
	clients, err := all(ctx, l.db, decoded[model.Client], "SELECT client FROM clients ORDER BY used DESC")
	return clients, failed("read address book", err)
}

// ErrNameTaken says that the address book has another client of the name.
var ErrNameTaken = errors.New("another client has this name")

// KeepClient puts a client at the head of the address book and replaces the one of the same name. Case, diacritics and white space of
// names do not count.
func (l *Ledger) KeepClient(ctx context.Context, client model.Client) error {
	return failed("keep client "+text.Collapse(client.Name), l.write(ctx, func(tx *sql.Tx) error {
		return keepClient(ctx, tx, client, l.now(), false)
	}))
}

// RenameClient puts a client in the place of the one of another name. ErrNameTaken when a third has the new name.
func (l *Ledger) RenameClient(ctx context.Context, from string, client model.Client) error {
	return failed("rename client "+text.Collapse(from), l.write(ctx, func(tx *sql.Tx) error {
		old, folded := foldedName(from), foldedName(client.Name)
		if known, err := knownClient(ctx, tx, folded); err != nil {
			return err
		} else if old != folded && known.Name != "" {
			return ErrNameTaken
		}
		if err := exec(ctx, tx, "write address book", "DELETE FROM clients WHERE folded_name = ?", old); err != nil {
			return err
		}
		return keepClient(ctx, tx, client, l.now(), false)
	}))
}

// ForgetClient takes the client of the name out of the address book. Its invoices stay as they are.
func (l *Ledger) ForgetClient(ctx context.Context, name string) error {
	return exec(ctx, l.db, "forget client "+text.Collapse(name), "DELETE FROM clients WHERE folded_name = ?", foldedName(name))
}

// foldedName is what tells two clients apart.
func foldedName(name string) string { return text.Fold(text.Collapse(name)) }

// keepClient writes a client to the address book. An invoice's buyer may come from a place that knows no tracker names and no
// defaults: then what the address book knows of them stays.
func keepClient(ctx context.Context, tx *sql.Tx, client model.Client, now int64, keepKnown bool) error {
	client = client.Cleaned()
	folded := foldedName(client.Name)
	if keepKnown {
		known, err := knownClient(ctx, tx, folded)
		if err != nil {
			return err
		}
		client = client.Keeping(known)
	}
	// The order outlives a clock that is set back: whoever is used now comes first.
	return exec(ctx, tx, "write address book", `
		INSERT INTO clients (folded_name, client, used) VALUES (?, ?, max(?, (SELECT coalesce(max(used), 0) + 1 FROM clients)))
		ON CONFLICT (folded_name) DO UPDATE SET client = excluded.client, used = excluded.used`, folded, asJSON{client}, now)
}

func knownClient(ctx context.Context, tx *sql.Tx, folded string) (model.Client, error) {
	client, _, err := first(ctx, tx, decoded[model.Client], "SELECT client FROM clients WHERE folded_name = ?", folded)
	return client, failed("read address book", err)
}
