package timelog_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"cadensa/model/timelog"
)

func BenchmarkRead(b *testing.B) {
	writers := map[string]func(rows int) string{"timewarrior": manyIntervals, "clockify": manyRows}
	for format, write := range writers {
		for _, rows := range []int{10_000, 100_000} {
			b.Run(fmt.Sprintf("%s/%d", format, rows), func(b *testing.B) {
				data := []byte(write(rows))
				reader := timelog.Reader{Run: func(context.Context, []string) ([]byte, error) { return data, nil }}
				source := timelog.Source{Command: []string{"tracker"}, Location: bucharest(b)}
				b.SetBytes(int64(len(data)))
				b.ReportAllocs()
				for b.Loop() {
					result, err := reader.Read(b.Context(), source)
					if err != nil || len(result.Entries) != rows {
						b.Fatalf("read %d entries: %v", len(result.Entries), err)
					}
				}
			})
		}
	}
}

// startOf spreads rows over years, a quarter of an hour apart.
func startOf(row int) time.Time {
	return time.Date(2024, 1, 1, 0, row*15, 0, 0, time.UTC)
}

func manyRows(rows int) string {
	var text strings.Builder
	text.WriteString("Project,Client,Description,Task,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,Duration (h),Billable Rate (EUR)\n")
	for row := range rows {
		start := startOf(row)
		end := start.Add(10 * time.Minute)
		fmt.Fprintf(&text, "Atlas,Morii SRL,\"Paginare și filtre, partea %d\",api,Ilinca Vardar,,,\"deep, backend\",Yes,%s,%s,%s,%s,00:10:00,60.00\n", row,
			start.Format("02/01/2006"), start.Format(time.TimeOnly), end.Format("02/01/2006"), end.Format(time.TimeOnly))
	}
	return text.String()
}

func manyIntervals(rows int) string {
	const layout = "20060102T150405Z"
	intervals := make([]string, rows)
	for row := range rows {
		start := startOf(row)
		intervals[row] = fmt.Sprintf(`{"id":%d,"start":"%s","end":"%s","tags":["Atlas","client:Morii SRL"],"annotation":"part %d"}`,
			rows-row, start.Format(layout), start.Add(10*time.Minute).Format(layout), row)
	}
	return "[\n" + strings.Join(intervals, ",\n") + "\n]\n"
}
