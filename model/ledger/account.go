package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"cadensa/model"
	"cadensa/model/database"
	"cadensa/model/taxid"
)

// Account gives what the company's SmartBill account said of itself when it was last asked; the zero account when it
// never was. RO before the code makes no difference.
func (l *Ledger) Account(ctx context.Context, cif string) (model.Account, error) {
	var text string
	err := l.db.QueryRowContext(ctx, "SELECT account FROM accounts WHERE company = ?", taxid.CompanyCode(cif)).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return model.Account{}, nil
	}
	if err != nil {
		return model.Account{}, fmt.Errorf("read account: %w", database.Plain(err))
	}
	var account model.Account
	if err := decode(text, &account); err != nil {
		return model.Account{}, fmt.Errorf("read account: %w", err)
	}
	return account, nil
}

// KeepAccount keeps what the account said of itself.
func (l *Ledger) KeepAccount(ctx context.Context, account model.Account) error {
	text, err := encode(account)
	if err != nil {
		return fmt.Errorf("keep account: %w", err)
	}
	_, err = l.db.ExecContext(ctx, `
		INSERT INTO accounts (company, account) VALUES (?, ?) ON CONFLICT (company) DO UPDATE SET account = excluded.account`,
		taxid.CompanyCode(account.CIF), text)
	if err != nil {
		return fmt.Errorf("keep account: %w", database.Plain(err))
	}
	return nil
}
