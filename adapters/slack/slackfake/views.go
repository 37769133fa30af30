package slackfake

import (
	"crypto/rand"
	"encoding/json"
	"slices"
	"time"
)

// View is a modal, or the App Home of a user.
type View struct {
	ID, Type, Hash  string
	TeamID, UserID  string
	CallbackID      string
	ExternalID      string
	PrivateMetadata string
	Title           *Text
	Submit, Close   *Text
	Blocks          []Block
	NotifyOnClose   bool
	ClearOnClose    bool
	RootID          string
	PreviousID      string
	Open            bool // it is shown, or lies under the one that is

	state json.RawMessage
}

// Find returns the element of a view with an action_id.
func (v *View) Find(action string) (Element, bool) {
	if _, e := find(v.Blocks, action); e != nil {
		return *e, true
	}
	return Element{}, false
}

// modals is what the server remembers of views, triggers and response URLs.
type modals struct {
	views     map[string]*View
	stacks    map[string][]*View // the open modals of a user, the shown one last
	triggers  map[string]*trigger
	responses map[string]*Interaction // by the path of the response_url
}

func newModals() modals {
	return modals{
		views: map[string]*View{}, stacks: map[string][]*View{}, triggers: map[string]*trigger{},
		responses: map[string]*Interaction{},
	}
}

// trigger is a trigger_id.
type trigger struct {
	team, user string
	at         time.Time
	used       bool
	of         *Interaction
}

// trigger gives out a trigger_id.
func (s *Server) trigger(i *Interaction) string {
	id := s.ids.id("1.2.")
	s.triggers[id] = &trigger{team: i.Team, user: i.User, at: s.opts.Now(), of: i}
	return id
}

// pull uses a trigger_id.
func (s *Server) pull(c *call) (*trigger, *apiError) {
	t := s.triggers[c.args["trigger_id"]]
	switch {
	case c.args["trigger_id"] == "":
		return nil, problems{"missing required field: trigger_id"}.err("invalid_arguments")
	case t == nil || t.team != c.granted.team.ID:
		return nil, fail("invalid_trigger_id")
	case t.used:
		return nil, fail("exchanged_trigger_id")
	case s.opts.Now().Sub(t.at) > s.opts.TriggerFor:
		return nil, fail("expired_trigger_id")
	}
	return t, nil
}

type viewForm struct {
	Type            string          `json:"type"`
	CallbackID      string          `json:"callback_id"`
	ExternalID      string          `json:"external_id"`
	PrivateMetadata string          `json:"private_metadata"`
	Title           *Text           `json:"title"`
	Submit          *Text           `json:"submit"`
	Close           *Text           `json:"close"`
	Blocks          json.RawMessage `json:"blocks"`
	NotifyOnClose   bool            `json:"notify_on_close"`
	ClearOnClose    bool            `json:"clear_on_close"`
}

type viewJSON struct {
	ID              string          `json:"id"`
	TeamID          string          `json:"team_id"`
	Type            string          `json:"type"`
	Title           json.RawMessage `json:"title"`
	Close           json.RawMessage `json:"close"`
	Submit          json.RawMessage `json:"submit"`
	Blocks          []Block         `json:"blocks"`
	PrivateMetadata string          `json:"private_metadata"`
	CallbackID      string          `json:"callback_id"`
	ExternalID      string          `json:"external_id"`
	State           json.RawMessage `json:"state"`
	Hash            string          `json:"hash"`
	ClearOnClose    bool            `json:"clear_on_close"`
	NotifyOnClose   bool            `json:"notify_on_close"`
	RootID          string          `json:"root_view_id"`
	PreviousID      *string         `json:"previous_view_id"`
	AppID           string          `json:"app_id"`
	InstalledTeam   string          `json:"app_installed_team_id"`
	BotID           string          `json:"bot_id"`
}

func (v *View) wire(s *Server) *viewJSON {
	w := &viewJSON{
		ID: v.ID, TeamID: v.TeamID, Type: v.Type, Title: v.Title.wire(), Close: v.Close.wire(), Submit: v.Submit.wire(),
		Blocks: v.Blocks, PrivateMetadata: v.PrivateMetadata, CallbackID: v.CallbackID, ExternalID: v.ExternalID,
		State: v.state, Hash: v.Hash, ClearOnClose: v.ClearOnClose, NotifyOnClose: v.NotifyOnClose, RootID: v.RootID,
		AppID: s.opts.AppID, InstalledTeam: v.TeamID, BotID: s.teams[v.TeamID].botID,
	}
	if v.PreviousID != "" {
		w.PreviousID = &v.PreviousID
	}
	if w.State == nil {
		w.State = json.RawMessage(`{"values":{}}`)
	}
	return w
}

type plainTextJSON struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	Emoji bool   `json:"emoji"`
}

func (t *Text) wire() json.RawMessage {
	if t == nil {
		return json.RawMessage("null")
	}
	return encode(plainTextJSON{t.Type, t.Text, t.Emoji == nil || *t.Emoji})
}

type viewAnswerJSON struct {
	OK   bool      `json:"ok"`
	View *viewJSON `json:"view"`
}

func (s *Server) shown(v *View) reply { return ok(viewAnswerJSON{true, v.wire(s)}) }

// addView keeps a new view of a user.
func (s *Server) addView(v *View, team, user string) {
	v.ID, v.Hash = s.ids.id("V"), rand.Text()
	v.TeamID, v.UserID, v.Open = team, user, true
	v.RootID = v.ID
	s.views[v.ID] = v
	s.changed.broadcast()
}

// stack puts a modal onto those that a user sees.
func (s *Server) stack(v *View) {
	stack := s.stacks[v.UserID]
	if len(stack) > 0 {
		v.RootID, v.PreviousID = stack[0].ID, stack[len(stack)-1].ID
	}
	s.stacks[v.UserID] = append(stack, v)
}

func (s *Server) clearStack(user string) {
	for _, v := range s.stacks[user] {
		v.Open = false
	}
	delete(s.stacks, user)
}

// openView opens a modal; one that the user had open is closed.
func (s *Server) openView(c *call) reply {
	t, err := s.pull(c)
	if err != nil {
		return refuse(c, err)
	}
	v, err := s.parseView(c.args["view"], "modal", t.team)
	if err != nil {
		return refuse(c, err)
	}
	t.used = true
	s.clearStack(t.user)
	s.addView(v, t.team, t.user)
	s.stack(v)
	t.of.show(v)
	return s.shown(v)
}

// maxStack is how many modals lie on each other (docs: surfaces/modals).
const maxStack = 3

func (s *Server) pushView(c *call) reply {
	t, err := s.pull(c)
	if err != nil {
		return refuse(c, err)
	}
	v, err := s.parseView(c.args["view"], "modal", t.team)
	switch {
	case err != nil:
		return refuse(c, err)
	case len(s.stacks[t.user]) == 0:
		var p problems
		p.add("/view/type", "must match the `type` of the root view whose stack we're pushing onto")
		return refuse(c, p.err("invalid_arguments"))
	case len(s.stacks[t.user]) >= maxStack:
		return refuse(c, fail("push_limit_reached"))
	}
	t.used = true
	s.addView(v, t.team, t.user)
	s.stack(v)
	t.of.show(v)
	return s.shown(v)
}

func (s *Server) updateView(c *call) reply {
	v := s.views[c.args["view_id"]]
	if external := c.args["external_id"]; v == nil && external != "" {
		v = s.external(c.granted.team.ID, external)
	}
	if v == nil || !v.Open || v.TeamID != c.granted.team.ID {
		return refuse(c, fail("not_found"))
	}
	if hash := c.args["hash"]; hash != "" && hash != v.Hash {
		return refuse(c, fail("hash_conflict"))
	}
	next, err := s.parseView(c.args["view"], v.Type, "")
	if err != nil {
		return refuse(c, err)
	}
	v.replace(next)
	s.changed.broadcast()
	return s.shown(v)
}

func (v *View) replace(next *View) {
	next.ID, next.TeamID, next.UserID, next.RootID, next.PreviousID = v.ID, v.TeamID, v.UserID, v.RootID, v.PreviousID
	next.Hash, next.Open = rand.Text(), v.Open
	*v = *next
}

func (s *Server) external(team, id string) *View {
	for _, v := range s.views {
		if v.TeamID == team && v.ExternalID == id && v.Open {
			return v
		}
	}
	return nil
}

func (s *Server) publishView(c *call) reply {
	u := s.users[c.args["user_id"]]
	if u == nil || u.TeamID != c.granted.team.ID {
		return refuse(c, problems{"user not found [json-pointer:/user_id]"}.err("invalid_arguments"))
	}
	v, err := s.parseView(c.args["view"], "home", c.granted.team.ID)
	switch hash := c.args["hash"]; {
	case err != nil:
		return refuse(c, err)
	case hash != "" && u.home != nil && hash != u.home.Hash:
		return refuse(c, fail("hash_conflict"))
	case u.home != nil:
		u.home.replace(v)
	default:
		s.addView(v, u.TeamID, u.ID)
		u.home = v
	}
	s.changed.broadcast()
	return s.shown(u.home)
}

// View returns a view, and whether it is there.
func (s *Server) View(id string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.views[id]; v != nil {
		return *v, true
	}
	return View{}, false
}

// Home returns the App Home of a user, and whether it was ever published.
func (s *Server) Home(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.mustUser(user).home; v != nil {
		return *v, true
	}
	return View{}, false
}

// Modals returns the modals that a user has open, the shown one last.
func (s *Server) Modals(user string) []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []View
	for _, v := range slices.Clone(s.stacks[user]) {
		all = append(all, *v)
	}
	return all
}
