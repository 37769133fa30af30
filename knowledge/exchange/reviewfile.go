package exchange

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// readReviews reads what a JSON-LD document holds under @graph, the entries of a list, or the one review that
// the document is.
func readReviews(data []byte, take func(item) bool) *fault {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil
	}
	if f := checkJSON(data, 1); f != nil {
		return f
	}
	d := &document{data: data, dec: json.NewDecoder(bytes.NewReader(data)), line: 1, take: take}
	switch first := bytes.TrimSpace(data)[0]; first {
	case '[':
		d.entries()
	case '{':
		d.graph()
	default:
		return faultAt(1, "must be a ClaimReview, a list of them, or a document with a list under @graph")
	}
	return nil
}

// document walks through JSON that is known to be such.
type document struct {
	data []byte
	dec  *json.Decoder
	line int // of the byte seen
	seen int
	take func(item) bool
}

// entries hands on what a list holds; false where whoever takes it has enough.
func (d *document) entries() bool {
	_, _ = d.dec.Token() // the list begins
	for d.dec.More() {
		if raw, line := d.next(); !d.hand(raw, line) {
			return false
		}
	}
	_, _ = d.dec.Token()
	return true
}

// graph hands on what a document has under @graph, itself if it has no such field.
func (d *document) graph() {
	_, _ = d.dec.Token()
	found := false
	for d.dec.More() {
		name, _ := d.dec.Token()
		if name != "@graph" {
			d.next()
			continue
		}
		found = true
		if d.opensList() {
			if !d.entries() {
				return
			}
		} else if raw, line := d.next(); !d.hand(raw, line) {
			return
		}
	}
	if !found {
		whole := bytes.TrimSpace(d.data)
		d.hand(whole, 1+bytes.Count(d.data[:bytes.IndexByte(d.data, '{')], []byte("\n")))
	}
}

// opensList reports whether the next value is a list.
func (d *document) opensList() bool {
	rest := bytes.TrimLeft(d.data[d.dec.InputOffset():], ": \t\r\n")
	return len(rest) > 0 && rest[0] == '['
}

// next returns the next value, and the line on which it begins.
func (d *document) next() (raw json.RawMessage, line int) {
	if err := d.dec.Decode(&raw); err != nil {
		return nil, d.line // no value is left: the document was checked
	}
	start := int(d.dec.InputOffset()) - len(raw)
	d.line += bytes.Count(d.data[d.seen:start], []byte("\n"))
	d.seen = start
	return raw, d.line
}

// hand hands on a review. What else a document describes (an article, a publisher) is passed over.
func (d *document) hand(raw []byte, line int) bool {
	if !reviews(raw) {
		return true
	}
	return d.take(item{line, func(l *lexicon.Lexicon) (*node, *fault) { return parseReview(raw, line, l) }})
}

// reviews reports whether an entry is a review, or doesn't say what it is.
func reviews(raw []byte) bool {
	var typed struct {
		Type json.RawMessage `json:"@type"`
	}
	if err := json.Unmarshal(raw, &typed); err != nil || len(typed.Type) == 0 {
		return true
	}
	return bytes.Contains(typed.Type, []byte("ClaimReview"))
}

func parseReview(raw []byte, line int, l *lexicon.Lexicon) (*node, *fault) {
	n, f := parseJSON(raw, line)
	if f != nil || n.kind != object {
		return n, f
	}
	for _, name := range []string{extension, vocabulary + "claim"} {
		if claim := n.field(name); claim != nil {
			return claim, nil
		}
	}
	return fromReview(n, l), nil
}

// The vocabulary in which a review of ours carries the whole claim.
const (
	vocabulary = "https://github.com/whosays/whosays/claim#"
	prefix     = "whosays"
	extension  = prefix + ":claim"
)

// The frame of what is written; the context says that the claim is JSON, whose fields
// aren't those of schema.org.
const (
	graphBegins = `{"@context": ["https://schema.org", {"` + prefix + `": "` + vocabulary + `", "` + extension + `": {"@id": "` + vocabulary + `claim", "@type": "@json"}}],` + "\n" + `"@graph": [`
	graphEnds   = "\n]}\n"
)

func writeFrame(w io.Writer, part string) error {
	_, err := io.WriteString(w, part)
	return unwritten(err)
}
