package timelog

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// klogDocument is what `klog json` prints. Records are null when klog has found a mistake in its file.
type klogDocument struct {
	Records []json.RawMessage `json:"records"`
	Errors  []struct {
		Line  int    `json:"line"`
		Title string `json:"title"`
	} `json:"errors"`
}

type klogRecord struct {
	Date    string `json:"date"`
	Summary string `json:"summary"`
	Entries []struct {
		Type    string `json:"type"`
		Summary string `json:"summary"`
		Total   *int64 `json:"total_mins"`
		Start   *int64 `json:"start_mins"`
		End     *int64 `json:"end_mins"`
	} `json:"entries"`
}

func readKlogJSON(ctx context.Context, from value, into *collector) error {
	text, err := from.whole()
	if err != nil {
		return err
	}
	var document klogDocument
	if err := json.Unmarshal(text, &document); err != nil {
		return explain(err)
	}
	if len(document.Errors) > 0 {
		first := document.Errors[0]
		return fmt.Errorf("klog could not read its file: line %d: %s", first.Line, first.Title)
	}
	offset := 0
	for _, raw := range document.Records {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped: %w", err)
		}
		offset += max(0, bytes.Index(text[offset:], raw))
		into.addKlogRecord(1+bytes.Count(text[:offset], []byte("\n")), raw)
		offset += len(raw)
	}
	return nil
}

// addKlogRecord adds the entries of a record; all bear the line on which it begins.
func (c *collector) addKlogRecord(line int, raw json.RawMessage) {
	var record klogRecord
	if err := json.Unmarshal(raw, &record); err != nil {
		c.reject(line, explain(err))
		return
	}
	day, err := parseDay(clean(record.Date), orderByContent)
	if err != nil {
		c.reject(line, err)
		return
	}
	for _, entry := range record.Entries {
		row := klogRow{
			day: day, recordSummary: record.Summary, summary: entry.Summary,
			start: minutes(entry.Start), end: minutes(entry.End),
		}
		if length := minutes(entry.Total); length != nil {
			row.length = *length
		}
		if entry.Type == "range" && (row.start == nil || row.end == nil) {
			c.reject(line, errors.New("its range has no start_mins or no end_mins"))
			continue
		}
		c.addOrReject(line, row.draft)
	}
}

// minutes converts a count of minutes, as far as an entry can reach.
func minutes(count *int64) *time.Duration {
	const most = maxSeconds / 30
	if count == nil {
		return nil
	}
	converted := time.Duration(max(-most, min(*count, most))) * time.Minute
	return &converted
}
