package timelog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// jsonList says where a list of objects stands in JSON text: under these keys, from the outermost in; without keys, the text
// is the list.
type jsonList []string

// jsonObject is an object's values by key.
type jsonObject map[string]json.RawMessage

// have reports whether each key is in one of the objects: not every object has a value for all.
func have(objects []jsonObject, keys ...string) bool {
	return !slices.ContainsFunc(keys, func(key string) bool {
		return !slices.ContainsFunc(objects, func(object jsonObject) bool { _, has := object[key]; return has })
	})
}

// haveOne is have for any one of the keys.
func haveOne(objects []jsonObject, keys ...string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return have(objects, key) })
}

// judgedObjects is how many objects of a list show its format.
const judgedObjects = 5

// firstObjects are the first objects of the list at the head of a file, none where there is no such list.
func (l jsonList) firstObjects(head []byte) []jsonObject {
	if len(head) == 0 || isJSONArray(head) != (len(l) == 0) {
		return nil
	}
	found := &elements{values: values{text: textOf(head)}}
	found.moveTo(0, 1)
	if found.enter(l) != nil {
		return nil
	}
	var objects []jsonObject
	for found.values.next(); len(objects) < judgedObjects && found.next(); {
		var object jsonObject
		if found.decode(&object) == nil && object != nil {
			objects = append(objects, object)
		}
	}
	return objects
}

// readIn reads the list, as readList does. The objects around it may hold anything else, and may be several, one behind the
// other: an API gives long lists in pages.
func readIn[T any](ctx context.Context, text fileText, list jsonList, into *collector, parse func(T) (record, error)) error {
	return readParts(ctx, text, list, into, parseOne(parse))
}

// readParts is readIn for elements that hold several records.
func readParts[T any](ctx context.Context, text fileText, list jsonList, into *collector, parse func(T, func(record, error))) error {
	walked := &elements{values: values{text: text}}
	walked.moveTo(0, 1)
	kind := "object"
	if len(list) == 0 {
		kind = "array"
	}
	for page := 1; ; page++ {
		if page > 1 {
			if first, more := walked.skip(jsonSpace); !more || first != '{' && first != '[' {
				break
			}
		}
		wrong := walked.enter(list)
		if wrong != nil && page == 1 {
			return wrong
		}
		if wrong == nil {
			if err := readElements(ctx, walked, into, parse); err != nil {
				return err
			}
			wrong = walked.ending
		}
		if wrong == nil {
			wrong = walked.leave(list)
		}
		if wrong != nil && walked.failure == nil {
			into.reject(walked.line, wrong)
		}
		if wrong != nil || walked.failure != nil {
			return walked.failure
		}
	}
	if wrong := walked.nothingFollows(kind); wrong != nil {
		into.reject(walked.line, wrong)
	}
	if walked.announced > int64(walked.count) {
		into.remark(fmt.Sprintf("it holds %d of %d entries: the other pages are missing", walked.count, walked.announced))
	}
	return walked.failure
}

// enter goes to the array of the list, which begins here.
func (v *values) enter(list jsonList) error {
	for _, key := range list {
		if first, _ := v.skip(jsonSpace); first != '{' {
			return errNotObject
		}
		v.next()
		if err := v.find(key); err != nil {
			return err
		}
	}
	if first, _ := v.skip(jsonSpace); first != '[' {
		return errNotArray
	}
	return nil
}

var errNotObject = errors.New("it is not a JSON object")

// find goes on in an object to the value of the key.
func (v *values) find(key string) error {
	for {
		name, end, err := v.key()
		switch {
		case err != nil:
			return err
		case end:
			return fmt.Errorf("it has no %s", quoted(key))
		case name == key:
			return nil
		}
		v.passOver(name)
	}
}

// leave goes to the end of the objects around the list.
func (v *values) leave(list jsonList) error {
	for range list {
		for {
			name, end, err := v.key()
			if err != nil {
				return err
			}
			if end {
				break
			}
			v.passOver(name)
		}
	}
	return nil
}

// key reads the next key of an object, up to its value; end is true behind the last.
func (v *values) key() (name string, end bool, err error) {
	if end, err := v.atEnd("object", '}'); end || err != nil {
		return "", true, err
	}
	v.take()
	if err := v.decode(&name); err != nil {
		return "", false, fmt.Errorf("a key of the object is no text: %w", explain(err))
	}
	if next, _ := v.skip(jsonSpace); next != ':' {
		return "", false, fmt.Errorf("the key %s has no value", quoted(name))
	}
	v.next()
	v.skip(jsonSpace)
	return name, false, nil
}

// announcements are the keys under which APIs say how many entries all pages have.
var announcements = []string{"total", "total_count", "total_entries"}

// passOver reads a value of any length and keeps nothing of it but how many entries it announces.
func (v *values) passOver(name string) {
	var scan scanner
	v.value = v.value[:0]
	for !scan.isScalar() || !v.isBefore(jsonSpace+",:{}[]\"") {
		letter, ok := v.next()
		if !ok || scan.ends(letter) {
			break
		}
		if len(v.value) < len("9223372036854775807") {
			v.value = append(v.value, letter)
		}
	}
	if slices.Contains(announcements, name) {
		var count int64
		if json.Unmarshal(v.value, &count) == nil {
			v.announced = max(v.announced, count)
		}
	}
}

// firstKeys are the keys of the object that the head of a file begins, none where it is no object.
func firstKeys(head []byte) []string {
	read := &values{text: textOf(head)}
	read.moveTo(0, 1)
	if first, _ := read.skip(jsonSpace); first != '{' {
		return nil
	}
	var keys []string
	for read.next(); ; read.passOver("") {
		name, end, err := read.key()
		if end || err != nil {
			return keys
		}
		keys = append(keys, name)
	}
}
