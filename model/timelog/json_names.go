package timelog

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// jsonName is who or what an API means by a value: its name, an object that has one, or an id.
type jsonName struct {
	text string
	// unnamed is true where the file has an id instead.
	unnamed bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *jsonName) UnmarshalJSON(data []byte) error {
	switch {
	case bytes.Equal(data, []byte("null")):
		*n = jsonName{}
		return nil
	case data[0] == '"':
		return json.Unmarshal(data, &n.text)
	case data[0] != '{':
		n.unnamed = true
		return nil
	}
	var object struct {
		Name        string          `json:"name"`
		DisplayName string          `json:"displayName"`
		Title       string          `json:"title"`
		Alias       string          `json:"alias"`
		Username    string          `json:"username"`
		Key         string          `json:"key"`
		ID          json.RawMessage `json:"id"`
	}
	if err := json.Unmarshal(data, &object); err != nil {
		return err
	}
	n.text = cmp.Or(object.Alias, object.Name, object.DisplayName, object.Title, object.Username, object.Key)
	n.unnamed = n.text == "" && len(object.ID) > 0
	return nil
}

// jsonTags are a list of names, or one text with commas.
type jsonTags []string

// UnmarshalJSON implements json.Unmarshaler.
func (t *jsonTags) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		var text string
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
		*t = strings.FieldsFunc(text, func(letter rune) bool { return letter == ',' || letter == ';' })
		return nil
	}
	var names []jsonName
	if err := json.Unmarshal(data, &names); err != nil {
		return &json.UnmarshalTypeError{Field: "tags", Value: string(data[:1])}
	}
	*t = nil
	for _, name := range names {
		if name.text != "" {
			*t = append(*t, name.text)
		}
	}
	return nil
}

// nameless collects the fields in which a file has ids and no names.
type nameless []string

// note adds a field that is an id, and has no name beside it.
func (n *nameless) note(field string, isID bool, name string) {
	if isID && name == "" && !slices.Contains(*n, field) {
		*n = append(*n, field)
	}
}

// tell says which fields name nobody.
func (n *nameless) tell(into *collector) {
	if len(*n) > 0 {
		into.remark("it has ids without names: " + strings.Join(*n, ", "))
	}
}

// isSet reports whether JSON has a value that is neither null nor empty.
func isSet(raw json.RawMessage) bool { return numeral(raw) != "" }
