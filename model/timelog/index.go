package timelog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"cadensa/model"
)

// Index remembers what files held, so that those which did not change need not be read again. It is asked under names
// that tell nothing: what a source's path or command says does not get into it.
type Index interface {
	// Now is the time that files' stamps are compared with.
	Now() time.Time
	// Files lists what the source held when it was read last.
	Files(ctx context.Context, source string) ([]model.TrackedFile, error)
	// Content gives what bytes of that name hold; false when that is not known.
	Content(ctx context.Context, name string) (model.TrackedContent, bool, error)
	// Keep notes what the source holds now, with the contents that were read, by name.
	Keep(ctx context.Context, source string, files []model.TrackedFile, fresh map[string]model.TrackedContent) error
}

const (
	// readerVersion changes whenever a reader makes something else of the same bytes.
	readerVersion = 7
	// settling is how long after a change a file's time may still be that of another change: file systems tell times to
	// two seconds (FAT) and better.
	settling = 3 * time.Second
	// renewal is how often a source that does not change is noted all the same, so that it is not forgotten.
	renewal = 24 * time.Hour
)

// Indexed gives what the sources held when they were read last, without touching them; nothing of a source that was
// never read.
func (r Reader) Indexed(ctx context.Context, sources []Source) Result {
	var found []sourceFile
	var unread []model.UnreadSource
	for number, source := range sources {
		files := r.memory().files(ctx, source)
		for _, file := range files {
			found = append(found, sourceFile{file: file, source: source, number: number})
		}
		if len(files) == 0 {
			unread = append(unread, source.unread())
		}
	}
	result, _ := r.join(ctx, found)
	result.Unread, result.Failures = unread, make([]error, len(sources))
	return result
}

// unchanged finds the content of a file that is still as it is known: of the same size and time. A time so near to the
// look at the file that it might have changed again proves nothing. A content that holds until a time holds no longer.
func unchanged(file model.TrackedFile, known []model.TrackedFile, now time.Time) (content string, same bool) {
	for _, other := range known {
		if other.Name == file.Name && other.Size == file.Size && other.Modified.Equal(file.Modified) {
			_, until, bounded := strings.Cut(other.Content, untilMark)
			return other.Content, other.Seen.Sub(other.Modified) > settling && (!bounded || until == now.Format(time.RFC3339))
		}
	}
	return "", false
}

// quarter is the last quarter of an hour, zero without a clock. What is over grows from one to the next.
func (r Reader) quarter() time.Time {
	if r.Now == nil {
		return time.Time{}
	}
	return r.Now().UTC().Truncate(quarterHour)
}

const (
	quarterHour = 15 * time.Minute
	// untilMark stands in the name of a content before the time up to which it was read.
	untilMark = "@"
)

// memory is an index that never fails: what it cannot tell is read from the file, and what it cannot keep is read again
// the next time. It costs its user time and no hour.
type memory struct{ index Index }

func (r Reader) memory() memory { return memory{r.Index} }

func (m memory) now() time.Time {
	if m.index == nil {
		return time.Time{}
	}
	return m.index.Now()
}

func (m memory) files(ctx context.Context, source Source) []model.TrackedFile {
	if m.index == nil {
		return nil
	}
	files, err := m.index.Files(ctx, source.indexName())
	if err != nil {
		return nil
	}
	return files
}

// note keeps what a source holds now, unless that was noted lately or the reading was given up.
func (m memory) note(ctx context.Context, source Source, known []model.TrackedFile, read []sourceFile) {
	if m.index == nil || ctx.Err() != nil {
		return
	}
	files := make([]model.TrackedFile, len(read))
	fresh := map[string]model.TrackedContent{}
	for i, one := range read {
		files[i] = one.file
		if one.parsed {
			fresh[one.file.Content] = one.content
		}
	}
	same := slices.EqualFunc(known, files, func(known, now model.TrackedFile) bool {
		noted := known.Seen.Sub(known.Modified) > settling && now.Seen.Sub(known.Seen) < renewal
		known.Seen, known.Modified, now.Modified = now.Seen, known.Modified.UTC(), now.Modified.UTC()
		return noted && known == now
	})
	if !same {
		_ = m.index.Keep(ctx, source.indexName(), files, fresh)
	}
}

func (m memory) content(ctx context.Context, name string) (model.TrackedContent, bool) {
	if m.index == nil || name == "" {
		return model.TrackedContent{}, false
	}
	content, known, err := m.index.Content(ctx, name)
	return content, known && err == nil
}

// sum takes a file's bytes, to name them.
func (m memory) sum() contentSum {
	if m.index == nil {
		return contentSum{Writer: io.Discard}
	}
	sum := sha256.New()
	return contentSum{Writer: sum, hash: sum}
}

// contentSum adds up bytes that are written to it.
type contentSum struct {
	io.Writer
	hash hash.Hash
}

// name is that of the bytes with everything that their reading depends on, the time included unless it is zero; "" without an
// index.
func (s contentSum) name(source Source, now time.Time) string {
	if s.hash == nil {
		return ""
	}
	s.hash.Write(source.reading())
	name := hex.EncodeToString(s.hash.Sum(nil))
	if now.IsZero() {
		return name
	}
	return name + untilMark + now.Format(time.RFC3339)
}

func (s Source) indexName() string {
	sum := sha256.Sum256(fmt.Appendf(s.reading(), "%q %q", s.Path, s.Command))
	return hex.EncodeToString(sum[:])
}

// reading is all that decides what bytes are read as.
func (s Source) reading() []byte {
	all := fmt.Appendf(nil, "%d %q %q %#v %#v %q %q %q %q", readerVersion, s.Format, s.Encoding, s.ClientTags, s.ProjectTags, s.DateOrder,
		s.Billable, s.Rates, s.Currency)
	for _, name := range slices.Sorted(maps.Keys(s.Columns)) {
		all = fmt.Appendf(all, " %q=%q", name, s.Columns[name])
	}
	all = fmt.Appendf(all, " %q", s.IgnoredColumns)
	// The name of a zone does not tell its clock: the computer's is always "Local", and rules change.
	for year := firstProbed; year < firstProbed+probedYears; year++ {
		for month := time.January; month <= time.December; month++ {
			_, offset := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).In(s.location()).Zone()
			all = fmt.Appendf(all, " %d", offset)
		}
	}
	return append(all, '\n')
}

// The years in which a zone's clock is looked at.
const firstProbed, probedYears = 2000, 50
