package knowledge

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"runtime"
	"slices"
	"time"

	quick "github.com/goccy/go-json"
	"golang.org/x/sync/errgroup"
)

// Action says what sort of change was made.
type Action string

// The actions.
const (
	ActionAdd      Action = "add"
	ActionRevise   Action = "revise"
	ActionRetract  Action = "retract"
	ActionReview   Action = "review"
	ActionImport   Action = "import"
	ActionRevert   Action = "revert"
	ActionHide     Action = "hide"
	ActionUnhide   Action = "unhide"
	ActionModerate Action = "moderate" // of moderators or settings: it has no claims, and its reason says what was done
	ActionRemove   Action = "remove"   // of the whole tenant: it has no claims, and all that went before it is deleted
)

// Change is one step of a tenant's chain: who made what of which claims, when and why. Sealed, it carries a hash over
// itself and the hash of the change before it, so that none can be altered or taken out unseen.
type Change struct {
	Tenant   string
	Revision int64
	Action   Action
	Actor    string
	Reason   string
	Quiet    bool      // those who were told of its claims aren't told of it
	At       time.Time // UTC, to the microsecond; never before that of the change before it
	Claims   []Claim   // their versions since, in the order of the ids
	Bodies   [][]byte  // the same as they are stored and hashed
	Hash     string
	Behind   string // of a removal alone: the hash of the change before it, which isn't there any more
}

// Seal makes the change the one that follows a head, and returns the head behind it. The versions of its claims take
// over its time.
func (c *Change) Seal(after Head) (Head, error) {
	c.Revision = after.Revision + 1
	c.At = c.At.UTC().Truncate(time.Microsecond)
	if c.At.Before(after.At) { // a clock that was set back doesn't turn the order of changes
		c.At = after.At
	}
	slices.SortFunc(c.Claims, func(x, y Claim) int { return cmp.Compare(x.ID, y.ID) })
	if err := c.fits(); err != nil {
		return Head{}, err
	}
	if err := c.write(); err != nil {
		return Head{}, err
	}
	c.Hash = c.hash(after.Hash)
	if c.Action == ActionRemove {
		c.Behind = after.Hash
	}
	return c.Head(), nil
}

// write makes the bodies of the claims, of many on all processors.
func (c *Change) write() error {
	c.Bodies = make([][]byte, len(c.Claims))
	var work errgroup.Group
	each := max(batch, 1+len(c.Claims)/runtime.GOMAXPROCS(0))
	for from := 0; from < len(c.Claims); from += each {
		work.Go(func() error {
			for i := from; i < min(from+each, len(c.Claims)); i++ {
				c.Claims[i].At = c.At
				body, err := json.Marshal(c.Claims[i])
				if err != nil {
					return fmt.Errorf("claim %s: %w", c.Claims[i].ID, err)
				}
				c.Bodies[i] = body
			}
			return nil
		})
	}
	return work.Wait()
}

// fits holds that a change is of claims of its tenant, and of each once. They are in their order.
func (c *Change) fits() error {
	for i := range c.Claims {
		switch {
		case c.Claims[i].Tenant != c.Tenant:
			return &Error{Kind: Internal, Msg: fmt.Sprintf("Claim %q is of another tenant than the change that it is in.", clip(c.Claims[i].ID))}
		case i > 0 && c.Claims[i].ID == c.Claims[i-1].ID:
			return &Error{Kind: Invalid, Msg: fmt.Sprintf("Claim %q is changed twice at once.", clip(c.Claims[i].ID))}
		}
	}
	return nil
}

// Follows reports whether a sealed change is as it was made, behind a head: nothing of it was altered, and nothing is
// missing in between. Its claims aren't looked at: it is made of its bodies.
func (c *Change) Follows(after Head) bool {
	return c.Revision == after.Revision+1 && !c.At.Before(after.At) && c.Hash == c.hash(after.Hash)
}

// Start returns the head from which a chain goes on whose first change this is: of a removal that of the chain which was
// removed, of whose time nothing is kept; else the zero one.
func (c *Change) Start() Head {
	if c.Action != ActionRemove {
		return Head{}
	}
	return Head{Revision: c.Revision - 1, Hash: c.Behind}
}

// Head returns the head behind the change.
func (c *Change) Head() Head { return Head{c.Revision, c.Hash, c.At} }

// hash returns the hash of the change behind one with the hash before. Each part stands behind its length, so that no
// two changes read alike. That it is quiet is a part only where it is: changes that were made before there was such a thing keep
// their hashes, and no body of a claim reads so.
func (c *Change) hash(before string) string {
	h := sha256.New()
	for _, part := range []string{before, c.Tenant, fmt.Sprint(c.Revision), string(c.Action), c.Actor, c.Reason, c.At.Format(time.RFC3339Nano)} {
		digest(h, []byte(part))
	}
	if c.Quiet {
		digest(h, []byte("quiet"))
	}
	for _, body := range c.Bodies {
		digest(h, body)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func digest(h hash.Hash, part []byte) {
	_, _ = h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part)))) // a hash takes everything
	_, _ = h.Write(part)
}

// Decode reads the body of a version, as Seal has written it. Every answer reads some ninety bodies: the library takes 6 µs
// for each, encoding/json 21. What both make of a body is compared by FuzzDecode. It has the lists with which a claim is handed out,
// be they empty: else each answer would copy most of what it shows.
func Decode(body []byte) (*Claim, error) {
	c := new(Claim)
	if err := quick.Unmarshal(body, c); err != nil {
		return nil, &Error{Kind: Internal, Msg: "A stored claim can't be read; verify names it.", Err: err}
	}
	c.list()
	return c, nil
}
