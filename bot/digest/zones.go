package digest

import (
	_ "embed"
	"strings"
)

// zones.txt has the names of the IANA database by place, as of its edition in Go's own lib/time; older names for the same places that other
// programs know are zones too, but aren't offered.
//
//go:embed zones.txt
var zones string

// Zones returns the names of time zones to choose from, in their order.
func Zones() []string { return strings.Fields(zones) }
