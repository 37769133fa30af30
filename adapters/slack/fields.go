package slack

import (
	"strings"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/layout"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

const (
	// rowsAtOnce is how many fields of a form one section shows: Slack lays ten texts out in two columns.
	rowsAtOnce = 5
	// longestRow is how long a field may be, its problem included, to be shown beside its label: in a column there is little room.
	longestRow = 400
	// nothing stands where a field isn't filled in.
	nothing = "—"
)

// fieldLines returns a field of a form, with what is wrong with it. What is filled in stands verbatim: in a column beside its label, or
// below it where it is long.
func fieldLines(field chat.Block, problems []chat.Block) []line {
	l := line{role: field.Role, form: rowForm, words: strings.TrimSpace(layout.Text(field.Parts))}
	if l.words == "" {
		l.words = nothing
	}
	l.text = bold(escape(field.Label))
	l.spoken = labelled(field.Label, startLine(escape(l.words)))
	for _, p := range problems {
		if what := trimBlanks(inline(p.Parts)); what != "" {
			l.text = strings.TrimPrefix(l.text+"\n"+warning+what, "\n")
			l.spoken += "\n" + warning + aloud(p.Parts)
		}
	}
	if l.text != "" && prose.Length(l.text)+prose.Length(entities(l.words)) <= longestRow {
		return []line{l}
	}
	out := quotation(field)
	for _, p := range problems {
		out = append(out, oneLine(p, warning)...)
	}
	return out
}

// rows returns fields as one section: label and value side by side.
func rows(fields []line) slack.Block {
	var texts []*slack.TextBlockObject
	for _, l := range fields {
		texts = append(texts, mrkdwn(l.text), plainText(l.words, longestRow))
	}
	return slack.NewSectionBlock(nil, texts, nil)
}
