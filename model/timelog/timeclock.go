package timelog

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cadensa/model"
)

// timeclock is the log of Emacs's timeclock.el as hledger and Ledger read it: "i" begins a session on an account, "o" or "O" ends
// it. Several sessions may be open. The account and the tags of a comment are tags. Times are the computer's: a zone behind them
// is ignored, as hledger does. Sessions over midnight are not split.
var timeclock = format{
	name:     "timeclock",
	about:    "a timeclock log (lines such as `i 2026-10-05 09:00 client:project` and `o 2026-10-05 11:30`)",
	tagsOnly: true,
	detect:   timeclockStart.Match,
	read:     readTimeclock,
}

var (
	timeclockStart = regexp.MustCompile(`(?m)^[iI] \d{4}[-/.]\d{1,2}[-/.]\d{1,2} +\d{1,2}:\d{2}`)
	timeclockLine  = regexp.MustCompile(`^([iIoO])[ \t]+(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[ \t]+(\d{1,2}:\d{2}(?::\d{2})?)(?:[+-]\d{4})?([ \t]+[^;\s].*|[ \t]*;.*)?$`)
	// journalTag is a tag in a comment of hledger: a word, a colon, and a value up to the next comma.
	journalTag = regexp.MustCompile(`([^\s:,]+):([^,]*)`)
)

// session is a clock-in that waits for its clock-out.
type session struct {
	line    int
	account string
	row     record
}

type timeclockLog struct {
	into *collector
	open []session
}

func readTimeclock(ctx context.Context, file openedFile, into *collector) error {
	log := &timeclockLog{into: into}
	if err := readLines(ctx, file.text, log.read); err != nil {
		return err
	}
	for _, running := range log.open {
		into.add(running.line, running.row, nil)
	}
	return nil
}

// read reads one line. Emacs's b and h set the balance and the length of a day; # ; and * begin comments.
func (l *timeclockLog) read(number int, line string) {
	line = strings.TrimRight(line, " \t")
	if line == "" || strings.ContainsAny(line[:1], "#;*%|bh") {
		return
	}
	if err := l.readEvent(number, line); err != nil {
		l.into.reject(number, err)
	}
}

func (l *timeclockLog) readEvent(number int, line string) error {
	parts := timeclockLine.FindStringSubmatch(line)
	if parts == nil {
		return fmt.Errorf("%s is no line such as `i 2026-10-05 09:00 client:project`", quoted(line))
	}
	at, err := parseDayAndClock(parts[2], parts[3], orderByContent)
	if err != nil {
		return err
	}
	if parts[1] == "i" || parts[1] == "I" {
		account, description, tags := parseAccount(parts[4])
		entry := model.Entry{Description: description, Tags: tags, Billable: true}
		l.open = append(l.open, session{line: number, account: account, row: record{entry: entry, start: at}})
		return nil
	}
	ended, err := l.closeSession(l.endedAccount(parts[4]))
	if err != nil {
		return err
	}
	ended.row.end = at
	l.into.add(ended.line, ended.row, nil)
	return nil
}

// endedAccount is the account that a line names whose session it ends, "" for none. After a gap, what is no open session's
// account is a description.
func (l *timeclockLog) endedAccount(text string) string {
	account, _, _ := parseAccount(text)
	isOpen := slices.ContainsFunc(l.open, func(open session) bool { return open.account == account })
	if !isOpen && gap.MatchString(text[:len(text)-len(strings.TrimLeft(text, " \t"))]) {
		return ""
	}
	return account
}

// closeSession takes out the session on the account, or else the latest one. Emacs writes a reason where hledger has
// the account, but has one session open at a time.
func (l *timeclockLog) closeSession(account string) (session, error) {
	if len(l.open) == 0 {
		return session{}, errors.New("it ends a session, and none is open")
	}
	position := len(l.open) - 1
	for i, candidate := range slices.Backward(l.open) {
		if candidate.account == account {
			position = i
			break
		}
	}
	if account != "" && l.open[position].account != account && len(l.open) > 1 {
		return session{}, fmt.Errorf("none of the open sessions is on %s", quoted(account))
	}
	ended := l.open[position]
	l.open = slices.Delete(l.open, position, position+1)
	return ended, nil
}

// parseAccount reads `account  description ; comment`. The tags are the account and those of the comment.
func parseAccount(text string) (account, description string, tags []string) {
	text, comment, _ := strings.Cut(text, ";")
	account, description = cutAtGap(text)
	tags = append([]string{account}, commentTags(comment)...)
	return account, clean(description), cleanTags(tags)
}

// commentTags returns the tags of a comment as "name:value", or "name" without a value.
func commentTags(comment string) []string {
	var tags []string
	for _, found := range journalTag.FindAllStringSubmatch(comment, -1) {
		tags = append(tags, strings.TrimSuffix(found[1]+":"+strings.TrimSpace(found[2]), ":"))
	}
	return tags
}

// gap ends an account, whose name may have single spaces.
var gap = regexp.MustCompile(` {2,}|\t`)

func cutAtGap(text string) (account, rest string) {
	text = strings.TrimSpace(text)
	found := gap.FindStringIndex(text)
	if found == nil {
		return clean(text), ""
	}
	return clean(text[:found[0]]), strings.TrimSpace(text[found[1]:])
}
