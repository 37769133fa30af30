package knowledge

import (
	"cmp"
	"maps"
	"slices"
)

// Merge joins two versions of one claim that stand in two files, and changes neither. What later fills wins;
// what it leaves empty stays as it was. Sources, caveats, links and aliases are added up, none twice.
//
// What belongs together is replaced together: a figure with its qualifier and unit, a period with its ends, a
// text with its language and translations (those of another text would say something else), and an attribution
// whenever later names another speaker, or says that nobody is named.
func Merge(earlier, later Claim) Claim {
	c := earlier
	c.Kind = cmp.Or(later.Kind, earlier.Kind)
	c.Topic = cmp.Or(later.Topic, earlier.Topic)
	c.mergeText(later)
	if !later.Figure.empty() {
		c.Figure = later.Figure
	}
	c.Scope = mergeScope(earlier.Scope, later.Scope)
	c.Attribution = mergeAttribution(earlier.Attribution, later.Attribution)
	c.Sources = mergeSources(earlier.Sources, later.Sources)
	c.Caveats = mergeCaveats(earlier.Caveats, later.Caveats)
	c.Series = cmp.Or(later.Series, earlier.Series)
	c.DrawsOn = union(earlier.DrawsOn, later.DrawsOn)
	c.Disputes = union(earlier.Disputes, later.Disputes)
	c.Supersedes = union(earlier.Supersedes, later.Supersedes)
	c.Aliases = union(earlier.Aliases, later.Aliases)
	c.mergeLife(later)
	return c
}

func (c *Claim) mergeText(later Claim) {
	if later.Text == "" || later.Text == c.Text {
		c.Lang = cmp.Or(later.Lang, c.Lang)
		c.Translations = mergeTexts(c.Translations, later.Translations)
		return
	}
	c.Text, c.Lang, c.Translations = later.Text, later.Lang, maps.Clone(later.Translations)
}

func (c *Claim) mergeLife(later Claim) {
	if later.Status != "" {
		c.Status, c.Reason = later.Status, later.Reason
	} else {
		c.Reason = cmp.Or(later.Reason, c.Reason)
	}
	c.Revision = cmp.Or(later.Revision, c.Revision)
	c.AddedBy = cmp.Or(later.AddedBy, c.AddedBy)
	c.ApprovedBy = cmp.Or(later.ApprovedBy, c.ApprovedBy)
	if !later.At.IsZero() {
		c.At = later.At
	}
	c.ReviewedOn = cmp.Or(later.ReviewedOn, c.ReviewedOn)
}

// empty reports that nothing of a figure is filled, not even its unit.
func (f Figure) empty() bool { return f == Figure{} }

func mergeScope(earlier, later Scope) Scope {
	s := Scope{
		Party:  cmp.Or(later.Party, earlier.Party),
		Group:  cmp.Or(later.Group, earlier.Group),
		Metric: cmp.Or(later.Metric, earlier.Metric),
		Period: earlier.Period,
		Place:  cmp.Or(later.Place, earlier.Place),
	}
	if !later.Period.IsZero() {
		s.Period = later.Period
	}
	return s
}

func mergeAttribution(earlier, later Attribution) Attribution {
	if later.Standing == Unattributed || (later.Speaker != "" && later.Speaker != earlier.Speaker) {
		return later
	}
	return Attribution{
		Speaker:  earlier.Speaker,
		Office:   cmp.Or(later.Office, earlier.Office),
		Standing: cmp.Or(later.Standing, earlier.Standing),
		Method:   cmp.Or(later.Method, earlier.Method),
		SaidOn:   cmp.Or(later.SaidOn, earlier.SaidOn),
		Venue:    cmp.Or(later.Venue, earlier.Venue),
	}
}

// mergeSources adds later's sources. One that is already there is completed instead.
func mergeSources(earlier, later []Source) []Source {
	out := slices.Clone(earlier)
	for _, s := range later {
		at := slices.IndexFunc(out, s.same)
		if at < 0 {
			out = append(out, s)
			continue
		}
		out[at] = mergeSource(out[at], s)
	}
	return out
}

// same reports whether both are one place: one page and, where both quote it, one quote.
func (s Source) same(o Source) bool {
	if s.Quote != o.Quote && s.Quote != "" && o.Quote != "" {
		return false
	}
	if s.URL != "" && o.URL != "" {
		return s.URL == o.URL
	}
	return s.Publisher == o.Publisher && s.Title == o.Title
}

func mergeSource(earlier, later Source) Source {
	return Source{
		Publisher:   cmp.Or(later.Publisher, earlier.Publisher),
		Title:       cmp.Or(later.Title, earlier.Title),
		URL:         cmp.Or(later.URL, earlier.URL),
		ArchiveURL:  cmp.Or(later.ArchiveURL, earlier.ArchiveURL),
		PublishedOn: cmp.Or(later.PublishedOn, earlier.PublishedOn),
		RetrievedOn: cmp.Or(later.RetrievedOn, earlier.RetrievedOn),
		Quote:       cmp.Or(later.Quote, earlier.Quote),
		Lang:        cmp.Or(later.Lang, earlier.Lang),
	}
}

// mergeCaveats joins the texts of caveats that have one code; those without a code are told apart by their texts.
func mergeCaveats(earlier, later []Caveat) []Caveat {
	out := slices.Clone(earlier)
	for _, c := range later {
		at := slices.IndexFunc(out, func(o Caveat) bool {
			return o.Code == c.Code && (c.Code != "" || maps.Equal(o.Text, c.Text))
		})
		if at < 0 {
			out = append(out, c)
			continue
		}
		out[at].Text = mergeTexts(out[at].Text, c.Text)
	}
	return out
}

// mergeTexts joins texts by language.
func mergeTexts(earlier, later map[string]string) map[string]string {
	if len(later) == 0 {
		return earlier
	}
	out := maps.Clone(earlier)
	if out == nil {
		out = make(map[string]string, len(later))
	}
	for lang, text := range later {
		if text != "" {
			out[lang] = text
		}
	}
	return out
}

// union returns the values of both lists, each once, in the order in which they come.
func union[T comparable](earlier, later []T) []T {
	if len(later) == 0 {
		return earlier
	}
	out := make([]T, 0, len(earlier)+len(later))
	for _, v := range slices.Concat(earlier, later) {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
