package document

import (
	"fmt"
	"strings"

	"cadensa/model/text"
)

// markdown writes the sheet with the tables of GitHub's Markdown.
func (t Timesheet) markdown() []byte {
	var text strings.Builder
	fmt.Fprintf(&text, "# %s\n\n", escapeMarkdown(strings.TrimSpace(t.title+" "+t.reference)))
	if t.annexTo != "" {
		text.WriteString(escapeMarkdown(t.annexTo) + "\n\n")
	}
	for _, fact := range t.facts() {
		fmt.Fprintf(&text, "- %s: %s\n", fact[0], escapeMarkdown(fact[1]))
	}
	for _, table := range []table{t.bySubject(), t.detail()} {
		fmt.Fprintf(&text, "\n## %s\n\n", table.title)
		table.markdown(&text)
	}
	return []byte(text.String())
}

func (t table) markdown(into *strings.Builder) {
	for _, column := range t.columns {
		into.WriteString("| " + escapeMarkdown(column.title) + " ")
	}
	into.WriteString("|\n")
	for _, column := range t.columns {
		if column.right {
			into.WriteString("| ---: ")
			continue
		}
		into.WriteString("| :--- ")
	}
	into.WriteString("|\n")
	for _, row := range t.rows {
		for _, cell := range row.cells {
			into.WriteString("| ")
			text := escapeMarkdown(cell)
			if text != "" && row.kind != plainRow {
				text = "**" + text + "**"
			}
			if text != "" {
				into.WriteString(text + " ")
			}
		}
		into.WriteString("|\n")
	}
}

// markup are the characters that Markdown or the HTML in it gives a meaning within a line.
const markup = "\\`*_|<>[]#~&$"

// escapeMarkdown makes foreign text one line that shows as it is.
func escapeMarkdown(value string) string {
	var escaped strings.Builder
	for _, letter := range text.Collapse(value) {
		if strings.ContainsRune(markup, letter) {
			escaped.WriteByte('\\')
		}
		escaped.WriteRune(letter)
	}
	return escaped.String()
}
