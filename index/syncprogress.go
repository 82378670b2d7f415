package index

import "time"

// Progress is how far a sync has come.
type Progress struct {
	Report     SyncReport
	BytesDone  int64 // of the entries looked at, as stored
	BytesTotal int64 // of all entries whose size is known
	// Learning is how many hundredths are done of learning, which comes last; 0 before.
	Learning int
	// LearningTopics is how many hundredths are done of learning topics and giving them to the
	// articles, which comes after that; 0 before.
	LearningTopics int
	Path           string
}

// progressEvery is often enough for a bar to move smoothly.
const progressEvery = 100 * time.Millisecond

// tick reports progress when it is time.
func (s *syncer) tick() {
	if s.o.Progress != nil && time.Since(s.reported) >= progressEvery {
		s.reportProgress()
	}
}

func (s *syncer) reportProgress() {
	if s.o.Progress == nil {
		return
	}
	s.reported = time.Now()
	done := s.bytesDone
	if s.entryBytes != nil {
		done += s.entryBytes()
	}
	s.o.Progress(Progress{Report: s.report, BytesDone: done, BytesTotal: s.bytesTotal, Path: s.path})
}
