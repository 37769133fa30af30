package benchtable_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/benchtable"
)

func TestQuantiles(t *testing.T) {
	t.Parallel()
	var hundred []time.Duration
	for i := range 100 {
		hundred = append(hundred, time.Duration(100-i)*time.Millisecond)
	}
	for name, test := range map[string]struct {
		of   []time.Duration
		want benchtable.Times
	}{
		"none":    {nil, benchtable.Times{}},
		"one":     {[]time.Duration{7500 * time.Microsecond}, benchtable.Times{P50: 7.5, P99: 7.5, Max: 7.5, N: 1}},
		"hundred": {hundred, benchtable.Times{P50: 50, P99: 99, Max: 100, N: 100}},
	} {
		if diff := cmp.Diff(test.want, benchtable.Quantiles(test.of)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
