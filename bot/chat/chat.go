// Package chat is the conversation's vocabulary: what comes in, what goes out. It names no platform.
package chat

import (
	"slices"
	"time"

	"github.com/whosays/whosays/knowledge"
)

// Command is what the asker wants done with the text.
type Command string

// The commands that a conversation knows. A plain message is CommandAsk.
const (
	CommandAsk    Command = "ask"
	CommandCheck  Command = "check"
	CommandStatus Command = "status"
	CommandHelp   Command = "help"
)

// The commands about claims that an earlier reply showed or named (Request.Claims): what its buttons ask for.
const (
	CommandSources Command = "sources" // every source of the claims
	CommandMethod  Command = "method"  // how do you know: quote, method, origin, history
	CommandQuote   Command = "quote"   // a sentence for each claim that is safe to paste
	CommandNear    Command = "near"    // not what I asked: the claims, to choose from
	CommandShow    Command = "show"    // the claims as an answer shows them
)

// The buttons that an adapter acts on itself: the bot only says where they belong (Reply.Offers), and what they are
// called. A request with one of them is a question like any other.
const (
	CommandReport Command = "report" // a form in which somebody says what is wrong with an answer
	CommandMore   Command = "more"   // what of a reply didn't fit into the first message
	CommandShare  Command = "share"  // a reply that one person saw is said to everybody
)

// Request is one thing that somebody asks of the bot.
type Request struct {
	Command Command
	Tenant  string   // empty: the shared base only
	Text    string   // as it was typed; capped and cleaned by the reader, never echoed as it came
	Claims  []string // ids of claims, for the commands that are about claims; those that the tenant can't see are left out
	Lang    string   // language of the reply; empty: the text's own
	Now     time.Time
}

// Outcome is how far a reply answers what was asked (DESIGN.md, "A claim").
type Outcome string

// The outcomes.
const (
	Answered  Outcome = "answered"
	Related   Outcome = "related"
	Unsourced Outcome = "unsourced"
	Help      Outcome = "help"
	Checked   Outcome = "checked" // a statement was checked: see Findings
	Digest    Outcome = "digest"  // what changed, told unasked to those who subscribed
)

// Verdict is what a check says of one assertion.
type Verdict string

// The verdicts (eval/README.md).
const (
	Matches  Verdict = "matches"
	Differs  Verdict = "differs"
	MixedUp  Verdict = "mixed_up"
	NoSource Verdict = "unsourced"
)

// Reply is one answer, ready for any platform. Blocks are what is read; Shown, Findings and
// FurnitureText say the same as data.
type Reply struct {
	Lang     string
	Outcome  Outcome
	Blocks   []Block
	Shown    []Shown   // every claim that the reply shows, best first
	Findings []Finding // one for each assertion of a checked statement
	Near     []string  // ids of the claims nearest to what was asked that the reply doesn't show, best first
	Offers   []Command // what may be asked further about the reply, as buttons, in their order
}

// Shown is a claim that a reply shows, with the dimensions in which it differs from what was asked.
type Shown struct {
	Claim    knowledge.Claim
	Mismatch []knowledge.Dimension
}

// Finding is the verdict on one assertion. Claim is nil where the verdict is NoSource.
type Finding struct {
	Quote   string // the words judged, cleaned
	Verdict Verdict
	Claim   *knowledge.Claim
	Mixups  []knowledge.Dimension
	Others  []knowledge.Claim // what else is sourced of the same scope, shown beside Claim
}

// Quoted returns the claims that the reply shows, or judges by, each version once. What is only near isn't quoted.
func (r *Reply) Quoted() []knowledge.Claim {
	var out []knowledge.Claim
	add := func(claims ...knowledge.Claim) {
		for i := range claims {
			same := func(c knowledge.Claim) bool { return c.Key() == claims[i].Key() && c.Revision == claims[i].Revision }
			if !slices.ContainsFunc(out, same) {
				out = append(out, claims[i])
			}
		}
	}
	for i := range r.Shown {
		add(r.Shown[i].Claim)
	}
	for _, f := range r.Findings {
		if f.Claim != nil {
			add(*f.Claim)
		}
		add(f.Others...)
	}
	return out
}

// Role says what a block is for, so that each platform can give it its own look.
type Role string

// The roles of blocks, in the order in which a reply usually has them.
const (
	RoleLead    Role = "lead"    // the sentence to quote first
	RoleWrote   Role = "wrote"   // what the asker wrote, verbatim
	RoleFinding Role = "finding" // a verdict on one assertion
	RoleClaim   Role = "claim"   // a claim's sentence with its attribution; opens the claim's blocks
	RoleRange   Role = "range"   // a figure's low–high beside its rivals'
	RoleCounts  Role = "counts"  // what the figure counts
	RoleSaid    Role = "said"    // by whom, when, on what basis
	RoleSource  Role = "source"
	RoleCaveat  Role = "caveat"
	RoleNote    Role = "note"    // a sentence of ours
	RoleHeading Role = "heading" // a heading of the status board
	RoleExample Role = "example" // something to ask
	RoleFooter  Role = "footer"  // as of, last reviewed
)

// Block is one line of a reply. ClaimID ties the blocks of one claim together.
type Block struct {
	Role    Role
	Label   string // a word or two of ours in front ("source"); holds no digit
	ClaimID string
	Parts   []Part
}

// PartKind says where the words of a part come from; the guard judges each part by it.
type PartKind string

// The kinds of parts.
const (
	Own       PartKind = "own"       // our words: no number may stand in them
	Sourced   PartKind = "sourced"   // a claim's words or figures: each number has to stand in that claim
	Wrote     PartKind = "wrote"     // the asker's words, only in blocks that say so
	Furniture PartKind = "furniture" // our own counts, the base's dates, hours of a schedule
)

// Part is a run of words with one origin.
type Part struct {
	Kind    PartKind
	Text    string
	ClaimID string // the claim of a Sourced part
	URL     string // a link's target, only on Sourced parts
	Strong  bool   // to be emphasised
}

// Text returns the block's words, its label left out.
func (b Block) Text() string {
	n := 0
	for _, p := range b.Parts {
		n += len(p.Text)
	}
	out := make([]byte, 0, n)
	for _, p := range b.Parts {
		out = append(out, p.Text...)
	}
	return string(out)
}

// FurnitureText returns our own counts, dates and hours, as they stand in the reply.
func (r Reply) FurnitureText() []string {
	out := []string{}
	for _, b := range r.Blocks {
		for _, p := range b.Parts {
			if p.Kind == Furniture {
				out = append(out, p.Text)
			}
		}
	}
	return out
}
