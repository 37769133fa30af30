package exchange

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whosays/whosays/knowledge"
)

// Set returns a claim with values put in: each assignment is "path=value", the path being a column of CSV
// (Columns), such as figure.best=56000 or aliases=dead; killed. An empty value clears the field. A caveat keeps its
// texts as long as its code stays. The error names each assignment that is wrong; whether the claim is still valid is for Validate.
func Set(claim knowledge.Claim, assignments []string) (knowledge.Claim, error) {
	n, err := encode(claim)
	if err != nil {
		return knowledge.Claim{}, err
	}
	if n == nil { // nothing is filled yet
		n = &node{kind: object}
	}
	d, r := newDecoder(), rowOf(n)
	var wrong []string
	for _, assignment := range assignments {
		if changed, msg := d.assign(r, assignment); msg != "" {
			wrong = append(wrong, quoted(assignment)+": "+msg)
		} else {
			r = changed
		}
	}
	if len(wrong) > 0 {
		return knowledge.Claim{}, &knowledge.Error{Kind: knowledge.Invalid, Msg: strings.Join(wrong, "\n")}
	}
	set, problems := d.fromCells(r)
	if len(problems) > 0 {
		return knowledge.Claim{}, &knowledge.Error{Kind: knowledge.Invalid, Msg: problems[0].Message}
	}
	return set, nil
}

// assign returns a row with one assignment carried out, or what is wrong with that.
func (d *decoder) assign(r row, assignment string) (changed row, wrong string) {
	path, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return nil, "write path=value, such as figure.best=1500"
	}
	c, ok := d.column(strings.TrimSpace(path))
	if !ok {
		return nil, noColumn(strings.TrimSpace(path))
	}
	changed = r.with(c, strings.TrimSpace(value))
	if _, problems := d.fromCells(changed); len(problems) > 0 {
		return nil, problems[0].Message
	}
	return changed, ""
}

// with returns a copy with another cell.
func (r row) with(c column, value string) row {
	out := row{}
	for name, cell := range r {
		if c.name != caveats || !strings.HasPrefix(name, "caveat.") {
			out[name] = cell
		}
	}
	out[c.name] = value
	if c.name == caveats {
		r.keepTexts(out, splitList(r[caveats]), splitList(value))
	}
	return out
}

// keepTexts puts the texts of caveats where their codes stand now.
func (r row) keepTexts(out row, was, is []string) {
	for to, code := range is {
		from := slices.Index(was, code)
		if from < 0 {
			continue
		}
		was[from] = "" // a caveat without a code is one of several
		prefix := groupColumn(caveats, from, "text") + "."
		for name, cell := range r {
			if lang, ok := strings.CutPrefix(name, prefix); ok {
				out[groupColumn(caveats, to, "text", lang)] = cell
			}
		}
	}
}

// fromCells decodes a row.
func (d *decoder) fromCells(r row) (knowledge.Claim, []problem) {
	columns := make([]column, 0, len(r))
	cells := make([]string, 0, len(r))
	for name, cell := range r {
		c, ok := d.column(name)
		if !ok {
			return knowledge.Claim{}, []problem{{0, knowledge.Problem{Message: fmt.Sprintf("the claim has the field %s, which no row can hold", quoted(name))}}}
		}
		columns, cells = append(columns, c), append(cells, cell)
	}
	return d.claim(fromRow(columns, cells, 0))
}
