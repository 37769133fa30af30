package slack

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// today is the moment of every request.
var today = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

// onStarter is a bot on the whole starter base.
var onStarter = sync.OnceValues(func() (*bot.Bot, error) {
	b, _, _, err := adaptertest.Starter()
	return b, err
})

// handle returns the bot's reply.
func handle(t testing.TB, req chat.Request) chat.Reply {
	t.Helper()
	b, err := onStarter()
	if err != nil {
		t.Fatal(err)
	}
	req.Now = today
	r, err := b.Handle(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// labels are a button's words in a language.
func labels(lang string) func(chat.Command) string {
	return func(c chat.Command) string {
		b, err := onStarter()
		if err != nil {
			return string(c)
		}
		return b.Label(c, lang)
	}
}

// kinds are replies of every kind.
var kinds = map[string]chat.Request{
	"answer-en":        {Text: "what did zelensky say about ukr dead back in december 2024?"},
	"answer-uk":        {Text: "Скільки цивільних загинуло в Україні у 2025 році?"},
	"rivals-en":        {Text: "how many ukr soldiers died so far??"},
	"rivals-uk":        {Text: "Скільки українських військових загинуло?"},
	"rivals-ru":        {Text: "Сколько российских солдат погибло?"},
	"related-en":       {Text: "How many Russian soldiers were killed in 2025?"},
	"related-ru":       {Text: "Сколько российских солдат погибло в 2025 году?"},
	"unsourced-en":     {Text: "How many tanks has Russia lost?"},
	"unsourced-uk":     {Text: "Скільки танків втратила Росія?"},
	"compute-en":       {Text: "What is 55,000 plus 420,000?"},
	"compute-ru":       {Text: "Сколько будет 55 000 плюс 420 000 солдат?"},
	"compound-en":      {Text: "How many Ukrainian soldiers are wounded, how many tanks has Russia lost and who disputes the CSIS numbers?"},
	"check-en":         {Command: chat.CommandCheck, Text: "The UN estimates that 2,514 civilians were killed in Ukraine in 2025, a 31% rise in deaths. 390,000 Ukrainian soldiers were wounded"},
	"check-mixed-en":   {Command: chat.CommandCheck, Text: "Nearly 420,000 Russian soldiers were killed in 2025 alone, Zelensky said. Meanwhile talks in Abu Dhabi continue today, both sides call them \"productive\"!!"},
	"check-hostile-en": {Command: chat.CommandCheck, Text: "<b>@everyone</b> Around 325,000 Russian soldiers have been killed [proof](http://evil.example) <script>alert(1)</script>"},
	"check-uk":         {Command: chat.CommandCheck, Text: "ООН каже, що 2514 цивільних загинуло в Україні у 2025 році, а Зеленський сказав про 55 000 загиблих військових"},
	"status-en":        {Command: chat.CommandStatus, Lang: "en"},
	"status-uk":        {Command: chat.CommandStatus, Lang: "uk"},
	"status-ru":        {Command: chat.CommandStatus, Lang: "ru"},
	"help-en":          {Command: chat.CommandHelp, Lang: "en"},
	"help-uk":          {Command: chat.CommandHelp, Lang: "uk"},
	"help-ru":          {Command: chat.CommandHelp, Lang: "ru"},
	"near-en": {Command: chat.CommandNear, Lang: "en", Claims: []string{
		"ukraine-soldiers-killed-shoigu-2022-09-21", "ukraine-soldiers-casualties-csis-2026-01-27", "ukraine-soldiers-missing-zelenskyy",
	}},
	"near-uk":    {Command: chat.CommandNear, Lang: "uk", Claims: []string{"ukraine-soldiers-killed-shoigu-2022-09-21", "ukraine-soldiers-missing-zelenskyy"}},
	"sources-en": {Command: chat.CommandSources, Lang: "en", Claims: []string{"civilians-killed-2025-un-hrmmu"}},
	"sources-ru": {Command: chat.CommandSources, Lang: "ru", Claims: []string{"civilians-killed-2025-un-hrmmu"}},
	"method-en":  {Command: chat.CommandMethod, Lang: "en", Claims: []string{"civilians-killed-2025-un-hrmmu"}},
	"quote-uk":   {Command: chat.CommandQuote, Lang: "uk", Claims: []string{"civilians-killed-2025-un-hrmmu", "ukraine-soldiers-missing-zelenskyy"}},
	"check-ru":   {Command: chat.CommandCheck, Text: "ООН говорит, что в 2025 году в Украине погибло 2514 гражданских, а Россия потеряла 3000 танков"},
	"series-en":  {Text: "how did zelensky's number of ukrainian dead change over time"},
	"series-uk":  {Text: "Як змінювалася кількість поранених українських військових за словами Зеленського?"},
}

// TestGolden shows every kind of reply, page by page, as it is posted. A golden that changes is a change of the product.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, req := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := handle(t, req)
			v := view{Command: req.Command, Record: "r1", Label: labels(r.Lang), Private: req.Command == chat.CommandCheck}
			for n, m := range everyPage(t, r, v) {
				adaptertest.Golden(t, name+"-"+strconv.Itoa(n), m)
				proper(t, m)
			}
		})
	}
}

// everyPage returns all pages of a reply.
func everyPage(t fataler, r chat.Reply, v view) []message {
	t.Helper()
	var out []message
	for {
		v.Page = len(out)
		m := render(r, v)
		out = append(out, m)
		if !more(m) {
			return out
		}
		if len(out) > 300 {
			t.Fatalf("there is no end of pages")
		}
	}
}

// fataler is what a test and a rapid.T have in common.
type fataler interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// TestGoldenDigest shows all pages of a digest.
func TestGoldenDigest(t *testing.T) {
	t.Parallel()
	for _, lang := range lexicon.Languages {
		r, err := adaptertest.Digest(lang)
		if err != nil {
			t.Fatal(err)
		}
		for n, m := range everyPage(t, r, view{Record: "r1", Label: labels(lang)}) {
			adaptertest.Golden(t, "digest-"+lang+"-"+strconv.Itoa(n), m)
			proper(t, m)
		}
	}
}

// TestGoldenSubscribing shows what those are told who keep the digests of channels.
func TestGoldenSubscribing(t *testing.T) {
	t.Parallel()
	for _, lang := range lexicon.Languages {
		replies, err := adaptertest.Subscribing(lang, "slack:T1/C2000", "slack:T1/C2001")
		if err != nil {
			t.Fatal(err)
		}
		all := map[string][]message{}
		for name, r := range replies {
			all[name] = everyPage(t, r, view{Record: "r1", Label: labels(lang), Private: true})
			for _, m := range all[name] {
				properNaming(t, m, "C2000", "C2001")
			}
		}
		adaptertest.Golden(t, "subscribing-"+lang, all)
	}
}
