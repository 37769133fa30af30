package slackfake

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The limits of Block Kit (docs: reference/block-kit).
const (
	maxMessageBlocks = 50
	maxViewBlocks    = 100
	maxID            = 255 // block_id, action_id, callback_id, external_id
	maxSection       = 3000
	maxFields        = 10
	maxField         = 2000
	maxHeader        = 150
	maxActions       = 25
	maxContext       = 10
	maxURL           = 3000
	maxAlt           = 2000
	maxLabel         = 2000
	maxMarkdown      = 12000 // of all markdown blocks of a message
)

// blockCheck checks blocks.
type blockCheck struct {
	problems
	view     string // "": a message; else the type of the view
	markdown int
	ids      []string
}

// blockKeys are the fields that a block may have. Types without any are known, and aren't looked into.
func blockKeys(kind string) (keys []string, known bool) {
	common := "type block_id "
	table := map[string]string{
		"section": "text fields accessory expand", "divider": "", "header": "text level",
		"image": "image_url slack_file alt_text title", "actions": "elements", "context": "elements",
		"input": "label element hint optional dispatch_action", "rich_text": "elements", "markdown": "text",
		"file": "external_id source",
	}
	if names, found := table[kind]; found {
		return strings.Fields(common + names), true
	}
	return nil, slices.Contains([]string{
		"video", "table", "context_actions", "task_card", "plan", "card", "carousel", "alert", "call", "data_table",
		"data_visualization", "container",
	}, kind)
}

func (c *blockCheck) all(blocks []Block, pointer string) {
	most := maxMessageBlocks
	if c.view != "" {
		most = maxViewBlocks
	}
	if len(blocks) > most {
		c.add(pointer, "no more than %d items allowed", most)
	}
	for i := range blocks {
		c.block(&blocks[i], under(pointer, i))
	}
	if c.markdown > maxMarkdown {
		c.add(pointer, "must be less than %d characters", maxMarkdown+1)
	}
}

func (c *blockCheck) block(b *Block, at string) {
	keys, known := blockKeys(b.Type)
	switch {
	case b.Type == "":
		c.add(at, "missing required field: type")
		return
	case !known:
		c.add(at+"/type", "unsupported type: %s", b.Type)
		return
	}
	c.keys(keysOf(b.Raw), keys, at)
	c.atMost(b.BlockID, maxID, at+"/block_id")
	if slices.Contains(c.ids, b.BlockID) {
		c.add(at+"/block_id", "`block_id` %q already exists", b.BlockID)
	}
	c.ids = append(c.ids, b.BlockID)
	c.content(b, at)
	c.uniqueActions(b.Elements, at)
}

// uniqueActions notes an action_id that stands twice in a block.
func (c *blockCheck) uniqueActions(elements []Element, at string) {
	var seen []string
	for i, e := range elements {
		if e.ActionID != "" && slices.Contains(seen, e.ActionID) {
			c.add(under(at+"/elements", i)+"/action_id", "`action_id` %q already exists", e.ActionID)
		}
		seen = append(seen, e.ActionID)
	}
}

// keys notes the fields that nobody knows.
func (c *blockCheck) keys(has, may []string, at string) {
	for _, name := range has {
		if len(may) > 0 && !slices.Contains(may, name) {
			c.add(at, "invalid additional property: %s", name)
		}
	}
}

func (c *blockCheck) content(b *Block, at string) {
	switch b.Type {
	case "section":
		c.section(b, at)
	case "header":
		c.text(b.Text, at, "text", maxHeader, "plain_text")
	case "image":
		c.picture(b.ImageURL, b.AltText, len(b.SlackFile) > 0, at)
		if b.Title != nil {
			c.text(b.Title, at, "title", maxAlt, "plain_text")
		}
	case "actions":
		c.elements(b.Elements, at, maxActions, "actions")
	case "context":
		c.elements(b.Elements, at, maxContext, "context")
	case "input":
		c.input(b, at)
	case "markdown":
		if b.Text == nil || b.Text.Text == "" {
			c.add(at, "missing required field: text")
			return
		}
		c.markdown += utf8.RuneCountInString(b.Text.Text)
	}
}

func (c *blockCheck) section(b *Block, at string) {
	if b.Text == nil && len(b.Fields) == 0 {
		c.add(at, "must define either `text` or `fields`")
	}
	if b.Text != nil {
		c.text(b.Text, at, "text", maxSection, "")
	}
	if len(b.Fields) > maxFields {
		c.add(at+"/fields", "no more than %d items allowed", maxFields)
	}
	for i := range b.Fields {
		c.textAt(&b.Fields[i], under(at+"/fields", i), maxField, "")
	}
	if b.Accessory != nil {
		c.element(b.Accessory, at+"/accessory", "section")
	}
}

func (c *blockCheck) input(b *Block, at string) {
	c.text(b.Label, at, "label", maxLabel, "plain_text")
	if b.Hint != nil {
		c.text(b.Hint, at, "hint", maxLabel, "plain_text")
	}
	if b.Element == nil {
		c.add(at, "missing required field: element")
		return
	}
	c.element(b.Element, at+"/element", "input")
}

// text checks a text object of a kind ("": either), which has to be there.
func (c *blockCheck) text(t *Text, at, field string, most int, kind string) {
	if t == nil {
		c.add(at, "missing required field: %s", field)
		return
	}
	c.textAt(t, at+"/"+field, most, kind)
}

func (c *blockCheck) textAt(t *Text, at string, most int, kind string) {
	switch {
	case t.keys == nil:
		c.add(at, "must provide an object")
		return
	case kind != "" && t.Type != kind, t.Type != "plain_text" && t.Type != "mrkdwn":
		c.add(at+"/type", "unsupported type: %s", t.Type)
		return
	case t.Type == "plain_text":
		c.keys(t.keys, []string{"type", "text", "emoji"}, at)
	default:
		c.keys(t.keys, []string{"type", "text", "verbatim"}, at)
	}
	if t.Text == "" {
		c.add(at+"/text", "must be more than 0 characters")
	}
	c.atMost(t.Text, most, at+"/text")
}

func (c *blockCheck) atMost(text string, most int, at string) {
	if utf8.RuneCountInString(text) > most {
		c.add(at, "must be less than %d characters", most+1)
	}
}

func (c *blockCheck) picture(url, alt string, file bool, at string) {
	if url == "" && !file {
		c.add(at, "must define either `image_url` or `slack_file`")
	}
	if alt == "" {
		c.add(at, "missing required field: alt_text")
	}
	c.atMost(url, maxURL, at+"/image_url")
	c.atMost(alt, maxAlt, at+"/alt_text")
}

// checkBlocks returns the error of a message's blocks, or nil.
func checkBlocks(text string) ([]Block, *apiError) {
	blocks, wrong, err := parseBlocks(text, "/blocks")
	if err != nil {
		return nil, err
	}
	c := blockCheck{problems: wrong}
	if len(wrong) == 0 {
		c.all(blocks, "/blocks")
	}
	return blocks, c.err("invalid_blocks")
}
