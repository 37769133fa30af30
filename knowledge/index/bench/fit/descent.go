package main

import "math"

// descend moves w down the gradient for so many steps, by Adam with a rate that falls to zero. slope adds the
// gradient at w.
func descend(w []float64, steps float64, slope func(w, gradient []float64)) {
	const rate, keep, keepSquares = 0.1, 0.9, 0.99
	g, m, v := make([]float64, len(w)), make([]float64, len(w)), make([]float64, len(w))
	for step := 1.0; step <= steps; step++ {
		clear(g)
		slope(w, g)
		for i := range w {
			m[i] = keep*m[i] + (1-keep)*g[i]
			v[i] = keepSquares*v[i] + (1-keepSquares)*g[i]*g[i]
			mean, square := m[i]/(1-math.Pow(keep, step)), v[i]/(1-math.Pow(keepSquares, step))
			w[i] -= rate * (1 - step/(steps+1)) * mean / (math.Sqrt(square) + 1e-9)
		}
	}
}
