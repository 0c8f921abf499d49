// Package ui is the shell around the screens: the tabs, the stack of overlays, the global keys, the notices and the
// footer. Keys go to the overlay, then to the globals unless a text field has the keyboard, then to the screen in view;
// every other message goes to all screens.
package ui

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// The smallest window in which the screens fit, in cells.
const (
	MinWidth  = 60
	MinHeight = 18
)

// Shell is the program's root model.
type Shell struct {
	env     screen.Env
	screens []screen.Screen
	current screen.Tab
	// badge stands at the right end of the tabs: DEMO.
	badge string
	// start runs once, when the screens begin.
	start  tea.Cmd
	notice *screen.Notice
	// noticedIn is the overlay that was on top when the notice came, nil for none; noticeRoom is how many rows the screens leave it.
	noticedIn  screen.Overlay
	noticeRoom int
	// waiting is until when a call waits for its place in the limit, zero when none does.
	waiting       time.Time
	noticeTurn    int
	width, height int
	started       bool
}

// New returns the shell over its screens, in the order of the tabs. Badge is shown beside the tabs, "" for none; start
// runs when the screens begin, nil for nothing.
func New(env screen.Env, badge string, first screen.Tab, start tea.Cmd, screens ...screen.Screen) *Shell {
	env.Overlays.Show(first)
	return &Shell{env: env, screens: screens, badge: badge, current: first, start: start}
}

// Init does nothing yet: the screens begin when the size of the window is known.
func (s *Shell) Init() tea.Cmd { return nil }

// Update routes a message. Where an overlay hides the notice, or uncovers it, the screens get other room.
func (s *Shell) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := s.route(msg)
	if s.started && len(s.noticeLines()) != s.noticeRoom {
		s.layout()
	}
	return s, cmd
}

func (s *Shell) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return s.onResize(msg.Width, msg.Height)
	case tea.KeyMsg:
		return s.onKeys(msg)
	case tea.ResumeMsg:
		s.layout()
		return tea.ClearScreen
	case screen.ShowTab:
		s.show(msg.Tab)
		return nil
	case screen.Notice:
		return s.notify(msg)
	case noticeMsg:
		return s.onNoticeDue(msg)
	case screen.Waiting:
		s.waiting = msg.Until
		return msg.Next
	}
	return s.broadcast(msg)
}

func (s *Shell) onResize(width, height int) tea.Cmd {
	s.width, s.height = width, height
	s.layout()
	if s.started || width <= 0 || height <= 0 {
		return nil
	}
	s.started = true
	begin := []tea.Cmd{s.start}
	for i, each := range s.screens {
		s.env.Overlays.Opening(screen.Tab(i))
		begin = append(begin, each.Init())
	}
	return tea.Batch(begin...)
}

// layout gives the screens the room that tabs, notices and footer leave.
func (s *Shell) layout() {
	s.noticeRoom = len(s.noticeLines())
	height := s.height - headRows - s.noticeRoom - footRows
	for _, each := range s.screens {
		each.SetSize(max(0, s.width), max(0, height))
	}
}

// broadcast hands a message to every overlay that listens and to every screen.
func (s *Shell) broadcast(msg tea.Msg) tea.Cmd {
	var commands []tea.Cmd
	waiting := s.asking()
	for i := range s.screens {
		tab := screen.Tab(i)
		s.env.Overlays.Opening(tab)
		for _, overlay := range s.env.Overlays.On(tab) {
			listener, ok := overlay.(screen.Listener)
			if !ok {
				continue
			}
			done, cmd := listener.OnMessage(msg)
			if done {
				s.env.Overlays.Shut(overlay)
			}
			commands = append(commands, cmd)
		}
	}
	for i, each := range s.screens {
		s.env.Overlays.Opening(screen.Tab(i))
		commands = append(commands, each.Update(msg))
	}
	if tab := s.asking(); tab >= 0 && tab != waiting && s.notice == nil {
		title := s.screens[tab].Title()
		commands = append(commands, s.notify(screen.Notice{
			Tone: screen.ToneInfo, Text: title + " has something to show or to ask.", Key: strconv.Itoa(int(tab) + 1), Action: title,
		}))
	}
	return tea.Batch(commands...)
}

// asking is the first tab out of view with an overlay that waits there for its user, -1 when there is none.
func (s *Shell) asking() screen.Tab {
	for i := range s.screens {
		if s.waitsOn(screen.Tab(i)) {
			return screen.Tab(i)
		}
	}
	return -1
}

func (s *Shell) waitsOn(tab screen.Tab) bool {
	return tab != s.current && len(s.env.Overlays.On(tab)) > 0
}

// noticeMsg says that a notice is due: to go away by itself, or to draw the time that is left anew.
type noticeMsg struct{ turn int }

const noticeStays = 8 * time.Second

func (s *Shell) notify(notice screen.Notice) tea.Cmd {
	s.noticeTurn++
	s.notice, s.noticedIn = &notice, s.env.Overlays.Top()
	s.layout()
	due := noticeMsg{turn: s.noticeTurn}
	switch {
	case notice.Tone == screen.ToneGood:
		return tea.Tick(noticeStays, func(time.Time) tea.Msg { return due })
	case notice.Until.After(s.env.Now()):
		return tea.Tick(time.Second, func(time.Time) tea.Msg { return due })
	}
	return nil
}

func (s *Shell) onNoticeDue(due noticeMsg) tea.Cmd {
	switch {
	case due.turn != s.noticeTurn || s.notice == nil:
		return nil
	case s.notice.Tone == screen.ToneGood:
		s.clearNotice()
		return nil
	}
	within := s.noticedIn
	cmd := s.notify(*s.notice)
	s.noticedIn = within
	return cmd
}

// show brings a tab into view. A notice that only informed, or that led here, goes away.
func (s *Shell) show(tab screen.Tab) {
	s.current = tab
	s.env.Overlays.Show(tab)
	s.env.Overlays.Opening(tab)
	if s.notice == nil {
		return
	}
	passing := s.notice.Tone == screen.ToneInfo
	if passing || s.notice.Key == strconv.Itoa(int(tab)+1) {
		s.clearNotice()
	}
}

// coversNotice reports whether an overlay lies on top that the notice does not belong to. How long calls are not allowed concerns all.
func (s *Shell) coversNotice() bool {
	top := s.env.Overlays.Top()
	return s.notice != nil && top != nil && top != s.noticedIn && s.notice.Until.IsZero()
}

func (s *Shell) clearNotice() {
	s.notice = nil
	s.layout()
}

// Sending says what would be unknown if the program ended now, "" when nothing would be.
func (s *Shell) Sending() string {
	for _, each := range s.screens {
		if busy, ok := each.(screen.Busy); ok && busy.Sending() != "" {
			return busy.Sending()
		}
	}
	return ""
}

// Close cancels the screens' requests and writes what they have not written yet. It is called once, after the program
// has ended.
func (s *Shell) Close(ctx context.Context) error {
	var failures []error
	for _, each := range s.screens {
		each.Close()
		if saver, ok := each.(screen.Saver); ok {
			if err := saver.Save(ctx); err != nil {
				failures = append(failures, fmt.Errorf("keep %s: %w", strings.ToLower(each.Title()), err))
			}
		}
	}
	return errors.Join(failures...)
}

// View draws exactly the window.
func (s *Shell) View() string {
	if s.width <= 0 || s.height <= 0 {
		return ""
	}
	if s.width < MinWidth || s.height < MinHeight {
		return s.tooSmall()
	}
	lines := []string{s.tabLine(), widget.Rule(s.width, s.env.Theme)}
	lines = append(lines, strings.Split(s.content(), "\n")...)
	lines = append(lines, s.noticeLines()...)
	lines = append(lines, s.footer())
	return widget.Block(lines, s.width, s.height)
}

// content is the screen in view with the overlays over it.
func (s *Shell) content() string {
	view := s.screens[s.current].View()
	height := strings.Count(view, "\n") + 1
	for _, overlay := range s.env.Overlays.On(s.current) {
		block := overlay.View(s.width, height)
		x := (s.width - widget.Width(strings.SplitN(block, "\n", 2)[0])) / 2
		y := (height - strings.Count(block, "\n") - 1) / 2
		view = widget.Cover(view, block, max(0, x), max(0, y))
	}
	return view
}

func (s *Shell) tooSmall() string {
	text := fmt.Sprintf("cadensa needs a window of at least %d×%d cells; this one has %d×%d. Nothing is lost.",
		MinWidth, MinHeight, s.width, s.height)
	return widget.Block(widget.Wrap(text, s.width), s.width, s.height)
}
