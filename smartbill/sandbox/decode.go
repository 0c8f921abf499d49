package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// bodyError is a body that the service rejects before any business rule.
type bodyError struct {
	code    string
	message string
	param   string
	// unrecognized marks a property that the service does not know.
	unrecognized bool
}

func (e *bodyError) Error() string { return e.message }

func unreadable() *bodyError {
	return &bodyError{code: "json_parse_error", message: "Error parsing JSON request input."}
}

func unrecognized(path string) *bodyError {
	return &bodyError{code: "json_mapping_error", message: fmt.Sprintf("Unrecognized property: %s.", path), param: path, unrecognized: true}
}

func unmapped(path string) *bodyError {
	return &bodyError{code: "json_mapping_error", message: fmt.Sprintf("Could not map property: %s.", path), param: path}
}

// decodeStrict maps a JSON object onto a struct by the exact spelling of its tags. It refuses the first unknown property or wrong type
// with its path (products[0].quantity), which encoding/json does not tell.
func decodeStrict(body []byte, into any) error {
	if !utf8.Valid(body) || !json.Valid(body) || !bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{")) {
		return unreadable()
	}
	return mapObject(body, reflect.ValueOf(into).Elem(), "")
}

func mapObject(raw json.RawMessage, object reflect.Value, path string) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if opening, err := decoder.Token(); err != nil || opening != json.Delim('{') {
		return unmapped(path)
	}
	fields := fieldsByName(object)
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return unreadable()
		}
		child := strings.TrimPrefix(fmt.Sprintf("%s.%s", path, key), ".")
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return unreadable()
		}
		field, known := fields[fmt.Sprint(key)]
		if !known {
			return unrecognized(child)
		}
		if err := mapValue(value, field, child); err != nil {
			return err
		}
	}
	return nil
}

func fieldsByName(object reflect.Value) map[string]reflect.Value {
	fields := map[string]reflect.Value{}
	for i := range object.NumField() {
		definition := object.Type().Field(i)
		if definition.Anonymous {
			maps.Copy(fields, fieldsByName(object.Field(i)))
			continue
		}
		fields[definition.Tag.Get("json")] = object.Field(i)
	}
	return fields
}

func mapValue(raw json.RawMessage, target reflect.Value, path string) error {
	_, isLeaf := reflect.TypeAssert[json.Unmarshaler](target.Addr())
	switch kind := target.Kind(); {
	case kind == reflect.Struct && !isLeaf:
		return mapObject(raw, target, path)
	case kind == reflect.Slice && !isLeaf:
		return mapList(raw, target, path)
	case kind == reflect.Pointer && !isNull(raw):
		target.Set(reflect.New(target.Type().Elem()))
		return mapValue(raw, target.Elem(), path)
	}
	if err := json.Unmarshal(raw, target.Addr().Interface()); err != nil {
		return unmapped(path)
	}
	return nil
}

func mapList(raw json.RawMessage, target reflect.Value, path string) error {
	if target.Type() == reflect.TypeFor[invoiceReferences]() && bytes.HasPrefix(raw, []byte("{")) {
		target.Set(reflect.MakeSlice(target.Type(), 1, 1))
		return mapValue(raw, target.Index(0), path)
	}
	var elements []json.RawMessage
	if err := json.Unmarshal(raw, &elements); err != nil {
		return unmapped(path)
	}
	list := reflect.MakeSlice(target.Type(), len(elements), len(elements))
	for i, element := range elements {
		if err := mapValue(element, list.Index(i), fmt.Sprintf("%s[%d]", path, i)); err != nil {
			return err
		}
	}
	target.Set(list)
	return nil
}

func isNull(raw json.RawMessage) bool {
	return string(raw) == "null"
}

// flag is a boolean that may also be written 1 or 0.
type flag bool

// UnmarshalJSON reads true, false, 1, 0 and null, which stands for false.
func (f *flag) UnmarshalJSON(raw []byte) error {
	switch string(raw) {
	case "true", "1":
		*f = true
	case "false", "0", "null":
		*f = false
	default:
		return fmt.Errorf("%s is no boolean", raw)
	}
	return nil
}

// number is a bare JSON number; "21%" and "21" are refused.
type number struct{ decimal.Decimal }

// Numbers beyond these have no place on an invoice, and 1e999999999 would fill the memory.
const (
	longestNumber   = 40
	largestExponent = 30
)

// UnmarshalJSON reads a number of reasonable size.
func (n *number) UnmarshalJSON(raw []byte) error {
	if len(raw) > longestNumber || bytes.HasPrefix(raw, []byte(`"`)) || isNull(raw) {
		return fmt.Errorf("%s is no number", raw)
	}
	value, err := decimal.NewFromString(string(raw))
	if err != nil {
		return fmt.Errorf("read number: %w", err)
	}
	if value.Exponent() > largestExponent || value.Exponent() < -largestExponent {
		return fmt.Errorf("%s is out of range", raw)
	}
	n.Decimal = value
	return nil
}

// day is a date whose wrong form is refused as a wrong type.
type day string

// UnmarshalJSON reads yyyy-MM-dd; null and the empty text stand for no date.
func (d *day) UnmarshalJSON(raw []byte) error {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return fmt.Errorf("read date: %w", err)
	}
	if text != "" && !isDate(text) {
		return fmt.Errorf("%q is no date", text)
	}
	*d = day(text)
	return nil
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// identity is a company's CIF in a body, where a missing one and an explicit null are answered differently.
type identity struct {
	Value string
	Null  bool
}

// UnmarshalJSON reads a text or null.
func (i *identity) UnmarshalJSON(raw []byte) error {
	i.Null = isNull(raw)
	if err := json.Unmarshal(raw, &i.Value); err != nil {
		return fmt.Errorf("read CIF: %w", err)
	}
	return nil
}
