package exchange_test

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/golden"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// endings are those of the formats.
var endings = map[exchange.Format]string{
	exchange.YAML: ".yaml", exchange.JSONL: ".jsonl", exchange.CSV: ".csv", exchange.ClaimReview: ".jsonld",
}

func each(claims []knowledge.Claim) iter.Seq2[knowledge.Claim, error] {
	return func(yield func(knowledge.Claim, error) bool) {
		for _, c := range claims {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// failer is a test, a property or a fuzz target.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// comesBack writes claims in a format and reads them again.
func comesBack(t failer, l *lexicon.Lexicon, format exchange.Format, claims []knowledge.Claim) {
	t.Helper()
	var out bytes.Buffer
	if err := exchange.Write(&out, format, each(claims)); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	got, err := exchange.LoadReader(l, "export"+endings[format], bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatalf("%s: %v\n%s", format, err, out.String())
	}
	if diff := cmp.Diff(claims, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-written +read):\n%s\n%s", format, diff, out.String())
	}
}

func TestStarterComesBack(t *testing.T) {
	t.Parallel()
	l, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	claims, err := starter.Claims()
	if err != nil || len(claims) < 50 {
		t.Fatalf("%d claims, %v", len(claims), err)
	}
	for format := range endings {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()
			comesBack(t, l, format, claims)
		})
	}
}

// TestWrittenFiles holds what exports look like.
func TestWrittenFiles(t *testing.T) {
	t.Parallel()
	claims, err := exchange.LoadPaths(floods(t), "testdata/claims.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	claims[0].Aliases = append(claims[0].Aliases, "=evacuated; now", "2025", "# - “так”")
	for format, ending := range endings {
		var out bytes.Buffer
		if err := exchange.Write(&out, format, each(claims)); err != nil {
			t.Fatal(err)
		}
		golden.Assert(t, out.String(), "written"+ending+".golden")
	}
}

func TestEveryClaimComesBack(t *testing.T) {
	t.Parallel()
	l := floods(t)
	for format := range endings {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				c := anyClaim(t)
				if err := c.Validate(l); err != nil {
					t.Skip(err)
				}
				comesBack(t, l, format, []knowledge.Claim{c, plain("another", c.Text)})
			})
		})
	}
}

// plain is a claim that has little more than it must have.
func plain(id, text string) knowledge.Claim {
	return knowledge.Claim{
		ID: id, Kind: knowledge.KindStatement, Text: text,
		Attribution: knowledge.Attribution{Standing: knowledge.Unattributed}, Sources: []knowledge.Source{{Title: text}},
	}
}

// anyClaim draws a claim that fills anything, with odd texts; nearly all of them are valid.
func anyClaim(t *rapid.T) knowledge.Claim {
	some := func(name string) bool { return rapid.Bool().Draw(t, name+"?") }
	pick := func(name string, all ...string) string { return rapid.SampledFrom(all).Draw(t, name) }
	maybe := func(name string) string {
		if some(name) {
			return oddText().Draw(t, name)
		}
		return ""
	}
	c := knowledge.Claim{
		ID: "a-claim", Tenant: maybe("tenant"), Kind: knowledge.KindStatement, Topic: pick("topic", "", "dams"),
		Text: sentence().Draw(t, "text"), Lang: pick("lang", "", "en"), Translations: texts(t, "translations", "uk", "ru"),
		Scope: knowledge.Scope{
			Party: pick("party", "", "delta"), Group: pick("group", "", "residents"), Metric: pick("metric", "", "drowned"),
			Period: knowledge.Period{To: date(t, "to"), Cumulative: some("cumulative")}, Place: pick("place", "", "valley"),
		},
		Attribution: knowledge.Attribution{Office: maybe("office"), Standing: knowledge.Unattributed, Method: pick("method", "", "unstated"), SaidOn: date(t, "said"), Venue: maybe("venue")},
		Status:      knowledge.Status(pick("status", "", "pending", "live", "superseded")), Reason: maybe("reason"), Series: maybe("series"),
		Aliases: rapid.SliceOfN(oddText(), 0, 4).Draw(t, "aliases"), Revision: rapid.IntRange(0, 1<<40).Draw(t, "revision"),
		AddedBy: maybe("added"), ApprovedBy: maybe("approved"), ReviewedOn: date(t, "reviewed"),
	}
	if c.Series != "" && c.Attribution.SaidOn.IsZero() {
		c.Series = ""
	}
	if some("at") {
		zone := time.FixedZone("", rapid.IntRange(-12, 14).Draw(t, "zone")*3600)
		c.At = time.Unix(rapid.Int64Range(0, 1<<32).Draw(t, "at"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).In(zone)
	}
	if some("speaker") {
		c.Attribution.Speaker, c.Attribution.Standing = pick("speaker", "mayor", "Jane; Doe", "-\"Джейн\"", "'=Doe"), "party"
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "sources") {
		c.Sources = append(c.Sources, knowledge.Source{
			Publisher: oddText().Draw(t, "publisher"), Title: maybe("title"), URL: fmt.Sprintf("https://example.org/%d?a=1;b='#-", i), ArchiveURL: pick("archive", "", "http://example.com/ж"),
			PublishedOn: date(t, "published"), RetrievedOn: date(t, "retrieved"), Lang: pick("source lang", "", "no", "uk"),
		})
	}
	for _, code := range rapid.SampledFrom([][]string{nil, {"undated"}, {"", "disputed"}, {"disputed", "", "undated", ""}}).Draw(t, "codes") {
		caveat := knowledge.Caveat{Code: code, Text: texts(t, "caveat", "en", "uk", "ru")}
		if code != "" || len(caveat.Text) > 0 {
			c.Caveats = append(c.Caveats, caveat)
		}
	}
	if some("figure") {
		n := float64(rapid.Int64Range(0, 1<<53).Draw(t, "best"))
		c.Figure = knowledge.Figure{Best: &n, Qualifier: knowledge.About, Unit: "persons"}
	}
	return c
}

func texts(t *rapid.T, name string, langs ...string) map[string]string {
	out := map[string]string{}
	for _, lang := range langs {
		if rapid.Bool().Draw(t, name+" "+lang+"?") {
			out[lang] = sentence().Draw(t, name+" "+lang)
		}
	}
	return out
}

func date(t *rapid.T, name string) knowledge.Date {
	s := rapid.SampledFrom([]string{"", "2025", "0001", "2025-02", "2024-02-29", "2025-12-31"}).Draw(t, name)
	var d knowledge.Date
	if err := d.UnmarshalText([]byte(s)); err != nil {
		t.Fatal(err)
	}
	return d
}

// oddText draws what the formats could take for something else.
func oddText() *rapid.Generator[string] {
	odd := rapid.SampledFrom([]string{
		"2025", "null", "~", "true", "no", "1e5", "0x1F", "0o7", "1_000", ".inf", "2025-02-04", "12:30", "<<", "=", "-", "--- a", "- a", "? a", ": a", "a: b", "a #b", "#a", "a#", "a -", "*a", "&a", "!!str a", "%a",
		"@a", "`a", "{a", "[a]", "|", ">", "'", `"`, `""`, `'=a`, "''+a", "=1+1", "+1", "a;b", ";", `\`, `\;`, `a\\;b`, `c:\d\`, "a,b", `"a",b`, "a\u00a0b", "\u0301a", "\U0001f600", "\ufffe", "“так”;ні", "{{a}}", "</script>", "<a&b>", "\\u0041", "\\n",
	})
	free := rapid.Map(rapid.StringOfN(rapid.RuneFrom([]rune(`ab;\,"'#=-+@:|{}[]&*!%~ 09éжґ中`), unicode.Letter, unicode.Punct, unicode.Symbol), 1, 12, -1), tidy)
	return rapid.OneOf(odd, rapid.Map(rapid.SliceOfN(odd, 1, 3), func(parts []string) string { return strings.Join(parts, " ") }), free)
}

// tidy makes a drawn text one that a claim may have.
func tidy(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\ufffd", ""))
	if s == "" {
		return "a"
	}
	return s
}

// sentence draws the text of a claim: it has a word, and is no question.
func sentence() *rapid.Generator[string] {
	return rapid.Map(oddText(), func(s string) string { return s + " и так" })
}

func TestWriteTellsWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	ok := plain("a", "The dam stands.")
	crowded, sourced, odd := ok, ok, ok
	crowded.Aliases = make([]string, 1001)
	for range 200 {
		sourced.Sources = append(sourced.Sources, knowledge.Source{Publisher: "a", Title: "b", URL: "c", Quote: "d", Lang: "e", ArchiveURL: "f"})
	}
	odd.At = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
	long := ok
	long.Text = strings.Repeat("a", exchange.MaxLine)
	var big []knowledge.Claim
	for range 17 {
		big = append(big, long)
	}
	for name, tc := range map[string]struct {
		format exchange.Format
		claims []knowledge.Claim
		want   string
	}{
		"list":    {exchange.YAML, []knowledge.Claim{crowded}, `claim "a" can't be written: aliases: has a list of 1001 entries`},
		"columns": {exchange.CSV, []knowledge.Claim{sourced}, "write them as jsonl"},
		"moment":  {exchange.CSV, []knowledge.Claim{odd}, `claim "a" can't be written: at: `},
		"line":    {exchange.JSONL, []knowledge.Claim{long}, `claim "a" is longer than the 1 MiB`},
		"review":  {exchange.ClaimReview, []knowledge.Claim{long}, `claim "a" is longer than the 1 MiB`},
		"row":     {exchange.CSV, []knowledge.Claim{long}, `claim "a" is longer than the 1 MiB`},
		"file":    {exchange.YAML, big, "more than the 16 MiB"},
		"format":  {"toml", nil, `"toml" is no format of claims`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := exchange.Write(&bytes.Buffer{}, tc.format, each(tc.claims))
			if knowledge.KindOf(err) != knowledge.Invalid || !strings.Contains(knowledge.MessageOf(err), tc.want) {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestWriteHandsErrorsOn: those of the claims, those of the writer, and claims that change between the two rounds of CSV.
func TestWriteHandsErrorsOn(t *testing.T) {
	t.Parallel()
	gone := errors.New("gone")
	failing := func(yield func(knowledge.Claim, error) bool) {
		_ = yield(plain("a", "The dam stands."), nil) && yield(knowledge.Claim{}, gone)
	}
	for format := range endings {
		if err := exchange.Write(&bytes.Buffer{}, format, failing); !errors.Is(err, gone) {
			t.Errorf("%s: %v", format, err)
		}
		closed, err := os.Open(os.DevNull)
		if err != nil {
			t.Fatal(err)
		}
		if err := exchange.Write(closed, format, each([]knowledge.Claim{plain("a", "The dam stands.")})); knowledge.KindOf(err) != knowledge.Unavailable {
			t.Errorf("%s: %v", format, err)
		}
		_ = closed.Close()
	}
	round := 0
	changing := func(yield func(knowledge.Claim, error) bool) {
		c := plain("a", "The dam stands.")
		if round++; round > 1 {
			c.Series = "new"
		}
		yield(c, nil)
	}
	if err := exchange.Write(&bytes.Buffer{}, exchange.CSV, changing); knowledge.KindOf(err) != knowledge.Conflict {
		t.Errorf("%v", err)
	}
}

// FuzzWrite: what was read from lines comes back from every format.
func FuzzWrite(f *testing.F) {
	f.Add("a", "The dam; stands.", `\;`, "=1", "-", 12.5)
	l := floods(f)
	f.Fuzz(func(t *testing.T, tenant, text, alias, title, venue string, n float64) {
		c := plain("a", text)
		c.Tenant, c.Aliases, c.Attribution.Venue = tenant, []string{alias, title}, venue
		c.Sources = append(c.Sources, knowledge.Source{Title: title, Publisher: alias})
		c.Caveats = []knowledge.Caveat{{Text: map[string]string{"uk": text}}, {Code: "undated"}}
		c.Figure = knowledge.Figure{Low: &n, Qualifier: knowledge.AtLeast, Unit: "persons"}
		if c.Validate(l) != nil {
			t.Skip()
		}
		for format := range endings {
			comesBack(t, l, format, []knowledge.Claim{c})
		}
	})
}
