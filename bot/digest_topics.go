package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/bot/moderation/form"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// topic is something that a digest can be about, with its names.
type topic struct {
	id    digest.Topic
	names Text
}

func (t *topic) is(word string) bool {
	if strings.EqualFold(word, string(t.id)) {
		return true
	}
	for _, name := range t.names {
		if strings.EqualFold(word, name) {
			return true
		}
	}
	return false
}

// everyTopic returns what a digest can be about: our topics, and each issue that is contested as far as a tenant is told.
func (b *Bot) everyTopic(ctx context.Context, tenant string) ([]topic, error) {
	issues, err := b.base.List(ctx, tenant, knowledge.KindIssue)
	if err != nil {
		return nil, err
	}
	var out []topic
	for _, t := range digest.Topics() {
		out = append(out, topic{t, b.text("topic_" + string(t))})
	}
	for _, c := range b.lex.Of(lexicon.Topic) {
		if !slices.ContainsFunc(issues, func(i knowledge.Claim) bool { return i.Topic == c.ID }) {
			continue
		}
		names := Text{}
		for _, lang := range lexicon.Languages {
			names[lang] = c.In(lang)
		}
		out = append(out, topic{digest.Topic(c.ID), names})
	}
	return out, nil
}

// read reads what a digest is to be about, by the ids of topics or their names in any language; none where nothing is said. It is false
// where something isn't a topic.
func read(every []topic, typed string) (out []digest.Topic, ok bool) {
	for word := range strings.SplitSeq(typed, ",") {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		i := slices.IndexFunc(every, func(t topic) bool { return t.is(word) })
		if i < 0 {
			return nil, false
		}
		if id := every[i].id; !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out, true
}

// named returns the names of topics in a language.
func named(every []topic, lang string) []string {
	out := make([]string, len(every))
	for i, t := range every {
		out[i] = t.names[lang]
	}
	return out
}

// suggestDigest suggests when a digest may come, and about what.
func (b *Bot) suggestDigest(ctx context.Context, req *chat.Request, option, typed string) ([]chat.Choice, error) {
	w := b.writer(req.Lang)
	var out []chat.Choice
	switch option {
	case EveryOption:
		for _, r := range digest.Rhythms() {
			out = append(out, chat.Choice{Value: string(r), Label: w.Term("rhythm_" + string(r))})
		}
	case ZoneOption:
		for _, zone := range zonesFor(req.Actor.Zone) {
			out = append(out, chat.Choice{Value: zone, Label: zone})
		}
	case TopicsOption:
		every, err := b.everyTopic(ctx, req.Tenant)
		if err != nil {
			return nil, err
		}
		return suggestTopics(every, w.Lang(), typed), nil
	}
	return matching(out, typed), nil
}

// suggestTopics suggests topics for the last one that is being typed, behind those that are there already.
func suggestTopics(every []topic, lang, typed string) []chat.Choice {
	before, last := "", typed
	if i := strings.LastIndex(typed, ","); i >= 0 {
		before, last = typed[:i], typed[i+1:]
	}
	there, ok := read(every, before)
	if !ok {
		return nil
	}
	value, label := "", ""
	for _, t := range every {
		if slices.Contains(there, t.id) {
			value, label = value+string(t.id)+", ", label+t.names[lang]+", "
		}
	}
	var out []chat.Choice
	for _, t := range every {
		if !slices.Contains(there, t.id) {
			out = append(out, chat.Choice{Value: string(t.id), Label: t.names[lang]})
		}
	}
	out = matching(out, last)
	for i := range out {
		out[i].Value, out[i].Label = value+out[i].Value, label+out[i].Label
	}
	return out
}

// matching returns the choices that hold what is typed.
func matching(all []chat.Choice, typed string) (out []chat.Choice) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	for _, c := range all {
		words := strings.ToLower(c.Label + " " + strings.ReplaceAll(c.Value, "_", " ") + " " + c.Value)
		if strings.Contains(words, typed) && len(out) < form.MostSuggested {
			out = append(out, c)
		}
	}
	return out
}

// zonesFor returns the time zones to choose from, somebody's own first.
func zonesFor(own string) []string {
	if own == "" {
		return digest.Zones()
	}
	return append([]string{own}, slices.DeleteFunc(digest.Zones(), func(zone string) bool { return zone == own })...)
}

// likeZones is how many time zones are named to whom named one that there isn't.
const likeZones = 5

// zoned returns the time zone that somebody named: by its own name, or by its place where there is one of that alone, as "new york"; else
// what they typed.
func zoned(typed string) string {
	name := placeName(typed)
	var found []string
	for _, zone := range digest.Zones() {
		of := strings.ToLower(zone)
		if of == name {
			return zone
		}
		if strings.HasSuffix(of, "/"+name) {
			found = append(found, zone)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return strings.TrimSpace(typed)
}

// placeName writes a place as zones do. A low line may come as a sign that looks like it: a platform that takes low lines for markup shows
// it so.
func placeName(typed string) string {
	return strings.NewReplacer(" ", "_", "ˍ", "_").Replace(strings.ToLower(strings.TrimSpace(typed)))
}

// zonesLike returns the time zones whose names hold what was typed; none where it is none of a place.
func zonesLike(typed string) (out []string) {
	typed = placeName(typed)
	for _, zone := range digest.Zones() {
		if typed != "" && strings.Contains(strings.ToLower(zone), typed) && len(out) < likeZones {
			out = append(out, zone)
		}
	}
	return out
}
