package main

import (
	"encoding/json"
	"fmt"
	"io"
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
question and message: time for one text, in milliseconds: median / 99th percentile (of how many). For whosays a
question is the whole way to the reply that the guard has passed; the peers list claims. Each
text is answered three times, and its median counts. build: seconds on the clock
(of processor). memory: the index without the texts of the claims.
`

// printTable prints one aligned table for all bases.
func printTable(out io.Writer, rows []row) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\t\n", args...) }
	say("claims\tengine\tquestion p50 / p99 (n)\tmessage p50 / p99 (n)\tbuild, s (cpu)\tmemory, MB\tsave, s\tload, s\tfile, MB")
	for _, r := range rows {
		say("%s\t%s\t%s\t%s\t%.2f (%.2f)\t%.0f\t%s\t%s\t%s", grouped(r.Claims, ","), r.Engine, r.Question, r.Message,
			r.BuildS, r.BuildCPUS, r.MemoryMB, known("%.2f", r.SaveS), known("%.2f", r.LoadS), known("%.0f", r.FileMB))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprint(out, legend)
	return err
}

func (l latency) String() string {
	return fmt.Sprintf("%s / %s (%d)", milliseconds(l.P50), milliseconds(l.P99), l.N)
}

// milliseconds prints three digits that count.
func milliseconds(ms float64) string {
	switch {
	case ms < 1:
		return fmt.Sprintf("%.3f", ms)
	case ms < 10:
		return fmt.Sprintf("%.2f", ms)
	case ms < 100:
		return fmt.Sprintf("%.1f", ms)
	}
	return fmt.Sprintf("%.0f", ms)
}

func known(format string, v float64) string {
	if v == 0 {
		return "–"
	}
	return fmt.Sprintf(format, v)
}
