package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is within a line and what parts lines is the same in a page, in a piece
// of HTML, and tag by tag.
func TestFragment(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		want     []Block
		noTags   bool // what needs a tree
	}{
		{
			name: "elements within a line",
			in: `<p>A <img src="x.png" alt="logo">big <dfn>dredger</dfn>, <bdi>שלום</bdi>, <bdo dir=rtl>abc</bdo> <kbd>Esc</kbd> <strike>old</strike> <data value=1>one</data> ` +
				`<output>two</output> <samp>three</samp> <var>n</var> <big>large</big> <tt>mono</tt> <label>for</label> <picture><source srcset="a"><img></picture><acronym>ILO</acronym> ` +
				`<nobr>x y</nobr> <time>noon</time> <font>f</font> <x-note>own</x-note>.</p>`,
			want: []Block{para("A big dredger, שלום, abc Esc old one two three n large mono for ILO x y noon f own.")},
		},
		{
			name: "elements that start a line",
			in:   `one<div>two<section>three</section>four</div><blockquote>five</blockquote><figure>six<figcaption>seven</figcaption></figure><dl><dt>eight<dd>nine</dl><ul><li>ten<li>eleven</ul><address>twelve</address>`,
			want: []Block{para("one"), para("two"), para("three"), para("four"), para("five"), para("six"), para("seven"), para("eight"), para("nine"), para("ten"), para("eleven"), para("twelve")},
		},
		{
			name: "what is not shown", noTags: true,
			in: `<p>Seen<noscript><img src=x></noscript><template><b>t</b></template><object data=x>none<p>none</p></object><audio>none</audio><canvas>none</canvas>` +
				`<script>x</script><style>y</style><svg><text>v</text></svg><progress>half</progress><select><option>o</select><textarea><p>a</textarea><!-- c -->.</p><p hidden>h</p><div style="display: none">d</div><dialog>e</dialog>`,
			want: []Block{para("Seen.")},
		},
		{
			name: "rows", noTags: true,
			in:   `<table><caption>Ships</caption><thead><tr><th>Year</th><th>Ships</th></tr></thead><tr><td><p>2024</p></td><td>31</td><td></td></tr><tr><td>2025</td><td><b>2</b>9 <div>new</div></td></tr></table>`,
			want: []Block{para("Ships"), para("Year | Ships"), para("2024 | 31"), para("2025 | 29 new")},
		},
		{name: "rows alone", noTags: true, in: `<tr><td>2024</td><td>31</td></tr>`, want: []Block{para("2024 | 31")}},
		{
			name: "names in brackets",
			in:   `<p>Shares of Norr Yards <NORR.OL> and <Silt Co> fell, the pound <GBP=> too; <br>see <BBB.N></p>`,
			want: []Block{para("Shares of Norr Yards <NORR.OL> and <Silt Co> fell, the pound <GBP=> too;\nsee <BBB.N>")},
		},
		{name: "blank lines", in: "one\ntwo\n\nthree <b>four\n\nfive</b>", want: []Block{para("one two"), para("three four"), para("five")}},
		{name: "headings", in: "<h2>One <i>two</i></h2>three<h3>four</h3>", want: []Block{head(2, "One two"), para("three"), head(3, "four")}},
		{name: "a button in a sentence", noTags: true, in: "<p>The <button>levy</button> stays.</p><p><button>Share</button></p>", want: []Block{para("The levy stays.")}},
		{
			name: "readings above characters",
			in: `<p><ruby>東京<rt>とうきょう</rt></ruby>の<ruby><rb>外務省</rb><rp>（</rp><rt>がいむしょう</rt><rp>）</rp></ruby>、<ruby>制<rt>せい</rt>裁<rt>さい</rt></ruby>、` +
				`<ruby>漢<rp>(<rt>かん<rp>)</ruby>字、<ruby>北<rtc><rt>běi</rt></rtc></ruby>京。</p>`,
			want: []Block{para("東京の外務省、制裁、漢字、北京。")},
		},
		{
			name: "readings above characters, with the source indented", noTags: true,
			in:   "<p>港の\n<ruby>\n  東京\n  <rp>(</rp><rt>とうきょう</rt><rp>)</rp>\n</ruby>の<ruby>\n<rb>外</rb>\n<rb>務</rb><rt>がい</rt><rt>む</rt>\n</ruby>省、<ruby>big city<rt>x</rt></ruby> life</p>",
			want: []Block{para("港の東京の外務省、big city life")},
		},
		{
			name: "marks of notes",
			in: `<p>Levies<sup>1</sup> and berths<sup><a href="#n2">2</a></sup>, yards<a href="#n3"><sup>3</sup></a> and crews<sup>[4]</sup>; silt<sup>5,6</sup>, ` +
				`tides<a href="#n7">[7]</a> of 2024<sup>8</sup>.<sup>9</sup> Ports<sup>*</sup> say “no”<sup>10</sup> again<sup>†</sup> F-16<sup>1</sup> G20<sup>2</sup> 関税<sup>注1</sup>は <sup>11</sup>Pilots</p>`,
			want: []Block{para("Levies and berths, yards and crews; silt, tides of 2024. Ports say “no” again F-16 G20 関税は 11 Pilots")},
		},
		{
			name: "what is raised and is no mark",
			in: `<p>120m<sup>2</sup> 5 km s<sup>-1</sup> SO<sub>4</sub><sup>2−</sup> 5<sup>th</sup> XX<sup>e</sup> n<sup>o</sup> CO<sub>2</sub> H<sub>2</sub>O 3 km<sup>2</sup> m<sup>3</sup> Na<sup>+</sup> <sup>14</sup>C x<sup>2</sup> ` +
				`10<sup>6</sup> Norr<sup>TM</sup> 2<sup>1/2</sup> see <a href="#b">part 2</a>, pre<a href="#c">fix</a></p>`,
			want: []Block{para("120m2 5 km s-1 SO42− 5th XXe no CO2 H2O 3 km2 m3 Na+ 14C x2 10^6 Norr™ 2 1/2 see part 2, prefix")},
		},
	} {
		if d := cmp.Diff(tc.want, Fragment(tc.in)); d != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, d)
		}
		if tc.noTags {
			continue
		}
		deep := strings.Repeat("<i>", 1000) + tc.in
		if d := cmp.Diff(tc.want, Fragment(deep)); d != "" {
			t.Errorf("%s, tag by tag (-want +got):\n%s", tc.name, d)
		}
	}
}

func TestMarkdownHTML(t *testing.T) {
	for in, want := range map[string]string{
		"Levies<sup>1</sup> and berths<sup>2</sup> stay.":            "Levies and berths stay.",
		"Levies<sup>[1](#n1)</sup>, berths[2](#n2), yards[^3].":      "Levies, berths, yards[^3].",
		"Levies[^1] stay.\n\n[^1]: Since May.":                       "Levies stay.|Since May.",
		"The 5<sup>th</sup> CO<sub>2</sub> law, 3 km<sup>2</sup>.":   "The 5th CO2 law, 3 km2.",
		"部会は<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>で開かれた。": "部会は東京で開かれた。",
		"<ruby>制<rt>せい</rt>裁<rt>さい</rt></ruby>は続く。":                  "制裁は続く。",
		"See [part 2](#two) of the [law](https://h.example/#a).":     "See part 2 of the law.",
		"The <button>levy</button> stays <b>for</b> now.<br>So.":     "The levy stays for now.\nSo.",
		"<p>Levies<sup>1</sup> and <ruby>東<rt>とう</rt></ruby>京</p>":   "Levies and 東京",
		"An open <sup>1 mark\n\nand the next.":                       "An open 1 mark|and the next.",
		"A pixel <noscript><img src=x></noscript> ends.":             "A pixel  ends.",
		"<table><tr><td><p>2024</p></td><td>31</td></tr></table>\n":  "2024 | 31",
	} {
		var got []string
		for _, b := range markdownBlocks(in) {
			got = append(got, b.Text)
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q\n\tgot  %q\n\twant %q", in, s, want)
		}
	}
}

func FuzzFragment(f *testing.F) {
	for _, s := range []string{"<p>a<sup>1</sup>", "<ruby>a<rt>b", "<X.N>", "<tr><td>a", "a\n\nb", "<button>a</button> b", "<a href=#>1</a>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkBlocks(t, Fragment(s))
		checkBlocks(t, markdownBlocks(s))
	})
}

func markdownBlocks(s string) []Block {
	blocks, _ := Markdown(s)
	return blocks
}
