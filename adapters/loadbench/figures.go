package loadbench

import (
	"fmt"
	"maps"
	"slices"

	"github.com/whosays/whosays/adapters/benchtable"
)

// figures are what the table tells of each transport: of whosays, and of other bots as its peers.
func figures(p Platform, o Options, rows []Row) (out []benchtable.Figure) {
	for _, r := range rows {
		of := fmt.Sprintf("%s by %s: %d questions, %d a second", p.Name, r.Transport, r.Questions, o.Rate)
		peer := r.Bot
		if peer == Whosays {
			peer = ""
		}
		add := func(what, unit, asked string, seen ...float64) {
			out = append(out, benchtable.Figure{Of: of, What: what, Unit: unit, Asked: asked, Peer: peer, Seen: seen})
		}
		add("acknowledged", "ms, p50 / p99 / longest", "", r.Ack.P50, r.Ack.P99, r.Ack.Max)
		add("not acknowledged within 3 s", "questions", "0", float64(r.LateAcks))
		add("replied", "ms, p50 / p99 / longest", "", r.Reply.P50, r.Reply.P99, r.Reply.Max)
		add("not replied to within 10 s", "questions", "", float64(r.Unanswered))
		add("replied to after more than 3 s", "questions", "", float64(r.Late))
		add("replied to twice", "questions", "0", float64(r.Twice))
		add("told that there is too much to do", "questions", "", float64(r.Turned))
		for _, how := range slices.Sorted(maps.Keys(r.Refused)) {
			add("refused by the platform: "+how, "requests", "", float64(r.Refused[how]))
		}
		add("warnings in the log", "lines", "", float64(r.Complaints))
		add("processor, of the bot / of the fake platform with its people", "s", "", r.CPU, r.FakeCPU)
		add("memory", "MB, at most", "", r.MemoryMB)
		add("asked after it was due", "ms, longest", "", r.LateAsked)
	}
	return out
}
