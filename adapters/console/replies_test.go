package console

import (
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// The replies that the goldens show. Their content is made up; only their shape matters here.

func ownText(text string) chat.Part { return chat.Part{Kind: chat.Own, Text: text} }

func sourced(id, text string) chat.Part {
	return chat.Part{Kind: chat.Sourced, Text: text, ClaimID: id}
}

func strong(p chat.Part) chat.Part {
	p.Strong = true
	return p
}

func linked(p chat.Part, url string) chat.Part {
	p.URL = url
	return p
}

func block(role chat.Role, id, label string, parts ...chat.Part) chat.Block {
	return chat.Block{Role: role, Label: label, ClaimID: id, Parts: parts}
}

func shown(id string, f knowledge.Figure) chat.Shown {
	scope := knowledge.Scope{Party: "valley", Group: "houses", Metric: "flooded"}
	return chat.Shown{Claim: knowledge.Claim{ID: id, Kind: knowledge.KindFigure, Scope: scope, Figure: f}}
}

// answered is one claim with everything that can stand under it.
func answered() chat.Reply {
	return chat.Reply{Lang: "en", Outcome: chat.Answered, Shown: []chat.Shown{shown("a", knowledge.Figure{Best: new(1200.0)})}, Blocks: []chat.Block{
		block(chat.RoleLead, "a", "", sourced("a", "About 1,200 houses were flooded in the valley, says Ada Brook, mayor of Lower Valley (a party to the dispute).")),
		block(chat.RoleCaveat, "a", "", ownText("Houses that nobody could reach aren't in this figure.")),
		block(chat.RoleCounts, "a", "counts", ownText("houses flooded · the valley · 2025")),
		block(chat.RoleSaid, "a", "said", ownText("on "), sourced("a", "2025-11-03"), ownText(" · an official statement")),
		block(chat.RoleRange, "a", "range", sourced("a", "1,200")),
		block(chat.RoleSource, "a", "source", linked(sourced("a", "The Valley Courier"), "https://user:pass@courier.example/news?id=1"), ownText(", "), sourced("a", "2025-11-04"), ownText(" — “about 1,200 houses”")),
		block(chat.RoleFooter, "", "", ownText("as of "), chat.Part{Kind: chat.Furniture, Text: "2025-12-01"}, ownText(" · last reviewed "), chat.Part{Kind: chat.Furniture, Text: "2025-11-30"}),
	}}
}

// rivals are four figures of one scope, each with other bounds, and one of another scope.
func rivals() chat.Reply {
	apart := shown("e", knowledge.Figure{Low: new(5.0), High: new(9.0)})
	apart.Claim.Scope.Group = "bridges"
	claim := func(id, text, figure string) []chat.Block {
		return []chat.Block{
			block(chat.RoleClaim, id, "", sourced(id, text)),
			block(chat.RoleRange, id, "range", sourced(id, figure)),
			block(chat.RoleSaid, id, "said", ownText("not known when")),
		}
	}
	r := chat.Reply{Lang: "en", Outcome: chat.Answered, Shown: []chat.Shown{
		shown("a", knowledge.Figure{Low: new(100000.0), High: new(140000.0)}),
		shown("b", knowledge.Figure{High: new(150000.0)}),
		shown("c", knowledge.Figure{Low: new(55000.0)}),
		shown("d", knowledge.Figure{Low: new(60000.0), Best: new(90000.0), High: new(100000.0)}), apart,
	}}
	r.Blocks = append(r.Blocks, block(chat.RoleLead, "", "", ownText("Several sources count houses flooded, and they differ:")))
	r.Blocks = append(r.Blocks, claim("a", "From 100,000 to 140,000 houses, says an insurer.", "100,000–140,000")...)
	r.Blocks = append(r.Blocks, claim("b", "Nearly 150,000 houses, says the mayor.", "nearly 150,000")...)
	r.Blocks = append(r.Blocks, claim("c", "At least 55,000 houses, says the river board.", "at least 55,000")...)
	r.Blocks = append(r.Blocks, claim("d", "About 90,000 houses, says a university.", "60,000–100,000")...)
	return chat.Reply{Lang: r.Lang, Outcome: r.Outcome, Shown: r.Shown, Blocks: append(r.Blocks, claim("e", "Five to nine bridges, says the road office.", "5–9")...)}
}

// checked is a statement with two findings.
func checked() chat.Reply {
	return chat.Reply{Lang: "en", Outcome: chat.Checked, Blocks: []chat.Block{
		block(chat.RoleWrote, "", "You wrote", chat.Part{Kind: chat.Wrote, Text: "The insurer says 1,200 houses were flooded, and nine bridges fell."}),
		block(chat.RoleFinding, "a", "", chat.Part{Kind: chat.Wrote, Text: "“The insurer says 1,200 houses were flooded”"}, ownText(" — "), strong(ownText("mixed up: attribution.")), ownText(" The figure is Ada Brook's.")),
		block(chat.RoleSource, "a", "source", linked(sourced("a", "The Valley Courier"), "https://courier.example/news")),
		block(chat.RoleFinding, "", "", chat.Part{Kind: chat.Wrote, Text: "“nine bridges fell”"}, ownText(" — "), strong(ownText("no source."))),
		block(chat.RoleNote, "", "", ownText("A verdict is about the sources, not about who is right.")),
	}}
}

// board is a status board in Ukrainian.
func board() chat.Reply {
	return chat.Reply{Lang: "uk", Outcome: chat.Answered, Blocks: []chat.Block{
		block(chat.RoleLead, "", "", ownText("Що відомо про перемовини щодо дамби")),
		block(chat.RoleHeading, "", "", ownText("Водоскид")),
		block(chat.RoleClaim, "p", "", sourced("p", "Нижня Долина вимагає відкрити водоскид до початку весняної повені, щойно зійде крига.")),
		block(chat.RoleSaid, "p", "сказано", ownText("дата невідома")),
		block(chat.RoleClaim, "q", "", sourced("q", "Верхня Долина відмовляється: 1 200 гектарів опиняться під водою.")),
		block(chat.RoleHeading, "", "", ownText("Плата")),
		block(chat.RoleNote, "", "", ownText("Про це немає тверджень із джерелом.")),
		block(chat.RoleFooter, "", "", ownText("станом на "), chat.Part{Kind: chat.Furniture, Text: "01.12.2025"}),
	}}
}

// help has examples.
func help() chat.Reply {
	r := chat.Reply{Lang: "en", Outcome: chat.Help, Blocks: []chat.Block{
		block(chat.RoleLead, "", "", ownText("I answer from sourced claims about the flood.")),
		block(chat.RoleNote, "", "", ownText("Ask a question, or paste a statement to check.")),
	}}
	for _, q := range []string{"How many houses were flooded?", "Who says so?", "Where do the talks stand?", "What is left out?"} {
		r.Blocks = append(r.Blocks, block(chat.RoleExample, "", "", ownText(q)))
	}
	return r
}

// wide has letters that take two columns or none, and a word that is longer than a narrow line.
func wide() chat.Reply {
	return chat.Reply{Lang: "en", Outcome: chat.Answered, Blocks: []chat.Block{
		block(chat.RoleLead, "a", "", sourced("a", "洪水で家屋が流されたと市長は述べた。被害の全容はまだ分かっていない。 Щонайменше 1\u202f200 будинків, cafe\u0301 👩‍👩‍👧 included.")),
		block(chat.RoleSource, "a", "джерело", sourced("a", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft")),
	}}
}
