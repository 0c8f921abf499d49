package billto

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// addressBook lays the address book over the form: typing searches, enter fills the form, delete forgets.
type addressBook struct {
	screen *Screen
	query  *widget.Field
	found  []found
	table  widget.Table
}

// found is a client and the letters of its name that the query matched.
type found struct {
	client model.Client
	marks  []int
}

func (s *Screen) openBook() tea.Cmd {
	if !s.clientsKnown || len(s.clients) == 0 {
		return screen.Notify(screen.ToneInfo, "The address book is empty: ctrl+s keeps a complete client in it, and so does every invoice.")
	}
	s.form.Rest()
	list := &addressBook{screen: s, query: widget.NewField(s.env.Theme)}
	list.query.Focus()
	list.table.SetHeight(listRows)
	s.list = list
	list.refresh()
	return tea.Batch(s.changed(), s.env.Open(list))
}

// refresh searches anew, after the query or the address book has changed.
func (l *addressBook) refresh() {
	if l == nil {
		return
	}
	l.found = nil
	query := text.Collapse(l.query.Value())
	for _, client := range l.screen.clients {
		at, _ := find(text.Collapse(client.Name), query)
		if at < 0 && !slices.ContainsFunc([]string{client.City, client.VATNumber}, func(value string) bool {
			elsewhere, _ := find(text.Collapse(value), query)
			return elsewhere >= 0
		}) {
			continue
		}
		l.found = append(l.found, found{client: client, marks: positions(at, query)})
	}
	l.table.SetCount(len(l.found))
}

// OnKey searches, moves, chooses and forgets.
func (l *addressBook) OnKey(pressed tea.KeyMsg) (bool, tea.Cmd) {
	switch pressed.String() {
	case "esc":
		l.screen.list = nil
		return true, nil
	case "enter":
		if client, ok := l.picked(); ok {
			l.screen.list = nil
			return true, l.screen.use(client)
		}
		return false, nil
	case "delete", "ctrl+x":
		return false, l.askToForget()
	case "home", "end":
		if l.query.Value() == "" {
			l.table.Update(pressed)
			return false, nil
		}
	}
	if l.table.UpdateTyping(pressed) {
		return false, nil
	}
	before := l.query.Value()
	cmd := l.query.Update(pressed)
	if l.query.Value() != before {
		l.refresh()
		l.table.Select(0)
	}
	return false, cmd
}

func (l *addressBook) picked() (model.Client, bool) {
	if len(l.found) == 0 {
		return model.Client{}, false
	}
	return l.found[l.table.Cursor()].client, true
}

func (l *addressBook) askToForget() tea.Cmd {
	client, ok := l.picked()
	if !ok {
		return nil
	}
	name, s := client.Name, l.screen
	body := []string{nameOf(client), "",
		"It leaves the address book, with its defaults and tracker names. Its invoices stay as they are, here and in SmartBill."}
	return s.env.Ask("Forget this client?", body, widget.Option{Label: "back"},
		widget.Option{Key: "y", Label: "forget it", Run: func() tea.Cmd { return s.forget(name) }})
}

func (s *Screen) forget(name string) tea.Cmd {
	record, _ := s.inBook(name)
	forget := s.changeBook(record.Price != "", func(ctx context.Context) error { return s.services.ForgetClient(ctx, name) })
	return screen.Request(s.env, &s.forgetting, forget, func(changed tea.Cmd, err error) tea.Cmd {
		if err != nil {
			return screen.Fail("The client is still in the address book", err)
		}
		if sameName(s.fields.bookName, name) {
			s.fields.bookName = ""
		}
		return tea.Batch(s.changed(), s.readClients(), screen.Notify(screen.ToneGood, text.Collapse(name)+" has left the address book."), changed)
	})
}

// changeBook changes the address book, and tells the other screens of a client's rule that came, changed or went with it.
func (s *Screen) changeBook(priced bool, change func(context.Context) error) func(context.Context) (changed tea.Cmd, err error) {
	return func(ctx context.Context) (tea.Cmd, error) {
		if err := change(ctx); err != nil || !priced {
			return nil, err
		}
		preferences, err := s.services.Preferences(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the rules of the clients: %w", err)
		}
		return screen.Send(screen.PreferencesChanged{Preferences: preferences}), nil
	}
}

// The list's greatest size: rows of clients, and cells of a row.
const (
	listRows  = 10
	listWidth = 88
	// nameWidth is the widest that a name gets beside the rest.
	nameWidth = 40
)

// View draws the query and the clients, each with its place and number.
func (l *addressBook) View(width, height int) string {
	inner := max(10, min(listWidth, width-6))
	colours := l.screen.env.Theme
	count := strconv.Itoa(len(l.found)) + " of " + l.screen.env.Say(say.TodoNoun("client", "clients").Of(len(l.screen.clients)))
	lines := []string{
		widget.Spread(colours.Strong.Paint("Address book"), colours.Faint.Paint(count), inner), "",
		l.query.View(inner), "",
	}
	table := l.table
	table.SetHeight(max(1, min(listRows, height-2-len(lines))))
	rows := table.View(func(index int, focused bool) string { return l.row(l.found[index], focused, inner) })
	if len(l.found) == 0 {
		rows = []string{colours.Faint.Paint("nobody is called like that")}
	}
	return widget.Box(append(lines, rows...), inner, colours)
}

func (l *addressBook) row(item found, focused bool, width int) string {
	colours, glyph := l.screen.env.Theme, "  "
	if focused {
		glyph = colours.Accent.Paint(theme.Focus) + " "
	}
	client := item.client
	rest := client.City
	if client.Country != "" {
		rest += " · " + client.Country
	}
	if number := client.TaxNumber(); number != "" && !client.Private {
		rest += " · " + number
	}
	wide := min(nameWidth, max(12, width/2))
	name := widget.Marked(colours, text.Collapse(client.Name), item.marks)
	return widget.Fit(glyph+widget.Fit(name, wide)+"  "+colours.Faint.Paint(text.Collapse(rest)), width)
}

// Keys tells what the list takes.
func (l *addressBook) Keys() []key.Binding {
	return []key.Binding{
		screen.Bind("type", "search"), screen.Bind("↑ ↓", "move"), screen.Bind("enter", "fill the form"),
		screen.Bind("delete", "forget"), screen.Bind("esc", "back"),
	}
}
