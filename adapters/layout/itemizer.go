package layout

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/chat"
)

// itemizer gathers blocks into items.
type itemizer struct {
	reply    chat.Reply
	items    []Item
	lead     *chat.Block
	footer   string
	heading  string
	fresh    bool // nothing stands under the heading yet
	section  int
	board    bool   // claims of a heading belong together
	intro    string // notes that lead to what comes next
	open     bool   // the last item takes the details that follow
	joins    bool   // it takes the claim that follows, too
	findings int
}

// Items returns a reply's first line, its items and its footer, cleaned. The first line is nil where there is none.
func Items(r chat.Reply) (lead *chat.Block, items []Item, footer string) {
	z := itemizer{reply: r, board: !slices.ContainsFunc(r.Blocks, func(b chat.Block) bool { return b.Role == chat.RoleRange })}
	for i := range r.Blocks {
		z.block(i)
	}
	z.flush()
	if z.intro != "" { // it leads to nothing
		z.start(Item{})
	}
	return z.lead, z.items, z.footer
}

func (z *itemizer) block(i int) {
	b := z.reply.Blocks[i]
	switch b.Role {
	case chat.RoleLead:
		if z.lead != nil { // one sentence is the first
			z.start(Item{Kind: Claim})
			z.add(b)
			return
		}
		z.lead, z.open = &z.reply.Blocks[i], false
	case chat.RoleFooter:
		z.footer = strings.TrimSpace(z.footer + " " + Text(b.Parts))
	case chat.RoleHeading:
		z.flush()
		z.heading, z.fresh, z.open = Text(b.Parts), true, false
		z.section++
	case chat.RoleNote:
		z.note(i)
	case chat.RoleFinding:
		z.finding(b)
	case chat.RoleClaim:
		z.claim(b)
	case chat.RoleWrote:
		z.leave()
		z.start(Item{})
		z.add(b)
		z.open = false
	case chat.RoleExample:
		z.aside(b)
	case chat.RoleField, chat.RoleProblem:
		z.field(b)
	case chat.RoleRange, chat.RoleCounts, chat.RoleSaid, chat.RoleSource, chat.RoleCaveat:
		if !z.open { // of the claim that the first line says
			z.start(Item{Kind: Claim, Claimed: true})
		}
		z.add(b)
	}
}

// flush keeps a heading under which nothing came.
func (z *itemizer) flush() {
	if z.fresh && z.heading != "" {
		z.start(Item{})
		z.open = false
	}
}

// start begins an item under the heading and the notes that wait for one.
func (z *itemizer) start(it Item) {
	it.Intro, it.Heading, z.intro, z.fresh = z.intro, z.heading, "", false
	if z.board && z.heading != "" {
		it.Section = z.section
	}
	z.items, z.open = append(z.items, it), true
}

func (z *itemizer) last() *Item { return &z.items[len(z.items)-1] }

func (z *itemizer) add(b chat.Block) { z.last().Blocks = append(z.last().Blocks, b) }

// claim opens an item, unless a verdict waits for the claim that it rests on.
func (z *itemizer) claim(b chat.Block) {
	if !z.joins && (!z.open || z.last().Claimed || z.intro != "") {
		z.start(Item{Kind: Claim})
	}
	z.last().Claimed, z.joins = true, false
	z.add(b)
}

// finding opens an item of its verdict.
func (z *itemizer) finding(b chat.Block) {
	verdict := chat.NoSource
	if z.findings < len(z.reply.Findings) {
		verdict = z.reply.Findings[z.findings].Verdict
	}
	z.findings++
	z.leave()
	z.start(Item{Kind: Finding, Verdict: verdict})
	z.add(b)
}

// note adds a sentence of ours where it belongs: to the claim that it is about, to the claim or the heading that it leads to, to the
// section that it ends, or to the other notes. What a claim was opens an item, which holds what it is now as well: one isn't read
// without the other. Under a heading, what leads to a claim stands in its item, below the heading.
func (z *itemizer) note(i int) {
	b, next, was := z.reply.Blocks[i], chat.Role(""), false
	if i+1 < len(z.reply.Blocks) {
		next, was = z.reply.Blocks[i+1].Role, z.reply.Blocks[i+1].Was
	}
	text := Text(b.Parts)
	switch {
	case z.holds(b):
		z.add(b)
		z.open, z.joins = true, next == chat.RoleClaim && strings.HasSuffix(text, ":")
	case next == chat.RoleClaim && (was || z.fresh):
		z.start(Item{Kind: Claim})
		z.add(b)
	case next == chat.RoleClaim, next != "" && next != chat.RoleFooter && strings.HasSuffix(text, ":"):
		if !z.fresh {
			z.leave()
		}
		z.intro, z.open = strings.TrimSpace(z.intro+" "+text), false
	case z.heading != "" && (z.fresh || z.board && (next == chat.RoleHeading || b.Label != "")):
		z.start(Item{})
		z.add(b)
		z.open = false
	default:
		z.aside(b)
	}
}

// holds reports a sentence about a claim that the last item shows.
func (z *itemizer) holds(b chat.Block) bool {
	return b.ClaimID != "" && !z.fresh && z.intro == "" && len(z.items) > 0 &&
		slices.ContainsFunc(z.last().Blocks, func(o chat.Block) bool { return o.ClaimID == b.ClaimID && o.Was == b.Was })
}

// leave ends a section.
func (z *itemizer) leave() {
	z.flush()
	z.heading = ""
}

// aside adds a sentence that belongs to no claim to those before it, or opens an item of them.
func (z *itemizer) aside(b chat.Block) {
	z.leave()
	if n := len(z.items); n == 0 || z.intro != "" || z.last().Kind != Note || z.last().Heading != "" ||
		z.last().Has(chat.RoleWrote, chat.RoleFinding, chat.RoleField) {
		z.start(Item{})
	}
	z.add(b)
	z.open = false
}

// field adds a field of a form, or what is wrong with it, to the form's item, or opens that.
func (z *itemizer) field(b chat.Block) {
	z.leave()
	if n := len(z.items); n == 0 || z.intro != "" || !z.last().Has(chat.RoleField, chat.RoleProblem) {
		z.start(Item{})
	}
	z.add(b)
	z.open = false
}
