package discordfake

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// The limits of messages (docs: resources/message).
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedTotal  = 6000 // over all embeds of a message
	maxFields      = 25
	maxAttachments = 10
	maxNonce       = 25
	maxFile        = 10 << 20 // bytes
)

// length counts as Discord does. Its documentation says "characters"; its OpenAPI document says maxLength, which JSON
// Schema (2020-12, Validation 6.3.1) defines as the number of characters of RFC 8259: Unicode code points. An emoji
// outside the basic plane is one, not two.
func length(s string) int { return utf8.RuneCountInString(s) }

// check says what Discord refuses of a message, as it would stand.
func (m *Message) check() *apiError {
	errs := &formErrors{}
	if length(m.Content) > maxContent {
		errs.tooLong("content", maxContent)
	}
	if length(m.Nonce) > maxNonce {
		errs.tooLong("nonce", maxNonce)
	}
	if len(m.Attachments) > maxAttachments {
		errs.tooLong("attachments", maxAttachments)
	}
	checkEmbeds(m.Embeds, errs)
	checkMentions(m.AllowedMentions, errs)
	m.checkComponents(errs)
	if err := errs.err(); err != nil {
		return err
	}
	if m.empty() {
		return errEmptyMessage()
	}
	return nil
}

func (m *Message) empty() bool {
	return strings.TrimSpace(m.Content) == "" && len(m.Embeds) == 0 && len(m.Components) == 0 && len(m.Attachments) == 0
}

func checkEmbeds(embeds []Embed, errs *formErrors) {
	if len(embeds) > maxEmbeds {
		errs.tooLong("embeds", maxEmbeds)
		return
	}
	total := 0
	for i := range embeds {
		total += embeds[i].length()
		embeds[i].check(at("embeds", i), errs)
	}
	if total > maxEmbedTotal {
		errs.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", fmt.Sprintf("Embed size exceeds maximum size of %d", maxEmbedTotal))
	}
}

// length is what counts towards the limit over all embeds.
func (e *Embed) length() int {
	n := length(e.Title) + length(e.Description)
	for _, f := range e.Fields {
		n += length(f.Name) + length(f.Value)
	}
	if e.Footer != nil {
		n += length(e.Footer.Text)
	}
	if e.Author != nil {
		n += length(e.Author.Name)
	}
	return n
}

func (e *Embed) check(path string, errs *formErrors) {
	most := func(field, text string, n int) {
		if length(text) > n {
			errs.tooLong(path+"."+field, n)
		}
	}
	most("title", e.Title, 256)
	most("description", e.Description, 4096)
	checkURL(path+".url", e.URL, errs, "http", "https")
	if e.Footer != nil {
		most("footer.text", e.Footer.Text, 2048)
		checkURL(path+".footer.icon_url", e.Footer.IconURL, errs, "http", "https", "attachment")
	}
	if e.Author != nil {
		most("author.name", e.Author.Name, 256)
		checkURL(path+".author.url", e.Author.URL, errs, "http", "https")
		checkURL(path+".author.icon_url", e.Author.IconURL, errs, "http", "https", "attachment")
	}
	for name, image := range map[string]*EmbedImage{"image": e.Image, "thumbnail": e.Thumbnail} {
		if image != nil {
			checkURL(path+"."+name+".url", image.URL, errs, "http", "https", "attachment")
		}
	}
	if e.length() == 0 && e.Image == nil && e.Thumbnail == nil && e.URL == "" {
		errs.required(path + ".description")
	}
	e.checkFields(path+".fields", errs)
}

func (e *Embed) checkFields(path string, errs *formErrors) {
	if len(e.Fields) > maxFields {
		errs.tooLong(path, maxFields)
		return
	}
	for i, f := range e.Fields {
		checkText(at(path, i)+".name", f.Name, 256, errs)
		checkText(at(path, i)+".value", f.Value, 1024, errs)
	}
}

// checkText refuses an empty text, and one that is too long.
func checkText(path, text string, most int, errs *formErrors) {
	switch {
	case strings.TrimSpace(text) == "":
		errs.required(path)
	case length(text) > most:
		errs.tooLong(path, most)
	}
}

func checkURL(path, text string, errs *formErrors, schemes ...string) {
	if text == "" {
		return
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" && u.Scheme != "attachment":
		errs.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
	case !slices.Contains(schemes, u.Scheme):
		errs.add(path, "URL_TYPE_INVALID_SCHEME",
			fmt.Sprintf("Scheme %q must be one of ('%s').", u.Scheme, strings.Join(schemes, "', '")))
	case length(text) > 2048:
		errs.tooLong(path, 2048)
	}
}
