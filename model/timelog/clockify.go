package timelog

import (
	"regexp"
	"slices"

	"cadensa/model"
)

// clockify is Clockify's detailed report. Its dates are written as the user's profile has them, and its currency stands
// in the header of the rate.
var clockify = format{
	name:   "clockify",
	about:  "a Clockify detailed CSV (with the columns Start Date, Start Time and Duration (h), in the user's language)",
	detect: detectClockify,
	read: sheetFormat{
		aliases:     clockifyColumns,
		needs:       detailedColumns,
		dated:       true,
		anyLanguage: true,
		aside:       clockifyAside,
		record:      detailedRecord,
	}.read,
}

// clockifyColumns are its titles in English, and those in other languages that no other sheet has: its Portuguese "user" is a
// possessive. English, German, Spanish, French and Portuguese exports are known, from programs that read them.
var clockifyColumns = map[string]column{
	"activity":           columnTask,
	"duration (h)":       columnDuration,
	"duration (decimal)": columnHours,
	"billable rate":      columnRate,
	"do utilizador":      columnUser,
	"etiqueta":           columnTags,
}

// clockifyAside are columns of no use here: groups, sums of money, and the decimal duration beside the exact one.
var clockifyAside = titlesIn(`group, email, type, billable amount, date of creation, duration (decimal),
	invoice id, kiosk, approval; gruppe, e-mail, rechnungsbetrag, dauer (dezimal), erstellungsdatum; groupe, courriel, durée (décimal),
	durée (décimale), montant facturable; grupo, equipo, correo, correo electrónico, importe, duración (decimal), fecha creación,
	fecha de creación; duração (decimal), valor faturável`)

// clockifyMarks are columns that Clockify has and Toggl has not.
var clockifyMarks = []string{"group", "duration (h)", "duration (decimal)", "billable rate", "billable amount", "date of creation"}

// clockifyUnits end the title of Clockify's duration in every language.
var clockifyUnits = []string{"h", "decimal", "dezimal", "decimale"}

func detectClockify(head []byte) bool {
	opened, err := openSheet(textOf(head), clockifyColumns)
	if err != nil || isJSONArray(head) {
		return false
	}
	if opened.titles.have("start date") {
		return slices.ContainsFunc(clockifyMarks, func(mark string) bool { return opened.titles.have(mark) })
	}
	spans := []column{columnStartDate, columnStartTime, columnEndTime}
	foreign := slices.ContainsFunc(spans, opened.has)
	opened.understand()
	return !foreign && opened.hasAll(spans) && slices.ContainsFunc(opened.header, func(title string) bool {
		name, _ := columnName(title)
		word, unit := cutUnit(name)
		return foldedTitles()[word] == columnDuration && slices.Contains(clockifyUnits, unit)
	})
}

// clockifyCLI is what `clockify-cli report --csv` prints: times in the user's zone, and after the last title a cell for
// each tag. It tells neither clients nor what is billable. Its duration of a running entry is of the moment of printing.
var clockifyCLI = format{
	name:   "clockify-cli",
	about:  "a clockify-cli CSV (with the columns project.name, start, end and tags...)",
	detect: func(head []byte) bool { return sheetTitles(head).have("project.id", "project.name", "start", "end") },
	read: sheetFormat{
		aliases: map[string]column{"project.name": columnProject, "task.name": columnTask, "user.name": columnUser},
		needs:   [][]string{{"start"}, {"end"}},
		ragged:  true,
		aside:   titlesIn("id, project.id, task.id, user.id, user.email, duration, tags..., customfields..."),
		record:  clockifyCLIRecord,
	}.read,
}

// clockifyTag is a tag with its id, alone in its cell or, since clockify-cli 0.58, before the next one's. The cells of custom
// fields are written in another way.
var clockifyTag = regexp.MustCompile(`(.+?) \([0-9a-f]{24}\)(?:;|$)`)

func clockifyCLIRecord(row row, _ dateOrder) (record, error) {
	entry := model.Entry{
		Project: row.cell(columnProject), Task: row.cell(columnTask), Description: row.cell(columnDescription),
		User: row.cell(columnUser), Tags: clockifyTags(row), Billable: true,
	}
	return spanRecord(entry, row.cell(columnStart), row.cell(columnEnd))
}

func clockifyTags(row row) []string {
	first, found := row.sheet.titles["tags..."]
	if !found {
		return nil
	}
	var tags []string
	for _, cell := range row.cells[min(first, len(row.cells)):] {
		for _, parts := range clockifyTag.FindAllStringSubmatch(clean(cell), -1) {
			tags = append(tags, parts[1])
		}
	}
	return cleanTags(tags)
}
