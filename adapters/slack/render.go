// Package slack speaks to Slack.
//
// What a reply looks like there is made without the network: render turns a chat.Reply into a message of blocks. Its first
// line is a section, to be quoted; each figure, verdict or part of the board is a group of blocks below it.
package slack

import (
	"slices"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/layout"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// message is what is posted, as the body of chat.postMessage. Its blocks are slack-go's: the client, a response URL, a modal and
// the App Home take them as they are. It is ours because slack-go's message is one that came in.
type message struct {
	Text     string        `json:"text"` // for notifications and for screen readers, which don't read the blocks
	Blocks   []slack.Block `json:"blocks"`
	Metadata *metadata     `json:"metadata,omitempty"`
	ThreadTS string        `json:"thread_ts,omitempty"`

	// Always said: without them Slack fetches what a source links to.
	UnfurlLinks bool `json:"unfurl_links"`
	UnfurlMedia bool `json:"unfurl_media"`
}

// metadata is what a message carries beside what is shown. Members can read it.
type metadata struct {
	EventType    string  `json:"event_type"`
	EventPayload payload `json:"event_payload"`
}

// payload tells what a message was posted for (chat.Post.Nonce), so that it is found again when an answer got lost.
type payload struct {
	Key string `json:"key"`
}

// eventType is the type of the metadata of all messages of the bot.
const eventType = "whosays_post"

// answering returns the message in the thread of another: of the one that it answers, or of its root.
func (m message) answering(to spot) message {
	m.ThreadTS = to.TS
	return m
}

// once returns the message with what it was posted for.
func (m message) once(key string) message {
	m.Metadata = &metadata{eventType, payload{key}}
	return m
}

// view is how a reply is shown.
type view struct {
	Command chat.Command              // what it replies to
	Page    int                       // from 0; past the end: the last
	Record  string                    // under which the reply is kept; empty: nothing can be asked further, so no buttons
	Label   func(chat.Command) string // the words on a button, in the reply's language
	Private bool                      // shown to one person alone

	menu int // how much of maxWeight the menu of a reply may take; render says so
}

const (
	longestLead   = 800 // of the first line; a longer one stands with its item
	longestFooter = 500 // it is of our own words and dates, and far shorter
	mostLeft      = 99999
	leastRoom     = 3500 // of maxWeight, for items beside a menu
)

// render returns a page of a reply, within Slack's limits. A reply that is cut tells how many items there are more, and
// has a button for them. Its first line stands on the first page; on the others too where it holds no figure, for there it says
// how all that is shown was meant.
func render(r chat.Reply, v view) message {
	lead, items, footer := itemsOf(r)
	footer = prose.Cut(footer, longestFooter)
	first, lead, items := opening(lead, items, r.Outcome)
	fixed := slices.Concat(first, closing(count(target.MostPages, target.MostPages, mostLeft, v.Label(chat.CommandMore)), footer), components(r, v, mostLeft))
	v.menu = min(maxWeight-leastRoom-weight(fixed...), heaviestPicks)
	if menu, ok := picks(r, v); ok {
		fixed = append(fixed, menu)
	}
	pages := paginate(piecesOf(items, roomBeside(fixed)), roomBeside(fixed))
	if len(pages) == 0 {
		pages = []page{{}}
	}
	v.Page = min(max(v.Page, 0), len(pages)-1)
	p := pages[v.Page]
	if v.Page > 0 && lead != nil && lead.ClaimID != "" && r.Outcome != chat.Related {
		first, lead = nil, nil
	}
	left := 0
	if p.ends < len(items) {
		left = remaining(items[p.ends:])
	}
	counted := ""
	if len(pages) > 1 {
		counted = count(v.Page, len(pages), left, prose.Clean(v.Label(chat.CommandMore)))
	}
	return message{
		Text:   fallback(lead, items[p.begins:min(len(items), p.shows())], footer, left, label(v, chat.CommandMore)),
		Blocks: slices.Concat(first, p.blocks, closing(counted, footer), components(r, v, left)),
	}
}

// shows returns the end of the items that the page shows something of.
func (g *page) shows() int {
	if g.last.goes {
		return g.ends + 1
	}
	return g.ends
}

// opening returns the first line as a section. One that is too long for it opens the first item instead, so that whoever
// says a figure stands in the same place as the figure; the line that is returned is nil then.
func opening(lead *chat.Block, items []item, o chat.Outcome) ([]slack.Block, *chat.Block, []item) {
	text := leadText(lead, o)
	switch {
	case text == "":
		return nil, nil, items
	case prose.Length(text) <= longestLead:
		return []slack.Block{block(textForm, text)}, lead, items
	}
	opens := line{role: chat.RoleLead, text: text, spoken: startLine(aloud(lead.Parts))}
	if len(items) > 0 && items[0].Claimed && items[0].Heading == "" && items[0].Intro == "" {
		items[0].lines = append([]line{opens}, items[0].lines...)
		return nil, nil, items
	}
	return nil, nil, append([]item{{Item: layout.Item{Kind: layout.Claim}, lines: []line{opens}}}, items...)
}

// leadText returns the first line, emphasised unless there is nothing to quote.
func leadText(lead *chat.Block, o chat.Outcome) string {
	if lead == nil {
		return ""
	}
	text := inline(unemphasised(lead.Parts))
	if o == chat.Help {
		return startLine(trimBlanks(text))
	}
	return bold(text)
}

// closing returns the footer, the count of pages in front of it.
func closing(counted, footer string) []slack.Block {
	switch {
	case counted == "" && footer == "":
		return nil
	case counted == "":
		counted = footer
	case footer != "":
		counted += " · " + footer
	}
	return []slack.Block{slack.NewContextBlock("", mrkdwn(startLine(escape(counted))))}
}
