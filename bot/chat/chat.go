// Package chat is the conversation's vocabulary: what comes in, what goes out. It names no platform.
package chat

import (
	"context"
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

// The commands of moderators. bot/moderation says who may use them.
const (
	CommandClaimAdd      Command = "claim_add"      // Text: in one line; or Values
	CommandClaimRevise   Command = "claim_revise"   // Claims: which
	CommandClaimRetract  Command = "claim_retract"  // Claims: which
	CommandClaimHide     Command = "claim_hide"     // Claims: which shared one
	CommandClaimUnhide   Command = "claim_unhide"   // Claims: which
	CommandClaimShow     Command = "claim_show"     // Claims: which, whatever its status
	CommandClaimHistory  Command = "claim_history"  // Claims: which
	CommandClaimSearch   Command = "claim_search"   // Text: what for
	CommandClaimPending  Command = "claim_pending"  // what waits for a second person; Pick: one of it
	CommandClaimReviewed Command = "claim_reviewed" // Claims: which; none: all
	CommandClaimExport   Command = "claim_export"   // Values: format
	CommandClaimGaps     Command = "claim_gaps"     // what was asked without an answer; Pick: one of it
	CommandClaimReports  Command = "claim_reports"  // reported mistakes; Pick: one of them
	CommandModAdd        Command = "moderators_add"
	CommandModRemove     Command = "moderators_remove"
	CommandModList       Command = "moderators_list"
	CommandSettings      Command = "settings" // Values: what to set; none: they are shown
)

// The commands about the digests of the channel in which they are asked for. bot/digest says what they are.
const (
	CommandDigestSubscribe   Command = "digest_subscribe" // Values: when, and about what
	CommandDigestUnsubscribe Command = "digest_unsubscribe"
	CommandDigestPause       Command = "digest_pause"
	CommandDigestResume      Command = "digest_resume"
	CommandDigestList        Command = "digest_list" // of all of the tenant's channels
	CommandDigestPreview     Command = "digest_preview"
	CommandDigestWhy         Command = "digest_why" // what became of the last slots
)

// What buttons under the replies to moderators ask for. All of them take the form of the reply that they stand under.
const (
	CommandPublish  Command = "publish"  // what the form says is made
	CommandEdit     Command = "edit"     // the form is opened again; an adapter may open a page of it without asking the bot
	CommandFill     Command = "fill"     // the form was submitted: it is read, and shown as it was understood
	CommandCancel   Command = "cancel"   // nothing is made of it
	CommandRival    Command = "rival"    // what resembles a live claim is another claim beside it
	CommandRevision Command = "revision" // what resembles a live claim is a new state of it
	CommandApprove  Command = "approve"  // Form.Subject: the proposal
	CommandReject   Command = "reject"   // Form.Subject: the proposal; Values: the reason
	CommandTell     Command = "tell"     // those who were told are told what changed, though they are many
)

// Request is one thing that somebody asks of the bot.
type Request struct {
	Command Command
	Tenant  string   // empty: the shared base only, which can't be changed from there
	Text    string   // as it was typed; capped and cleaned by the reader, never echoed as it came
	Claims  []string // ids of claims, for the commands that are about claims; those that the tenant can't see are left out
	Lang    string   // language of the reply; empty: the text's own
	Now     time.Time

	Actor  Actor             // who asks; the zero one may do nothing but ask
	From   Address           // where it was asked; empty where nobody else could hear it, as in a direct conversation
	Form   *Form             // of the reply whose button was pressed, or form submitted, with what is filled in now
	Values map[string]string // what was typed behind a command, by the ids of its options
	Pick   string            // what was chosen from the reply's menu
	Sees   Sees              // which places the actor can see; nil: none but From
}

// Sees returns those of some places that a person can see. Its error is that of the platform.
type Sees func(ctx context.Context, places []Address) ([]Address, error)

// Actor is a person, as their platform vouches for them with this very event.
type Actor struct {
	ID      string   // "discord:1234"; empty: unknown
	Groups  []string // those that they are in, as "discord:role:5678"
	Manager bool     // they may manage the server, or are an admin or owner of the workspace
	Keeper  bool     // they may manage the channel
	Zone    string   // of the IANA database; empty: the platform doesn't tell
}

// Outcome is how far a reply answers what was asked (DESIGN.md, "A claim").
type Outcome string

// The outcomes.
const (
	Answered  Outcome = "answered"
	Related   Outcome = "related"
	Unsourced Outcome = "unsourced"
	Help      Outcome = "help"
	Checked   Outcome = "checked"   // a statement was checked: see Findings
	Filling   Outcome = "filling"   // a form is to be filled in, or to be confirmed: see Form
	Done      Outcome = "done"      // what a moderator asked for was done, or waits for another
	Listed    Outcome = "listed"    // what a moderator asked to see
	Refused   Outcome = "refused"   // nothing was done: the reply says what is missing
	Digest    Outcome = "digest"    // what changed, told unasked to those who subscribed
	Corrected Outcome = "corrected" // what was said before isn't so any more: see Was
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
	Shown    []Shown           // every claim that the reply shows, best first
	Was      []knowledge.Claim // of a correction: the claims as they were told before, which hold no more
	Findings []Finding         // one for each assertion of a checked statement
	Near     []string          // ids of the claims nearest to what was asked that the reply doesn't show, best first
	Offers   []Command         // what may be asked further about the reply, as buttons, in their order
	Form     *Form             // what is to be filled in; nil: nothing
	Opens    bool              // Form is opened at once where the platform can; the blocks are for where it can't
	Menu     *Menu             // what may be chosen from; nil: nothing
	File     *File             // what goes out with it, where the person alone sees it; it isn't kept
	Tag      string            // which digest it is, as it stands in the footer: no two of a channel have the same; empty: it is none
}

// Private reports whether a reply is for the person alone who asked, whatever they asked.
func (r *Reply) Private() bool {
	switch r.Outcome {
	case Help, Filling, Done, Listed, Refused:
		return true
	}
	return false
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

// ShownIDs returns the ids of the claims that the reply shows, each once, in their order.
func (r *Reply) ShownIDs() []string {
	var out []string
	for i := range r.Shown {
		if id := r.Shown[i].Claim.ID; !slices.Contains(out, id) {
			out = append(out, id)
		}
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
	RoleField   Role = "field"   // a field of a form: its label, and what is filled in, as a part that the asker wrote
	RoleProblem Role = "problem" // what is wrong with the field above
)

// Block is one line of a reply. ClaimID ties the blocks of one claim together.
type Block struct {
	Role    Role
	Label   string // a word or two of ours in front ("source"); holds no digit
	ClaimID string
	Was     bool // it is about a claim of Reply.Was: as it was told; a note, why it isn't so any more
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
	ClaimID string  // the claim of a Sourced part
	URL     string  // a link's target, only on Sourced parts
	Strong  bool    // to be emphasised
	Place   Address // on Own parts: the channel that the words stand for, which a platform that knows it may name in their place
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
