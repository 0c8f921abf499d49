package ui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/aymanbagabas/go-osc52/v2"

	"cadensa/model/netsafe"
	"cadensa/model/say"
	"cadensa/ui/screen"
)

// clipboard is the ways to the clipboard, in the order in which they are tried.
type clipboard struct {
	getenv func(string) string
	// run gives a program text on its standard input; an error says that it did not take it.
	run      func(ctx context.Context, text, program string, arguments ...string) error
	terminal io.Writer
}

// toolTime is how long a clipboard's program may take.
const toolTime = 2 * time.Second

func runTool(ctx context.Context, text, program string, arguments ...string) error {
	ctx, cancel := context.WithTimeout(ctx, toolTime)
	defer cancel()
	command := netsafe.Command(ctx, program, arguments...)
	command.Stdin = strings.NewReader(text)
	if err := command.Run(); err != nil {
		return fmt.Errorf("give the text to %s: %w", program, err)
	}
	return nil
}

// tools are the programs that may reach the clipboard from here: tmux first, which hands it on to its terminal.
func (c clipboard) tools() [][]string {
	var tools [][]string
	if c.getenv("TMUX") != "" {
		tools = append(tools, []string{"tmux", "load-buffer", "-w", "-"})
	}
	// Over SSH the programs of the other computer reach the wrong clipboard.
	if c.getenv("SSH_CONNECTION") != "" {
		return tools
	}
	if c.getenv("WAYLAND_DISPLAY") != "" {
		tools = append(tools, []string{"wl-copy"})
	}
	if c.getenv("DISPLAY") != "" {
		tools = append(tools, []string{"xclip", "-selection", "clipboard"}, []string{"xsel", "--clipboard", "--input"})
	}
	return append(tools, []string{"pbcopy"}, []string{"clip.exe"})
}

// copyText puts text on the clipboard, and says no more than is known: a terminal that was asked (OSC 52) does not answer, and one that
// cannot do it shows the text to copy by hand.
func (c clipboard) copyText(ctx context.Context, text string) screen.Notice {
	for _, tool := range c.tools() {
		if c.run(ctx, text, tool[0], tool[1:]...) == nil {
			copied := say.Format("%s is copied.", "%s este copiat.", "%s a vágólapon van.", text)
			return screen.Notice{Tone: screen.ToneGood, Text: copied.In(say.English)}
		}
	}
	if !slices.Contains([]string{"", "dumb", "linux"}, c.getenv("TERM")) {
		sequence := osc52.New(text)
		switch {
		case c.getenv("TMUX") != "":
			sequence = sequence.Tmux()
		case c.getenv("STY") != "":
			sequence = sequence.Screen()
		}
		if _, err := sequence.WriteTo(c.terminal); err == nil {
			return screen.Notice{Tone: screen.ToneInfo, Text: say.Format(
				"The terminal was asked to copy %s; not every terminal does.", "Terminalul a fost rugat să copieze %s; nu toate o fac.",
				"A terminál megkapta másolásra: %s; nem mindegyik teszi meg.", text).In(say.English)}
		}
	}
	return screen.Notice{Tone: screen.ToneWarn, Text: say.Format("Nothing here reaches the clipboard. Copy it by hand: %s",
		"Nimic de aici nu ajunge la clipboard. Copiază manual: %s", "Innen semmi nem éri el a vágólapot. Másold kézzel: %s", text).In(say.English)}
}
