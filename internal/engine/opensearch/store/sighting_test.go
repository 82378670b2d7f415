package store

import (
	"testing"
	"time"
)

// A lease is taken over when its holder doesn't renew it, however wrong clocks are.
func TestSighting(t *testing.T) {
	start := time.Now()
	for _, tt := range []struct {
		name      string
		skew      time.Duration // of the holder's clock
		renews    bool
		abandoned time.Duration // after the first look; 0 for never
	}{
		{"clocks agree", 0, false, leaseLife + leaseGrace},
		{"clocks agree and the lease ended long ago", -time.Hour, false, leaseRenew + leaseGrace},
		{"the holder's clock is an hour ahead", time.Hour, false, leaseLife + leaseGrace},
		{"renewed", 0, true, 0},
		{"renewed by a clock that is an hour behind", -time.Hour, true, 0},
		{"renewed by a clock that is an hour ahead", time.Hour, true, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := leaseDocument{Found: true, SeqNo: 1, Term: 1}
			renewal := func(at time.Time) {
				d.SeqNo++
				d.Source = LeaseState{Holder: "somebody", Expires: at.Add(tt.skew + leaseLife).UnixMilli()}
			}
			renewal(start)
			var seen sighting
			var abandoned time.Duration
			for passed := time.Duration(0); passed < 2*time.Minute && abandoned == 0; passed += time.Second {
				now := start.Add(passed)
				if passed > 0 && passed%leaseRenew == 0 && tt.renews {
					renewal(now)
				}
				if seen.look(&d, now); seen.abandoned(&d.Source, now) {
					abandoned = passed
				}
			}
			if abandoned != tt.abandoned {
				t.Errorf("abandoned after %v, want %v", abandoned, tt.abandoned)
			}
			if end := start.Add(2 * time.Minute); tt.renews && seen.suspect(&d.Source, end) {
				t.Error("a lease that is renewed is suspected to be over")
			}
		})
	}
}
