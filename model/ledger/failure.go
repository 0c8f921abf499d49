package ledger

import (
	"errors"
	"fmt"
)

// ErrNewerVersion says that a newer version of the program wrote the ledger. It was not touched.
type ErrNewerVersion struct { //nolint:errname // It is matched like a sentinel and only carries the two numbers.
	// Found and Known are versions of the schema.
	Found, Known int
}

// Error says which version was found.
func (e ErrNewerVersion) Error() string {
	return fmt.Sprintf("it was written by a newer cadensa (schema %d, this one knows %d): update cadensa", e.Found, e.Known)
}

// ErrNotLedger says that the file is a database of another program, or none at all. It was not touched.
var ErrNotLedger = errors.New("the file is not a ledger of cadensa")

// ErrReferenceTaken says that the reference of an intent was given before; another must be drawn.
var ErrReferenceTaken = errors.New("reference already given")
