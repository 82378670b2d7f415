package segment

const (
	// sumLimit is the greatest sum of a sumBlock. A sum that would be greater is
	// this, too.
	sumLimit = 1<<15 - 1
	// sumGroup is how many sums are looked at as one.
	sumGroup = 16
	// sumBlockDocs is how many documents a block has. They take 2 KB.
	sumBlockDocs = 1 << 10
)

// sumBlock has a number for each of its documents: a sum, or a norm.
type sumBlock [sumBlockDocs]uint16

// foundSums is what closeSums found in a block: groups with a hit, and how many
// documents have a sum, in some parts.
type foundSums struct {
	groups [sumBlockDocs / sumGroup]uint16
	docs   [sumGroup]uint16
}

// count returns the number of documents.
func (f *foundSums) count() (n int) {
	for _, part := range f.docs {
		n += int(part)
	}
	return n
}

// closeSumsSingle counts the sums of a block, adds them to upSums, and clears
// them. A group with a sum, other than 0, of at least floor*norm/2^16, rounded
// down, is a hit: its sums stay. It returns the number of hits, and whether a sum
// of upSums came to sumLimit.
func closeSumsSingle(sums, upSums, norms *sumBlock, floor uint16, found *foundSums) (hits int, saturated bool) {
	found.docs = [sumGroup]uint16{}
	for g := 0; g < sumBlockDocs; g += sumGroup {
		group, up, norm := (*[sumGroup]uint16)(sums[g:]), (*[sumGroup]uint16)(upSums[g:]), (*[sumGroup]uint16)(norms[g:])
		hit := false
		for k, sum := range group {
			if sum == 0 {
				continue
			}
			found.docs[k]++
			hit = hit || uint32(sum) >= uint32(floor)*uint32(norm[k])>>16
			up[k] = min(up[k]+sum, sumLimit)
			saturated = saturated || up[k] == sumLimit
		}
		if hit {
			found.groups[hits] = uint16(g / sumGroup)
			hits++
		} else {
			*group = [sumGroup]uint16{}
		}
	}
	return hits, saturated
}
