package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

func printJSON(w io.Writer, rows []row) error {
	out := json.NewEncoder(w)
	for _, r := range rows {
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

const legend = `
first answer (of interactions) and reply (of all): milliseconds from when a question was due, median / 99th percentile /
longest. none: no reply within 10 s. > 3 s: an answer after that. twice: more than one reply. turned: told that there is too
much to do. refused: requests that Discord refused, by status; 404 is mostly an answer that came too late.
cpu: seconds of the bot while it was asked, and of the fake Discord with its people. rss: the most that the bot ever had.
discordgo says a fixed text and keeps nothing: the floor of library and fake.
The latest question was asked %.0f ms after it was due.
`

// printTable prints one aligned table.
func printTable(out io.Writer, rows []row) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\t\n", args...) }
	say("transport\tbot\tquestions\tfirst answer, ms\treply, ms\tnone\t> 3 s\ttwice\tturned\trefused\twarnings\tcpu, s\tfake cpu, s\trss, MB")
	for _, r := range rows {
		say("%s\t%s\t%d\t%s\t%s\t%d\t%d\t%d\t%d\t%s\t%d\t%.1f\t%.1f\t%.0f", r.Transport, r.Bot, r.Questions, r.Ack, r.Reply,
			r.Unanswered, r.Late, r.Twice, r.Turned, r.Refused, r.Complaints, r.CPU, r.FakeCPU, r.MemoryMB)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	latest := 0.0
	for _, r := range rows {
		latest = max(latest, r.LateAsked)
	}
	_, err := fmt.Fprintf(out, legend, latest)
	return err
}

func (l latency) String() string { return fmt.Sprintf("%.1f / %.1f / %.0f", l.P50, l.P99, l.Max) }

func (r refused) String() string {
	var out []string
	for _, status := range slices.Sorted(maps.Keys(r)) {
		out = append(out, fmt.Sprintf("%d × %d", r[status], status))
	}
	if len(out) == 0 {
		return "0"
	}
	return strings.Join(out, ", ")
}
