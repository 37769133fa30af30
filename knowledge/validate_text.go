package knowledge

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// maxListed is up to how many concepts of a class an error lists.
const maxListed = 16

// required checks a text that must not be missing.
func (v *validator) required(field, s string, most int) {
	if strings.TrimSpace(s) == "" {
		v.add(field, "is missing")
		return
	}
	v.optional(field, s, most)
}

// optional checks a text: in one line, readable, short enough. What shows nothing, or changes how the rest
// shows, has no place in a base.
func (v *validator) optional(field, s string, most int) {
	if !utf8.ValidString(s) || strings.ContainsRune(s, utf8.RuneError) {
		v.add(field, "holds damaged characters")
		return
	}
	if n := utf8.RuneCountInString(s); n > most {
		v.add(field, "has %d characters; at most %d fit", n, most)
	}
	if at := strings.IndexFunc(s, invisible); at >= 0 {
		r, _ := utf8.DecodeRuneInString(s[at:])
		v.add(field, "holds the control or invisible character %U", r)
	}
	if s != strings.TrimSpace(s) {
		v.add(field, "begins or ends with a blank")
	}
}

func invisible(r rune) bool {
	if r < 0x7f {
		return r < ' '
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp)
}

// known checks that the lexicon has the concept. The empty id is a dimension left open.
func (v *validator) known(field string, class lexicon.Class, id string) {
	if id == "" || v.lexicon.Has(class, id) {
		return
	}
	all := v.lexicon.Of(class)
	if len(all) == 0 || len(all) > maxListed {
		v.add(field, "the lexicon has no %s %q", class, clip(id))
		return
	}
	ids := make([]string, len(all))
	for i, c := range all {
		ids[i] = c.ID
	}
	v.add(field, "the lexicon has no %s %q; it has %s", class, clip(id), strings.Join(ids, ", "))
}

func (v *validator) language(field, lang string) {
	if !slices.Contains(lexicon.Languages, lang) {
		v.add(field, "%q is none of the languages %s", clip(lang), strings.Join(lexicon.Languages, ", "))
	}
}

// key returns the key of a text by language as it stands in a path: quoted, where it could be anything.
func key(lang string) string {
	if language.MatchString(lang) {
		return lang
	}
	return strconv.Quote(clip(lang))
}

// date checks a date that may be absent, and reports whether it is there and right.
func (v *validator) date(field string, d Date) bool {
	if d.IsZero() {
		return false
	}
	if !d.Valid() {
		v.add(field, "%q isn't a date of the calendar", d.String())
		return false
	}
	return true
}

func (v *validator) link(field, link string) {
	if link == "" {
		return
	}
	v.optional(field, link, maxURL)
	u, err := url.Parse(link)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.ContainsAny(link, " <>\"") {
		v.add(field, "%q isn't an http or https address", clip(link))
	}
}

// oneOf checks a word of a closed list.
func oneOf[T ~string](v *validator, field string, value T, all ...T) {
	if slices.Contains(all, value) {
		return
	}
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = string(w)
	}
	v.add(field, "%q is none of %s", clip(string(value)), strings.Join(words, ", "))
}
