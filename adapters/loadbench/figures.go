package loadbench

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

func printJSON(w io.Writer, rows []Row) error {
	out := json.NewEncoder(w)
	for _, r := range rows {
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// legend is what all tables have in common.
const legend = `
acknowledged, reply: milliseconds from when a question was due, median / 99th percentile / longest. late acks: none within
3 s. none: no reply within 10 s. > 3 s: a reply after that. twice: more than one reply. turned: told that there is too much
to do. refused: requests that the platform refused, and how.
cpu: seconds of the bot while it was asked, and of the fake platform with its people. rss: the most that the bot ever had.
`

// printTable prints one aligned table, with what was asked above it.
func printTable(out io.Writer, p Platform, o Options, rows []Row) error {
	_, _ = fmt.Fprintf(out, "%d questions a second for %s in %d %s:\n%s\n\n", o.Rate, o.Lasting, o.Tenants, p.Each, p.Mix)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\t\n", args...) }
	say("transport\tbot\tquestions\tacknowledged, ms\tlate acks\treply, ms\tnone\t> 3 s\ttwice\tturned\trefused\twarnings\tcpu, s\tfake cpu, s\trss, MB")
	for _, r := range rows {
		say("%s\t%s\t%d\t%s\t%d\t%s\t%d\t%d\t%d\t%d\t%s\t%d\t%.1f\t%.1f\t%.0f", r.Transport, r.Bot, r.Questions, r.Ack, r.LateAcks, r.Reply,
			r.Unanswered, r.Late, r.Twice, r.Turned, r.Refused, r.Complaints, r.CPU, r.FakeCPU, r.MemoryMB)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	latest := 0.0
	for _, r := range rows {
		latest = max(latest, r.LateAsked)
	}
	_, err := fmt.Fprintf(out, "%s%s\nThe latest question was asked %.0f ms after it was due.\n", legend, p.Legend, latest)
	return err
}

func (l Latency) String() string { return fmt.Sprintf("%.1f / %.1f / %.0f", l.P50, l.P99, l.Max) }

func (r Refused) String() string {
	var out []string
	for _, how := range slices.Sorted(maps.Keys(r)) {
		out = append(out, fmt.Sprintf("%d × %s", r[how], how))
	}
	if len(out) == 0 {
		return "0"
	}
	return strings.Join(out, ", ")
}
