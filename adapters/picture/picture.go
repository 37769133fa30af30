// Package picture draws what a reader sees, as SVG for the documentation: a message as Discord or Slack shows it, and what
// the terminal shows.
//
// It draws from what the adapters send and print, and refuses what it can't draw, so that a picture leaves nothing out. It
// imitates the platforms' layout, not their looks: no logo, no font and nothing else of theirs is in it.
package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
)

// Sizes in pixels.
const (
	breadth   = 760 // of a picture: GitHub shows it without shrinking it
	margin    = 20
	indent    = 52 // of what somebody says, beside their portrait
	textSize  = 15
	smallSize = 13
	leading   = 1.4 // from line to line, in sizes
)

// A span is some words of one look.
type span struct {
	text string
	look string // classes of the style sheet, parted by spaces; empty: plain
}

// A sheet is a picture that is being drawn, downwards from y.
type sheet struct {
	ruler  *ruler
	y      float64
	shapes []any
}

type rectangle struct {
	XMLName xml.Name `xml:"rect"`
	Class   string   `xml:"class,attr,omitempty"`
	Fill    string   `xml:"fill,attr,omitempty"`
	X       int      `xml:"x,attr"`
	Y       int      `xml:"y,attr"`
	Width   int      `xml:"width,attr"`
	Height  int      `xml:"height,attr"`
	Round   int      `xml:"rx,attr,omitempty"`
}

type line struct {
	XMLName xml.Name `xml:"text"`
	Class   string   `xml:"class,attr,omitempty"`
	X       int      `xml:"x,attr"`
	Y       int      `xml:"y,attr"`
	Spans   []words  `xml:"tspan"`
}

type words struct {
	Class  string `xml:"class,attr,omitempty"`
	X      string `xml:"x,attr,omitempty"`
	Length string `xml:"textLength,attr,omitempty"`
	Text   string `xml:",chardata"`
}

// paragraph writes spans in lines that are at most as wide as said, and goes on below them.
func (s *sheet) paragraph(x, width, size float64, class string, spans []span) {
	for _, row := range s.ruler.wrap(spans, width, size) {
		l := line{Class: class, X: pixel(x), Y: pixel(s.y + size)}
		for _, w := range row {
			l.Spans = append(l.Spans, words{Class: w.look, Text: w.text})
		}
		s.shapes = append(s.shapes, l)
		s.y += size * leading
	}
}

// buttons draws a row of buttons, in as many lines as they need.
func (s *sheet) buttons(x float64, labels []string) {
	const high, gap, pad = 32, 8, 14
	at := x
	for _, label := range labels {
		wide := s.ruler.measure(span{text: label, look: "strong"}, smallSize)/slack + 2*pad
		if at > x && at+wide > breadth-margin {
			at, s.y = x, s.y+high+gap
		}
		s.shapes = append(s.shapes,
			rectangle{Class: "button", X: pixel(at), Y: pixel(s.y), Width: pixel(wide), Height: high, Round: 6},
			line{Class: "small strong middle", X: pixel(at + wide/2), Y: pixel(s.y + 21), Spans: []words{{Text: label}}})
		at += wide + gap
	}
	s.y += high
}

// speaker draws somebody's portrait and name, and goes on below the name. A tag, if there is one, says what they are.
func (s *sheet) speaker(name, tag string) {
	s.shapes = append(s.shapes,
		rectangle{Class: "portrait", X: margin, Y: pixel(s.y), Width: 36, Height: 36, Round: 18},
		line{Class: "portrait-letter strong middle", X: margin + 18, Y: pixel(s.y + 24), Spans: []words{{Text: name[:1]}}})
	spans := []span{{text: name, look: "strong"}}
	if tag != "" {
		spans = append(spans, span{text: "  " + tag, look: "faint"})
	}
	s.paragraph(margin+indent, breadth, textSize, "", spans)
}

// svg returns the picture. Title is read out in its place.
func (s *sheet) svg(title, style string) ([]byte, error) {
	high := pixel(s.y + margin)
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" xml:space="preserve">`+"\n", breadth, high, breadth, high)
	frame := rectangle{Class: "ground", Width: breadth, Height: high, Round: 10}
	head := []any{
		name{Text: title},
		styles{Text: style + shared},
		frame,
	}
	for _, shape := range append(head, s.shapes...) {
		text, err := xml.Marshal(shape)
		if err != nil {
			return nil, fmt.Errorf("picture %q: %w", title, err)
		}
		out.Write(append(text, '\n'))
	}
	out.WriteString("</svg>\n")
	return out.Bytes(), nil
}

type name struct {
	XMLName xml.Name `xml:"title"`
	Text    string   `xml:",chardata"`
}

type styles struct {
	XMLName xml.Name `xml:"style"`
	Text    string   `xml:",innerxml"` // ours, as it is
}

func pixel(x float64) int { return int(math.Round(x)) }
