package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"

	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// The rows that the shell keeps for itself: tabs and rule above, keys below. Notices take what they need between.
const (
	headRows = 2
	footRows = 1
	// maxNoticeRows keeps a long answer from pushing the screen away.
	maxNoticeRows = 4
)

// tabLine names the screens; the one in view has the glyph.
func (s *Shell) tabLine() string {
	colours := s.env.Theme
	var b strings.Builder
	if s.width >= 74 {
		b.WriteString(" " + colours.Strong.Paint("cadensa") + "  ")
	}
	for i, each := range s.screens {
		label := fmt.Sprintf("%d %s", i+1, each.Title())
		if screen.Tab(i) == s.current {
			b.WriteString(colours.Accent.Paint(theme.Focus+label) + "  ")
			continue
		}
		if s.waitsOn(screen.Tab(i)) {
			b.WriteString(" " + label + colours.Warn.Paint("?") + " ")
			continue
		}
		b.WriteString(" " + label + "  ")
	}
	badge := s.badge
	if !s.waiting.IsZero() {
		badge = "waiting for the limit"
	}
	if badge == "" {
		return widget.Fit(b.String(), s.width)
	}
	return widget.Spread(b.String(), colours.Warn.Paint(badge)+" ", s.width)
}

// noticeLines wraps the notice into the rows that it takes, none when there is no notice.
func (s *Shell) noticeLines() []string {
	if s.notice == nil || s.width <= 4 || s.coversNotice() {
		return nil
	}
	glyph, ink := s.noticeStyle()
	text := s.notice.Text
	if s.notice.Key != "" {
		text += "  " + s.notice.Key + " " + s.notice.Action
	}
	if left := s.notice.Until.Sub(s.env.Now()).Round(time.Second); left > 0 {
		text += fmt.Sprintf("  %d:%02d left", int(left.Minutes()), int(left.Seconds())%60)
	}
	lines := widget.Labelled(" "+glyph+" ", text, ink, ink, s.width-1)
	if len(lines) > maxNoticeRows {
		lines = lines[:maxNoticeRows]
		lines[maxNoticeRows-1] = widget.Clip(lines[maxNoticeRows-1]+ink.Paint(" …"), s.width-1)
	}
	return lines
}

func (s *Shell) noticeStyle() (string, theme.Ink) {
	colours := s.env.Theme
	switch s.notice.Tone {
	case screen.ToneGood:
		return theme.Tick, colours.Good
	case screen.ToneWarn:
		return theme.Alert, colours.Warn
	case screen.ToneBad:
		return theme.Cross, colours.Bad
	case screen.ToneInfo:
	}
	return theme.Pending, colours.Plain
}

// footer names as many keys as fit, whole ones only, and always the help.
func (s *Shell) footer() string {
	keys, _ := s.screens[s.current].Keys()
	last := []key.Binding{screen.Bind("?", "help")}
	if top := s.env.Overlays.Top(); top != nil {
		keys, last = top.Keys(), nil
	} else if s.screens[s.current].Capturing() {
		last = nil
	}
	// The gap behind the last key may fall over the edge.
	room := s.width - 1 + keyGap
	for _, binding := range last {
		room -= bindingWidth(binding)
	}
	var b strings.Builder
	b.WriteByte(' ')
	for _, binding := range keys {
		if room -= bindingWidth(binding); room < 0 {
			break
		}
		b.WriteString(s.binding(binding))
	}
	for _, binding := range last {
		b.WriteString(s.binding(binding))
	}
	return widget.Fit(strings.TrimRight(b.String(), " "), s.width)
}

// keyGap stands between two keys of the footer, in cells.
const keyGap = 3

func bindingWidth(binding key.Binding) int {
	return widget.Width(binding.Help().Key) + 1 + widget.Width(binding.Help().Desc) + keyGap
}

func (s *Shell) binding(binding key.Binding) string {
	return s.env.Theme.Accent.Paint(binding.Help().Key) + " " + s.env.Theme.Faint.Paint(binding.Help().Desc) + widget.Spaces(keyGap)
}
