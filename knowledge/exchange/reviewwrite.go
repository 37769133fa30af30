package exchange

import (
	"bytes"
	"io"
	"iter"

	"github.com/whosays/whosays/knowledge"
)

// review is a claim as schema.org describes one that somebody looked at. It carries no verdict: WhoSays gives none.
type review struct {
	Type      string          `json:"@type"`
	Reviewed  string          `json:"claimReviewed"`
	Item      reviewItem      `json:"itemReviewed"`
	Author    agent           `json:"author"`
	Published string          `json:"datePublished,omitempty"`
	Modified  knowledge.Date  `json:"dateModified,omitzero"`
	Language  string          `json:"inLanguage"`
	Rating    rating          `json:"reviewRating"`
	Claim     knowledge.Claim `json:"whosays:claim"`
}

type reviewItem struct {
	Type       string         `json:"@type"`
	Author     *agent         `json:"author,omitempty"`
	Published  knowledge.Date `json:"datePublished,omitzero"`
	Appearance []work         `json:"appearance,omitempty"`
}

type agent struct {
	Type     string `json:"@type"`
	Name     string `json:"name"`
	JobTitle string `json:"jobTitle,omitempty"`
}

type work struct {
	Type string `json:"@type"`
	URL  string `json:"url"`
}

// rating has no value: its name says on which ground the speaker stands, and how the figure came about.
type rating struct {
	Type string `json:"@type"`
	Name string `json:"alternateName"`
}

func writeReviews(w io.Writer, claims iter.Seq2[knowledge.Claim, error]) error {
	if err := writeFrame(w, graphBegins); err != nil {
		return err
	}
	var entry bytes.Buffer
	separator := "\n"
	for c, err := range claims {
		if err != nil {
			return err
		}
		entry.Reset()
		entry.WriteString(separator)
		if err := toJSON(&entry, reviewOf(c), c.ID); err != nil {
			return err
		}
		if _, err := w.Write(bytes.TrimRight(entry.Bytes(), "\n")); err != nil {
			return unwritten(err)
		}
		separator = ",\n"
	}
	return writeFrame(w, graphEnds)
}

func reviewOf(c knowledge.Claim) review {
	text, lang := c.In("")
	r := review{
		Type:     "ClaimReview",
		Reviewed: text,
		Item:     reviewItem{Type: "Claim", Author: speaker(c.Attribution), Published: c.Attribution.SaidOn},
		Author:   agent{Type: "Organization", Name: "WhoSays"},
		Modified: c.ReviewedOn,
		Language: lang,
		Rating:   rating{Type: "Rating", Name: "standing: " + c.Attribution.Standing},
		Claim:    c,
	}
	if !c.At.IsZero() {
		r.Published = c.At.UTC().Format("2006-01-02")
	}
	if c.Attribution.Method != "" {
		r.Rating.Name += "; method: " + c.Attribution.Method
	}
	for _, s := range c.Sources {
		if s.URL != "" {
			r.Item.Appearance = append(r.Item.Appearance, work{Type: "CreativeWork", URL: s.URL})
		}
	}
	return r
}

// speaker describes who said it, nil where nobody is named. Who holds an office is a person; of a name alone, or of
// an id of the lexicon, that isn't known, and most of these are bodies.
func speaker(a knowledge.Attribution) *agent {
	switch {
	case a.Speaker == "":
		return nil
	case a.Office != "":
		return &agent{Type: "Person", Name: a.Speaker, JobTitle: a.Office}
	}
	return &agent{Type: "Organization", Name: a.Speaker}
}
