package picture

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
)

// slackMessage is what a picture shows of a message as it is posted to Slack
// (https://docs.slack.dev/reference/methods/chat.postMessage). Its text stands in notifications, and not in the channel.
type slackMessage struct {
	Text   string       `json:"text"`
	Blocks []slackBlock `json:"blocks"`
	Links  bool         `json:"unfurl_links"`
	Media  bool         `json:"unfurl_media"`
}

type slackBlock struct {
	Type     string         `json:"type"`
	Text     slackText      `json:"text"`
	Expand   bool           `json:"expand"`
	Elements []slackElement `json:"elements"`
}

// slackElement is a text of a context, or a button, of which the text is an object.
type slackElement struct {
	Type     string          `json:"type"`
	Text     json.RawMessage `json:"text"`
	Verbatim bool            `json:"verbatim"`
	ActionID string          `json:"action_id"`
	Value    string          `json:"value"`
}

type slackText struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Verbatim bool   `json:"verbatim"`
	Emoji    bool   `json:"emoji"`
}

// Slack draws what somebody asked the bot on Slack, and the message that answers, which is JSON as it is posted. A message
// with anything that isn't drawn is refused.
func Slack(asked string, message []byte) ([]byte, error) {
	var m slackMessage
	if err := decode(message, &m); err != nil {
		return nil, fmt.Errorf("a message to Slack can't be drawn: %w", err)
	}
	s, err := conversation("@WhoSays "+asked, "APP")
	if err != nil {
		return nil, err
	}
	for _, b := range m.Blocks {
		if err := s.block(b); err != nil {
			return nil, fmt.Errorf("a message to Slack can't be drawn: %w", err)
		}
		s.y += 6
	}
	title := "An answer of WhoSays on Slack"
	if len(m.Blocks) > 0 {
		title += ": " + plain(slackSpans(m.Blocks[0].Text.Text))
	}
	return s.svg(title, chatStyle)
}

// block draws a block of a message.
func (s *sheet) block(b slackBlock) error {
	const x, width = margin + indent, breadth - 2*margin - indent
	switch b.Type {
	case "section":
		s.paragraph(x, width, textSize, "", slackSpans(b.Text.Text))
	case "divider":
		s.shapes = append(s.shapes, rectangle{Class: "rule", X: x, Y: pixel(s.y + 2), Width: width, Height: 1})
		s.y += 6
	case "context":
		for _, e := range b.Elements {
			text, err := e.words()
			if err != nil {
				return err
			}
			s.paragraph(x, width, smallSize, "small faint", slackSpans(text))
		}
	case "actions":
		var labels []string
		for _, e := range b.Elements {
			text, err := e.words()
			if err != nil {
				return err
			}
			labels = append(labels, html.UnescapeString(text))
		}
		s.buttons(x, labels)
	default:
		return fmt.Errorf("a block of the type %q isn't known", b.Type)
	}
	return nil
}

// words returns the text of an element.
func (e slackElement) words() (string, error) {
	switch e.Type {
	case "mrkdwn", "plain_text":
		var out string
		err := json.Unmarshal(e.Text, &out)
		return out, err //nolint:wrapcheck // Slack says what it is of
	case "button":
		var out slackText
		err := json.Unmarshal(e.Text, &out)
		return out.Text, err //nolint:wrapcheck // likewise
	}
	return "", fmt.Errorf("an element of the type %q isn't known", e.Type)
}

// slackMark is the markup that the bot writes: bold, italic and a link.
var slackMark = regexp.MustCompile(`<[^|>]+\|([^>]+)>|\*([^*\n]+)\*|_([^_\n]+)_`)

// slackSpans reads Slack's markup.
func slackSpans(text string) []span {
	return spans(text, slackMark, func(found []string) span {
		switch {
		case found[1] != "":
			return span{text: html.UnescapeString(found[1]), look: "link"}
		case found[2] != "":
			return span{text: html.UnescapeString(found[2]), look: "strong"}
		}
		return span{text: html.UnescapeString(found[3]), look: "slant"}
	}, html.UnescapeString)
}
