package discord

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// written is what can be read in a message.
type written struct {
	Content    string  `json:"content"`
	Embeds     []embed `json:"embeds"`
	Components texts   `json:"components"`
}

// embed is what can be read in one.
type embed struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Fields      []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
}

// snapshot is a message as it stood when it was forwarded.
type snapshot struct {
	Message written `json:"message"`
}

// text returns what is to be read in a message: its content; else what its embeds say, and the components that stand in their
// place (https://docs.discord.com/developers/components/reference#text-display).
func (w *written) text() string {
	if s := strings.TrimSpace(w.Content); s != "" {
		return s
	}
	var lines []string
	for _, e := range w.Embeds {
		lines = append(lines, e.Title, e.Description)
		for _, f := range e.Fields {
			lines = append(lines, f.Name, f.Value)
		}
	}
	return joined(append(lines, w.Components...))
}

// text returns what is to be read in a message: its own words, else those that it forwards.
func (m *messageEvent) text() string {
	if s := m.written.text(); s != "" {
		return s
	}
	var forwarded []string
	for _, s := range m.Snapshots {
		forwarded = append(forwarded, s.Message.text())
	}
	return joined(forwarded)
}

// joined returns the lines in which there is something.
func joined(lines []string) string {
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" }), "\n")
}

// texts are the words of the text displays among components, at any depth. What isn't known, or has another shape than it ought
// to have, is passed over.
type texts []string

// UnmarshalJSON implements json.Unmarshaler; it has no error.
func (t *texts) UnmarshalJSON(data []byte) error {
	var all []json.RawMessage
	_ = json.Unmarshal(data, &all)
	for _, raw := range all {
		var c struct {
			Type       discordgo.ComponentType `json:"type"`
			Content    string                  `json:"content"`
			Components texts                   `json:"components"` // of a container or a section
		}
		if json.Unmarshal(raw, &c) != nil {
			continue
		}
		if c.Type == discordgo.TextDisplayComponent {
			*t = append(*t, c.Content)
		}
		*t = append(*t, c.Components...)
	}
	return nil
}
