package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"cadensa/model"
	"cadensa/model/database"
)

// failed says what was attempted; nil stays nil.
func failed(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, database.Plain(err))
}

// exec runs a statement. An error says what it was to do.
func exec(ctx context.Context, in database.Querier, what, statement string, args ...any) error {
	_, err := in.ExecContext(ctx, statement, args...)
	return failed(what, err)
}

// update is exec that tells whether the statement changed a row.
func update(ctx context.Context, in database.Querier, what, statement string, args ...any) (bool, error) {
	result, err := in.ExecContext(ctx, statement, args...)
	if err != nil {
		return false, failed(what, err)
	}
	rows, err := result.RowsAffected()
	return rows > 0, failed(what, err)
}

// scanner is a row, or rows standing on one.
type scanner interface {
	Scan(destinations ...any) error
}

// first reads the first row of a query, false when it has none.
func first[T any](ctx context.Context, from database.Querier, scan func(scanner) (T, error), query string, args ...any) (T, bool, error) {
	found, err := scan(from.QueryRowContext(ctx, query, args...))
	if err == nil {
		return found, true, nil
	}
	var none T
	if errors.Is(err, sql.ErrNoRows) {
		return none, false, nil
	}
	return none, false, database.Plain(err)
}

func all[T any](ctx context.Context, from database.Querier, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	var found []T
	err := database.Each(ctx, from, func(rows *sql.Rows) error {
		one, err := scan(rows)
		found = append(found, one)
		return err
	}, query, args...)
	return found, err
}

func value[T any](row scanner) (T, error) {
	var read T
	err := row.Scan(&read)
	return read, err
}

func decoded[T any](row scanner) (T, error) {
	var read T
	err := row.Scan(asJSON{&read})
	return read, err
}

// asJSON stores a value as JSON, and reads it back into a pointer.
type asJSON struct{ value any }

// Value is the JSON.
func (j asJSON) Value() (driver.Value, error) {
	text, err := json.Marshal(j.value)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return string(text), nil
}

// Scan reads the JSON.
func (j asJSON) Scan(stored any) error {
	text, ok := stored.(string)
	if !ok {
		return fmt.Errorf("decode %T: %w", stored, errStored)
	}
	if err := json.Unmarshal([]byte(text), j.value); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	return nil
}

// errStored says that a column holds another type than the ledger stores there: taken for nothing, a date would be lost in silence.
var errStored = errors.New("a value of another type is stored")

// asDay reads a date, "" for none.
type asDay struct{ day *model.Date }

// Scan reads the date.
func (d asDay) Scan(stored any) (err error) {
	text, ok := stored.(string)
	if !ok {
		return fmt.Errorf("date of %T: %w", stored, errStored)
	}
	if *d.day = (model.Date{}); text != "" {
		*d.day, err = model.ParseDate(text)
	}
	return err
}

// asTime reads an instant of Unix milliseconds, 0 for none.
type asTime struct{ instant *time.Time }

// Scan reads the instant.
func (t asTime) Scan(stored any) error {
	milliseconds, ok := stored.(int64)
	if !ok {
		return fmt.Errorf("instant of %T: %w", stored, errStored)
	}
	if *t.instant = (time.Time{}); milliseconds != 0 {
		*t.instant = time.UnixMilli(milliseconds)
	}
	return nil
}
