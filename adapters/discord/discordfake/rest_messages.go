package discordfake

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
)

func (s *Server) createMessage(c *call) reply {
	channel, err := s.writable(c.PathValue("channel"))
	if err != nil {
		return refuse(err)
	}
	form, err := c.messageForm()
	if err != nil {
		return refuse(err)
	}
	if len(form.files) > 0 && !channel.allows(permAttach) {
		return refuse(errMissingPermissions())
	}
	if !channel.allows(permEmbed) {
		form.Embeds.v = nil // Discord drops them without a word
	}
	if m := s.known(form); m != nil {
		return raw(s.messageJSON(m, true, false))
	}
	if err := s.checkReference(channel, form); err != nil {
		return refuse(err)
	}
	m := &Message{ChannelID: channel.ID, GuildID: channel.GuildID, Author: s.bot.ID, Reference: form.Reference}
	if err := s.apply(form, m); err != nil {
		return refuse(err)
	}
	s.post(m)
	if m.Nonce != "" {
		s.nonces[m.Nonce] = m
		s.forgetNonces()
	}
	channel.Archived = false // a message takes a thread out of the archive
	return raw(s.messageJSON(m, true, false))
}

// known is the message that the bot already sent with a nonce that is to be unique (docs: resources/message, "Create
// Message", enforce_nonce).
func (s *Server) known(form *messageForm) *Message {
	m := s.nonces[string(form.Nonce)]
	if !form.EnforceNonce || form.Nonce == "" || m == nil || s.opts.Now().Sub(m.At) > s.opts.NonceFor {
		return nil
	}
	return m
}

func (s *Server) forgetNonces() {
	if len(s.nonces) < 10_000 {
		return
	}
	now := s.opts.Now()
	for n, m := range s.nonces {
		if now.Sub(m.At) > s.opts.NonceFor {
			delete(s.nonces, n)
		}
	}
}

// checkReference looks at what a message replies to, and completes or drops the reference.
func (s *Server) checkReference(channel *Channel, form *messageForm) *apiError {
	ref := form.Reference
	if ref == nil {
		return nil
	}
	if !channel.allows(permHistory) {
		return &apiError{status: 403, Code: 160002, Message: "Cannot reply without permission to read message history"}
	}
	to := s.messages[ref.MessageID]
	if to != nil && to.ChannelID == channel.ID && to.Flags&Ephemeral == 0 {
		form.Reference = &Reference{MessageID: to.ID, ChannelID: to.ChannelID, GuildID: to.GuildID}
		return nil
	}
	if ref.FailIfNotExists != nil && !*ref.FailIfNotExists {
		form.Reference = nil
		return nil
	}
	errs := &formErrors{}
	errs.add("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
	return errs.err()
}

// find is a message that the bot may see in a channel.
func (s *Server) find(c *call) (*Channel, *Message, *apiError) {
	channel, err := s.visible(c.PathValue("channel"))
	if err != nil {
		return nil, nil, err
	}
	m := s.messages[c.PathValue("id")]
	if m == nil || m.ChannelID != channel.ID || m.Flags&Ephemeral != 0 {
		return nil, nil, errUnknownMessage()
	}
	return channel, m, nil
}

func (s *Server) getMessage(c *call) reply {
	channel, m, err := s.find(c)
	switch {
	case err != nil:
		return refuse(err)
	case !channel.allows(permHistory):
		return refuse(errMissingPermissions())
	}
	return raw(s.messageJSON(m, s.mayRead(), false))
}

// mayRead reports whether the application has been granted the content of messages, which REST asks for too.
func (s *Server) mayRead() bool { return s.opts.Privileged&intentMessageContent != 0 }

// places refuses where a page is to lie, unless it is a snowflake.
func places(query url.Values) *apiError {
	errs := &formErrors{}
	for _, key := range []string{"before", "after", "around"} {
		id := query.Get(key)
		if id == "" {
			continue
		}
		if _, err := strconv.ParseUint(id, 10, 64); err != nil {
			errs.add(key, "NUMBER_TYPE_COERCE", "Value \""+id+"\" is not snowflake.")
		}
	}
	return errs.err()
}

// listMessages returns the newest first; none where the bot may not read the history (docs: resources/message, "Get Channel Messages":
// without the permission "no messages will be returned").
func (s *Server) listMessages(c *call) reply {
	channel, err := s.visible(c.PathValue("channel"))
	if err != nil {
		return refuse(err)
	}
	query := c.URL.Query()
	limit := 50
	if text := query.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 100 {
			errs := &formErrors{}
			errs.add("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
			return refuse(errs.err())
		}
		limit = n
	}
	if err := places(query); err != nil {
		return refuse(err)
	}
	list := []json.RawMessage{}
	if channel.allows(permHistory) {
		for _, m := range page(channel.messages, query.Get("before"), query.Get("after"), query.Get("around"), limit) {
			list = append(list, s.messageJSON(m, s.mayRead(), false))
		}
	}
	return ok(list)
}

// page is up to limit messages, the newest first: those next to an id, or the newest of all.
func page(all []*Message, before, after, around string, limit int) []*Message {
	place := func(id string) int { // the first message not older than id
		n, _ := slices.BinarySearchFunc(all, id, func(m *Message, id string) int { return compareIDs(m.ID, id) })
		return n
	}
	from, to := max(len(all)-limit, 0), len(all)
	switch {
	case before != "":
		to = place(before)
		from = max(to-limit, 0)
	case after != "":
		from = place(after)
		if from < len(all) && all[from].ID == after {
			from++
		}
		to = min(from+limit, len(all))
	case around != "":
		from = max(place(around)-limit/2, 0)
		to = min(from+limit, len(all))
	}
	found := slices.Clone(all[from:to])
	slices.Reverse(found)
	return found
}

func compareIDs(a, b string) int {
	x, _ := strconv.ParseUint(a, 10, 64)
	y, _ := strconv.ParseUint(b, 10, 64)
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

func (s *Server) editMessage(c *call) reply {
	_, m, err := s.find(c)
	if err != nil {
		return refuse(err)
	}
	if m.Author != s.bot.ID {
		return refuse(&apiError{status: 403, Code: 50005, Message: "Cannot edit a message authored by another user"})
	}
	form, err := c.messageForm()
	if err != nil {
		return refuse(err)
	}
	form.Nonce = nonce(m.Nonce)
	if err := s.apply(form, m); err != nil {
		return refuse(err)
	}
	s.edited(m)
	return raw(s.messageJSON(m, true, false))
}

func (s *Server) deleteMessage(c *call) reply {
	channel, m, err := s.find(c)
	if err != nil {
		return refuse(err)
	}
	if m.Author != s.bot.ID && (channel.GuildID == "" || !channel.allows(permManageMessages)) {
		return refuse(errMissingPermissions())
	}
	s.remove(m)
	return none()
}
