package timelog

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"cadensa/model"
)

// superProductivity is a backup of Super Productivity: an object of tasks, projects and tags by their ids, with archives. A
// task has the milliseconds of each day; one with sub-tasks has their sum, and is left out.
// Source: github.com/super-productivity/super-productivity.
var superProductivity = format{
	name:  "super-productivity",
	about: "a backup of Super Productivity (a JSON object)",
	detect: func(head []byte) bool {
		keys := firstKeys(head)
		return slices.Contains(keys, "crossModelVersion") ||
			slices.Contains(keys, "task") && (slices.Contains(keys, "project") || slices.Contains(keys, "globalConfig"))
	},
	read: readSuperProductivity,
}

// largestBackup bounds what is held of a backup at once, in bytes; years of tasks take a few million.
const largestBackup = 64 << 20

type superBackup struct {
	Data     *superBackup              `json:"data"`
	Task     superTasks                `json:"task"`
	Archive  superTasks                `json:"taskArchive"`
	Young    struct{ Task superTasks } `json:"archiveYoung"`
	Old      struct{ Task superTasks } `json:"archiveOld"`
	Projects struct {
		Entities map[string]struct{ Title string }
	} `json:"project"`
	Tags struct {
		Entities map[string]struct{ Title string }
	} `json:"tag"`
}

type superTasks struct{ Entities map[string]superTask }

type superTask struct {
	Title     string                     `json:"title"`
	ProjectID string                     `json:"projectId"`
	ParentID  string                     `json:"parentId"`
	TagIDs    []string                   `json:"tagIds"`
	SubTasks  []string                   `json:"subTaskIds"`
	Days      map[string]json.RawMessage `json:"timeSpentOnDay"`
}

func readSuperProductivity(ctx context.Context, file openedFile, into *collector) error {
	if file.text.size > largestBackup {
		return ErrTooLarge
	}
	all, err := file.text.whole()
	if err != nil {
		return err
	}
	var backup superBackup
	if err := json.Unmarshal(all, &backup); err != nil {
		return explain(err)
	}
	if backup.Data != nil {
		backup = *backup.Data
	}
	tasks := map[string]superTask{}
	for _, some := range []superTasks{backup.Old.Task, backup.Young.Task, backup.Archive, backup.Task} {
		maps.Copy(tasks, some.Entities)
	}
	for _, id := range slices.Sorted(maps.Keys(tasks)) {
		if err := stopped(ctx); err != nil {
			return err
		}
		backup.addDays(tasks[id], tasks[tasks[id].ParentID], into)
	}
	return nil
}

// addDays hands over what was spent on a task, day by day. A backup has no lines to speak of.
func (b superBackup) addDays(task, parent superTask, into *collector) {
	if len(task.SubTasks) > 0 {
		return
	}
	var tags []string
	for _, id := range append(task.TagIDs, parent.TagIDs...) {
		if tag := b.Tags.Entities[id]; tag.Title != "" {
			tags = append(tags, tag.Title)
		}
	}
	project := task.ProjectID
	if project == "" {
		project = parent.ProjectID
	}
	entry := model.Entry{
		Project:     clean(b.Projects.Entities[project].Title),
		Task:        clean(parent.Title),
		Description: clean(task.Title),
		Tags:        cleanTags(tags),
		Billable:    true,
	}
	for _, day := range slices.Sorted(maps.Keys(task.Days)) {
		start, err := parseMoment(clean(day))
		spent, spentErr := parseSeconds(numeral(task.Days[day]))
		spent.seconds = (spent.seconds + 500) / 1000
		if err == nil {
			err = spentErr
		}
		if err == nil && spent.seconds == 0 {
			continue
		}
		into.add(1, record{entry: entry, start: start, tracked: spent}, err)
	}
}
