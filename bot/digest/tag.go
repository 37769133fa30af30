package digest

import (
	"strings"
	"time"
)

// Tag names a slot to whoever reads the digest: "2026-11-30 09:00 Europe/Kyiv". Of a subscription no two slots have the same, and the
// digest is told by it from those before where its platform is asked whether it stands there.
func (s *Subscription) Tag(slot Slot) string {
	return strings.Replace(slot.Civil, "T", " ", 1) + " " + s.Zone
}

// DueAt returns when the slot of a tag was due; false where it is no tag.
func DueAt(tag string) (time.Time, bool) {
	day, rest, _ := strings.Cut(tag, " ")
	clock, zone, _ := strings.Cut(rest, " ")
	shown, err := time.Parse(civil, day+"T"+clock)
	if err != nil {
		return time.Time{}, false
	}
	in, err := location(zone)
	if err != nil {
		return time.Time{}, false
	}
	return first(shown, in), true
}
