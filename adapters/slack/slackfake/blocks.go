package slackfake

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// Block is a block of a message or a view. What the server doesn't know of it is in Raw, which is what it passes on.
type Block struct {
	Type      string    `json:"type"`
	BlockID   string    `json:"block_id"`
	Text      *Text     `json:"text"`
	Fields    []Text    `json:"fields"`
	Elements  []Element `json:"elements"`
	Element   *Element  `json:"element"` // of an input
	Accessory *Element  `json:"accessory"`
	Label     *Text     `json:"label"`
	Hint      *Text     `json:"hint"`
	Title     *Text     `json:"title"`
	ImageURL  string    `json:"image_url"`
	AltText   string    `json:"alt_text"`
	Optional  bool      `json:"optional"`

	SlackFile json.RawMessage `json:"slack_file"`
	Raw       json.RawMessage `json:"-"`
}

// Text is a text object; of elements that have a bare string for a text only Text is set.
type Text struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Emoji    *bool  `json:"emoji"`
	Verbatim bool   `json:"verbatim"`

	keys []string
}

// Element is an interactive element, a picture, a text of a context, or a part of rich text.
type Element struct {
	Type        string        `json:"type"`
	ActionID    string        `json:"action_id"`
	Text        *Text         `json:"text"`
	Value       string        `json:"value"`
	URL         string        `json:"url"`
	ImageURL    string        `json:"image_url"`
	AltText     string        `json:"alt_text"`
	Label       string        `json:"accessibility_label"`
	Options     []Option      `json:"options"`
	Groups      []OptionGroup `json:"option_groups"`
	Placeholder *Text         `json:"placeholder"`
	Confirm     *Confirm      `json:"confirm"`
	MinLength   *int          `json:"min_length"`
	MaxLength   *int          `json:"max_length"`
	Initial     *string       `json:"initial_value"`
	Chosen      *Option       `json:"initial_option"`
	Verbatim    bool          `json:"verbatim"`

	// Of rich text.
	Elements    []Element `json:"elements"`
	UserID      string    `json:"user_id"`
	UserGroupID string    `json:"usergroup_id"`
	Range       string    `json:"range"`

	Style     json.RawMessage `json:"style"`
	SlackFile json.RawMessage `json:"slack_file"`
	Raw       json.RawMessage `json:"-"`
}

// Option is a choice of a menu.
type Option struct {
	Text        *Text  `json:"text"`
	Value       string `json:"value"`
	Description *Text  `json:"description"`

	Raw json.RawMessage `json:"-"`
}

// OptionGroup is choices under a heading.
type OptionGroup struct {
	Label   *Text    `json:"label"`
	Options []Option `json:"options"`
}

// Confirm is the question before an action.
type Confirm struct {
	Title   *Text `json:"title"`
	Text    *Text `json:"text"`
	Confirm *Text `json:"confirm"`
	Deny    *Text `json:"deny"`
}

// UnmarshalJSON keeps the text beside what is known of it.
func (b *Block) UnmarshalJSON(data []byte) error {
	type plain Block
	b.Raw = slices.Clone(data)
	return json.Unmarshal(data, (*plain)(b))
}

// MarshalJSON returns the text that the block came in.
func (b Block) MarshalJSON() ([]byte, error) { return b.Raw, nil }

// UnmarshalJSON keeps the text beside what is known of it.
func (e *Element) UnmarshalJSON(data []byte) error {
	type plain Element
	e.Raw = slices.Clone(data)
	return json.Unmarshal(data, (*plain)(e))
}

// UnmarshalJSON keeps the text beside what is known of it.
func (o *Option) UnmarshalJSON(data []byte) error {
	type plain Option
	o.Raw = slices.Clone(data)
	return json.Unmarshal(data, (*plain)(o))
}

// MarshalJSON returns the text that the option came in.
func (o Option) MarshalJSON() ([]byte, error) { return o.Raw, nil }

// UnmarshalJSON takes an object, or a string.
func (t *Text) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte(`"`)) {
		return json.Unmarshal(data, &t.Text)
	}
	type plain Text
	t.keys = keysOf(data)
	return json.Unmarshal(data, (*plain)(t))
}

// keysOf are the names of an object's fields, in no order; none where it isn't an object.
func keysOf(data []byte) []string {
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(data, &fields)
	var keys []string
	for name := range fields {
		keys = append(keys, name)
	}
	slices.Sort(keys)
	return keys
}

// parseBlocks returns blocks, with ids for those that have none, and what is wrong with their shapes.
func parseBlocks(text, pointer string) ([]Block, problems, *apiError) {
	var list []json.RawMessage
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, nil, fail("invalid_blocks_format")
	}
	var wrong problems
	blocks := make([]Block, len(list))
	for i, data := range list {
		b := &blocks[i]
		if err := json.Unmarshal(data, b); err != nil {
			var field *json.UnmarshalTypeError
			at := under(pointer, i)
			if errors.As(err, &field) && field.Field != "" {
				at += "/" + strings.ReplaceAll(field.Field, ".", "/")
			}
			wrong.add(at, "failed to match schema")
		}
		if b.BlockID == "" && bytes.HasPrefix(b.Raw, []byte("{")) {
			b.BlockID = rand.Text()[:5]
			b.Raw = withField(b.Raw, "block_id", encode(b.BlockID))
		}
	}
	return blocks, wrong, nil
}

// withField sets a field of an object.
func withField(object json.RawMessage, name string, value json.RawMessage) json.RawMessage {
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(object, &fields); err != nil {
		return object
	}
	fields[name] = value
	return encode(fields)
}

// each calls f with the element and all inside it.
func (e *Element) each(f func(*Element)) {
	f(e)
	for i := range e.Elements {
		e.Elements[i].each(f)
	}
}

// each calls f with all elements of the block.
func (b *Block) each(f func(*Element)) {
	for i := range b.Elements {
		b.Elements[i].each(f)
	}
	for _, e := range []*Element{b.Accessory, b.Element} {
		if e != nil {
			e.each(f)
		}
	}
}

// find returns the element with an action_id, and the block that it is in.
func find(blocks []Block, action string) (*Block, *Element) {
	var block *Block
	var element *Element
	for i := range blocks {
		blocks[i].each(func(e *Element) {
			if element == nil && e.ActionID == action {
				block, element = &blocks[i], e
			}
		})
	}
	return block, element
}
