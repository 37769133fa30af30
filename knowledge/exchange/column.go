package exchange

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// The lists of groups that claims have: their columns carry the number of a group, beginning with 1.
const (
	sources = "sources" // source.url is the first one's, then source.2.url …
	caveats = "caveats" // caveats holds the codes; caveat.1.text.uk …
)

// noCode stands in the column caveats for a caveat that has a text, but no code.
const noCode = "-"

// column is where a cell belongs.
type column struct {
	name string   // as we write it
	path []string // fields of the claim; "sources" and "caveats" are followed by those of the group
	at   int      // of a source or a caveat: which one, from 0
	list bool     // the cell holds several values
}

// column reads the name of a column.
func (d *decoder) column(name string) (column, bool) {
	steps := strings.Split(name, ".")
	switch {
	case name == caveats:
		return column{name: name, path: []string{caveats, "code"}, list: true}, true
	case steps[0] == "source" && len(steps) > 1:
		return d.grouped(sources, steps[1:], reflect.TypeFor[knowledge.Source]())
	case steps[0] == "caveat" && len(steps) > 2 && steps[2] == "text":
		return d.grouped(caveats, steps[1:], reflect.TypeFor[knowledge.Caveat]())
	}
	if t := d.fieldType(name); t == reflect.TypeFor[[]string]() {
		return column{name: name, path: steps, list: true}, true
	}
	return column{name: name, path: steps}, d.leads(reflect.TypeFor[knowledge.Claim](), steps)
}

// grouped reads the column of a source or a caveat. The number of the first source may be left out.
func (d *decoder) grouped(field string, steps []string, t reflect.Type) (column, bool) {
	number, err := strconv.Atoi(steps[0])
	switch {
	case err == nil && strconv.Itoa(number) == steps[0] && number >= 1 && number <= maxItems:
		steps = steps[1:]
	case field == sources:
		number = 1
	default:
		return column{}, false
	}
	path := append([]string{field}, steps...)
	return column{name: groupColumn(field, number-1, steps...), path: path, at: number - 1}, d.leads(t, steps)
}

// groupColumn names a column of a source or a caveat.
func groupColumn(field string, at int, steps ...string) string {
	name := strings.TrimSuffix(field, "s")
	if field != sources || at > 0 {
		name += "." + strconv.Itoa(at+1)
	}
	return name + "." + strings.Join(steps, ".")
}

// fieldType returns the type of a field of a claim, nil without it.
func (d *decoder) fieldType(name string) reflect.Type {
	claim := reflect.TypeFor[knowledge.Claim]()
	if at, ok := d.schema(claim)[name]; ok {
		return claim.Field(at).Type
	}
	return nil
}

// leads reports whether a path of fields ends at a single value of a type.
func (d *decoder) leads(t reflect.Type, path []string) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t.Kind() == reflect.Slice:
		return false
	case t.Kind() == reflect.Map:
		return len(path) == 1 && path[0] != ""
	case single(t):
		return len(path) == 0
	case len(path) == 0:
		return false
	}
	at, ok := d.schema(t)[path[0]]
	return ok && d.leads(t.Field(at).Type, path[1:])
}

// single reports a type of one value.
func single(t reflect.Type) bool {
	return t.Kind() != reflect.Struct || reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// rank returns what columns are sorted by: the fields in the order of a claim, source by source, languages by name.
func (d *decoder) rank(c column) string {
	var b strings.Builder
	t := reflect.TypeFor[knowledge.Claim]()
	for i, step := range c.path {
		if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			b.WriteString(step)
			break
		}
		at := d.schema(t)[step]
		fmt.Fprintf(&b, "%03d.", at)
		if i == 0 {
			fmt.Fprintf(&b, "%04d.", c.at)
		}
		t = t.Field(at).Type
	}
	return b.String()
}

// Columns returns the paths that Set knows, in the order of a claim's fields. Those of texts are there for each
// language of the lexicon, those of sources and caveats for the first one.
func Columns() []string {
	d := newDecoder()
	names := d.columns(reflect.TypeFor[knowledge.Claim](), "")
	slices.SortStableFunc(names, func(x, y string) int { return strings.Compare(d.rankOf(x), d.rankOf(y)) })
	return names
}

func (d *decoder) rankOf(name string) string {
	c, _ := d.column(name)
	return d.rank(c)
}

// columns lists the columns of a type below a path.
func (d *decoder) columns(t reflect.Type, path string) []string {
	switch {
	case path == "sources.":
		return d.columns(t.Elem(), "source.")
	case path == "caveats.":
		return append(d.columns(reflect.TypeFor[map[string]string](), "caveat.1.text."), caveats)
	case t.Kind() == reflect.Map:
		var out []string
		for _, lang := range lexicon.Languages {
			out = append(out, path+lang)
		}
		return out
	case single(t):
		return []string{strings.TrimSuffix(path, ".")}
	}
	var out []string
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		out = append(out, d.columns(f.Type, path+name+".")...)
	}
	return out
}

// noColumn says that there is no such column, and which ones may be meant.
func noColumn(name string) string {
	msg := "there is no column " + quoted(name)
	switch near, all := nearest(name), within(name); {
	case len(all) > 0:
		return msg + ": write one of " + strings.Join(all, ", ")
	case near != "":
		return msg + ": write " + near
	}
	return msg
}

// nearest returns the column that is written nearly so, or whose last word it is; "" without one.
func nearest(name string) string {
	all := Columns()
	for _, c := range all {
		if strings.HasSuffix(c, "."+name) {
			return c
		}
	}
	near := slices.MinFunc(all, func(x, y string) int { return distance(name, x) - distance(name, y) })
	if d := distance(name, near); d > max(2, len(near)/4) || d >= len(name) {
		return ""
	}
	return near
}

// within returns the columns of the group that a name is, or begins with where it is like no column.
func within(name string) []string {
	group := name
	if at := strings.IndexByte(name, '.'); at >= 0 && nearest(name) == "" {
		group = name[:at]
	}
	return slices.DeleteFunc(Columns(), func(c string) bool { return !strings.HasPrefix(c, group+".") })
}

// distance is how many letters have to be changed. What is absurdly long is like nothing.
func distance(typed, name string) int {
	if len(typed) > 2*len(name) {
		return len(typed)
	}
	return levenshtein.ComputeDistance(strings.ToLower(typed), name)
}
