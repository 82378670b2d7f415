package page

import "testing"

func TestOriginalAddress(t *testing.T) {
	long := "The price of oil fell by a tenth, said the well-informed minister & left."
	for _, tt := range []struct{ address, passage, want string }{
		{"https://a.org/x", "", "https://a.org/x"},
		{"https://a.org/x", long, "https://a.org/x#:~:text=The%20price%20of%20oil%20fell,the%20well%2Dinformed%20minister%20%26%20left."},
		{"https://a.org/x#top", long, "https://a.org/x#top:~:text=The%20price%20of%20oil%20fell,the%20well%2Dinformed%20minister%20%26%20left."},
		{"http://a.org/x", "Oil  fell,\tagain.", "http://a.org/x#:~:text=Oil%20fell%2C%20again."},
		// Blocks: the first words of the first, the last words of the last.
		{"https://a.org/", "Oil fell.\n\nGas rose by a third of what it had been.", "https://a.org/#:~:text=Oil%20fell.,of%20what%20it%20had%20been."},
		// Words that would overlap.
		{"https://a.org/", "One two three four five six seven eight nine", "https://a.org/#:~:text=One%20two%20three%20four%20five"},
		// Footnotes.
		{"https://a.org/", "The deal[3] was signed by all of them in the capital³ on a Monday.", "https://a.org/#:~:text=The,on%20a%20Monday."},
		{"https://a.org/", "Nobody ever knew what became of the deal.[12]", "https://a.org/#:~:text=Nobody%20ever%20knew%20what%20became"},
		// A writing without blanks between words.
		{"https://a.org/", "石油の価格は、昨日下がった。大臣が述べた。", "https://a.org/#:~:text=%E7%9F%B3%E6%B2%B9%E3%81%AE%E4%BE%A1%E6%A0%BC%E3%81%AF,%E5%A4%A7%E8%87%A3%E3%81%8C%E8%BF%B0%E3%81%B9%E3%81%9F"},
		{"https://a.org/", "石油の価格は下がった。", "https://a.org/#:~:text=%E7%9F%B3%E6%B2%B9%E3%81%AE%E4%BE%A1%E6%A0%BC%E3%81%AF%E4%B8%8B%E3%81%8C%E3%81%A3%E3%81%9F"},
		// Only pages of the web.
		{"javascript:alert(1)", long, ""},
		{"file:///etc/passwd", long, ""},
		{"//a.org/x", long, ""},
		{"a.org/x", long, ""},
		{"https:///x", long, ""},
		{"", long, ""},
	} {
		if got := originalAddress(tt.address, tt.passage); got != tt.want {
			t.Errorf("%s, %q:\n got %s\nwant %s", tt.address, tt.passage, got, tt.want)
		}
	}
}
