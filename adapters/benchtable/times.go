package benchtable

import (
	"slices"
	"time"
)

// Times sum up how long things took, in milliseconds. The zero Times are of nothing.
type Times struct {
	P50, P99, Max float64
	N             int // how many they were
}

// Quantiles sums up times; the nth of a hundred is the least that as many aren't above.
func Quantiles(of []time.Duration) Times {
	if len(of) == 0 {
		return Times{}
	}
	of = slices.Sorted(slices.Values(of))
	at := func(hundredths int) float64 { return Milliseconds(of[(len(of)*hundredths+99)/100-1]) }
	return Times{P50: at(50), P99: at(99), Max: at(100), N: len(of)}
}

// Milliseconds returns a time in milliseconds.
func Milliseconds(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }
