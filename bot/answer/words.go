package answer

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/whosays/whosays/knowledge/lexicon"
)

//go:embed locales/*.yaml
var locales embed.FS

// words is what we say ourselves, in one language. It is safe for concurrent use.
type words struct {
	lang      string
	localizer *i18n.Localizer
	plain     sync.Map // messages without fields, by id
	numbers   *message.Printer
	lex       *lexicon.Lexicon
}

// loadWords reads our sentences in every language.
func loadWords(lex *lexicon.Lexicon) (map[string]*words, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	out := map[string]*words{}
	for _, lang := range lexicon.Languages {
		if _, err := bundle.LoadMessageFileFS(locales, "locales/"+lang+".yaml"); err != nil {
			return nil, fmt.Errorf("our sentences in %s: %w", lang, err)
		}
		out[lang] = &words{
			lang: lang, lex: lex,
			localizer: i18n.NewLocalizer(bundle, lang, "en"),
			numbers:   message.NewPrinter(language.Make(lang)),
		}
	}
	return out, nil
}

// fields fill the gaps of a sentence.
type fields struct {
	Text, Who, Standing, Claim, Asked, Dims, About, Language, Date string
}

// say returns a sentence of ours. A sentence that doesn't exist is a mistake of ours that a test finds; its id
// stands in for it.
func (w *words) say(id string, f ...fields) string {
	if len(f) == 0 {
		if s, ok := w.plain.Load(id); ok {
			return s.(string) //nolint:forcetypeassert // only strings are stored
		}
	}
	config := &i18n.LocalizeConfig{MessageID: id}
	if len(f) > 0 {
		config.TemplateData = f[0]
	}
	s, err := w.localizer.Localize(config)
	if err != nil {
		return id
	}
	if len(f) == 0 {
		w.plain.Store(id, s)
	}
	return s
}

// number writes a number in full, grouped as the language does.
func (w *words) number(v float64) string {
	if v != float64(int64(v)) {
		return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", decimal(w.lang), 1)
	}
	return w.numbers.Sprintf("%d", int64(v))
}

func decimal(lang string) string {
	if lang == "en" {
		return "."
	}
	return ","
}

// label returns the name of a concept, or the id where the lexicon doesn't know it.
func (w *words) label(class lexicon.Class, id string) string {
	if c, ok := w.lex.Get(class, id); ok {
		return c.In(w.lang)
	}
	return id
}
