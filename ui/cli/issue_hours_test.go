package cli_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

// tracks makes files the only sources, each in its format, with what else its [[source]] says.
func (h *harness) tracks(t *testing.T, sources ...string) {
	t.Helper()
	head, tail, _ := strings.Cut(h.read(t, h.settingsFile()), "[[source]]")
	_, rules, _ := strings.Cut(tail, "[[rule]]")
	blocks := ""
	for _, source := range sources {
		name, more, _ := strings.Cut(source, " ")
		format := name[:strings.IndexAny(name, "-.")]
		if format == "csv" {
			more += "columns = { date = \"date\", duration = \"duration\" }"
		}
		blocks += fmt.Sprintf("[[source]]\nformat = %q\npath = %q\n%s\n\n", format, h.path(name), more)
	}
	h.write(t, "config/cadensa/config.toml", head+blocks+"[[rule]]\nprice = \"100\"\n\n[[rule]]"+rules)
}

// blocks are the reasons for which the entries are kept back, by their descriptions.
func (h *harness) blocks(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, entry := range h.entriesOf(t) {
		found[fmt.Sprint(entry["description"])] += fmt.Sprint(entry["block"])
	}
	return found
}

// bill issues an invoice of the only entry.
func (h *harness) bill(t *testing.T) {
	t.Helper()
	entries := h.entriesOf(t)
	if len(entries) != 1 {
		t.Fatalf("%d entries are there, want the one that is to be billed", len(entries))
	}
	h.succeed(t, "issue", "--client", "Morii", "--entries", fmt.Sprint(entries[0]["fingerprint"]), "--yes")
}

const (
	harvestHead = "Date,Client,Project,Task,Notes,Hours,Billable?,First Name,Last Name\n"
	togglHead   = "User,Client,Project,Description,Billable,Start date,Start time,End date,End time,Duration\n"
	solidHead   = "Description,Task,Project,Client,User,Start,End,Billable\n"
	dayHead     = "date,duration,client,project,description,user\n"
)

// A billed entry is edited in its tracker, whatever the tracker: it is not free again.
func TestEditsOfBilledHoursAreCaught(t *testing.T) {
	t.Parallel()
	klog := func(note string) string { return "2026-10-05\n    2h " + note + "\n" }
	timedot := func(hours string) string { return "2026-10-05\nmorii:atlas  " + hours + "\n" }
	for name, test := range map[string]struct {
		file, billed string
		// now is the file as it is after the edit, in another file for one that begins with its name and a colon.
		now     string
		flagged bool
	}{
		"harvest, note": {"harvest.csv", harvestHead + "2026-10-05,Morii,Atlas,api,a,2.00,Yes,Ana,Pop\n",
			harvestHead + "2026-10-05,Morii,Atlas,api,b,2.00,Yes,Ana,Pop\n", true},
		"harvest, user": {"harvest.csv", harvestHead + "2026-10-05,Morii,Atlas,api,a,2.00,Yes,Ana,Pop\n",
			harvestHead + "2026-10-05,Morii,Atlas,api,a,2.00,Yes,Anna,Popp\n", true},
		"harvest, day": {"harvest.csv", harvestHead + "2026-10-05,Morii,Atlas,api,a,2.00,Yes,Ana,Pop\n",
			harvestHead + "2026-10-06,Morii,Atlas,api,a,2.00,Yes,Ana,Pop\n", false},
		"harvest to days in CSV": {"harvest.csv", harvestHead + "2026-10-05,Morii,Atlas,api,a,2.00,Yes,Ana,Pop\n",
			"csv-days.csv:" + dayHead + "2026-10-05,2:00,Morii,Atlas,whatever,\n", true},
		"days in CSV, user emptied": {"csv-days.csv", dayHead + "2026-10-05,2:00,Morii,Atlas,a,Ana\n",
			dayHead + "2026-10-05,2:00,Morii,Atlas,a,\n", true},
		"days in CSV, length": {"csv-days.csv", dayHead + "2026-10-05,2:00,Morii,Atlas,a,Ana\n",
			dayHead + "2026-10-05,2:30,Morii,Atlas,a,Ana\n", true},
		"klog, note":      {"klog.klg", klog("a"), klog("b"), true},
		"timedot, length": {"timedot.timedot", timedot("2h"), timedot("3h"), true},
		"toggl, user": {"toggl.csv", togglHead + "Ana,Morii,Atlas,a,Yes,2026-10-05,09:00:00,2026-10-05,11:00:00,02:00:00\n",
			togglHead + "Ana Pop,Morii,Atlas,a,Yes,2026-10-05,09:00:00,2026-10-05,11:00:00,02:00:00\n", true},
		"toggl, a minute later": {"toggl.csv", togglHead + "Ana,Morii,Atlas,a,Yes,2026-10-05,09:00:00,2026-10-05,11:00:00,02:00:00\n",
			togglHead + "Ana,Morii,Atlas,a,Yes,2026-10-05,09:01:00,2026-10-05,11:00:00,01:59:00\n", true},
		"toggl to solidtime": {"toggl.csv", togglHead + "Ana,Morii,Atlas,a,Yes,2026-10-05,09:00:00,2026-10-05,11:00:00,02:00:00\n",
			"solidtime.csv:" + solidHead + "b,api,Atlas,Morii,ana,2026-10-05 09:00:00,2026-10-05 11:00:00,Yes\n", true},
		"json, nothing": {"json.json", `[{"start":"2026-10-05T09:00:00Z","duration_seconds":3600,"client":"Morii","description":"a"}]`,
			`[{"start":"2026-10-05T10:00:00Z","duration_seconds":3000,"client":"Morii","description":"b"}]`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarnessWithClients(t)
			h.write(t, test.file, test.billed)
			h.tracks(t, test.file)
			h.bill(t)
			file, now := test.file, test.now
			if other, content, moved := strings.Cut(test.now, ":"); moved && strings.Contains(other, ".") && !strings.Contains(other, "\n") {
				file, now = other, content
			}
			h.write(t, file, now)
			h.tracks(t, file)
			entries := h.entriesOf(t)
			if want := map[bool]string{true: "looks billed FCT-0001", false: ""}[test.flagged]; len(entries) != 1 || entries[0]["block"] != want {
				t.Fatalf("entries are %v", entries)
			}
			if !test.flagged {
				return
			}
			left := []string{"1 entry left out: 1 may be billed already", "--include-flagged", "nothing to bill"}
			if entries[0]["client"] == "" {
				left = []string{"nothing to bill"}
			}
			h.fail(t, 5, left,
				"issue", "--client", "Morii", "--period", "2026-10", "--yes")
			h.fail(t, 1, []string{"looks billed on FCT-0001", "nothing was sent"},
				"issue", "--client", "Morii", "--entries", fmt.Sprint(entries[0]["fingerprint"]), "--yes")
			if made := h.server.Calls(creation); made != 1 {
				t.Errorf("%d invoices were sent", made)
			}
		})
	}
}

// Two people who work at the same time in one file are two people; so are those whom the settings name.
func TestColleaguesAreNotFlagged(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	row := func(user string) string {
		return user + ",Morii,Atlas,a,Yes,2026-10-05,09:00:00,2026-10-05,11:00:00,02:00:00\n"
	}
	h.write(t, "toggl.csv", togglHead+row("Ana"))
	h.write(t, "klog.klg", "2026-10-05\n    9:30 - 10:30 Dan's\n")
	h.tracks(t, "toggl.csv")
	h.bill(t)
	h.write(t, "toggl.csv", togglHead+row("Ana")+row("Dan"))
	for _, entry := range h.entriesOf(t) {
		if entry["block"] != map[any]string{"Ana": "FCT-0001", "Dan": ""}[entry["user"]] {
			t.Errorf("%s's entry is kept back by %q", entry["user"], entry["block"])
		}
	}
	h.tracks(t, "toggl.csv", "klog.klg")
	if got := h.blocks(t)["Dan's"]; got != "looks billed FCT-0001" {
		t.Errorf("what may be anybody's is kept back by %q", got)
	}
	h.tracks(t, "toggl.csv", `klog.klg user = "Dan"`)
	if got := h.blocks(t)["Dan's"]; got != "" {
		t.Errorf("Dan's own, by the settings, is kept back by %q", got)
	}
	for _, entry := range h.entriesOf(t) {
		if entry["description"] == "Dan's" && entry["user"] != "" {
			t.Errorf("the settings' name is shown: %v", entry)
		}
	}
}

// What could not be read has not vanished: nothing else is taken for it.
func TestMissingFileFlagsNothing(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.write(t, "harvest-a.csv", harvestHead+"2026-10-05,Morii,Atlas,api,a,2.00,Yes,Ana,Pop\n")
	h.write(t, "harvest-b.csv", harvestHead+"2026-10-05,Morii,Borealis,api,b,2.00,Yes,Ana,Pop\n")
	h.tracks(t, "harvest-a.csv")
	h.bill(t)
	h.tracks(t, "harvest-a.csv", "harvest-b.csv")
	if err := os.Rename(h.path("harvest-a.csv"), h.path("away.csv")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got := h.blocks(t)["b"]; got != "" {
			t.Errorf("beside a file that is missing, it is kept back by %q", got)
		}
	}
	// A file that is there and does not have it any more is another matter.
	h.write(t, "harvest-a.csv", harvestHead+"2026-10-07,Morii,Atlas,api,c,2.00,Yes,Ana,Pop\n")
	if got := h.blocks(t)["b"]; got != "looks billed FCT-0001" {
		t.Errorf("once the billed hours vanished, it is kept back by %q", got)
	}
}

// Two exports of one tracker give every hour twice: the second one is flagged, import says so, and one of them is billed.
func TestTwinsAreBilledOnce(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.write(t, "toggl.csv", togglHead+"Ana,Morii,Atlas,Tokens,Yes,2026-10-05,09:00:00,2026-10-05,11:00:00,02:00:00\n")
	solidtime := h.write(t, "solidtime.csv", solidHead+"Tokens again,api,Atlas,Morii,ANA,2026-10-05 09:00:00,2026-10-05 11:00:00,Yes\n"+
		"Other,api,Atlas,Morii,ANA,2026-10-05 11:00:00,2026-10-05 12:00:00,Yes\n")
	h.tracks(t, "toggl.csv")
	ended := h.run(t, "import", solidtime, "--json")
	if said := decoded[object](t, ended.stdout); said["twins"] != 1.0 || !strings.Contains(ended.stderr,
		"1 twin: the same hours stand in toggl.csv") {
		t.Errorf("import says %v\n%s", said, ended.stderr)
	}
	first := fmt.Sprint(h.entriesOf(t, "--source", "toggl")[0]["fingerprint"])
	got := h.blocks(t)
	if got["Tokens"] != "" || got["Tokens again"] != "twin of "+first+" in toggl.csv" || got["Other"] != "" {
		t.Errorf("kept back by %v", got)
	}
	ended = h.run(t, "issue", "--client", "Morii", "--period", "2026-10-05..2026-10-05", "--yes", "--json")
	if invoice := decoded[object](t, ended.stdout); ended.code != 0 || len(invoice["entries"].([]any)) != 2 ||
		!strings.Contains(ended.stderr, "1 entry left out: 1 may be there twice") {
		t.Errorf("ended with %d: %v\n%s", ended.code, invoice, ended.stderr)
	}
	if got := h.blocks(t)["Tokens again"]; got != "looks billed FCT-0001" {
		t.Errorf("after its twin was billed, it is kept back by %q", got)
	}
}

func TestFlaggedNeedsNames(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.fail(t, 2, []string{"--include-flagged goes with --entries"}, "issue", "--client", "Morii", "--period", "2026-10",
		"--include-flagged", "--yes")
}

// Another program bills the edited hours between the question and the answer: nothing is sent.
func TestHoursBilledMeanwhileAreRefused(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.write(t, "toggl.csv", togglHead+"Ana,Morii,Atlas,Tokens,Yes,2026-10-05,09:00:00,2026-10-05,11:00:00,02:00:00\n")
	h.tracks(t, "toggl.csv")
	before := h.read(t, h.path("toggl.csv"))
	fingerprint := fmt.Sprint(h.entriesOf(t)[0]["fingerprint"])
	h.terminal, h.stdin = true, "yes\n"
	meanwhile := sync.OnceFunc(func() {
		h.write(t, "toggl.csv", strings.Replace(before, "Tokens", "Tokens and more", 1))
		other := &harness{home: h.home, server: h.server, now: h.now}
		if ended := other.run(t, "issue", "--client", "Morii", "--period", "2026-10", "--yes"); ended.code != 0 {
			t.Errorf("the other program ended with %d\n%s", ended.code, ended.stderr)
		}
	})
	h.asked = meanwhile
	h.fail(t, 1, []string{"2026-10-05 Atlas (" + fingerprint + ") looks billed on FCT-0001", "nothing was sent", "--include-flagged"},
		"issue", "--client", "Morii", "--period", "2026-10")
	if made := h.server.Calls(creation); made != 1 {
		t.Errorf("%d invoices were sent", made)
	}
}

// A tracker's own rates price hours that no rule does, where the source says so.
func TestHoursAtTheTrackersRates(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.write(t, "rated.csv", "start,end,client,project,rate,currency\n2026-10-05 09:00,2026-10-05 10:30,Morii,Atlas,60,RON\n")
	settings := func(rates string) {
		head, _, _ := strings.Cut(h.read(t, h.settingsFile()), "[[source]]")
		h.write(t, "config/cadensa/config.toml", head+fmt.Sprintf("[[source]]\nformat = \"csv\"\npath = %q\n%s\n", h.path("rated.csv"), rates))
	}
	settings("")
	h.fail(t, 5, []string{`The tracker has a rate for 1 of them: rates = "tracker"`, "nothing to bill"},
		"issue", "--client", "Morii", "--period", "2026-10", "--yes")
	settings(`rates = "tracker"`)
	if got := h.entriesOf(t)[0]; got["rate"] != "60.00" || got["price"] != "60.00" || got["amount"] != "90.00" || got["currency"] != "RON" {
		t.Errorf("entries say %v", got)
	}
	if made := decoded[object](t, h.succeed(t, "issue", "--client", "Morii", "--period", "2026-10", "--yes", "--json")); made["net"] != "90.00" {
		t.Errorf("the invoice is of %v net", made["net"])
	}
}

// Hours of 6:20 at 120 are 760.00 with four decimals, and the entries, the invoice at SmartBill and its timesheet say the same.
func TestQuantitiesHaveTheDecimalsOfSettingsAndClient(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ settings, client, quantity, net string }{
		"as usual":      {"", "", "6.33", "759.60"},
		"the settings'": {"quantity_decimals = 4\n", "", "6.3333", "760.00"},
		"the client's":  {"quantity_decimals = 3\n", "4", "6.3333", "760.00"},
		"its fewer":     {"quantity_decimals = 6\n", "2", "6.33", "759.60"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t)
			settings := strings.Replace(h.read(t, h.settingsFile()), "[invoice]\n", "[invoice]\n"+test.settings, 1)
			h.write(t, "config/cadensa/config.toml", strings.Replace(settings, "250.00", "120.00", 1))
			h.write(t, "hours.json", `[{"start":"2026-10-05T09:00:00+03:00","end":"2026-10-05T15:20:00+03:00","client":"Morii",
"project":"Atlas","task":"api","description":"Tokens","user":"Ana","billable":true}]`)
			h.stdin = "name,country,street,postal_code,city,county,vat_number,tracker_names,quantity_decimals\n" +
				moriiClient + ",RO,Str. Morii 14,400001,Cluj-Napoca,Cluj,RO14399840,Morii*," + test.client + "\n"
			h.succeed(t, "clients", "import", "-")
			if got := h.entriesOf(t)[0]["amount"]; got != test.net {
				t.Errorf("the entry comes to %v, want %s", got, test.net)
			}
			if got := h.issued(t)["net"]; got != test.net {
				t.Errorf("the invoice comes to %v, want %s", got, test.net)
			}
			if made := h.server.Invoices()[0]; made.Totals.Net.StringFixed(2) != test.net || made.Lines[0].Quantity.String() != test.quantity {
				t.Errorf("SmartBill has %s hours over %s", made.Lines[0].Quantity, made.Totals.Net)
			}
			for _, form := range []string{"csv", "md"} {
				h.succeed(t, "timesheet", "FCT-0001", "--format", form, "--output", h.path("sheet."+form))
				if sheet := h.read(t, h.path("sheet."+form)); !strings.Contains(sheet, test.quantity) {
					t.Errorf("the timesheet lacks %s:\n%s", test.quantity, sheet)
				}
			}
			exported := h.succeed(t, "clients", "export", "--csv")
			h.stdin = exported
			h.succeed(t, "clients", "import", "-")
			if again := h.succeed(t, "clients", "export", "--csv"); again != exported {
				t.Errorf("the book is\n%safter it was\n%s", again, exported)
			}
		})
	}
}
