package neardup

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// valley is a short item of which the copies and the others of its kind are made.
const valley = `The ceasefire in the Sorrel valley held for a third day on Monday, and both armies pulled 40 guns back behind the river. ` +
	`Aid convoys reached the towns of Harn and Osby, which had been cut off since the autumn. ` +
	`"We have not lost a man," Colonel Varley said. The talks go on in Geneva on March 12.`

func TestWhatShortTextsDifferIn(t *testing.T) {
	const title = "Ceasefire holds in Sorrel valley"
	swap := func(old, with string) string {
		if !strings.Contains(valley, old) {
			t.Fatalf("no %q", old)
		}
		return strings.Replace(valley, old, with, 1)
	}
	for _, c := range []struct {
		what        string
		title, body string
		copy        bool
	}{
		{"another headline", "Guns are silent at last", valley, true},
		{"an agency", title, "GENEVA, March 5 (Reuters) - " + valley, true},
		{"a byline", title, "By Ada Okoye\n\n" + valley, true},
		{"signs", title, strings.ReplaceAll(swap(`"We have not lost a man," Colonel`, "“We have not lost a man” – Colonel"), ". ", " . "), true},
		{"function words", title, swap("which had been cut", "that were cut"), true},
		{"a misprint", title, swap("convoys", "covnoys"), true},
		{"a number in letters", title, swap("third day", "3rd day"), true},
		{"one word of an editor", title, swap("pulled", "drew"), true},
		{"cut from the end", title, valley[:strings.Index(valley, `"We`)], true},
		{"cut in the middle", title, swap(" Aid convoys reached the towns of Harn and Osby, which had been cut off since the autumn.", ""), true},
		{"a sentence more", title, valley + " The Ledger adds that 12 ships are waiting in Port Ansel.", true},
		{"a given name", title, swap("Colonel Varley", "Colonel James Varley"), true},
		{"another day", title, swap("Monday", "Tuesday"), false},
		{"another number", title, swap("40 guns", "60 guns"), false},
		{"another number in letters", title, swap("third day", "fourth day"), false},
		{"another date", title, swap("March 12", "March 13"), false},
		{"another place", title, swap("Geneva", "Vienna"), false},
		{"another name", title, swap("Varley", "Maddox"), false},
		{"a name much alike", title, swap("Harn", "Hern"), false},
		{"without a negation", title, swap("not lost", "lost"), false},
		{"with a negation", title, swap("which had been", "which had never been"), false},
		{"another quoted word", title, swap("lost a man", "lost a gun"), false},
		{"many other words", title, strings.NewReplacer("armies", "gangs", "river", "hill", "convoys", "lorries", "towns", "farms").Replace(valley), false},
	} {
		var s Shingler
		a, b := s.Text(title, valley), s.Text(c.title, c.body)
		if got := Compare(a, b, time.Hour); got.Copy != c.copy || got != Compare(b, a, time.Hour) {
			t.Errorf("%s: %+v, want copy %v", c.what, got, c.copy)
		}
	}
}

func TestHeadlinesOfTheShortest(t *testing.T) {
	const body = "Small traders fear that they will pay for it in the end, because the large lines can wait for weeks while their cargoes spoil."
	for _, c := range []struct {
		a, b string
		copy bool
	}{
		{"Traders fear new port fees", "Traders fear new port fees", true},
		{"Traders fear new port fees", "Traders fear port fees", true},
		{"Traders fear new port fees", "", true},
		{"Small traders fear to pay", "Lines can wait, traders cannot", true},
		{"Number sec", "Number milli", false},
		{"Harn port fees", "Osby port fees", false},
	} {
		var s Shingler
		if got := Compare(s.Text(c.a, body), s.Text(c.b, body), 0); got.Copy != c.copy {
			t.Errorf("%q, %q: %+v, want copy %v", c.a, c.b, got, c.copy)
		}
	}
}

// TestFormsStayApart fills in short forms at random: two with other names, numbers or days
// are no copies, and each is one of its own cut and headed anew.
func TestFormsStayApart(t *testing.T) {
	names := strings.Fields("Harn Osby Sorrel Ansel Maddox Varley Okoye Brenner Castell Duarte Emmet Fallow Gorst Hadley")
	days := strings.Fields("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
	forms := []string{
		"%[1]s Holdings said on %[3]s that it raised its dividend to %[2]d cents a share, payable to holders of record at the end of the month. The company had paid the same since it was listed, and its chairman said that the board saw no reason to wait. Analysts had expected it.",
		"Police in %[1]s arrested %[2]d people on %[3]s after a fight outside of a bar near the station, a spokesman said. Nobody was badly hurt, and all but one of them were released in the morning. The owner of the bar told reporters that he would close earlier from now on.",
		"The river at %[1]s stood at %[2]d centimetres on %[3]s, the water office said. It warned those who live in the lower streets to move what they keep in their cellars, and asked everyone to keep away from the banks until the water has gone down.",
	}
	random := rand.New(rand.NewPCG(13, 1))
	pick := func(list []string) string { return list[random.IntN(len(list))] }
	var s Shingler
	for round := range 2000 {
		form := pick(forms)
		name, number, weekday := pick(names), 10+random.IntN(900), pick(days)
		text := fmt.Sprintf(form, name, number, weekday)
		name2, number2, day2 := name, number, weekday
		switch random.IntN(3) {
		case 0:
			name2 = pick(names)
		case 1:
			number2 = 10 + random.IntN(900)
		default:
			day2 = pick(days)
		}
		same := name == name2 && number == number2 && weekday == day2
		title, title2 := "News of "+name, "News of "+name2
		apart := time.Duration(random.IntN(72)) * time.Hour
		if c := Compare(s.Text(title, text), s.Text(title2, fmt.Sprintf(form, name2, number2, day2)), apart); c.Copy != same {
			t.Fatalf("round %d: %s %d %s and %s %d %s: %+v", round, name, number, weekday, name2, number2, day2, c)
		}
		copied := text
		if random.IntN(2) == 0 {
			copied = text[:strings.LastIndex(strings.TrimSuffix(text, "."), ". ")+1]
		}
		if random.IntN(2) == 0 {
			copied = "LONDON (AP) — " + copied
		}
		if len(strings.Fields(copied)) >= shortBody+3 {
			title2 = "Nobody saw it coming"
		}
		if c := Compare(s.Text(title, text), s.Text(title2, copied), apart); !c.Copy {
			t.Fatalf("round %d: %q is no copy of %q: %+v", round, copied, text, c)
		}
	}
}

// TestADifferenceIsInOnePlace holds what aligning is for: however words are cut and
// changed, the regions are those that make one text of the other.
func TestADifferenceIsInOnePlace(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	for round := range 300 {
		a := sequenceOf(story(round, 20+random.IntN(100)))
		b := append([]sequenceWord(nil), a...)
		for range random.IntN(6) {
			i := random.IntN(len(b))
			switch random.IntN(3) {
			case 0:
				b[i] = sequenceWord{hash: random.Uint32()}
			case 1:
				b = append(b[:i], b[i+1:]...)
			default:
				b = append(b[:i], append([]sequenceWord{{hash: random.Uint32()}}, b[i:]...)...)
			}
		}
		at, bt := 0, 0
		for _, r := range differences(a, b) {
			if r.a0-at != r.b0-bt && at > 0 {
				t.Fatalf("round %d: between two differences are %d and %d words", round, r.a0-at, r.b0-bt)
			}
			for k := range r.a0 - at {
				if r.b0-1-k >= 0 && a[r.a0-1-k].hash != b[r.b0-1-k].hash {
					t.Fatalf("round %d: words before %v differ", round, r)
				}
			}
			if r.a0 < at || r.b0 < bt || r.a1 < r.a0 || r.b1 < r.b0 {
				t.Fatalf("round %d: %v is behind %d, %d", round, r, at, bt)
			}
			at, bt = r.a1, r.b1
		}
	}
}
