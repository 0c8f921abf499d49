package registry

import (
	"maps"
	"sync"
	"time"
)

// recent remembers answers for a day, in memory only.
type recent[V any] struct {
	now  func() time.Time
	mu   sync.Mutex
	kept map[string]remembered[V]
}

type remembered[V any] struct {
	value V
	since time.Time
}

func newRecent[V any](now func() time.Time) *recent[V] {
	return &recent[V]{now: now, kept: map[string]remembered[V]{}}
}

func (r *recent[V]) get(key string) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forget()
	answer, found := r.kept[key]
	return answer.value, found
}

func (r *recent[V]) keep(key string, value V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept[key] = remembered[V]{value: value, since: r.now()}
}

// forget drops what is older than a day, or of a time to come if the clock was set back.
func (r *recent[V]) forget() {
	now := r.now()
	maps.DeleteFunc(r.kept, func(_ string, answer remembered[V]) bool {
		age := now.Sub(answer.since)
		return age < 0 || age >= remembering
	})
}
