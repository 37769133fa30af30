package exchange

import (
	"slices"
	"strings"
)

// row holds the cells of a claim by column.
type row map[string]string

// rowOf flattens a claim that was encoded.
func rowOf(claim *node) row {
	r := row{}
	for i, k := range claim.keys {
		value := claim.items[i]
		switch k.name {
		case sources:
			for at, source := range value.items {
				r.group(sources, at, source)
			}
		case caveats:
			r.caveats(value.items)
		default:
			r.put(k.name, value)
		}
	}
	return r
}

// put adds a value, and what is nested in it.
func (r row) put(column string, value *node) {
	switch value.kind {
	case object:
		for i, k := range value.keys {
			r.put(column+"."+k.name, value.items[i])
		}
	case list:
		parts := make([]string, len(value.items))
		for i, part := range value.items {
			parts[i] = part.text
		}
		r[column] = joinList(parts)
	default:
		r[column] = value.text
	}
}

// group adds the fields of a source or a caveat.
func (r row) group(field string, at int, group *node) {
	for i, k := range group.keys {
		r.put(groupColumn(field, at, k.name), group.items[i])
	}
}

// caveats adds the codes in one cell, and the texts.
func (r row) caveats(all []*node) {
	codes := make([]string, len(all))
	for at, caveat := range all {
		codes[at] = noCode
		if code := caveat.field("code"); code != nil {
			codes[at] = code.text
		}
		if texts := caveat.field("text"); texts != nil {
			r.put(groupColumn(caveats, at, "text"), texts)
		}
	}
	r[caveats] = joinList(codes)
}

// fromRow makes of cells what a claim is decoded from. Empty cells are absent fields. What a row leaves out of the numbers
// of its sources and caveats closes up.
func fromRow(columns []column, cells []string, line int) *node {
	claim := &node{kind: object, line: line}
	for i, c := range columns {
		if cells[i] == "" {
			continue
		}
		value := &node{kind: text, plain: true, text: cells[i], line: line}
		switch {
		case c.path[0] == caveats && c.list:
			claim.child(caveats, list).codes(value)
		case c.path[0] == caveats || c.path[0] == sources:
			claim.child(c.path[0], list).entry(c.at).place(c.path[1:], value)
		case c.list:
			claim.add(c.name, line, cellList(value))
		default:
			claim.place(c.path, value)
		}
	}
	for _, field := range []string{sources, caveats} {
		if groups := claim.field(field); groups != nil {
			groups.items = slices.DeleteFunc(groups.items, func(n *node) bool { return n == nil })
		}
	}
	return claim
}

// cellList splits a cell into its values.
func cellList(cell *node) *node {
	n := &node{kind: list, line: cell.line}
	for _, part := range splitList(cell.text) {
		n.items = append(n.items, &node{kind: text, plain: true, text: part, line: cell.line})
	}
	return n
}

// codes puts codes on the caveats of a list.
func (n *node) codes(cell *node) {
	for at, code := range splitList(cell.text) {
		if caveat := n.entry(at); code != noCode {
			caveat.add("code", cell.line, &node{kind: text, plain: true, text: code, line: cell.line})
		}
	}
}

// place puts a value where a path leads, making the groups on the way.
func (n *node) place(path []string, value *node) {
	for ; len(path) > 1; path = path[1:] {
		n = n.child(path[0], object)
	}
	n.add(path[0], value.line, value)
}

// child returns the value of a field, making it if it isn't there.
func (n *node) child(name string, k kind) *node {
	if c := n.field(name); c != nil {
		return c
	}
	c := &node{kind: k, line: n.line}
	n.add(name, n.line, c)
	return c
}

// entry returns a group of a list, making it if it isn't there. Entries in front of it may be nil.
func (n *node) entry(at int) *node {
	for len(n.items) <= at {
		n.items = append(n.items, nil)
	}
	if n.items[at] == nil {
		n.items[at] = &node{kind: object, line: n.line}
	}
	return n.items[at]
}

// joinList writes several values into a cell.
func joinList(parts []string) string {
	escape := strings.NewReplacer(`\`, `\\`, `;`, `\;`)
	escaped := make([]string, len(parts))
	for i, part := range parts {
		escaped[i] = escape.Replace(part)
	}
	return strings.Join(escaped, "; ")
}

// splitList reads the values of a cell, empty ones left out. A backslash stands for itself where neither a semicolon nor
// another backslash follows.
func splitList(cell string) []string {
	var out []string
	var part strings.Builder
	end := func() {
		if s := strings.TrimSpace(part.String()); s != "" {
			out = append(out, s)
		}
		part.Reset()
	}
	for i := 0; i < len(cell); i++ {
		switch {
		case cell[i] == ';':
			end()
			continue
		case cell[i] == '\\' && i+1 < len(cell) && (cell[i+1] == ';' || cell[i+1] == '\\'):
			i++
		}
		part.WriteByte(cell[i])
	}
	end()
	return out
}

// Spreadsheets take a cell that begins with one of these for a formula, and run it.
const formula = "=+-@"

// guard puts an apostrophe in front of a cell that a spreadsheet would take for a formula, and of one that looks
// like a guarded one.
func guard(cell string) string {
	if isFormula(cell) {
		return "'" + cell
	}
	return cell
}

// unguard takes the apostrophe off again.
func unguard(cell string) string {
	if strings.HasPrefix(cell, "'") && isFormula(cell) {
		return cell[1:]
	}
	return cell
}

func isFormula(cell string) bool {
	rest := strings.TrimLeft(cell, "'")
	return rest != "" && strings.IndexByte(formula, rest[0]) >= 0
}
