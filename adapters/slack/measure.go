package slack

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/prose"
)

// The limits of Slack on one message or view, in characters as they are sent (https://docs.slack.dev/reference/block-kit).
const (
	maxBlocks      = 50
	maxHomeBlocks  = 100
	maxSection     = 3000
	maxContext     = 2000 // of one element
	maxHeader      = 150
	maxButton      = 75
	maxOption      = 75  // of an option's text and description, each
	maxOptionValue = 150 // a claim's id has at most 100
	maxOptions     = 100
	maxPlaceholder = 150
	maxValue       = 2000
	maxID          = 255 // of blocks, actions and callbacks
	maxText        = 4000
	maxModalTitle  = 24   // and of the words on its buttons
	maxInput       = 3000 // of what is typed into a field
	maxInputLabel  = 2000

	// maxWeight is how long the JSON of a message's blocks may be, in bytes. Slack refuses longer ones as msg_blocks_too_long
	// and documents no figure: 12,000 characters of text "with a buffer for block containers", of which 13,200 were seen to
	// be too many, and 11,341 beside many containers (slackapi/bolt-js#2509, #2867). Counting bytes is on the safe side.
	maxWeight = 12000
)

// weight returns how many bytes a block takes of maxWeight.
func weight(blocks ...slack.Block) int {
	n := 0
	for _, b := range blocks {
		data, err := json.Marshal(b)
		if err != nil { // none of ours does
			return maxWeight
		}
		n += len(data) + len(",")
	}
	return n
}

// heaviest is how many bytes of maxWeight one character of finished markup can take: a letter of three bytes, or a sign that JSON
// escapes. The brackets of links take more, their addresses make up for it.
const heaviest = 3

// plainText returns a text that Slack shows as it is, cut to limit characters. Its emoji codes stay codes.
func plainText(text string, limit int) *slack.TextBlockObject {
	text = trimBlanks(prose.Clean(text))
	out := entities(text)
	for room := limit; prose.Length(out) > limit; room -= prose.Length(out) - limit {
		out = entities(prose.Cut(text, max(room, 1)))
	}
	return &slack.TextBlockObject{Type: slack.PlainTextType, Text: out, Emoji: new(false)}
}

// mrkdwn returns finished markup as a text. It is verbatim: Slack looks for no addresses, channels and mentions in it.
func mrkdwn(markup string) *slack.TextBlockObject {
	return &slack.TextBlockObject{Type: slack.MarkdownType, Text: markup, Verbatim: true}
}

// breakLine returns a line of finished markup as lines of at most limit characters, broken at blanks; within words only
// where one is longer than that, within numbers and links never. Emphasis goes on in every line. What can't be broken and
// doesn't fit, as a number of thousands of digits, is left out, and an ellipsis stands for it.
func breakLine(line string, limit int) []string {
	if prose.Length(line) <= limit {
		return []string{line}
	}
	var out []string
	open := ""
	for rest := markupAtoms(line); len(rest) > 0; {
		head := open
		var first []string
		first, rest = prose.Split(rest, limit-prose.Length(head)-len("**  ")-2*prose.Length(prose.Ellipsis))
		body := strings.TrimRight(strings.Join(first, ""), " ")
		if len(out) > 0 {
			if head += prose.Ellipsis; open == "" && mark(first[0]) { // a mark counts beside a blank only
				head += " "
			}
		}
		open = emphasis(open, first)
		if len(rest) > 0 {
			if open == "" && body != "" && mark(body[len(body)-1:]) {
				body += " "
			}
			body += prose.Ellipsis
		}
		out = append(out, head+body+open)
	}
	return out
}

// emphasis returns the mark that is open after some atoms, where open was before them.
func emphasis(open string, atoms []string) string {
	for _, a := range atoms {
		switch {
		case !mark(a):
		case open == a:
			open = ""
		case open == "":
			open = a
		}
	}
	return open
}

// mark reports a mark of emphasis.
func mark(atom string) bool { return atom == "*" || atom == "_" }

// markupAtoms returns the pieces of finished markup that mustn't be broken: numbers, characters with their marks, entities, links
// and marks of emphasis.
func markupAtoms(text string) []string {
	out := make([]string, 0, len(text))
	for text != "" {
		n := marked(text)
		if n == 0 {
			n = prose.Unbroken(text)
		}
		out = append(out, text[:n])
		text = text[n:]
	}
	return out
}

// marked returns how many bytes of markup stand at the start of a text; 0: none.
func marked(text string) int {
	end := ""
	switch text[0] {
	case '*', '_':
		return 1
	case '&': // every one of a text is an entity
		end = ";"
	case '<': // every one of a text is an entity: this one opens a link of ours
		end = ">"
	default:
		return 0
	}
	if i := strings.Index(text, end); i >= 0 {
		return i + 1
	}
	_, size := utf8.DecodeRuneInString(text)
	return size
}
