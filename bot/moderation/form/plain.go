package form

import (
	"maps"
	"net/url"
	"strings"
	"unicode"

	"github.com/whosays/whosays/knowledge"
)

// plain is a field of words that are kept as they are typed.
func plain(at func(*knowledge.Claim) *string) fieldOf {
	return fieldOf{
		longest: mostShort,
		write:   func(_ printer, c *knowledge.Claim) string { return *at(c) },
		read: func(r *reading, value string) bool {
			*at(&r.is) = oneLine(value)
			return true
		},
	}
}

// oneLine returns a text without line breaks and without space around it. Blanks that hold a number together stay.
func oneLine(s string) string {
	apart := func(c rune) bool { return strings.ContainsRune(" \t\r\n", c) }
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(s, apart), " "))
}

// list is a field of several things with a mark between them: of ids a blank, of sentences a line break.
func list(between string, at func(*knowledge.Claim) *[]string) fieldOf {
	return fieldOf{
		long: between == "\n", longest: mostLines,
		write: func(_ printer, c *knowledge.Claim) string { return strings.Join(*at(c), between) },
		read: func(r *reading, value string) bool {
			cut := func(c rune) bool { return c == '\n' || between == " " && (unicode.IsSpace(c) || c == ',') }
			*at(&r.is) = nil
			for item := range strings.FieldsFuncSeq(value, cut) {
				if item = oneLine(item); item != "" {
					*at(&r.is) = append(*at(&r.is), item)
				}
			}
			return true
		},
	}
}

// source returns the source that a form holds of a claim: its first.
func source(c *knowledge.Claim) *knowledge.Source {
	if len(c.Sources) == 0 {
		c.Sources = []knowledge.Source{{}}
	}
	return &c.Sources[0]
}

// readURL takes the address of a source: https alone, as it may be opened from a channel.
func readURL(r *reading, value string) bool {
	value = strings.TrimSpace(value)
	source(&r.is).URL = value
	return value == "" || Secure(value)
}

// Secure reports an address that a claim may name: https, of a host, without anybody's name in it.
func Secure(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil && !strings.ContainsFunc(address, func(c rune) bool {
		return unicode.IsSpace(c) || !unicode.IsGraphic(c) || strings.ContainsRune("<>\"", c)
	})
}

func writeText(_ printer, c *knowledge.Claim) string { return c.Text }

// readText takes the sentence. Its language is that in which it is written; translations of another sentence aren't kept.
func readText(r *reading, value string) bool {
	r.is.Text = oneLine(value)
	if r.is.Lang = r.parser.Language(value); r.is.Lang == "en" && r.was.Lang == "" {
		r.is.Lang = ""
	}
	r.is.Translations = nil
	return true
}

// translation is the field of the sentence in another language.
func translation(id string) fieldOf {
	lang, ok := strings.CutPrefix(id, "in_")
	if !ok {
		return fieldOf{}
	}
	return fieldOf{
		long: true, longest: mostText,
		write: func(_ printer, c *knowledge.Claim) string { return c.Translations[lang] },
		read: func(r *reading, value string) bool {
			translations := map[string]string{}
			maps.Copy(translations, r.is.Translations)
			delete(translations, lang)
			if text := oneLine(value); text != "" {
				translations[lang] = text
			}
			if r.is.Translations = translations; len(translations) == 0 {
				r.is.Translations = nil
			}
			return true
		},
	}
}
