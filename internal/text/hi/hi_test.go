package hi

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
सरकार सरकारें सरकारों
मंत्री मंत्रियों
प्रधानमंत्री प्रधानमंत्रियों
राष्ट्रपति राष्ट्रपतियों
चुनाव चुनावों
नेता नेताओं
देश देशों
पार्टी पार्टियां पार्टियों पार्टियाँ
सेना सेनाएं सेनाओं
महिला महिलाएं महिलाओं महिलाएँ
भारत
पाकिस्तान
भारतीय भारतीयों
दिल्ली
मोदी
ईरान
बैंक बैंकों
किताब किताबें किताबों
कंपनी कंपनियां कंपनियों
अदालत अदालतों अदालतें
पुलिस
सैनिक सैनिकों
अधिकारी अधिकारियों
फैसला फैसले फैसलों फ़ैसला
आतंकी आतंकियों
छात्र छात्रों`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "सरकार देश कर वर्ष युद्ध")
}

func TestStemHolds(t *testing.T) {
	languagetest.StemsOf(t, Language{}, "कतनरलसमपाीेोंयि्व", "", endings.Rules)
}

func TestTables(t *testing.T) {
	if why := endings.Problem(); why != "" {
		t.Error(why)
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
