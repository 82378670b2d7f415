package ap

import (
	"fmt"

	"github.com/newsq/newsq/corpus/internal/record"
)

// errElsewhere tells of a text that is in another file.
var errElsewhere = fmt.Errorf("%w: the text is not in the file, it only links to it", record.ErrPartial)
