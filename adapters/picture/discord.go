package picture

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// discordMessage is what a picture shows of a message as it is posted to Discord
// (https://docs.discord.com/developers/resources/message#create-message).
type discordMessage struct {
	Content    string          `json:"content"`
	Embeds     []discordEmbed  `json:"embeds"`
	Components []discordRow    `json:"components"`
	Mentions   json.RawMessage `json:"allowed_mentions"` // nothing that can be seen
}

type discordEmbed struct {
	Title       string                `json:"title"`
	Description string                `json:"description"`
	Colour      int                   `json:"color"`
	Author      struct{ Name string } `json:"author"`
	Footer      struct{ Text string } `json:"footer"`
}

type discordRow struct {
	Type       int `json:"type"`
	Components []struct {
		Type     int    `json:"type"`
		Label    string `json:"label"`
		Style    int    `json:"style"`
		Disabled bool   `json:"disabled"`
		CustomID string `json:"custom_id"`
	} `json:"components"`
}

// discordButton is the type of a button (https://docs.discord.com/developers/components/reference).
const discordButton = 2

// Discord draws what somebody asked the bot on Discord, and the message that answers, which is JSON as it is posted. A
// message with anything that isn't drawn is refused.
func Discord(asked string, message []byte) ([]byte, error) {
	var m discordMessage
	if err := decode(message, &m); err != nil {
		return nil, fmt.Errorf("a message to Discord can't be drawn: %w", err)
	}
	s, err := conversation("@WhoSays "+asked, "APP")
	if err != nil {
		return nil, err
	}
	s.paragraph(margin+indent, breadth-2*margin-indent, textSize, "", discordSpans(m.Content))
	for _, e := range m.Embeds {
		s.y += 8
		s.embed(e)
	}
	for _, row := range m.Components {
		var labels []string
		for _, c := range row.Components {
			if c.Type != discordButton {
				return nil, fmt.Errorf("a message to Discord can't be drawn: a component of the type %d, %q, is no button", c.Type, c.CustomID)
			}
			labels = append(labels, c.Label)
		}
		s.y += 10
		s.buttons(margin+indent, labels)
	}
	return s.svg("An answer of WhoSays on Discord: "+plain(discordSpans(m.Content)), chatStyle)
}

// embed draws an embed: a card with a bar in its colour.
func (s *sheet) embed(e discordEmbed) {
	const pad = 14
	x, width := float64(margin+indent), float64(breadth-2*margin-indent)
	top, place := s.y, len(s.shapes)
	s.y += 10
	for _, part := range []struct {
		size  float64
		class string
		spans []span
	}{
		{smallSize, "small strong", discordSpans(e.Author.Name)},
		{textSize, "strong", discordSpans(e.Title)},
		{textSize - 1, "medium", discordSpans(e.Description)},
		{smallSize, "small faint", discordSpans(e.Footer.Text)},
	} {
		if len(part.spans) == 0 {
			continue
		}
		s.paragraph(x+pad, width-2*pad, part.size, part.class, part.spans)
		s.y += 4
	}
	s.y += 6
	card := rectangle{Class: "card", X: pixel(x), Y: pixel(top), Width: pixel(width), Height: pixel(s.y) - pixel(top), Round: 4}
	bar := rectangle{Fill: fmt.Sprintf("#%06x", e.Colour), X: card.X, Y: card.Y, Width: 4, Height: card.Height, Round: 2}
	s.shapes = append(s.shapes[:place], append([]any{card, bar}, s.shapes[place:]...)...)
}

// discordMark is the markup that the bot writes: bold, italic, a link, and a letter that is no markup.
var discordMark = regexp.MustCompile(`\*\*((?:\\.|[^\\])+?)\*\*|\*((?:\\.|[^\\])+?)\*|\[((?:\\.|[^\\])+?)\]\(<.+?>\)|\\(.)`)

// discordSpans reads Discord's markup.
func discordSpans(text string) []span {
	return spans(text, discordMark, func(found []string) span {
		switch {
		case found[1] != "":
			return span{text: unescape(found[1]), look: "strong"}
		case found[2] != "":
			return span{text: unescape(found[2]), look: "slant"}
		case found[3] != "":
			return span{text: unescape(found[3]), look: "link"}
		}
		return span{text: found[4]}
	}, strings.Clone)
}

// escaped is a letter that is no markup.
var escaped = regexp.MustCompile(`\\(.)`)

func unescape(text string) string { return escaped.ReplaceAllString(text, "$1") }

// spans parts text at its markup. What look makes of a mark is told by its groups; rest is what is done to all else.
func spans(text string, mark *regexp.Regexp, look func([]string) span, rest func(string) string) []span {
	var out []span
	from := 0
	for _, at := range mark.FindAllStringIndex(text, -1) {
		out = join(out, span{text: rest(text[from:at[0]])})
		out = join(out, look(mark.FindStringSubmatch(text[at[0]:at[1]])))
		from = at[1]
	}
	return join(out, span{text: rest(text[from:])})
}

// plain returns the words of spans.
func plain(spans []span) string {
	var out strings.Builder
	for _, s := range spans {
		out.WriteString(s.text)
	}
	return out.String()
}

// conversation begins a picture in which somebody asks the bot, and it answers.
func conversation(asked, tag string) (*sheet, error) {
	r, err := newRuler()
	if err != nil {
		return nil, err
	}
	s := &sheet{ruler: r, y: margin}
	s.speaker("Reader", "")
	s.paragraph(margin+indent, breadth-2*margin-indent, textSize, "", []span{{text: asked}})
	s.y += 14
	s.speaker("WhoSays", tag)
	return s, nil
}

// decode reads JSON, of which every field has to be known.
func decode(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(into) //nolint:wrapcheck // both callers say what it is of
}
