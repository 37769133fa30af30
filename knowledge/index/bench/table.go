package main

import "github.com/whosays/whosays/adapters/benchtable"

// figures are what the table tells of each base: of the product, and of its peers. For whosays a question is the whole way to the reply
// that the guard has passed; the peers list claims. Each text is answered three times, and its median counts.
func figures(rows []row) (out []benchtable.Figure) {
	for _, r := range rows {
		peer := r.Engine
		if peer == whosays {
			peer = ""
		}
		add := func(what, unit string, seen ...float64) {
			out = append(out, benchtable.Figure{Of: grouped(r.Claims, ",") + " claims in memory", What: what, Unit: unit, Peer: peer, Seen: seen})
		}
		add("a question to its reply", "ms, p50 / p99 / texts", r.Question.P50, r.Question.P99, float64(r.Question.N))
		add("a message to the claims that are near", "ms, p50 / p99 / texts", r.Message.P50, r.Message.P99, float64(r.Message.N))
		add("the index is built", "s, clock / processor", r.BuildS, r.BuildCPUS)
		add("the index, without the texts of the claims", "MB of memory", r.MemoryMB)
		if r.FileMB > 0 {
			add("the index is saved / loaded", "s", r.SaveS, r.LoadS)
			add("the index in its file", "MB", r.FileMB)
		}
	}
	return out
}
