package match

import (
	"testing"

	"github.com/newsq/newsq/internal/text"
)

// What queries with spans, counts, leads, capitals, kinds and lengths find.
func TestMatchOfSpans(t *testing.T) {
	const forecast = "Oil prices will fall if talks go on."
	body := "Kim watched Turkey. WHO staff ate turkey, said iPhone users.\n\n" + forecast + " Sanctions stay, and sanctions bite."
	start := len(body) - len(forecast+" Sanctions stay, and sanctions bite.")
	d := Analyze(english, Input{
		Title:    "Sanctions on oil",
		Headings: []string{"A red line"},
		Body:     []string{body, "The last word on oil is colour, not color."},
		Marked:   []MarkedText{{Field: Body, Span: text.Span{Start: start, End: start + len(forecast)}, Marks: []string{MarkIs + "=forecast"}}},
	})
	matching := []string{
		"kim NEAR/s turkey", "turkey ADJ/s =iphone", "kim NEAR/p iphone", "price NEAR/s talks NEAR/s fall", `"oil prices" NEAR/s (peace OR talk*)`,
		"title:(sanctions NEAR/s oil)", "sanctions NOT NEAR/3 oil", "oil NOT NEAR/s sanctions", "turkey NOT NEAR/s kim", "oil NOT ADJ/1 price",
		"(oil NEAR/1 price) NEAR/3 fall", "(kim NEAR/2 turkey) NEAR/9 (peace OR iphone)", "color* NOT NEAR/p price",
		"atleast/3 sanctions", "atleast/3 oil", "atleast/5 (oil OR price OR talks)", "atleast/2 (oil sanctions)", "atleast/2 sanction NEAR/3 stay", "-atleast/4 oil",
		"lead/3:turkey", "lead/4:caps:WHO", "lead/3:(kim NEAR/s turkey)", "lead:(sanctions -peace)", "lead/100:color", "-lead/2:turkey", "lead/30:(atleast/2 sanctions)",
		"caps:Turkey", "caps:turkey", "caps:WHO", "caps:iPhone", "caps:Kim NEAR/2 turkey", "caps:Turk*", `caps:"Oil prices"`, "title:(caps:Sanctions)", "caps:(AIDS OR WHO)",
		"is:forecast", "is:forecast prices", "is:forecast oil prices", `is:forecast "oil prices" oil`, "prices NEAR/s is:forecast", "is:(caveat OR forecast) talks", "oil NOT NEAR/s is:forecast", "is:forecast (war OR talks)", "is:forecast title:sanctions",
		"words:>20", "words:20..50 oil", "-words:<20", "colo*{1}", "colo*{1}r", "colo*{2}", `"not col*{3}"`,
	}
	missing := []string{
		"kim NEAR/s iphone", "turkey ADJ/s kim", "iphone NEAR/p price", "oil NEAR/s color NEAR/s price", "kim NOT NEAR/s turkey", "price NOT NEAR/1 oil", "line NEAR/s oil",
		"(oil NEAR/1 price) NEAR/1 talks", "color NOT NEAR/p oil",
		"atleast/4 sanctions", "atleast/4 oil", "atleast/2 (oil price)", "atleast/2 price NEAR/3 fall", "title:(atleast/2 oil)",
		"lead/2:turkey", "lead:peace", "lead/3:(kim NEAR/s iphone)", "lead/20:color", "lead/5:(atleast/2 turkey)",
		"caps:kim", "caps:TURKEY", "caps:Who", "caps:IPHONE", `caps:"oil prices"`, "caps:turk* NEAR/1 kim", "title:(caps:sanctions)", "caps:AIDS",
		"is:caveat", "is:forecast sanctions", "is:forecast oil color", "-is:forecast", "prices NOT NEAR/s is:forecast", "is:forecast is:caveat", "is:forecast (war OR color)",
		"words:<20", "words:>100", "co*{1}r", "col*{1}r*{1}x",
	}
	for _, q := range matching {
		if !Match(lower(t, q, testContext()), d) {
			t.Errorf("%s does not match", q)
		}
	}
	for _, q := range missing {
		if Match(lower(t, q, testContext()), d) {
			t.Errorf("%s matches", q)
		}
	}
}
