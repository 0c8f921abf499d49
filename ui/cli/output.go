package cli

import (
	"encoding/json"
	"fmt"
	"io"
)

// writeJSON writes a value for programs, indented for people, without HTML's escapes.
func writeJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}
