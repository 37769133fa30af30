package discord

import "github.com/whosays/whosays/adapters/prose"

// cite returns the name of a source as a link, and its host beside it; of a target that isn't one to the web, the name
// alone. A name that can't stand in a link stands in front of it: see tame.
func cite(name, raw string) string {
	target, host := prose.Link(raw)
	plain := escape(name)
	switch {
	case host == "":
		return plain
	case target == "":
		return plain + " (" + escape(host) + ")"
	case prose.Clean(name) == host:
		return "[" + host + "](<" + target + ">)"
	case tame(name):
		return "[" + name + "](<" + target + ">) (" + host + ")"
	}
	return plain + " ([" + host + "](<" + target + ">))"
}
