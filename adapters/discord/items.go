package discord

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/chat"
)

// item is what stands or falls together: a claim with all that is said of it, a verdict with the claim that it rests on,
// notes of ours. A reply is cut between items only.
type item struct {
	look    look
	section int    // of the board; its items share an embed. 0: an embed of its own
	heading string // of its section, plain
	intro   string // a note that leads to it, plain
	title   string // its figure and who says it, in markup; empty where no figure is set apart
	lines   []line
	claim   bool // a claim's sentence stands in it
}

// look is a colour, each with a mark that says the same.
type look struct {
	colour int
	mark   string
}

// The colours are those of no side: slate for what is sourced, amber for what differs from what was asked.
func lookOf(o chat.Outcome) look {
	if o == chat.Related {
		return look{colour: 0xb7791f}
	}
	return look{colour: 0x52657a}
}

func noteLook() look { return look{colour: 0x9aa3ad} }

// verdictLook returns the look of a verdict. That a statement differs isn't a cross: it is about the sources, not about who is right.
func verdictLook(v chat.Verdict) look {
	switch v {
	case chat.Matches:
		return look{0x2f855a, "✅"}
	case chat.Differs:
		return look{0xc05621, "≠"}
	case chat.MixedUp:
		return look{0xb7791f, "🔀"}
	case chat.NoSource:
	}
	return look{0x9aa3ad, "❔"}
}

// itemizer gathers blocks into items.
type itemizer struct {
	reply    chat.Reply
	items    []item
	lead     *chat.Block
	footer   string
	heading  string
	fresh    bool // nothing stands under the heading yet
	section  int
	board    bool   // claims of a heading share an embed
	intro    string // notes that lead to what comes next
	open     bool   // the last item takes the details that follow
	findings int
}

// itemize returns a reply's first line, its items and its footer.
func itemize(r chat.Reply) (lead *chat.Block, items []item, footer string) {
	z := itemizer{reply: r, board: !slices.ContainsFunc(r.Blocks, func(b chat.Block) bool { return b.Role == chat.RoleRange })}
	for i := range r.Blocks {
		z.block(i)
	}
	z.flush()
	if z.intro != "" { // it leads to nothing
		z.start(item{look: noteLook()})
	}
	return z.lead, z.items, z.footer
}

func (z *itemizer) block(i int) {
	b := z.reply.Blocks[i]
	switch b.Role {
	case chat.RoleLead:
		if z.lead != nil { // one sentence is the first
			z.start(item{look: lookOf(z.reply.Outcome)})
			z.add(b)
			return
		}
		z.lead, z.open = &z.reply.Blocks[i], false
	case chat.RoleFooter:
		z.footer = strings.TrimSpace(z.footer + " " + plain(b.Parts))
	case chat.RoleHeading:
		z.flush()
		z.heading, z.fresh, z.open = plain(b.Parts), true, false
		z.section++
	case chat.RoleNote:
		z.note(i)
	case chat.RoleFinding:
		z.finding(b)
	case chat.RoleClaim:
		z.claim(b)
	case chat.RoleWrote:
		z.leave()
		z.start(item{look: noteLook()})
		z.add(b)
		z.open = false
	case chat.RoleExample:
		z.aside(b)
	case chat.RoleRange, chat.RoleCounts, chat.RoleSaid, chat.RoleSource, chat.RoleCaveat:
		if !z.open { // of the claim that the first line says
			z.start(item{look: lookOf(z.reply.Outcome), claim: true})
		}
		z.detail(i)
	}
}

// flush keeps a heading under which nothing came.
func (z *itemizer) flush() {
	if z.fresh && z.heading != "" {
		z.start(item{look: noteLook()})
		z.open = false
	}
}

// start begins an item under the heading and the notes that wait for one.
func (z *itemizer) start(it item) {
	it.intro, it.heading, z.intro, z.fresh = z.intro, z.heading, "", false
	if z.board && z.heading != "" {
		it.section = z.section
	}
	z.items, z.open = append(z.items, it), true
}

func (z *itemizer) last() *item { return &z.items[len(z.items)-1] }

func (z *itemizer) add(b chat.Block) { z.last().lines = append(z.last().lines, linesOf(b)...) }

// claim opens an item, unless a verdict waits for the claim that it rests on.
func (z *itemizer) claim(b chat.Block) {
	if !z.open || z.last().claim || z.intro != "" {
		z.start(item{look: lookOf(z.reply.Outcome)})
	}
	z.last().claim = true
	z.add(b)
}

// finding opens an item in the look of its verdict.
func (z *itemizer) finding(b chat.Block) {
	verdict := chat.NoSource
	if z.findings < len(z.reply.Findings) {
		verdict = z.reply.Findings[z.findings].Verdict
	}
	z.findings++
	z.leave()
	z.start(item{look: verdictLook(verdict)})
	z.add(b)
	if lines := z.last().lines; len(lines) > 0 {
		if last := &lines[len(lines)-1]; !strings.HasPrefix(last.text, quoteMark) {
			last.text = z.last().look.mark + " " + last.text
		}
	}
}

// detail adds what is said of a claim. Its figure, where it stands beside rivals', goes into the title, together
// with who says it: it mustn't be read alone.
func (z *itemizer) detail(i int) {
	b := z.reply.Blocks[i]
	if b.Role != chat.RoleRange {
		z.add(b)
		return
	}
	title := startLine(strings.TrimSpace(escape(b.Label) + " " + inline(b.Parts)))
	if who := z.who(i); who != "" {
		title += " — " + who
	}
	if z.last().title == "" && length(title) <= maxTitle {
		z.last().title = title
		return
	}
	z.last().lines = append(z.last().lines, line{b.Role, title})
}

// who returns the claimant of the claim whose figure block i shows: the first part of what says by whom and when.
func (z *itemizer) who(i int) string {
	for _, b := range z.reply.Blocks[i+1:] {
		switch {
		case b.ClaimID != z.reply.Blocks[i].ClaimID || b.Role == chat.RoleClaim:
			return ""
		case b.Role == chat.RoleSaid && len(b.Parts) > 0:
			return escape(strings.TrimSpace(b.Parts[0].Text))
		}
	}
	return ""
}

// note adds a sentence of ours where it belongs: to the claim or the heading that it leads to, to the section that it ends, or
// to the other notes.
func (z *itemizer) note(i int) {
	b, next := z.reply.Blocks[i], chat.Role("")
	if i+1 < len(z.reply.Blocks) {
		next = z.reply.Blocks[i+1].Role
	}
	text := plain(b.Parts)
	switch {
	case next == chat.RoleClaim, next != "" && next != chat.RoleFooter && strings.HasSuffix(text, ":"):
		if !z.fresh {
			z.leave()
		}
		z.intro, z.open = strings.TrimSpace(z.intro+" "+text), false
	case z.heading != "" && (z.fresh || z.board && next == chat.RoleHeading):
		z.start(item{look: noteLook()})
		z.add(b)
		z.open = false
	default:
		z.aside(b)
	}
}

// leave ends a section.
func (z *itemizer) leave() {
	z.flush()
	z.heading = ""
}

// wrote reports that the last item quotes what the asker wrote.
func (z *itemizer) wrote() bool {
	return slices.ContainsFunc(z.last().lines, func(l line) bool { return l.role == chat.RoleWrote || l.role == chat.RoleFinding })
}

// aside adds a sentence that belongs to no claim to those before it, or opens an item of them.
func (z *itemizer) aside(b chat.Block) {
	z.leave()
	if n := len(z.items); n == 0 || z.intro != "" || z.last().look != noteLook() || z.last().heading != "" || z.wrote() {
		z.start(item{look: noteLook()})
	}
	z.add(b)
	z.open = false
}
