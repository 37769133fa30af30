package knowledge

// SaysElse reports whether two versions of a claim, or two claims, say something else: they count another figure, another scope, or
// are another's; of claims that state no figure, their sentence is what they say. Caveats, sources and translations are no news to
// who was told.
func SaysElse(a, b *Claim) bool {
	return a.Key() != b.Key() || a.Live() != b.Live() || !sameFigure(a.Figure, b.Figure) || a.Scope != b.Scope ||
		a.Attribution.Speaker != b.Attribution.Speaker || a.Attribution.Standing != b.Attribution.Standing ||
		a.Figure.IsZero() && a.Text != b.Text
}

func sameFigure(a, b Figure) bool {
	return sameBound(a.Low, b.Low) && sameBound(a.Best, b.Best) && sameBound(a.High, b.High) && a.Qualifier == b.Qualifier && a.Unit == b.Unit
}

func sameBound(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }
