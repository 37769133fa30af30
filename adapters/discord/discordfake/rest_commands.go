package discordfake

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// commandSet are the commands of a guild, or those that are global.
type commandSet struct {
	commands []Command
	creates  []time.Time // of the last day
	total    int
}

// Commands returns the registered commands of a guild; of "", the global ones.
func (s *Server) Commands(guild string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commandSet(guild).commands)
}

// Creates counts the commands that were made in a guild, or globally: changing one under its name isn't counted.
// Discord takes 200 a day.
func (s *Server) Creates(guild string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.commandSet(guild).total
}

func (s *Server) commandSet(guild string) *commandSet {
	set := s.commands[guild]
	if set == nil {
		set = &commandSet{}
		s.commands[guild] = set
	}
	return set
}

// set is what a call is about.
func (s *Server) set(c *call) (*commandSet, *apiError) {
	guild := c.PathValue("guild")
	if c.PathValue("app") != s.application {
		return nil, errMissingAccess()
	}
	if guild != "" && s.guilds[guild] == nil {
		return nil, errMissingAccess()
	}
	return s.commandSet(guild), nil
}

func (s *Server) listCommands(c *call) reply {
	set, err := s.set(c)
	if err != nil {
		return refuse(err)
	}
	return ok(append([]Command{}, set.commands...))
}

func (s *Server) putCommands(c *call) reply {
	set, err := s.set(c)
	if err != nil {
		return refuse(err)
	}
	var list []Command
	if err := decode(c.body, &list); err != nil {
		return refuse(err)
	}
	errs := &formErrors{}
	seen := map[string]bool{}
	for i := range list {
		cmd := &list[i]
		s.complete(cmd, c.PathValue("guild"))
		cmd.check(fmt.Sprint(i), errs)
		if seen[cmd.key()] {
			errs.add(fmt.Sprint(i), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		seen[cmd.key()] = true
	}
	if err := errs.err(); err != nil {
		return refuse(err)
	}
	if err := s.replaceCommands(set, list); err != nil {
		return refuse(err)
	}
	return ok(append([]Command{}, set.commands...))
}

// createCommand makes a command, or changes the one of its name.
func (s *Server) createCommand(c *call) reply {
	set, err := s.set(c)
	if err != nil {
		return refuse(err)
	}
	var cmd Command
	if err := decode(c.body, &cmd); err != nil {
		return refuse(err)
	}
	s.complete(&cmd, c.PathValue("guild"))
	errs := &formErrors{}
	cmd.check("", errs)
	if err := errs.err(); err != nil {
		return refuse(err)
	}
	others := slices.DeleteFunc(slices.Clone(set.commands), func(o Command) bool { return o.key() == cmd.key() })
	if err := s.replaceCommands(set, append(others, cmd)); err != nil {
		return refuse(err)
	}
	return ok(set.commands[len(set.commands)-1])
}

func (s *Server) editCommand(c *call) reply {
	set, err := s.set(c)
	if err != nil {
		return refuse(err)
	}
	i := set.index(c.PathValue("id"))
	if i < 0 {
		return refuse(errUnknownCommand())
	}
	cmd := set.commands[i]
	if err := decode(c.body, &cmd); err != nil {
		return refuse(err)
	}
	errs := &formErrors{}
	cmd.check("", errs)
	if err := errs.err(); err != nil {
		return refuse(err)
	}
	set.commands[i] = cmd
	return ok(cmd)
}

func (s *Server) deleteCommand(c *call) reply {
	set, err := s.set(c)
	if err != nil {
		return refuse(err)
	}
	i := set.index(c.PathValue("id"))
	if i < 0 {
		return refuse(errUnknownCommand())
	}
	set.commands = slices.Delete(set.commands, i, i+1)
	return none()
}

func errUnknownCommand() *apiError {
	return &apiError{status: 404, Code: 10063, Message: "Unknown application command"}
}

func (set *commandSet) index(id string) int {
	return slices.IndexFunc(set.commands, func(c Command) bool { return c.ID == id })
}

// key is what is unique among commands.
func (c *Command) key() string { return fmt.Sprint(c.Type, strings.ToLower(c.Name)) }

func (s *Server) complete(cmd *Command, guild string) {
	if cmd.Type == 0 {
		cmd.Type = chatCommand
	}
	if cmd.DefaultMemberPermissions == nil {
		cmd.DefaultMemberPermissions = json.RawMessage("null")
	}
	cmd.ApplicationID, cmd.GuildID = s.application, guild
}

// replaceCommands makes list the commands of a set. Those of a known name keep their id.
func (s *Server) replaceCommands(set *commandSet, list []Command) *apiError {
	counts := map[int]int{}
	created := 0
	for i := range list {
		cmd := &list[i]
		counts[cmd.Type]++
		cmd.ID = ""
		for _, old := range set.commands {
			if old.key() == cmd.key() {
				cmd.ID = old.ID
			}
		}
		if cmd.ID == "" {
			cmd.ID = s.newID()
			created++
		}
		cmd.Version = s.newID()
	}
	for kind, count := range counts {
		if most := map[int]int{chatCommand: maxChatCommands}[kind]; count > max(most, maxContextCommands) {
			return &apiError{
				status: 400, Code: 30032,
				Message: fmt.Sprintf("Maximum number of application commands reached (%d)", max(most, maxContextCommands)),
			}
		}
	}
	now := s.opts.Now()
	set.creates = slices.DeleteFunc(set.creates, func(at time.Time) bool { return now.Sub(at) >= 24*time.Hour })
	if len(set.creates)+created > maxCreates {
		return &apiError{
			status: 400, Code: 30034,
			Message: fmt.Sprintf("Max number of daily application command creates has been reached (%d)", maxCreates),
		}
	}
	for range created {
		set.creates = append(set.creates, now)
	}
	set.total += created
	set.commands = list
	return nil
}
