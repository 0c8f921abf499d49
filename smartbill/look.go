package smartbill

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"cadensa/model"
	"cadensa/model/text"
)

// Look makes a reading call for the client's company and gives its answer as it came, a refusal too. It fails with model.ErrNotSent or
// model.ErrUnavailable without an answer, and with model.ErrRateLimited when that was the lock-out.
func (c *Client) Look(ctx context.Context, path string, query url.Values) (model.Reading, error) {
	const operation = "look at the account"
	asked := url.Values{"cif": {c.cif}}
	maps.Copy(asked, query)
	var answer reply
	call := reading(operation, path, asked)
	call.accept, call.limit = acceptFor(path), maxPDF
	err := c.repeat(ctx, call, func(given reply) error {
		answer = given
		return nil
	})
	if err != nil {
		return model.Reading{}, c.conclude(ctx, err)
	}
	var head envelope
	_ = decodeJSON(answer.body, &head) // What is no envelope has no word of failure.
	if isLockout(answer.status, head.errorText()) {
		return model.Reading{}, c.conclude(ctx, &Error{Operation: operation, Status: answer.status, Message: head.errorText(), limited: true})
	}
	body := answer.body
	if !bytes.HasPrefix(body, pdfMark) {
		body = []byte(c.redact.Replace(string(body)))
	}
	return model.Reading{
		Path: path, Parameters: slices.Sorted(maps.Keys(asked)), Status: answer.status, ContentType: mediaType(answer.contentType),
		Body: body, Form: formOf(body), ErrorText: c.excerpt(head.errorText()),
	}, nil
}

// acceptFor is what the client's other calls accept: JSON would label a PDF as JSON.
func acceptFor(path string) string {
	if strings.HasSuffix(path, "/pdf") {
		return typeBinary
	}
	return typeJSON
}

func mediaType(contentType string) string {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return text.Collapse(contentType)
	}
	return kind
}

func formOf(body []byte) string {
	trimmed := bytes.TrimSpace(bytes.TrimPrefix(body, []byte(byteOrderMark)))
	var value any
	switch {
	case len(trimmed) == 0:
		return "empty"
	case bytes.HasPrefix(trimmed, pdfMark):
		return "PDF"
	case json.Unmarshal(trimmed, &value) == nil:
		return shape(value, 0)
	case trimmed[0] == '<':
		return "HTML"
	}
	return "text"
}

// The bounds of what is told of a shape.
const (
	deepestShape = 4
	longestKey   = 40
	mostKeys     = 40
)

// shape writes JSON with the sort of each value in its place. Of a list it tells the first part and how many there are.
func shape(value any, depth int) string {
	switch value := value.(type) {
	case map[string]any:
		if depth == deepestShape {
			return "{…}"
		}
		var members []string
		for _, key := range slices.Sorted(maps.Keys(value))[:min(len(value), mostKeys)] {
			members = append(members, shapeOfKey(key)+": "+shape(value[key], depth+1))
		}
		return "{" + strings.Join(members, ", ") + "}"
	case []any:
		if len(value) == 0 {
			return "[]"
		}
		return fmt.Sprintf("%d × %s", len(value), shape(value[0], depth+1))
	case string:
		if value == "" {
			return `""`
		}
		return "text"
	case float64:
		return "number"
	case bool:
		return "boolean"
	}
	return "null"
}

// shapeOfKey is a key that may be shown: a key that is no word of the API might be somebody's name.
func shapeOfKey(key string) string {
	isLetter := func(r rune) bool { return r < unicode.MaxASCII && unicode.IsLetter(r) }
	if len(key) > longestKey || strings.TrimFunc(key, isLetter) != "" {
		return "…"
	}
	return key
}
