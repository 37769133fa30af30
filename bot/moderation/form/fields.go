package form

import (
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// How long what is filled in may be, in characters: as long as the base takes it.
const (
	mostText  = 1000
	mostShort = 300
	mostURL   = 2000
	mostName  = 100
	mostLines = 4000
)

// definition says what a field of a claim's form is.
type fieldOf struct {
	class    lexicon.Class // of a field that names a concept
	long     bool
	required bool
	longest  int
	write    func(p printer, c *knowledge.Claim) string
	read     func(r *reading, value string) (ok bool) // sets it in r.is
}

// page is one of a form's pages: a title and at most five fields.
type page struct {
	title  string
	fields []string
}

// pagesOfNew returns the layout of a new claim's form: what is needed most comes first.
func pagesOfNew() []page {
	return append([]page{
		{"main", []string{"text", "figure", "speaker", "url", "quote"}},
		{"counts", counting()},
		{"said", saying()},
		{"source", []string{"publisher", "title", "published_on", "venue"}},
	}, more()...)
}

// pagesOfRevision returns the layout of a new version's form: why comes first.
func pagesOfRevision() []page {
	return append([]page{
		{"main", []string{ReasonField, "text", "figure", "speaker", "url"}},
		{"counts", counting()},
		{"said", saying()},
		{"source", []string{"quote", "publisher", "title", "published_on", "venue"}},
	}, more()...)
}

func counting() []string { return []string{"kind", "group", "metric", "party", "place"} }
func saying() []string   { return []string{"period", "said_on", "standing", "method", "office"} }

func more() []page {
	return []page{
		{"links", []string{"caveats", "series", "supersedes", "disputes", "topic"}},
		{"wordings", []string{"in_en", "in_uk", "in_ru", "aliases", QuietField}},
	}
}

// Quick returns the fields that a command for a new claim has options for: what is chosen or short.
func Quick() []string {
	return []string{"kind", "figure", "group", "metric", "party", "place", "period", "speaker", "standing", "method", "said_on", "series", "topic"}
}

// Suggested reports a field whose values can be suggested while it is typed.
func Suggested(id string) bool { return definition(id).class != "" || id == "series" }

// definition returns what a field is.
func definition(id string) fieldOf { //nolint:funlen // a table
	switch id {
	case ReasonField:
		return fieldOf{long: true, required: true, longest: mostText}
	case QuietField:
		return fieldOf{longest: mostName}
	case "kind":
		return fieldOf{longest: mostName, required: true, write: writeKind, read: readKind}
	case "text":
		return fieldOf{long: true, required: true, longest: mostText, write: writeText, read: readText}
	case "figure":
		return fieldOf{longest: mostName, write: writeFigure, read: readFigure}
	case "party":
		return concept(lexicon.Party, func(c *knowledge.Claim) *string { return &c.Scope.Party })
	case "group":
		return concept(lexicon.Group, func(c *knowledge.Claim) *string { return &c.Scope.Group })
	case "metric":
		return concept(lexicon.Metric, func(c *knowledge.Claim) *string { return &c.Scope.Metric })
	case "place":
		return concept(lexicon.Place, func(c *knowledge.Claim) *string { return &c.Scope.Place })
	case "standing":
		return concept(lexicon.Standing, func(c *knowledge.Claim) *string { return &c.Attribution.Standing })
	case "method":
		return concept(lexicon.Method, func(c *knowledge.Claim) *string { return &c.Attribution.Method })
	case "topic":
		return concept(lexicon.Topic, func(c *knowledge.Claim) *string { return &c.Topic })
	case "period":
		return fieldOf{longest: mostName, write: writePeriod, read: readPeriod}
	case "speaker":
		return fieldOf{class: lexicon.Claimant, longest: mostShort, write: writeSpeaker, read: readSpeaker}
	case "office":
		return plain(func(c *knowledge.Claim) *string { return &c.Attribution.Office })
	case "said_on":
		return date(func(c *knowledge.Claim) *knowledge.Date { return &c.Attribution.SaidOn })
	case "venue":
		return plain(func(c *knowledge.Claim) *string { return &c.Attribution.Venue })
	case "publisher":
		return plain(func(c *knowledge.Claim) *string { return &source(c).Publisher })
	case "title":
		return plain(func(c *knowledge.Claim) *string { return &source(c).Title })
	case "url":
		return fieldOf{longest: mostURL, write: func(_ printer, c *knowledge.Claim) string { return source(c).URL }, read: readURL}
	case "quote":
		return plain(func(c *knowledge.Claim) *string { return &source(c).Quote })
	case "published_on":
		return date(func(c *knowledge.Claim) *knowledge.Date { return &source(c).PublishedOn })
	case "caveats":
		return fieldOf{long: true, longest: mostLines, write: writeCaveats, read: readCaveats}
	case "series":
		return plain(func(c *knowledge.Claim) *string { return &c.Series })
	case "supersedes":
		return list(" ", func(c *knowledge.Claim) *[]string { return &c.Supersedes })
	case "disputes":
		return list(" ", func(c *knowledge.Claim) *[]string { return &c.Disputes })
	case "aliases":
		return list("\n", func(c *knowledge.Claim) *[]string { return &c.Aliases })
	}
	return translation(id)
}
