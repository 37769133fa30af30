package picture

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A cell of the terminal, in pixels. Each word stands at its column and is given its width: in whichever font, the
// columns keep in line.
const (
	cellWidth  = 9
	cellHeight = 19
)

// sequence is an escape sequence: of a look (SGR), or of a link (OSC 8).
var sequence = regexp.MustCompile(`\x1b\[([0-9;]*)m|\x1b\]8;;[^\a\x1b]*(?:\a|\x1b\\)`)

// lookOf returns the class of a look that the console gives: none, bold, faint, yellow and cyan
// (https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters).
func lookOf(code string) (class string, ok bool) {
	switch code {
	case "", "0":
		return "", true
	case "1":
		return "strong", true
	case "2":
		return "faint", true
	case "33":
		return "warn", true
	case "36":
		return "chart", true
	}
	return "", false
}

// Terminal draws a command and what it writes to a terminal, with its escape sequences. An escape sequence that isn't
// known is refused; letters are taken to be one column wide.
func Terminal(command, output string) ([]byte, error) {
	s := &sheet{y: margin}
	s.row([]span{{text: "$ ", look: "faint"}, {text: command, look: "strong"}})
	look := ""
	for text := range strings.SplitSeq(strings.TrimRight(output, "\n"), "\n") {
		row, next, err := cells(text, look)
		if err != nil {
			return nil, err
		}
		s.row(row)
		look = next
	}
	return s.svg("WhoSays in the terminal: "+command, terminalStyle)
}

// cells parts a line of the terminal by its looks, and returns the look in which the next line begins.
func cells(text, look string) (row []span, next string, err error) {
	from := 0
	for _, at := range sequence.FindAllStringSubmatchIndex(text, -1) {
		row = join(row, span{text: text[from:at[0]], look: look})
		from = at[1]
		if at[2] < 0 { // a link: how it looks is said beside it
			continue
		}
		known, ok := lookOf(text[at[2]:at[3]])
		if !ok {
			return nil, "", fmt.Errorf("what the terminal shows can't be drawn: %q isn't a known look", text[at[2]:at[3]])
		}
		look = known
	}
	row = join(row, span{text: text[from:], look: look})
	if strings.ContainsRune(plain(row), '\x1b') {
		return nil, "", fmt.Errorf("what the terminal shows can't be drawn: %q has an escape sequence that isn't known", text)
	}
	return row, look, nil
}

// row draws a line of the terminal.
func (s *sheet) row(spans []span) {
	l := line{X: margin, Y: pixel(s.y + 13)}
	column := 0
	for _, w := range spans {
		bare := strings.TrimLeft(w.text, " ")
		column += len(w.text) - len(bare)
		wide := utf8.RuneCountInString(bare)
		if bare = strings.TrimRight(bare, " "); bare != "" {
			l.Spans = append(l.Spans, words{
				Class: w.look, Text: bare, X: decimal(margin + float64(column)*cellWidth),
				Length: decimal(float64(utf8.RuneCountInString(bare)) * cellWidth),
			})
		}
		column += wide
	}
	if len(l.Spans) > 0 {
		s.shapes = append(s.shapes, l)
	}
	s.y += cellHeight
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
