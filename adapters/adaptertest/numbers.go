package adaptertest

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// number is a date, or a number with its thousands; furniture is how many pages there are, and how much is left.
var (
	number    = regexp.MustCompile(`\d{4}-\d{2}(?:-\d{2})?|\d+(?:[,. ]\d{3}\b)*`)
	furniture = regexp.MustCompile(`^\d+/\d+(?: · [^·]*: \+\d+)?(?: · |$)|\(\+\d+\)$`)
)

// numbersIn returns the numbers of a text, without what parts their thousands.
func numbersIn(text string) []string {
	var out []string
	for _, n := range number.FindAllString(text, -1) {
		out = append(out, strings.NewReplacer(",", "", ".", "", " ", "").Replace(n))
	}
	return out
}

// loose returns the numbers that stand neither in a claim that is read there, nor in the asker's own words, and are neither
// counts of ours nor dates of the base.
func (r *reading) loose(wrote []string) []string {
	known := r.known()
	var out []string
	for _, line := range r.lines {
		for _, w := range wrote {
			line = strings.Replace(line, fold(w), "", 1)
		}
		for _, n := range numbersIn(r.unfurnished(line)) {
			if !slices.Contains(known, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// known returns the numbers of the claims that are read, in all their fields.
func (r *reading) known() []string {
	var out []string
	for _, i := range r.items {
		body, _ := json.Marshal(i.claim) // a claim of the base can be written
		for _, n := range numbersIn(fold(string(body))) {
			out = append(out, n)
			if year, rest, ok := strings.Cut(n, "-"); ok { // a date is said as precisely as it is known
				month, _, _ := strings.Cut(rest, "-")
				out = append(out, year, year+"-"+month)
			}
		}
	}
	return out
}

// unfurnished returns a line without counts of ours, and without dates of the base.
func (r *reading) unfurnished(line string) string {
	line = furniture.ReplaceAllString(line, "")
	for _, words := range r.book.Counts[r.lang] {
		if rest, ok := strings.CutPrefix(strings.TrimLeft(line, "⚠️ "), words+": "); ok && len(rest) <= len("99") {
			return ""
		}
	}
	for _, words := range r.book.Dates[r.lang] {
		if before, after, ok := strings.Cut(line, words+" "); ok && len(after) >= len("2006-01-02") && r.dated(after[:len("2006-01-02")]) {
			line = before + after[len("2006-01-02"):]
		}
	}
	return line
}

// dated reports a date on which a claim of the base was said or reviewed.
func (r *reading) dated(day string) bool {
	for i := range r.book.claims {
		if c := &r.book.claims[i]; c.ReviewedOn.String() == day || c.Attribution.SaidOn.String() == day {
			return true
		}
	}
	return false
}
