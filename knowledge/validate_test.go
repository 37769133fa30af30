package knowledge_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

func TestValidateTakesACompleteClaim(t *testing.T) {
	t.Parallel()
	if err := complete().Validate(floodLexicon(t)); err != nil {
		t.Error(err)
	}
}

func TestValidateTakesTheLeast(t *testing.T) {
	t.Parallel()
	c := knowledge.Claim{
		ID: "dam-stands", Kind: knowledge.KindStatement, Text: `He said: "The dam stands firm. Nobody has to leave."`,
		Attribution: knowledge.Attribution{Standing: knowledge.Unattributed},
		Sources:     []knowledge.Source{{Publisher: "The Delta Post"}},
	}
	if err := c.Validate(floodLexicon(t)); err != nil {
		t.Error(err)
	}
}

// breaches are faults of a claim that is complete otherwise, and what is said of each.
type breaches map[string]struct {
	breaks func(*knowledge.Claim)
	want   string
}

func (all breaches) try(t *testing.T) {
	l := floodLexicon(t)
	for name, tc := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := complete()
			tc.breaks(&c)
			err := c.Validate(l)
			if err == nil {
				t.Fatal("it passed")
			}
			if diff := cmp.Diff(tc.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestValidateText(t *testing.T) {
	t.Parallel()
	breaches{
		"id absent":        {func(c *knowledge.Claim) { c.ID = "" }, `id: "" must be a slug of at most 100 characters, such as civilians-killed`},
		"id no slug":       {func(c *knowledge.Claim) { c.ID = "Two words" }, `id: "Two words" must be a slug of at most 100 characters, such as civilians-killed`},
		"kind":             {func(c *knowledge.Claim) { c.Kind = "rumour" }, `kind: "rumour" is none of figure, statement, status, issue, context`},
		"topic":            {func(c *knowledge.Claim) { c.Topic = "ships" }, `topic: the lexicon has no topic "ships"; it has dams`},
		"text absent":      {func(c *knowledge.Claim) { c.Text = " " }, `text: is missing`},
		"text long":        {func(c *knowledge.Claim) { c.Text = strings.Repeat("é", 1001) }, `text: has 1001 characters; at most 1000 fit`},
		"text's number":    {func(c *knowledge.Claim) { c.Text = "About 1,500 residents were evacuated." }, `text: states 1500, but the figure is 1200`},
		"text two lines":   {func(c *knowledge.Claim) { c.Text = "One\ntwo" }, `text: holds the control or invisible character U+000A`},
		"text turned":      {func(c *knowledge.Claim) { c.Text = "One \u202etwo" }, `text: holds the control or invisible character U+202E`},
		"text damaged":     {func(c *knowledge.Claim) { c.Text = "One \xff" }, `text: holds damaged characters`},
		"text replaced":    {func(c *knowledge.Claim) { c.Text = "One \ufffd" }, `text: holds damaged characters`},
		"text blanks":      {func(c *knowledge.Claim) { c.Text = "One. " }, `text: begins or ends with a blank`},
		"text's address":   {func(c *knowledge.Claim) { c.Text = "About 1,200 residents left, see https://example.org/a." }, `text: holds the address "https://example.org/a.": it belongs to sources`},
		"text wordless":    {func(c *knowledge.Claim) { c.Text = "1,200!" }, `text: has no words`},
		"text asks":        {func(c *knowledge.Claim) { c.Text = "Did 1,200 residents leave?" }, `text: is a question, and claims nothing`},
		"half a person":    {func(c *knowledge.Claim) { c.Text, c.Figure.Best = "Some residents left.", new(100.5) }, `figure.best: 100.5 isn't whole, as persons are`},
		"two sentences":    {func(c *knowledge.Claim) { c.Text = "The dam broke. Many left." }, `text: must be one sentence`},
		"lang":             {func(c *knowledge.Claim) { c.Lang = "de" }, `lang: "de" is none of the languages en, uk, ru`},
		"translation lang": {func(c *knowledge.Claim) { c.Translations["de"] = "Eins." }, `translations.de: "de" is none of the languages en, uk, ru`},
		"translation odd":  {func(c *knowledge.Claim) { c.Translations["\x1b[31m"] = "Eins." }, `translations."\x1b[31m": "\x1b[31m" is none of the languages en, uk, ru`},
		"translation same": {func(c *knowledge.Claim) { c.Translations["en"] = "One." }, `translations.en: the text itself is in this language`},
		"translation none": {func(c *knowledge.Claim) { c.Translations["uk"] = "" }, `translations.uk: is missing`},
	}.try(t)
}

func TestValidateFigure(t *testing.T) {
	t.Parallel()
	breaches{
		"figure absent":     {func(c *knowledge.Claim) { c.Figure = knowledge.Figure{} }, `figure: is missing in a claim of kind figure`},
		"figure unit alone": {func(c *knowledge.Claim) { c.Kind, c.Figure.Best = knowledge.KindStatus, nil }, `figure: has a qualifier or a unit, but no number`},
		"figure unit none":  {func(c *knowledge.Claim) { c.Figure.Unit = "" }, `figure.unit: is missing: it says what the number counts`},
		"figure unit":       {func(c *knowledge.Claim) { c.Figure.Unit = "boats" }, `figure.unit: the lexicon has no unit "boats"; it has persons`},
		"qualifier none":    {func(c *knowledge.Claim) { c.Figure.Qualifier = "" }, `figure.qualifier: "" is none of exact, about, nearly, at_most, at_least, more_than, range`},
		"qualifier bound":   {func(c *knowledge.Claim) { c.Figure.Qualifier = knowledge.Nearly }, `figure.qualifier: "nearly" goes with high, but the figure has best`},
		"qualifier more":    {func(c *knowledge.Claim) { c.Figure.High = new(2000.0) }, `figure.qualifier: "about" goes with best, but the figure has best and high`},
		"range half": {func(c *knowledge.Claim) {
			c.Figure = knowledge.Figure{Low: new(1.0), Qualifier: knowledge.Range, Unit: "persons"}
		}, `figure.qualifier: "range" goes with low and high, but the figure has low`},
		"range upside down": {func(c *knowledge.Claim) {
			c.Figure = knowledge.Figure{Low: new(1500.5), High: new(1000000.0), Best: new(2.0), Qualifier: knowledge.Range, Unit: "persons"}
		}, `figure.low: 1500.5 is above best, which is 2; figure.low: 1500.5 isn't whole, as persons are`},
		"low over high": {func(c *knowledge.Claim) {
			c.Figure = knowledge.Figure{Low: new(6.0), High: new(5.0), Qualifier: knowledge.Range, Unit: "persons"}
		}, `figure.low: 6 is above high, which is 5`},
		"negative": {func(c *knowledge.Claim) { c.Figure.Best = new(-1.0) }, `figure.best: -1 is below zero`},
		"NaN":      {func(c *knowledge.Claim) { c.Figure.Best = new(math.NaN()) }, `figure.best: isn't a number`},
		"infinite": {func(c *knowledge.Claim) { c.Figure.Best = new(math.Inf(1)) }, `figure.best: isn't a number`},
		"inexact":  {func(c *knowledge.Claim) { c.Figure.Best = new(1e16) }, `figure.best: 10000000000000000 is more than a figure can hold exactly`},
	}.try(t)
}

func TestValidateScope(t *testing.T) {
	t.Parallel()
	breaches{
		"party":        {func(c *knowledge.Claim) { c.Scope.Party = "sea" }, `scope.party: the lexicon has no party "sea"; it has delta, upriver`},
		"group":        {func(c *knowledge.Claim) { c.Scope.Group = "cows" }, `scope.group: the lexicon has no group "cows"; it has residents`},
		"group none":   {func(c *knowledge.Claim) { c.Scope.Group = "" }, `scope.group: a figure has to say who is counted`},
		"metric":       {func(c *knowledge.Claim) { c.Scope.Metric = "drownd" }, `scope.metric: the lexicon has no metric "drownd"; it has drowned, evacuated`},
		"metric none":  {func(c *knowledge.Claim) { c.Scope.Metric = "" }, `scope.metric: a figure has to say what is counted`},
		"place":        {func(c *knowledge.Claim) { c.Scope.Place = "moon" }, `scope.place: the lexicon has no place "moon"; it has delta, valley`},
		"period order": {func(c *knowledge.Claim) { c.Scope.Period.To = knowledge.Date{Year: 2024} }, `scope.period: begins 2025, after its end 2024`},
		"period ahead": {func(c *knowledge.Claim) { c.Scope.Period.To = knowledge.Date{Year: 2025, Month: 4} }, `scope.period.to: 2025-04 is after 2025-03-01, when it was said`},
		"period date":  {func(c *knowledge.Claim) { c.Scope.Period.To.Month = 13 }, `scope.period.to: "2025-13" isn't a date of the calendar`},
	}.try(t)
}

func TestValidateAttribution(t *testing.T) {
	t.Parallel()
	breaches{
		"standing none":        {func(c *knowledge.Claim) { c.Attribution.Standing = "" }, `attribution.standing: is missing: it says on which ground the speaker stands, "unattributed" where nobody is named`},
		"standing":             {func(c *knowledge.Claim) { c.Attribution.Standing = "god" }, `attribution.standing: the lexicon has no standing "god"; it has party, unattributed`},
		"speaker unattributed": {func(c *knowledge.Claim) { c.Attribution.Standing = "unattributed" }, `attribution.standing: is "unattributed", but the speaker "mayor" is named`},
		"speaker none":         {func(c *knowledge.Claim) { c.Attribution.Speaker = "" }, `attribution.speaker: is missing: where nobody is named the standing is "unattributed"`},
		"speaker id":           {func(c *knowledge.Claim) { c.Attribution.Speaker = "mayr" }, `attribution.speaker: the lexicon has no claimant "mayr"; it has mayor`},
		"method":               {func(c *knowledge.Claim) { c.Attribution.Method = "dream" }, `attribution.method: the lexicon has no method "dream"; it has unstated`},
	}.try(t)
}

func TestValidateSources(t *testing.T) {
	t.Parallel()
	breaches{
		"sources none":   {func(c *knowledge.Claim) { c.Sources = nil }, `sources: a claim needs at least one source`},
		"source empty":   {func(c *knowledge.Claim) { c.Sources[0] = knowledge.Source{Quote: "word"} }, `sources[0]: needs a publisher, a title or a url`},
		"source scheme":  {func(c *knowledge.Claim) { c.Sources[0].URL = "javascript:alert(1)" }, `sources[0].url: "javascript:alert(1)" isn't an http or https address`},
		"source no host": {func(c *knowledge.Claim) { c.Sources[0].ArchiveURL = "https:///x" }, `sources[0].archive_url: "https:///x" isn't an http or https address`},
		"source lang":    {func(c *knowledge.Claim) { c.Sources[0].Lang = "English" }, `sources[0].lang: "English" isn't the code of a language, such as en`},
		"quote long":     {func(c *knowledge.Claim) { c.Sources[0].Quote = strings.Repeat("word ", 15) + "word" }, `sources[0].quote: has 16 words; at most 15 may be taken`},
		"quote sentence": {func(c *knowledge.Claim) { c.Sources[0].Quote = `about 1,200 are out."` }, `sources[0].quote: ends like a sentence; take a fragment`},

		"caveat empty": {func(c *knowledge.Claim) { c.Caveats[0].Code = "" }, `caveats[0]: needs a code or a text`},
		"caveat code":  {func(c *knowledge.Claim) { c.Caveats[0].Code = "odd" }, `caveats[0].code: the lexicon has no caveat "odd"; it has disputed, undated`},
		"caveat twice": {func(c *knowledge.Claim) { c.Caveats[1].Code = "undated" }, `caveats[1].code: "undated" stands there twice`},
		"caveat lang":  {func(c *knowledge.Claim) { c.Caveats[1].Text["de"] = "Eins." }, `caveats[1].text.de: "de" is none of the languages en, uk, ru`},
		"caveat text":  {func(c *knowledge.Claim) { c.Caveats[1].Text["en"] = "" }, `caveats[1].text.en: is missing`},
	}.try(t)
}

func TestValidateLinks(t *testing.T) {
	t.Parallel()
	breaches{
		"disputes itself":   {func(c *knowledge.Claim) { c.Disputes[0] = c.ID }, `disputes[0]: names the claim itself`},
		"supersedes itself": {func(c *knowledge.Claim) { c.Supersedes[0] = c.ID }, `supersedes[0]: names the claim itself`},
		"supersedes no id":  {func(c *knowledge.Claim) { c.Supersedes[0] = "the old one" }, `supersedes[0]: "the old one" isn't the id of a claim`},
		"status":            {func(c *knowledge.Claim) { c.Status = "dead" }, `status: "dead" is none of pending, live, superseded, retracted, hidden`},
		"retracted":         {func(c *knowledge.Claim) { c.Status = knowledge.StatusRetracted }, `reason: is missing: a retracted claim says why`},
		"alias":             {func(c *knowledge.Claim) { c.Aliases = append(c.Aliases, "") }, `aliases[1]: is missing`},
		"revision":          {func(c *knowledge.Claim) { c.Revision = -1 }, `revision: -1 is below zero`},
		"reviewed":          {func(c *knowledge.Claim) { c.ReviewedOn.Day = 31 }, `reviewed_on: "2025-04-31" isn't a date of the calendar`},
	}.try(t)
}

func TestValidateNamesEverything(t *testing.T) {
	t.Parallel()
	c := complete()
	c.Text = ""
	c.Figure.Qualifier = knowledge.Range
	c.Scope.Metric = "lost"
	c.Sources = nil
	var got knowledge.Problems
	if !errors.As(c.Validate(floodLexicon(t)), &got) {
		t.Fatal("no Problems")
	}
	var fields []string
	for _, p := range got {
		fields = append(fields, p.Field)
	}
	if diff := cmp.Diff([]string{"text", "figure.qualifier", "scope.metric", "sources"}, fields); diff != "" {
		t.Error(diff)
	}
}

// FuzzValidate holds that no claim makes the rules crash, and that what they say is fit for a terminal.
func FuzzValidate(f *testing.F) {
	f.Add("id", "One. Two.", "uk", "https://x", "quote.", 1.0, "persons")
	l := floodLexicon(f)
	f.Fuzz(func(t *testing.T, id, text, lang, link, quote string, n float64, unit string) {
		c := complete()
		c.ID, c.Text, c.Lang, c.Tenant = id, text, lang, unit
		c.Translations = map[string]string{lang: text}
		c.Sources[0].URL, c.Sources[0].Quote = link, quote
		c.Figure.Best, c.Figure.Unit = &n, unit
		c.Attribution.Speaker, c.Scope.Metric, c.Aliases = text, unit, []string{quote}
		if err := c.Validate(l); err != nil && strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' || r == 0x202e }) {
			t.Errorf("the message holds control characters: %q", err)
		}
	})
}
