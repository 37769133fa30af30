package slack

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Slack's markup of what isn't plain text: <@U…|name>, <#C…|name>, <!channel>, <!date^…|then>, <http://…|words>
// (https://docs.slack.dev/messaging/formatting-message-text).
//
//nolint:gochecknoglobals // compiled once and never changed
var (
	tags  = regexp.MustCompile(`<([^<>]*)>`)
	signs = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
)

// plain returns what a person reads in a text of Slack's: names for mentions, words for links, signs for entities. Mentions of the
// bot, whose user is given, are left out.
func plain(text, bot string) string {
	text = tags.ReplaceAllStringFunc(text, func(tag string) string {
		target, words, named := strings.Cut(tag[1:len(tag)-1], "|")
		switch {
		case bot != "" && target == "@"+bot:
			return " "
		case named && strings.HasPrefix(target, "@"), named && strings.HasPrefix(target, "#"):
			return target[:1] + words
		case named:
			return words
		case strings.HasPrefix(target, "!"):
			name, _, _ := strings.Cut(target[1:], "^")
			return "@" + name
		}
		return target
	})
	return strings.TrimSpace(signs.Replace(text))
}

// spelled returns a text of Slack's as it was typed: as plain, and of a link that has words of its own beside the words where it leads.
func spelled(text string) string {
	text = tags.ReplaceAllStringFunc(text, func(tag string) string {
		target, words, named := strings.Cut(tag[1:len(tag)-1], "|")
		if !named || !strings.HasPrefix(target, "http") || strings.HasSuffix(target, words) {
			return tag
		}
		return words + " " + target
	})
	return plain(text, "")
}

// content is what can be read of a message.
type content struct {
	Text        string          `json:"text"`
	Blocks      json.RawMessage `json:"blocks"`
	Attachments []attachment    `json:"attachments"`
	Files       []struct {
		Title string `json:"title"`
	} `json:"files"`
}

type attachment struct {
	Title    string `json:"title"`
	Text     string `json:"text"`
	Fallback string `json:"fallback"`
	Fields   []struct {
		Title string `json:"title"`
		Value string `json:"value"`
	} `json:"fields"`
	Blocks json.RawMessage `json:"blocks"`
}

// read returns what is to be read in a message: its text, else what its blocks say; what its attachments say; its files' titles.
func (m *content) read() string {
	lines := []string{plain(m.Text, "")}
	if lines[0] == "" {
		lines = wordsOf(m.Blocks)
	}
	for _, a := range m.Attachments {
		said := []string{plain(a.Title, ""), plain(a.Text, "")}
		for _, f := range a.Fields {
			said = append(said, plain(f.Title, ""), plain(f.Value, ""))
		}
		if said = append(said, wordsOf(a.Blocks)...); strings.Join(said, "") == "" {
			said = []string{plain(a.Fallback, "")}
		}
		lines = append(lines, said...)
	}
	for _, f := range m.Files {
		lines = append(lines, strings.TrimSpace(f.Title))
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), "\n")
}

// element is a block, or a part of one, of any kind: which there are grows, and what they say stands in the same few places.
type element struct {
	Type     string          `json:"type"`
	Text     json.RawMessage `json:"text"` // a string, or an object with one
	Fields   []element       `json:"fields"`
	Elements []element       `json:"elements"`
}

// deepest is how deep blocks are read: Slack's are a list in a quotation at most.
const deepest = 8

// wordsOf returns what blocks say, a line for each.
func wordsOf(blocks json.RawMessage) []string {
	var all []element
	if len(blocks) == 0 || json.Unmarshal(blocks, &all) != nil {
		return nil
	}
	var out []string
	for _, b := range all {
		if b.Type == "actions" || b.Type == "input" {
			continue
		}
		out = append(out, strings.TrimSpace(b.words(deepest)))
	}
	return slices.DeleteFunc(out, func(l string) bool { return l == "" })
}

func (e *element) words(depth int) string {
	if depth == 0 {
		return ""
	}
	var b strings.Builder
	var text string
	var object struct {
		Text string `json:"text"`
	}
	switch {
	case json.Unmarshal(e.Text, &text) == nil:
	case json.Unmarshal(e.Text, &object) == nil:
		text = object.Text
	}
	if e.Type == "text" || e.Type == "link" { // of rich text, in which nothing is marked up
		b.WriteString(text)
	} else {
		b.WriteString(plain(text, ""))
	}
	apart := ""
	if e.Type != "rich_text_section" && e.Type != "rich_text_quote" && e.Type != "rich_text_preformatted" {
		apart = "\n"
	}
	for _, inner := range slices.Concat(e.Fields, e.Elements) {
		if words := inner.words(depth - 1); words != "" {
			if b.Len() > 0 {
				b.WriteString(apart)
			}
			b.WriteString(words)
		}
	}
	return b.String()
}
