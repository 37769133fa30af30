package discordfake

// The bits of permissions that the server looks at (docs: topics/permissions).
const (
	permAdministrator   = 1 << 3
	permView            = 1 << 10
	permSend            = 1 << 11
	permManageMessages  = 1 << 13
	permEmbed           = 1 << 14
	permAttach          = 1 << 15
	permHistory         = 1 << 16
	permMentionEveryone = 1 << 17
	permSendInThreads   = 1 << 38
)

func (c *Channel) allows(permission int64) bool {
	return c.GuildID == "" || c.Bot&permission != 0 || c.Bot&permAdministrator != 0
}

// visible says whether the bot finds a channel; if not, why.
func (s *Server) visible(id string) (*Channel, *apiError) {
	c := s.channels[id]
	switch {
	case c == nil:
		return nil, errUnknownChannel()
	case !c.allows(permView):
		return nil, errMissingAccess()
	default:
		return c, nil
	}
}

// writable says whether the bot may post to a channel; if not, why.
func (s *Server) writable(id string) (*Channel, *apiError) {
	c, err := s.visible(id)
	if err != nil {
		return nil, err
	}
	may := int64(permSend)
	if c.thread() {
		may = permSendInThreads
	}
	switch {
	case c.Type == Category || c.Type == ForumChannel:
		return nil, &apiError{status: 400, Code: 50008, Message: "Cannot send messages in a non-text channel"}
	case c.recipient != "" && s.users[c.recipient].NoDMs:
		return nil, &apiError{status: 403, Code: 50007, Message: "Cannot send messages to this user"}
	case !c.allows(may):
		return nil, errMissingPermissions()
	case c.Archived && c.Locked:
		return nil, &apiError{status: 400, Code: 50083, Message: "Thread is archived"}
	}
	return c, nil
}
