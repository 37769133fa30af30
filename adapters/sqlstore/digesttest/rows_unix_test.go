//go:build unix

package digesttest

import (
	"testing"
)

// Row 1 of the reliability table: three replicas tick together.
func TestRow1ThreeReplicasTickTogether(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, r *rig) {
		for range *slots {
			r.subscribe(daily, 0)
		}
		all := r.run()
		r.settle()
		for _, p := range all {
			p.end()
		}
		r.once()
	})
}
