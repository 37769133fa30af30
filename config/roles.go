package config

import (
	"errors"
	"slices"
	"strings"
)

// Role is a part of what serve does, which a process of its own may do.
type Role string

// The roles.
const (
	RoleDiscord      Role = "discord"      // takes what is said to the bot on Discord, and answers
	RoleSlack        Role = "slack"        // likewise on Slack
	RoleDigests      Role = "digests"      // writes the digests that are due; who answers on the platform sends them
	RoleCorrections  Role = "corrections"  // tells who was told a claim that it has changed, on every platform that is configured
	RoleHousekeeping Role = "housekeeping" // logs the heads of the audit chains, and forgets what is kept too long
)

// AllRoles returns all roles.
func AllRoles() []Role {
	return []Role{RoleDiscord, RoleSlack, RoleDigests, RoleCorrections, RoleHousekeeping}
}

// Roles are what a process does; none are all.
type Roles []Role

// Has reports whether a role is among them.
func (r Roles) Has(role Role) bool { return len(r) == 0 || slices.Contains(r, role) }

// String returns the roles as they are written.
func (r Roles) String() string {
	words := make([]string, len(r))
	for i, role := range r {
		words[i] = string(role)
	}
	return strings.Join(words, ",")
}

// ParseRoles reads roles with commas between them. The error goes on from "has to be …", and names the role that was probably meant.
func ParseRoles(text string) (Roles, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var out Roles
	for word := range strings.SplitSeq(text, ",") {
		role := Role(strings.TrimSpace(word))
		if !slices.Contains(AllRoles(), role) {
			msg := "has to be of the roles " + strings.ReplaceAll(Roles(AllRoles()).String(), ",", ", ")
			if near := nearest(string(role), strings.Split(Roles(AllRoles()).String(), ",")); near != "" {
				msg += "; did you mean " + near + "?"
			}
			return nil, errors.New(msg)
		}
		if !slices.Contains(out, role) {
			out = append(out, role)
		}
	}
	return out, nil
}
