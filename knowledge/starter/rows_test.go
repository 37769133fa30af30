package starter_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/whosays/whosays/knowledge"
)

// readings is where the figures lie beside the checkout as they were read in public pages. They aren't ours to
// copy into it.
const readings = "../../../shared/sources/read.jsonl"

const absent = "the rows aren't at hand; the golden file holds what was compared"

// row is a figure or a position as it was read.
type row struct {
	Statement string   `json:"statement"`
	Low       *float64 `json:"low"`
	High      *float64 `json:"high"`
	Injured   *float64 `json:"injured"`
	Said      string   `json:"date_said"`
	Publisher string   `json:"publisher"`
	Title     string   `json:"title"`
	URL       string   `json:"url"`
	Quote     string   `json:"quote"`
	Caveats   string   `json:"caveats"`

	raw string
}

// rows returns all of them, or nil where they aren't at hand: what was compared is in the golden file then.
func rows(t testing.TB) []row {
	t.Helper()
	data, err := os.ReadFile(readings)
	if err != nil {
		return nil
	}
	var out []row
	for line := range bytes.Lines(data) {
		r := row{raw: string(line)}
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	if len(out) < 37 {
		t.Fatalf("only %d rows", len(out))
	}
	return out
}

// of returns the rows that a source was read in: its page's, or, without an address, those that name its publisher
// within their remarks.
func of(all []row, s knowledge.Source) []row {
	return slices.DeleteFunc(slices.Clone(all), func(r row) bool {
		if s.URL == "" {
			return s.Publisher == "" || !strings.Contains(r.Caveats, s.Publisher+":")
		}
		return r.URL != s.URL
	})
}

var thousands = regexp.MustCompile(`([0-9]{2,3})-([0-9]{2,3}),000`)

// numbers returns all that the row states; "50-70,000" are 50,000 and 70,000.
func (r row) numbers() map[string]bool {
	out := numbers(r.raw)
	for _, m := range thousands.FindAllStringSubmatch(r.raw, -1) {
		out[m[1]+"000"], out[m[2]+"000"] = true, true
	}
	return out
}

// TestEveryRowIsCovered: its page is a source, its bounds are bounds of claims from there, said when it says.
func TestEveryRowIsCovered(t *testing.T) {
	t.Parallel()
	all, read := claims(t), rows(t)
	if read == nil {
		t.Skip(absent)
	}
	for _, r := range read {
		here := slices.DeleteFunc(slices.Clone(all), func(c knowledge.Claim) bool {
			return !slices.ContainsFunc(c.Sources, func(s knowledge.Source) bool { return s.URL == r.URL })
		})
		if len(here) == 0 {
			t.Errorf("%s: no claim has it", r.Statement)
		}
		for _, b := range []*float64{r.Low, r.High, r.Injured} {
			if b != nil && !slices.ContainsFunc(here, func(c knowledge.Claim) bool {
				return slices.Contains(bounds(c), strconv.FormatFloat(*b, 'f', -1, 64))
			}) {
				t.Errorf("%s: no claim of this page has %v", r.Statement, *b)
			}
		}
		if !slices.ContainsFunc(here, func(c knowledge.Claim) bool { return on(c, r) }) {
			t.Errorf("%s: no claim of this page was said on %s", r.Statement, r.Said)
		}
		for _, c := range here {
			for _, s := range c.Sources {
				if s.URL == r.URL && s.Quote != "" && !c.Attribution.SaidOn.IsZero() && !on(c, r) {
					t.Errorf("%s was said on %s, not on %s", c.ID, r.Said, c.Attribution.SaidOn)
				}
			}
		}
	}
}

// on reports whether a claim was said on the row's date; a date that is the page's is no date of saying.
func on(c knowledge.Claim, r row) bool {
	if date, page := strings.CutSuffix(r.Said, " (page)"); page {
		return c.Attribution.SaidOn.IsZero() && slices.ContainsFunc(c.Sources, func(s knowledge.Source) bool { return s.PublishedOn.String() == date })
	}
	return c.Attribution.SaidOn.String() == r.Said
}

// owner is what a row remarks beside a publisher's name; a caveat says it.
var owner = regexp.MustCompile(` \((?:Russian state|Ukrainian state-founded)\)`)

// TestSourcesAreAsTheyWereRead: nothing of a source is filled that wasn't seen.
func TestSourcesAreAsTheyWereRead(t *testing.T) {
	t.Parallel()
	all := rows(t)
	if all == nil {
		t.Skip(absent)
	}
	for _, c := range claims(t) {
		for _, s := range c.Sources {
			if s.URL == "" && s.Publisher == "" { // the article
				continue
			}
			from := of(all, s)
			if len(from) == 0 {
				t.Errorf("%s: no row has the source %s %s", c.ID, s.Publisher, s.URL)
			}
			if s.URL == "" {
				continue
			}
			for _, r := range from {
				wrongly(t, c.ID, s, r)
			}
		}
	}
}

func wrongly(t *testing.T, id string, s knowledge.Source, r row) {
	t.Helper()
	if s.Publisher != owner.ReplaceAllString(r.Publisher, "") {
		t.Errorf("%s: the publisher is %q, not %q", id, r.Publisher, s.Publisher)
	}
	if want := r.Title; s.Title != want && !(s.Title == "" && strings.Contains(want, "from address)")) {
		t.Errorf("%s: the title is %q, not %q", id, want, s.Title)
	}
	dated := strings.Contains(strings.NewReplacer("/", "", "-", "").Replace(s.URL), strings.ReplaceAll(s.PublishedOn.String(), "-", ""))
	loose := fmt.Sprintf("/%d/%d/%d/", s.PublishedOn.Year, s.PublishedOn.Month, s.PublishedOn.Day)
	if !s.PublishedOn.IsZero() && !dated && !strings.Contains(s.URL, loose) {
		t.Errorf("%s: %s doesn't say that it was published on %s", id, s.URL, s.PublishedOn)
	}
	if s.Quote == "" {
		return
	}
	if !strings.Contains(r.Quote, s.Quote) {
		t.Errorf("%s: %q doesn't stand in %q", id, s.Quote, r.Quote)
	}
	for _, sentence := range append(regexp.MustCompile(`[.!?…]+(?:\s|$)`).Split(r.Quote, -1), r.Quote) {
		if strings.Trim(sentence, " .!?…") == s.Quote {
			t.Errorf("%s: %q is a whole sentence; take a fragment", id, s.Quote)
		}
	}
}

// TestNumbersStandInTheRows: every figure, and every number in words of ours, is the claim's own or stands in a row of
// its sources. The golden file lists the quotes and the numbers that were compared.
func TestNumbersStandInTheRows(t *testing.T) {
	t.Parallel()
	all := rows(t)
	articles := byID(articleClaims(t))
	var list strings.Builder
	for _, c := range claims(t) {
		read := map[string]bool{}
		for _, s := range c.Sources {
			if s.URL != "" {
				fmt.Fprintf(&list, "%s: %s: %s\n", c.ID, s.URL, s.Quote)
			}
			for _, r := range of(all, s) {
				maps.Copy(read, r.numbers())
			}
		}
		for _, b := range bounds(c) {
			if _, ok := articles[c.ID]; all != nil && !ok && !read[b] {
				t.Errorf("%s: %s stands in no row of its sources", c.ID, b)
			}
		}
		if others := foreign(t, c, read, all != nil); len(others) > 0 {
			fmt.Fprintf(&list, "%s also says %s\n", c.ID, strings.Join(others, " "))
		}
	}
	compared(t, list.String(), "rows.golden", all != nil)
}

// foreign returns the numbers in a claim's texts that are none of its own, sorted.
func foreign(t *testing.T, c knowledge.Claim, read map[string]bool, compare bool) []string {
	t.Helper()
	own, others := ownNumbers(t, c), map[string]bool{}
	for name, s := range texts(c) {
		for n := range numbers(s) {
			if own[n] {
				continue
			}
			others[n] = true
			if compare && !read[n] {
				t.Errorf("%s, %s: %s stands neither in the claim nor in a row of its sources", c.ID, name, n)
			}
		}
	}
	return slices.Sorted(maps.Keys(others))
}
