//go:build unix

package digesttest

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
)

// Row 4 of the reliability table: SIGSTOP past the lease. Another does the work meanwhile; who goes on afterwards updates no row, and
// posts nothing.
func TestRow4StoppedPastTheLease(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, r *rig) {
		stale, other := r.start(), r.start()
		begin([]*process{stale, other})
		other.signal(syscall.SIGSTOP) // it has nothing to do yet
		for _, point := range []string{behindTake, behindCompose, behindClaim, behindPost} {
			for range 2 { // once on each platform
				stale.stand(point)
				s := r.subscribe(daily, 0)
				if n := r.number(stale.until("at " + point)); r.subs[n].ID != s.ID {
					t.Fatalf("it stands at %q of %s", point, r.subs[n].ID)
				}
				stale.signal(syscall.SIGSTOP)
				other.signal(syscall.SIGCONT)
				other.until("finished digest:" + s.ID + ":" + s.Next.Civil + " true sent")
				other.signal(syscall.SIGSTOP)
				said := r.record(s.ID)
				stale.signal(syscall.SIGCONT)
				stale.order("free")
				wrote := "finished digest:" + s.ID + ":" + s.Next.Civil
				if point == behindTake || point == behindCompose {
					wrote = "published " + s.ID
				}
				if rows := stale.until(wrote); !strings.HasPrefix(rows, "false") {
					t.Errorf("who stood at %q of %s wrote: %s", point, s.ID, rows)
				}
				if again := r.record(s.ID); said != again || !strings.Contains(said, " sent ") {
					t.Errorf("the record was %s, and is %s", said, again)
				}
			}
		}
		stale.end()
		other.signal(syscall.SIGCONT)
		other.end()
		r.once()
	})
}

// record returns what is kept of a subscription's last digest: its epoch, and the message.
func (r *rig) record(id string) string {
	r.t.Helper()
	s := r.subs[r.number(id)]
	past, err := r.store.Digests().Slots(r.t.Context(), s.Tenant, s.ID, 1)
	r.ok(err)
	if len(past) != 1 {
		r.t.Fatalf("%s has %d slots", id, len(past))
	}
	is, err := r.store.Deliveries().Get(r.t.Context(), s.Tenant, past[0].Record)
	r.ok(err)
	return fmt.Sprint("epoch ", is.Epoch, " ", is.State, " ", is.Ref)
}
