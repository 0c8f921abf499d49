//go:build e2e && unix

package paint

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// rounds of the storm; each ends with a comparison of the screen with the view.
const rounds = 400

// TestE2EScreenShowsTheView drives a program in tmux: keys, pastes, sizes, suspensions, child programs, dirt. After each
// the pane shows what View returned.
func TestE2EScreenShowsTheView(t *testing.T) {
	const seed = 8
	pane := openPane(t)
	pane.random = rand.New(rand.NewPCG(seed, 0))
	for round := range rounds {
		action := pane.act()
		if diff := pane.compare(); diff != "" {
			t.Fatalf("round %d, %s, in %dx%d (-want +got):\n%s", round, action, pane.width, pane.height, diff)
		}
		pane.done[action]++
	}
	t.Logf("%d keys, %v", pane.last.Keys, pane.done)
	pane.quit()
}

// pane is a program that runs under a shell in a tmux server of its own.
type pane struct {
	t             *testing.T
	server        string
	width, height int
	reports       *json.Decoder
	connection    net.Conn
	last          stormReport
	random        *rand.Rand
	done          map[string]int
}

func openPane(t *testing.T) *pane {
	t.Helper()
	listener, err := net.Listen("unix", filepath.Join(t.TempDir(), "reports"))
	if err != nil {
		t.Fatal(err)
	}
	p := &pane{t: t, server: fmt.Sprintf("paint-%d", os.Getpid()), width: 80, height: 24, done: map[string]int{}}
	t.Cleanup(func() {
		exec.Command("tmux", "-L", p.server, "kill-server").Run()
		listener.Close()
	})
	p.tmux("new-session", "-d", "-x", "80", "-y", "24", "PS1='sh> ' exec bash --norc --noprofile")
	p.tmux("set", "-g", "status", "off")
	p.tmux("set", "-g", "window-size", "manual")
	p.tmux("resize-window", "-x", "80", "-y", "24")
	p.await("a prompt", p.prompted)
	p.tmux("send-keys", "-l", fmt.Sprintf(" %s=storm %s=%s %s", roleVariable, socketVariable, listener.Addr(), os.Args[0]))
	p.tmux("send-keys", "Enter")
	listener.(*net.UnixListener).SetDeadline(time.Now().Add(patience))
	if p.connection, err = listener.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.connection.Close() })
	p.reports = json.NewDecoder(p.connection)
	p.await("the alternate screen", func() bool { return p.modes() == "1 0 1" })
	return p
}

func (p *pane) tmux(args ...string) string {
	p.t.Helper()
	command := exec.Command("tmux", append([]string{"-u", "-L", p.server, "-f", "/dev/null"}, args...)...)
	command.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	output, err := command.CombinedOutput()
	if err != nil {
		p.t.Fatalf("tmux %q: %v: %s", args, err, output)
	}
	return string(output)
}

// await asks tmux again and again; every question costs some milliseconds.
func (p *pane) await(what string, reached func() bool) {
	p.t.Helper()
	for limit := time.Now().Add(patience); !reached(); {
		if time.Now().After(limit) {
			p.t.Fatalf("%s did not come; the pane shows\n%s", what, strings.Join(p.capture(), "\n"))
		}
	}
}

// modes are the alternate screen, the cursor and automatic wrap.
func (p *pane) modes() string {
	return strings.TrimSpace(p.tmux("display", "-p", "#{alternate_on} #{cursor_flag} #{wrap_flag}"))
}

func (p *pane) capture() []string {
	rows := strings.Split(strings.TrimSuffix(p.tmux("capture-pane", "-p"), "\n"), "\n")
	for y := range rows {
		rows[y] = strings.TrimRight(rows[y], " ")
	}
	return rows
}

// prompted reports whether the shell waits for a command, be it on top of something or behind it.
func (p *pane) prompted() bool {
	var y int
	if _, err := fmt.Sscan(p.tmux("display", "-p", "#{cursor_y}"), &y); err != nil {
		p.t.Fatal(err)
	}
	rows := p.capture()
	return y < len(rows) && strings.Contains(rows[y], "sh>") && !strings.Contains(rows[y], "fg")
}

// hears reads reports until one has this reason.
func (p *pane) hears(why string) {
	p.t.Helper()
	p.connection.SetReadDeadline(time.Now().Add(patience))
	for {
		p.last = stormReport{}
		if err := p.reports.Decode(&p.last); err != nil {
			p.t.Fatalf("no report %q: %v; the pane shows\n%s", why, err, strings.Join(p.capture(), "\n"))
		}
		if p.last.Why == why {
			return
		}
	}
}

// compare waits until the pane shows the view, and returns what is different if it never does.
func (p *pane) compare() (diff string) {
	p.t.Helper()
	p.await("the size", func() bool {
		p.tmux("send-keys", "C-s")
		p.hears("asked")
		return p.last.Width == p.width && p.last.Height == p.height
	})
	for limit := time.Now().Add(patience); ; {
		want, got := expected(p.last.View, p.width, p.height), p.capture()
		for y, row := range want {
			// The terminal may count such a row otherwise: it must only stay in its place.
			if strings.HasPrefix(row, wild) && y < len(got) && strings.HasPrefix(got[y], wild) {
				got[y] = row
			}
		}
		if diff = cmp.Diff(want, got); diff == "" || time.Now().After(limit) {
			return diff
		}
	}
}

// act does something at random and says what.
func (p *pane) act() string {
	switch choice := p.random.IntN(100); {
	case choice < 45:
		p.tmux("send-keys", "-l", p.randomKeys())
		return "keys"
	case choice < 55:
		p.tmux("set-buffer", texts[p.random.IntN(len(texts)-2)]+" "+strings.Repeat("pasted ", p.random.IntN(40)))
		p.tmux("paste-buffer", "-p")
		return "paste"
	case choice < 70:
		p.resize(1+p.random.IntN(200), 1+p.random.IntN(60))
		return "size"
	case choice < 75:
		edges := [][2]int{{1, 1}, {200, 60}, {1, 60}, {200, 1}, {2, 2}, {80, 24}}
		edge := edges[p.random.IntN(len(edges))]
		p.resize(edge[0], edge[1])
		return "edge size"
	case choice < 80:
		p.soil()
		p.tmux("send-keys", "C-l")
		return "clear"
	case choice < 84:
		p.soil()
		p.tmux("send-keys", "-H", "1b", "5b", "49")
		p.hears("focus")
		return "focus"
	case choice < 90:
		p.tmux("send-keys", "C-e")
		p.hears("child <nil>")
		return "child program"
	case choice < 95:
		p.suspend(func() { p.tmux("send-keys", "C-z") })
		return "suspension"
	default:
		p.suspend(p.stop)
		return "stop from outside"
	}
}

// randomKeys are few or many, and sometimes change every row.
func (p *pane) randomKeys() string {
	keys := make([]byte, 1+p.random.IntN(5))
	if p.random.IntN(2) == 0 {
		keys = make([]byte, 1+p.random.IntN(300))
	}
	for i := range keys {
		keys[i] = "jjjjkkssnx"[p.random.IntN(10)]
	}
	return string(keys)
}

func (p *pane) resize(width, height int) {
	p.width, p.height = width, height
	p.tmux("resize-window", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height))
}

// soil writes on the terminal behind the program's back.
func (p *pane) soil() {
	p.t.Helper()
	tty, err := os.OpenFile(strings.TrimSpace(p.tmux("display", "-p", "#{pane_tty}")), os.O_WRONLY|syscall.O_NOCTTY, 0)
	if err != nil {
		p.t.Fatal(err)
	}
	defer tty.Close()
	if _, err := tty.WriteString("\x1b[1Hdirt\x1b[3;3H\x1b[41mmore dirt\x1b[9;40Hdirt"); err != nil {
		p.t.Fatal(err)
	}
}

// stop stops the program as nobody asked it to.
func (p *pane) stop() {
	p.t.Helper()
	if err := syscall.Kill(p.last.PID, syscall.SIGSTOP); err != nil {
		p.t.Fatal(err)
	}
}

// suspend lets the shell have the terminal, which writes, and perhaps gets another size, and fetches the program back.
func (p *pane) suspend(how func()) {
	p.t.Helper()
	if p.width < 40 || p.height < 10 {
		p.resize(80, 24)
	}
	how()
	p.await("a prompt", p.prompted)
	if p.random.IntN(2) == 0 {
		p.resize(60+p.random.IntN(60), 12+p.random.IntN(30))
	}
	p.tmux("send-keys", "-l", "echo dirt; fg")
	p.tmux("send-keys", "Enter")
	p.hears("resumed")
}

// quit ends the program, and the shell has its terminal again.
func (p *pane) quit() {
	p.t.Helper()
	p.resize(80, 24)
	p.tmux("send-keys", "C-q")
	p.await("the shell's screen", func() bool { return p.modes() == "0 1 1" && p.prompted() })
}
