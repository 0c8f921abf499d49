package smartbill

import (
	"html"
	"regexp"

	"cadensa/model"
	"cadensa/model/text"
)

// SmartBill's texts carry HTML: a hint after <br/>, details in a hidden <div>, and names in tags (Answers).
var (
	appendix = regexp.MustCompile(`(?is)<br\b.*|<div\s[^>]*moreErrorDetails.*`)
	tag      = regexp.MustCompile(`(?s)</?[A-Za-z][^<>]*>`)
)

// plainText is the sentence without its hint and its tags, with the names that stood in them.
func plainText(value string) string {
	sentence := readable(appendix.ReplaceAllString(value, ""))
	if sentence == "" {
		// Everything was an appendix: better the hint than nothing, since an empty text would mean success.
		sentence = readable(tag.ReplaceAllString(value, " "))
	}
	if sentence == "" {
		sentence = text.Collapse(value)
	}
	return sentence
}

func readable(value string) string {
	return text.Collapse(html.UnescapeString(tag.ReplaceAllString(value, "")))
}

// longestText is how many runes of a foreign text are kept.
const longestText = 400

// excerpt takes secrets out of a foreign text and then shortens it, in this order: a cut through a token would leave
// half of it.
func (c *Client) excerpt(value string) string {
	short, cut := text.Cut(c.redact.Replace(value), longestText)
	if cut {
		return short + "…"
	}
	return short
}

// told is a name from an answer as it may be shown and kept.
func (c *Client) told(name looseText) string { return text.Clean(c.redact.Replace(string(name))) }

// redacted takes secrets out of what SmartBill said of a document.
func (c *Client) redacted(made model.Issued) model.Issued {
	for _, text := range []*string{&made.Series, &made.Number, &made.DocumentID, &made.DocumentURL, &made.ViewURL} {
		*text = c.redact.Replace(*text)
	}
	made.Message = c.excerpt(made.Message)
	return made
}
