package entries

import (
	"context"
	"errors"
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// selectionToKeep writes down what is chosen, in a command: it can be a million entries.
type selectionToKeep struct {
	entries   []model.Entry
	selection selection
	free      []model.FreeLine
	grouping  model.Grouping
	period    string
}

func (s *Screen) selectionToKeep() selectionToKeep {
	return selectionToKeep{entries: s.list.entries, selection: s.selection, free: s.free, grouping: s.grouping, period: s.query.period}
}

// selection is what is shown and chosen, to be kept beside the ticks.
func (s selectionToKeep) kept() model.Selection {
	return model.Selection{
		Grouping: s.grouping, Period: s.period, Free: s.free, Insisted: s.selection.overrides.on(true), InsistedTwins: s.selection.overrides.on(false),
	}
}

// ticks are the ticked entries, in their order. What was ticked in a source that could not be read stays ticked.
func (s selectionToKeep) ticks(yield func(model.Tick) bool) {
	for index := range s.selection.ticked.members(len(s.entries)) {
		if !yield(model.Tick{Fingerprint: s.entries[index].Fingerprint, Start: s.entries[index].Start.Unix()}) {
			return
		}
	}
	for _, fingerprint := range slices.Sorted(maps.Keys(s.selection.missing)) {
		if !yield(model.Tick{Fingerprint: fingerprint}) {
			return
		}
	}
}

// keptMsg tells that the selection was written.
type keptMsg struct {
	ticket screen.Ticket
	err    error
}

// keep writes what is ticked, so that it survives quitting.
func (s *Screen) keep() tea.Cmd {
	if !s.restored {
		return nil
	}
	ctx, ticket := s.saving.Begin(s.env.Context)
	hours, keeping := s.hours, s.selectionToKeep()
	return func() tea.Msg {
		if ctx.Err() != nil {
			return keptMsg{ticket: ticket, err: ctx.Err()}
		}
		return keptMsg{ticket: ticket, err: hours.KeepSelection(ctx, keeping.kept(), keeping.ticks)}
	}
}

func (s *Screen) onKept(msg keptMsg) tea.Cmd {
	if !s.saving.Admit(msg.ticket) || msg.err == nil || errors.Is(msg.err, context.Canceled) {
		return nil
	}
	return screen.Fail("Remember what is ticked", msg.err)
}
