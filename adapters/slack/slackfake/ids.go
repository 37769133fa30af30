package slackfake

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ids makes ids and timestamps, each once.
type ids struct {
	last   int64
	lastTS int64 // microseconds
}

// id is a new id of a kind: "T", "U", "C", "D", "A", "B", "V", "S", "Ev".
func (i *ids) id(kind string) string {
	i.last++
	return fmt.Sprintf("%s0%09s", kind, strings.ToUpper(strconv.FormatInt(i.last, 36)))
}

// ts is a new timestamp of a message: seconds and microseconds, later than all before.
func (i *ids) ts(now time.Time) string {
	i.lastTS = max(i.lastTS+1, now.UnixMicro())
	return formatTS(i.lastTS)
}

func formatTS(micro int64) string { return fmt.Sprintf("%d.%06d", micro/1e6, micro%1e6) }

// parseTS returns microseconds, and whether the text is a timestamp. Fewer decimals than six may be given.
func parseTS(text string) (int64, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	if len(fraction) > 6 {
		return 0, false
	}
	seconds, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || seconds < 0 || seconds > 1<<40 {
		return 0, false
	}
	micro, err := strconv.ParseUint(fraction+strings.Repeat("0", 6-len(fraction)), 10, 32)
	return seconds*1e6 + int64(micro), err == nil
}
