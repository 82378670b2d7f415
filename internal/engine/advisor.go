package engine

// Advisor is an Engine that knows where it promises less than one may expect.
type Advisor interface {
	// Notices says so, for a person who is about to write: such as that there is no copy
	// on another server. Empty when all is as one expects.
	Notices() []string
}
