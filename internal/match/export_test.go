package match

// What tests outside of the package use too, which may import matchtest.
var (
	DocGen     = docGen
	PlanGen    = planGen
	Simplified = simplified
	Show       = show
)
