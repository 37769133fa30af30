package slack

import (
	_ "embed"
	"html/template"
	"net/http"

	"golang.org/x/text/language"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// ending is what an admin is shown who comes back from Slack. It says nothing that came with the request.
type ending string

const (
	pageDone         ending = "done"
	pageDenied       ending = "denied"
	pageStale        ending = "stale"
	pageFailed       ending = "failed"
	pageOrganisation ending = "organisation"
)

// status is that of the answer.
func (p ending) status() int {
	switch p {
	case pageDone, pageDenied: // it was done as they said
		return http.StatusOK
	case pageFailed:
		return http.StatusBadGateway
	}
	return http.StatusBadRequest
}

// words are what a page says: its title, and its text.
func (p ending) words(lang string) (title, text string) {
	said := map[ending]map[string][2]string{
		pageDone: {
			"en": {"WhoSays is installed", "Mention it in a channel, or write to it directly."},
			"uk": {"WhoSays встановлено", "Згадайте його в каналі або напишіть йому особисто."},
			"ru": {"WhoSays установлен", "Упомяните его в канале или напишите ему лично."},
		},
		pageDenied: {
			"en": {"WhoSays isn't installed", "You didn't allow it. Nothing was kept."},
			"uk": {"WhoSays не встановлено", "Ви цього не дозволили. Нічого не збережено."},
			"ru": {"WhoSays не установлен", "Вы этого не разрешили. Ничего не сохранено."},
		},
		pageStale: {
			"en": {"This link doesn't serve any more", "It is too old, was used already, or was begun in another browser."},
			"uk": {"Це посилання вже не діє", "Воно застаріле, вже використане або відкрите в іншому браузері."},
			"ru": {"Эта ссылка больше не действует", "Она устарела, уже использована или открыта в другом браузере."},
		},
		pageFailed: {
			"en": {"WhoSays couldn't be installed", "Slack didn't complete it. Try again in a while."},
			"uk": {"WhoSays не вдалося встановити", "Slack цього не завершив. Спробуйте трохи згодом."},
			"ru": {"WhoSays не удалось установить", "Slack этого не завершил. Попробуйте немного позже."},
		},
		pageOrganisation: {
			"en": {"Choose a single workspace", "WhoSays can't be installed in a whole organisation at once: choose one of its workspaces."},
			"uk": {"Виберіть один робочий простір", "WhoSays не встановлюється одразу в усю організацію: виберіть один із її робочих просторів."},
			"ru": {"Выберите одно рабочее пространство", "WhoSays не устанавливается сразу во всю организацию: выберите одно из её рабочих пространств."},
		},
	}
	w := said[p][lang]
	return w[0], w[1]
}

// beginAgain are the words of the link that begins anew.
func beginAgain(lang string) string {
	return map[string]string{"en": "Begin again", "uk": "Почати знову", "ru": "Начать заново"}[lang]
}

//go:embed oauth_page.html
var pageHTML string

// show answers with a page, in a language of the browser's.
func (d *Door) show(w http.ResponseWriter, r *http.Request, p ending, team string) {
	lang := spoken(r)
	title, text := p.words(lang)
	view := struct{ Lang, Title, Text, Team, Again, Link string }{lang, title, text, prose.Clean(team), "", InstallPath}
	if p != pageDone {
		view.Again = beginAgain(lang)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer") // the address holds a code
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	w.WriteHeader(p.status())
	if err := template.Must(template.New("page").Parse(pageHTML)).Execute(w, view); err != nil {
		d.teams.log.DebugContext(r.Context(), "a page wasn't read", "error", err)
	}
}

// spoken returns which of our languages a browser asks for; the first where it asks for none of them.
func spoken(r *http.Request) string {
	var ours []language.Tag
	for _, lang := range lexicon.Languages {
		ours = append(ours, language.Make(lang))
	}
	_, n := language.MatchStrings(language.NewMatcher(ours), r.Header.Get("Accept-Language"))
	return lexicon.Languages[n]
}
