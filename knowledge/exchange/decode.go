package exchange

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/whosays/whosays/knowledge"
)

// decoder fills claims from nodes and gathers everything that doesn't fit. Unlike the decoders of the formats
// it goes on behind the first mistake, knows the line of each, refuses repeated fields, and speaks of
// fields instead of Go types.
type decoder struct {
	fields   map[reflect.Type]map[string]int // by type: the index of each field
	problems []problem
}

// maxItems is how many fields, or entries of a list, a claim may have in one place.
const maxItems = 1000

func newDecoder() *decoder {
	return &decoder{fields: map[reflect.Type]map[string]int{}}
}

// claim reads one claim, and returns what doesn't fit.
func (d *decoder) claim(n *node) (knowledge.Claim, []problem) {
	var c knowledge.Claim
	d.problems = nil
	d.value(reflect.ValueOf(&c).Elem(), n, "")
	return c, d.problems
}

func (d *decoder) wrong(line int, path, format string, args ...any) {
	d.problems = append(d.problems, problem{line, knowledge.Problem{Field: path, Message: fmt.Sprintf(format, args...)}})
}

// value fills v. What is null stays as it is.
func (d *decoder) value(v reflect.Value, n *node, path string) {
	if n.kind == null {
		return
	}
	if u, ok := reflect.TypeAssert[encoding.TextUnmarshaler](v.Addr()); ok {
		d.unmarshal(u, n, path)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(v.Elem(), n, path)
	case reflect.Struct:
		d.structure(v, n, path)
	case reflect.Map:
		d.texts(v, n, path)
	case reflect.Slice:
		d.list(v, n, path)
	case reflect.String:
		if n.kind == text || n.plain {
			v.SetString(n.text)
			return
		}
		d.mismatch(n, path, text)
	default:
		d.scalar(v, n, path)
	}
}

func (d *decoder) mismatch(n *node, path string, want kind) {
	d.wrong(n.line, path, "must be %s, not %s", want, n.kind)
}

func (d *decoder) unmarshal(u encoding.TextUnmarshaler, n *node, path string) {
	if n.kind == list || n.kind == object || n.kind == boolean {
		d.wrong(n.line, path, "must be a date, not %s", n.kind)
		return
	}
	if err := u.UnmarshalText([]byte(n.text)); err == nil {
		return
	} else if _, moment := u.(*time.Time); moment {
		d.wrong(n.line, path, "must be a moment such as 2025-02-04T12:00:00Z, not %s", n.shown())
	} else {
		d.wrong(n.line, path, "%v", err)
	}
}

func (d *decoder) scalar(v reflect.Value, n *node, path string) {
	switch v.Kind() {
	case reflect.Float64:
		f, err := strconv.ParseFloat(n.text, 64)
		if !n.is(number) || err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
			d.wrong(n.line, path, "must be a number such as 1500 or 0.5, not %s%s", n.shown(), remedy(n))
			return
		}
		v.SetFloat(f)
	case reflect.Int:
		i, err := strconv.Atoi(n.text)
		if !n.is(number) || err != nil {
			d.wrong(n.line, path, "must be a whole number, not %s%s", n.shown(), remedy(n))
			return
		}
		v.SetInt(int64(i))
	case reflect.Bool:
		if !n.is(boolean) || (n.text != "true" && n.text != "false") {
			d.wrong(n.line, path, "must be true or false, not %s", n.shown())
			return
		}
		v.SetBool(n.text == "true")
	default:
		panic("exchange: no decoder for " + v.Type().String()) // a field was added to Claim
	}
}

// groups are digits in groups of three, as people write large numbers.
var groups = regexp.MustCompile(`^[0-9]{1,3}([,'’_ \x{a0}\x{202f}][0-9]{3})+(\.[0-9]+)?$`)

// remedy says how a number would be written that is a text here, where its value is certain.
func remedy(n *node) string {
	plain := strings.TrimSpace(n.text)
	if groups.MatchString(plain) {
		plain = strings.Map(func(r rune) rune {
			if r != '.' && (r < '0' || r > '9') {
				return -1
			}
			return r
		}, plain)
	}
	f, err := strconv.ParseFloat(plain, 64)
	switch {
	case n.kind != text || err != nil || math.IsInf(f, 0) || math.IsNaN(f):
		return ""
	case plain == n.text:
		return ": write it without quotes"
	}
	return ": write " + plain
}

// shred says where a field comes from that is the rest of a number: in {best: 1,200} the comma ends the field best.
func shred(name string) string {
	if _, err := strconv.Atoi(name); err != nil {
		return ""
	}
	return ": write numbers without separators, such as 1200"
}

// is reports whether the node can be a scalar of a kind.
func (n *node) is(k kind) bool {
	return n.kind == k || n.plain && n.kind != list && n.kind != object
}

// shown returns the node's value for an error.
func (n *node) shown() string {
	if n.kind == list || n.kind == object {
		return string(n.kind)
	}
	return quoted(n.text)
}

// quoted returns a value of a file as an error shows it: short, and with nothing in it that a terminal obeys.
func quoted(s string) string {
	const most = 60
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	return strconv.Quote(s)
}

func (d *decoder) list(v reflect.Value, n *node, path string) {
	if n.kind != list {
		d.mismatch(n, path, list)
		return
	}
	if len(n.items) > maxItems {
		d.wrong(n.line, path, "has %d entries; at most %d are read", len(n.items), maxItems)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	for i, item := range n.items {
		at := path + "[" + strconv.Itoa(i) + "]"
		if item.kind == null {
			d.wrong(item.line, at, "is empty")
		}
		d.value(v.Index(i), item, at)
	}
}

// texts fills a map of texts by language.
func (d *decoder) texts(v reflect.Value, n *node, path string) {
	if !d.fieldsOf(n, path) {
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(n.items)))
	for i, item := range n.items {
		s := reflect.New(v.Type().Elem()).Elem()
		d.value(s, item, join(path, n.keys[i].name))
		v.SetMapIndex(reflect.ValueOf(n.keys[i].name), s)
	}
}

func (d *decoder) structure(v reflect.Value, n *node, path string) {
	if !d.fieldsOf(n, path) {
		return
	}
	known := d.schema(v.Type())
	for i, k := range n.keys {
		at, ok := known[k.name]
		if !ok {
			d.wrong(k.line, join(path, k.name), "there is no such field%s", shred(k.name))
			continue
		}
		d.value(v.Field(at), n.items[i], join(path, k.name))
	}
}

// fieldsOf checks that the node has fields, each once.
func (d *decoder) fieldsOf(n *node, path string) bool {
	if n.kind != object {
		d.mismatch(n, path, object)
		return false
	}
	if len(n.keys) > maxItems {
		d.wrong(n.line, path, "has %d fields; at most %d are read", len(n.keys), maxItems)
		return false
	}
	first := make(map[string]int, len(n.keys))
	for _, k := range n.keys {
		if line, twice := first[k.name]; twice {
			d.wrong(k.line, join(path, k.name), "stands there twice, first on line %d", line)
			continue
		}
		first[k.name] = k.line
	}
	return true
}

// schema returns the fields of a struct by the names that files use.
func (d *decoder) schema(t reflect.Type) map[string]int {
	if known, ok := d.fields[t]; ok {
		return known
	}
	known := make(map[string]int, t.NumField())
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		known[name] = i
	}
	d.fields[t] = known
	return known
}

// join makes a path of a field. A name that is no plain word is quoted.
func join(path, name string) string {
	for _, r := range name {
		if r != '_' && (r < 'a' || r > 'z') {
			name = quoted(name)
			break
		}
	}
	if path == "" {
		return name
	}
	return path + "." + name
}
