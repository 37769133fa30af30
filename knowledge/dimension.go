package knowledge

// Dimension is one way in which two scopes can differ.
type Dimension string

// The dimensions of a scope, in the order in which a reply names them.
const (
	DimMetric      Dimension = "metric"
	DimGroup       Dimension = "group"
	DimParty       Dimension = "party"
	DimPeriod      Dimension = "period"
	DimPlace       Dimension = "place"
	DimAttribution Dimension = "attribution"
)
