package history

import (
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// ofIssuing are failures whose advice is about an invoice that is being made: here it would say what is not true.
var ofIssuing = []error{model.ErrOutcomeUnknown, model.ErrRefused, model.ErrInvalidField}

// fail tells what went wrong with an invoice that exists. What says what was attempted and what is now true.
func fail(what string, err error) tea.Cmd {
	if slices.ContainsFunc(ofIssuing, func(known error) bool { return errors.Is(err, known) }) {
		return screen.Tell(screen.ToneBad, what+": "+err.Error())
	}
	return screen.Fail(what, err)
}
