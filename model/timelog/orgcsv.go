package timelog

import (
	"context"
	"strings"
)

// orgCSVTitles are those of org-clock-csv without its last three, which users leave out.
var orgCSVTitles = []string{"task", "parents", "category", "start", "end"}

func readOrgCSV(ctx context.Context, content content, into *collector) error {
	opened, err := openSheet(content.text, nil)
	if err != nil {
		return err
	}
	return readSheet(ctx, opened, into, func(row row) (draft, error) {
		start, startErr := parseMoment(row.cell(columnStart))
		end, endErr := parseMoment(row.cell(columnEnd))
		if err := firstError(startErr, endErr); err != nil {
			return draft{}, err
		}
		var titles []string
		for parent := range strings.SplitSeq(orgTitle(row.titled("parents")), "/") {
			if parent = clean(parent); parent != "" {
				titles = append(titles, parent)
			}
		}
		titles = append(titles, orgTitle(row.cell(columnTask)))
		entry := orgEntry(titles, row.titled("category"), splitTags(row.cell(columnTags), ":"))
		return draft{entry: entry, start: start, end: end}, nil
	})
}
