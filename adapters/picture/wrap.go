package picture

import (
	"fmt"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
)

// SVG breaks no lines, and the reader's font isn't known here. Lines are broken by the widths of Go's own fonts, and filled
// to this part only: DejaVu Sans, the widest that is common, runs a quarter wider.
const slack = 0.8

// A ruler measures text.
type ruler struct{ regular, bold font.Face }

// measured is the size in which the ruler measures.
const measured = 100

func newRuler() (*ruler, error) {
	regular, err := face(goregular.TTF)
	if err != nil {
		return nil, err
	}
	bold, err := face(gobold.TTF)
	if err != nil {
		return nil, err
	}
	return &ruler{regular: regular, bold: bold}, nil
}

func face(ttf []byte) (font.Face, error) {
	f, err := opentype.Parse(ttf)
	if err != nil {
		return nil, fmt.Errorf("picture: the font that measures: %w", err)
	}
	out, err := opentype.NewFace(f, &opentype.FaceOptions{Size: measured, DPI: 72})
	if err != nil {
		return nil, fmt.Errorf("picture: the font that measures: %w", err)
	}
	return out, nil
}

// measure returns how wide a span is, in pixels.
func (r *ruler) measure(s span, size float64) float64 {
	f := r.regular
	if strings.Contains(s.look, "strong") {
		f = r.bold
	}
	return float64(font.MeasureString(f, s.text)) / 64 / measured * size
}

// wrap breaks spans into lines: where they have a line break, and before the word that would be too wide.
func (r *ruler) wrap(spans []span, width, size float64) [][]span {
	rows, at := [][]span{nil}, 0.0
	for _, s := range spans {
		for i, part := range strings.Split(s.text, "\n") {
			if i > 0 {
				rows, at = append(rows, nil), 0
			}
			for _, word := range strings.SplitAfter(part, " ") {
				w := span{text: word, look: s.look}
				bare := r.measure(span{text: strings.TrimRight(word, " "), look: s.look}, size)
				if at > 0 && at+bare > width*slack && !joined(rows[len(rows)-1]) {
					rows, at = append(rows, nil), 0
				}
				rows[len(rows)-1] = join(rows[len(rows)-1], w)
				at += r.measure(w, size)
			}
		}
	}
	return rows
}

// joined reports whether the next word belongs to the last one of the row: no space stands between.
func joined(row []span) bool {
	return len(row) > 0 && !strings.HasSuffix(row[len(row)-1].text, " ")
}

// join adds a word to a row, in one span with what has the same look.
func join(row []span, w span) []span {
	if w.text == "" {
		return row
	}
	if n := len(row); n > 0 && row[n-1].look == w.look {
		row[n-1].text += w.text
		return row
	}
	return append(row, w)
}
