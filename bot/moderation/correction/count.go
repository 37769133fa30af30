package correction

import (
	"context"
	"time"

	"github.com/whosays/whosays/knowledge"
)

// Many is how many messages are corrected without asking again.
const Many = 20

// News returns the claims of some edits of which those are told who were told them before: what says something else since.
func News(edits ...knowledge.Edit) (out []knowledge.Key) {
	for i := range edits {
		if e := &edits[i]; e.Was != nil && e.Was.Live() && differs(e.Was, &e.Is) {
			out = append(out, e.Is.Key())
		}
	}
	return out
}

// Count returns how many messages would be corrected if these claims changed now.
func (c *Corrections) Count(ctx context.Context, keys ...knowledge.Key) (int, error) {
	type message struct{ desk, tenant, id string }
	quoting, corrected := map[message]bool{}, map[message]bool{}
	wants := map[string]bool{}
	for i := range c.desks {
		name := c.desks[i].Name()
		for _, of := range keys {
			for r, err := range c.desks[i].Quoting(ctx, of, time.Now().Add(-Reach)) {
				if err != nil {
					return 0, err
				}
				if r.UnderWay() {
					continue
				}
				if _, asked := wants[r.Tenant]; !asked {
					if wants[r.Tenant], err = c.wanted(ctx, r.Tenant); err != nil {
						return 0, err
					}
				}
				if id := corrects(&r); id != "" {
					corrected[message{name, r.Tenant, id}] = true
				}
				if was, speaks := told(&r, of); speaks && was != nil && wants[r.Tenant] && !r.Reply.Private() {
					quoting[message{name, r.Tenant, r.ID}] = true
				}
			}
		}
	}
	for m := range corrected {
		delete(quoting, m)
	}
	return len(quoting), nil
}
