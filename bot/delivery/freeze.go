package delivery

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// format is that of frozen replies. What changes their names needs another one, and has to go on reading this.
const format = 1

// frozen is a reply as it is kept. Its names are in stored rows. Each claim stands in it once.
type frozen struct {
	Format   int               `json:"format"`
	Lang     string            `json:"lang,omitempty"`
	Outcome  chat.Outcome      `json:"outcome"`
	Blocks   []block           `json:"blocks"`
	Claims   []json.RawMessage `json:"claims,omitempty"`
	Shown    []shown           `json:"shown,omitempty"`
	Was      []int             `json:"was,omitempty"` // places in Claims
	Findings []finding         `json:"findings,omitempty"`
	Near     []string          `json:"near,omitempty"`
	Offers   []chat.Command    `json:"offers,omitempty"`
	Form     *form             `json:"form,omitempty"`
	Opens    bool              `json:"opens,omitempty"`
	Menu     *menu             `json:"menu,omitempty"`
	Tag      string            `json:"tag,omitempty"`
}

type block struct {
	Role    chat.Role `json:"role"`
	Label   string    `json:"label,omitempty"`
	ClaimID string    `json:"claim,omitempty"`
	Was     bool      `json:"was,omitempty"`
	Parts   []part    `json:"parts"`
}

type part struct {
	Kind    chat.PartKind `json:"kind"`
	Text    string        `json:"text"`
	ClaimID string        `json:"claim,omitempty"`
	URL     string        `json:"url,omitempty"`
	Strong  bool          `json:"strong,omitempty"`
	Place   chat.Address  `json:"place,omitempty"`
}

// shown and finding name claims by their place in Claims.
type shown struct {
	Claim    int                   `json:"claim"`
	Mismatch []knowledge.Dimension `json:"mismatch,omitempty"`
}

type finding struct {
	Quote   string                `json:"quote"`
	Verdict chat.Verdict          `json:"verdict"`
	Claim   *int                  `json:"claim,omitempty"`
	Mixups  []knowledge.Dimension `json:"mixups,omitempty"`
	Others  []int                 `json:"others,omitempty"`
}

// Freeze writes a reply as JSON, from which Thaw makes the same one: of lists that are empty or nil alone it doesn't tell
// which. Its file isn't kept. A role, kind, outcome, verdict, command or dimension that isn't known is an error.
func Freeze(r chat.Reply) ([]byte, error) {
	f := frozen{Format: format, Lang: r.Lang, Outcome: r.Outcome, Near: r.Near, Offers: r.Offers, Tag: r.Tag, Blocks: make([]block, 0, len(r.Blocks))}
	f.Form, f.Opens, f.Menu = freezeForm(r.Form), r.Opens, freezeMenu(r.Menu)
	for _, b := range r.Blocks {
		parts := make([]part, 0, len(b.Parts))
		for _, p := range b.Parts {
			parts = append(parts, part(p))
		}
		f.Blocks = append(f.Blocks, block{b.Role, b.Label, b.ClaimID, b.Was, parts})
	}
	var errs []error
	claim := func(c *knowledge.Claim) int {
		i, err := f.add(c)
		errs = append(errs, err)
		return i
	}
	for i := range r.Shown {
		f.Shown = append(f.Shown, shown{claim(&r.Shown[i].Claim), r.Shown[i].Mismatch})
	}
	for i := range r.Was {
		f.Was = append(f.Was, claim(&r.Was[i]))
	}
	for _, is := range r.Findings {
		out := finding{Quote: is.Quote, Verdict: is.Verdict, Mixups: is.Mixups}
		if is.Claim != nil {
			out.Claim = new(claim(is.Claim))
		}
		for i := range is.Others {
			out.Others = append(out.Others, claim(&is.Others[i]))
		}
		f.Findings = append(f.Findings, out)
	}
	if err := errors.Join(append(errs, f.known())...); err != nil {
		return nil, fmt.Errorf("delivery: a reply can't be kept: %w", err)
	}
	return json.Marshal(f)
}

// add returns the place of a claim, which it is given where it has none.
func (f *frozen) add(c *knowledge.Claim) (int, error) {
	body, err := json.Marshal(c)
	if i := slices.IndexFunc(f.Claims, func(is json.RawMessage) bool { return bytes.Equal(is, body) }); i >= 0 {
		return i, err
	}
	f.Claims = append(f.Claims, body)
	return len(f.Claims) - 1, err
}

// Thaw reads a frozen reply. The error is of kind Internal: the row was altered, or written by a newer program.
func Thaw(data []byte) (chat.Reply, error) {
	r, err := thaw(data)
	if err != nil {
		return chat.Reply{}, &knowledge.Error{Kind: knowledge.Internal, Msg: "What was said can't be read: its row was altered, or a newer program wrote it.", Err: err}
	}
	return r, nil
}

func thaw(data []byte) (chat.Reply, error) {
	var f frozen
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if err := in.Decode(&f); err != nil {
		return chat.Reply{}, err
	}
	switch {
	case in.More():
		return chat.Reply{}, errors.New("something follows the reply")
	case f.Format != format:
		return chat.Reply{}, fmt.Errorf("format %d isn't known", f.Format)
	}
	if err := f.known(); err != nil {
		return chat.Reply{}, err
	}
	claims := make([]knowledge.Claim, len(f.Claims))
	for i, body := range f.Claims {
		claim, err := knowledge.Decode(body)
		if err != nil {
			return chat.Reply{}, err
		}
		claims[i] = *claim
	}
	return f.reply(claims), nil
}

// reply makes a reply of what is known to be whole.
func (f *frozen) reply(claims []knowledge.Claim) chat.Reply {
	r := chat.Reply{Lang: f.Lang, Outcome: f.Outcome, Near: f.Near, Offers: f.Offers, Form: f.Form.thaw(), Opens: f.Opens, Menu: f.Menu.thaw(), Tag: f.Tag}
	for _, b := range f.Blocks {
		out := chat.Block{Role: b.Role, Label: b.Label, ClaimID: b.ClaimID, Was: b.Was}
		for _, p := range b.Parts {
			out.Parts = append(out.Parts, chat.Part(p))
		}
		r.Blocks = append(r.Blocks, out)
	}
	for _, s := range f.Shown {
		r.Shown = append(r.Shown, chat.Shown{Claim: claims[s.Claim], Mismatch: s.Mismatch})
	}
	for _, i := range f.Was {
		r.Was = append(r.Was, claims[i])
	}
	for _, is := range f.Findings {
		out := chat.Finding{Quote: is.Quote, Verdict: is.Verdict, Mixups: is.Mixups}
		if is.Claim != nil {
			out.Claim = new(claims[*is.Claim])
		}
		for _, i := range is.Others {
			out.Others = append(out.Others, claims[i])
		}
		r.Findings = append(r.Findings, out)
	}
	return r
}
