package config

import "slices"

// together finds keys that are set without those that they need.
func (r *reading) together(c *Config) {
	needed := []string{"slack.client_id", "slack.client_secret", "slack.token_key", "slack.url"}
	first := slices.IndexFunc(needed, func(name string) bool { return r.origins[name].Kind != "" && r.value(name) != "" })
	if first < 0 || c.Slack.Installable() || len(r.mistakes) > 0 { // a value that is wrong isn't set
		return
	}
	for _, name := range needed {
		if r.value(name) == "" {
			r.at(needed[first], "needs "+name+" beside it: without it nobody can install the bot; whosays config example says what it is")
		}
	}
}

// value returns what a key is set to, as it is shown.
func (r *reading) value(name string) string {
	k, _ := r.key(name)
	return k.show()
}

// at says what is wrong with a key at the place where it is set.
func (r *reading) at(name, msg string) {
	origin := r.origins[name]
	if origin.Kind == FromEnvironment {
		r.inVariable(origin.Name, origin.Name+" "+msg)
		return
	}
	r.inFile(origin.Line, name+" "+msg)
}
