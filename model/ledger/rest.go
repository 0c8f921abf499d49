package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// restTime bounds how long the closing of a file waits for what still works on it.
const restTime = 5 * time.Second

// closeAtRest closes a file once nothing works on it any more. sql.DB.Close alone leaves queries on their way to end
// later, and they would write into a folder that may be gone, such as the demo's.
func closeAtRest(db *sql.DB) error {
	var held []*sql.Conn
	if db.Stats().InUse > 0 {
		held = allConnections(db)
	}
	err := db.Close()
	for _, connection := range held {
		err = errors.Join(err, connection.Close())
	}
	return err
}

// allConnections takes each connection as it becomes free, so that no other query has one; fewer when time runs out.
//
//nolint:contextcheck,nolintlint // io.Closer has no context, and that of the program has ended when its files are closed
func allConnections(db *sql.DB) []*sql.Conn {
	ctx, cancel := context.WithTimeout(context.Background(), restTime)
	defer cancel()
	var held []*sql.Conn
	for range db.Stats().MaxOpenConnections {
		connection, err := db.Conn(ctx)
		if err != nil {
			break
		}
		held = append(held, connection)
	}
	return held
}
