package ko

import (
	"testing"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
김정은 김정은이 김정은은 김정은을 김정은의 김정은과 김정은에게 김정은도 김정은과의
김정일 김정일이 김정일은
북한 북한이 북한은 북한을 북한의 북한에 북한에서 북한에서는 북한과 북한과의 북한으로 북한으로의 북한까지
미국 미국이 미국은 미국을 미국의 미국에 미국과 미국에서도
중국 중국이 중국은 중국을
러시아 러시아가 러시아는 러시아를 러시아의 러시아와 러시아로 러시아에서 러시아까지
트럼프 트럼프가 트럼프는 트럼프를 트럼프와의
푸틴 푸틴이 푸틴은
정부 정부가 정부는 정부를 정부의 정부에 정부와 정부도 정부만
국가 국가가 국가는 국가를 국가의
회의 회의가 회의는 회의를 회의에서 회의에는
대통령 대통령이 대통령은 대통령을 대통령의 대통령에게 대통령으로 대통령이다 대통령으로서
서울 서울이 서울은 서울을 서울로 서울에서
발표 발표했다 발표한 발표하는 발표하고 발표할 발표했다고 발표를 발표가 발표됐다 발표된 발표하면서 발표했습니다
핵무기 핵무기를 핵무기가 핵무기는
미사일 미사일을 미사일이 미사일은 미사일로
국민 국민들 국민들이 국민들은 국민들에게 국민의
전문가 전문가가 전문가들 전문가들은
어린이 어린이가 어린이들
말 말을 말에 말로는
한반도 한반도의 한반도에서
박탈 박탈을 박탈당하지 박탈당했다 박탈된
무상 무상이어야 무상으로
체포 체포되다 체포되지 체포한 체포당한
nato nato는 nato가 nato의
F16 F16을 F16은`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "정부 북한 한국 전쟁 대통령 말 집 물 일")
}

func TestStemHolds(t *testing.T) {
	languagetest.StemsOf(t, Language{}, "가나은을이의에서들한했다로a9", "", "이 가 은 는 을 를 의 에 에서 에게 으로 로 들 하는 했다 된 까지 부터")
}

// TestEndingsFit: of a particle with two forms, each stands behind what it fits alone.
func TestEndingsFit(t *testing.T) {
	for word, want := range map[string]string{
		"마을": "마을", "가을": "가을", "국가": "국가", "전문가": "전문가", "아이": "아이", "서울로": "서울", "부산으로": "부산", "부산로": "부산로",
		"f16을": "f16", "9일": "9일", "kbs가": "kbs",
	} {
		if got := (Language{}).Stem(word); got != want {
			t.Errorf("the stem of %s is %s, not %s", word, got, want)
		}
	}
}

func TestEndingsAreShort(t *testing.T) {
	for e := range endings() {
		if len(e) > maxEnding*syllable || len(e) != syllable*utf8.RuneCountInString(e) {
			t.Errorf("%q is no ending of at most %d syllables", e, maxEnding)
		}
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
