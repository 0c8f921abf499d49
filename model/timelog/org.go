package timelog

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cadensa/model"
)

// org is an Org file with CLOCK lines, or the CSV of org-clock-csv. Both yield the same entries. A clock's headline is its task;
// its project is the nearest CATEGORY, then the file's, else the outermost headline. Inherited tags are left out of the
// fingerprint, since org-clock-csv does not print them.
var org = format{
	name:  "org",
	about: "an Org file with CLOCK lines, or the CSV of org-clock-csv",
	detect: func(head []byte) bool {
		return orgClock.Match(head) || sheetTitles(head).have(orgCSVTitles...)
	},
	read: func(ctx context.Context, file openedFile, into *collector) error {
		if sheetTitles(file.text.head).have(orgCSVTitles...) {
			return sheetFormat{record: orgCSVRecord}.read(ctx, file, into)
		}
		org := &orgFile{into: into, keywords: orgKeywords}
		return readLines(ctx, file.text, org.read)
	},
}

var (
	orgClock    = regexp.MustCompile(`(?im)^[ \t]*CLOCK:[ \t]*(\[|=>)`)
	orgHeading  = regexp.MustCompile(`^(\*+)[ \t]+(.*)$`)
	orgTags     = regexp.MustCompile(`(?:^|[ \t]+):([\p{L}\p{N}_@#%:]+):[ \t]*$`)
	orgPriority = regexp.MustCompile(`^\[#[A-Za-z0-9]+\][ \t]*`)
	// orgCookie counts what is done below a headline, so it changes while the headline does not.
	orgCookie = regexp.MustCompile(`[ \t]*\[(\d*/\d*|\d*%)\]`)
	orgStamps = regexp.MustCompile(`^` + orgStamp + `(?:--` + orgStamp + `(?:[ \t]*=>.*)?)?[ \t]*$`)
)

// orgStamp is an inactive time stamp. The name of the day is in any language, or missing.
const orgStamp = `\[(\d{4}-\d{2}-\d{2})(?:[ \t]+[^\d\]\s][^\]\s]*)?[ \t]+(\d{1,2}:\d{2}(?::\d{2})?)\]`

// orgKeywords are those that Org knows from the start and those that its users add most; a file may name its own.
var orgKeywords = []string{
	"TODO", "DONE", "NEXT", "WAITING", "WAIT", "HOLD", "STARTED", "INPROGRESS", "IN-PROGRESS", "CANCELLED", "CANCELED",
}

type orgHeadline struct {
	level    int
	title    string
	tags     []string
	category string
}

// orgFile follows the headlines down to each clock.
type orgFile struct {
	into     *collector
	keywords []string
	// category and tags hold for the whole file.
	category string
	tags     []string
	path     []orgHeadline
	// inBlock is true in an example or a piece of source, whose clocks are none.
	inBlock bool
}

func (f *orgFile) read(number int, line string) {
	if heading := orgHeading.FindStringSubmatch(line); heading != nil {
		f.inBlock = false
		f.openHeadline(len(heading[1]), heading[2])
		return
	}
	line = strings.TrimSpace(line)
	keyword, value, _ := strings.Cut(line, ":")
	if rest, isProperty := strings.CutPrefix(line, ":"); isProperty {
		keyword, value, _ = strings.Cut(rest, ":")
		keyword = ":" + keyword
	}
	value = clean(value)
	switch keyword = strings.ToUpper(keyword); {
	case strings.HasPrefix(keyword, "#+BEGIN_"):
		f.inBlock = true
	case strings.HasPrefix(keyword, "#+END_"):
		f.inBlock = false
	case f.inBlock:
	case keyword == "CLOCK" && (strings.HasPrefix(value, "[") || strings.HasPrefix(value, "=>")):
		row, err := f.clock(value)
		f.into.add(number, row, err)
	case keyword == ":CATEGORY" && len(f.path) > 0:
		f.path[len(f.path)-1].category = value
	case keyword == "#+CATEGORY" || keyword == ":CATEGORY":
		f.category = value
	case keyword == "#+FILETAGS":
		f.tags = append(f.tags, splitTags(value, ": ")...)
	case keyword == "#+TODO" || keyword == "#+SEQ_TODO" || keyword == "#+TYP_TODO":
		f.keywords = slices.Concat(f.keywords, todoKeywords(value))
	}
}

// todoKeywords reads `NEXT(n) WAIT(w@) | DONE(d)`.
func todoKeywords(text string) []string {
	var keywords []string
	for word := range strings.FieldsSeq(text) {
		word, _, _ = strings.Cut(word, "(")
		if word != "" && word != "|" {
			keywords = append(keywords, word)
		}
	}
	return keywords
}

func (f *orgFile) openHeadline(level int, text string) {
	for len(f.path) > 0 && f.path[len(f.path)-1].level >= level {
		f.path = f.path[:len(f.path)-1]
	}
	headline := orgHeadline{level: level}
	if found := orgTags.FindStringSubmatchIndex(text); found != nil {
		headline.tags = splitTags(text[found[2]:found[3]], ":")
		text = text[:found[0]]
	}
	keyword, rest, _ := strings.Cut(text, " ")
	if slices.Contains(f.keywords, keyword) {
		text = strings.TrimLeft(rest, " \t")
	}
	headline.title = orgTitle(orgPriority.ReplaceAllString(text, ""))
	f.path = append(f.path, headline)
}

func orgTitle(text string) string { return clean(orgCookie.ReplaceAllString(text, "")) }

// clock reads `[2026-10-05 Mon 09:00]--[2026-10-05 Mon 11:30] =>  2:30`; what follows the arrow is Org's own sum.
func (f *orgFile) clock(text string) (record, error) {
	parts := orgStamps.FindStringSubmatch(text)
	if parts == nil {
		return record{}, fmt.Errorf("%s is no clock such as [2026-10-05 Mon 09:00]--[2026-10-05 Mon 11:30]", quoted(text))
	}
	start, startErr := parseDayAndClock(parts[1], parts[2], orderByContent)
	end, endErr := parseDayAndClock(parts[3], parts[4], orderByContent)
	if err := cmp.Or(startErr, endErr); err != nil {
		return record{}, err
	}
	var titles, own, inherited []string
	category := ""
	inherited = append(inherited, f.tags...)
	for _, headline := range f.path {
		titles = append(titles, headline.title)
		inherited = append(inherited, own...)
		own = headline.tags
		if headline.category != "" {
			category = headline.category
		}
	}
	row := record{entry: orgEntry(titles, category, own), start: start, end: end, inheritedTags: inherited}
	if category == "" {
		row.inheritedProject = f.category
	}
	return row, nil
}

// orgEntry names an entry by the titles from the outermost headline to its own.
func orgEntry(titles []string, category string, tags []string) model.Entry {
	entry := model.Entry{Project: category, Tags: cleanTags(tags), Billable: true}
	if category == "" && len(titles) > 0 {
		entry.Project, titles = titles[0], titles[1:]
	}
	if len(titles) > 0 {
		last := len(titles) - 1
		entry.Task, entry.Description = titles[last], strings.Join(titles[:last], " / ")
	}
	return entry
}

// moveInto puts an entry into a project. The one that it had is its task, or stands before what led to its task.
func moveInto(project string, entry *model.Entry) {
	switch {
	case entry.Task == "":
		entry.Task = entry.Project
	case entry.Description == "":
		entry.Description = entry.Project
	default:
		entry.Description = entry.Project + " / " + entry.Description
	}
	entry.Project = project
}

// orgCSVTitles are those of org-clock-csv without its last three, which users leave out.
var orgCSVTitles = []string{"task", "parents", "category", "start", "end"}

func orgCSVRecord(row row, _ dateOrder) (record, error) {
	var titles []string
	for parent := range strings.SplitSeq(orgTitle(row.titled("parents")), "/") {
		if parent = clean(parent); parent != "" {
			titles = append(titles, parent)
		}
	}
	titles = append(titles, orgTitle(row.cell(columnTask)))
	entry := orgEntry(titles, row.titled("category"), splitTags(row.cell(columnTags), ":"))
	return spanRecord(entry, row.cell(columnStart), row.cell(columnEnd))
}
