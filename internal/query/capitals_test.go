package query

import (
	"strings"
	"testing"
)

// TestReadCapitals: in a headline in capitals the words of operators are words, and
// the remark says so; between names they are operators, and it is told where that
// may not have been meant.
func TestReadCapitals(t *testing.T) {
	const asText, asOperator = "text", "operator"
	tests := []struct{ query, want, remark string }{
		// Headlines.
		{"GOVERNOR SAYS HE DID NOT SIGN DECREE", `GOVERNOR SAYS HE DID \NOT SIGN DECREE`, asText},
		{"NEAR COLLISION OVER DELTA", `\NEAR COLLISION OVER DELTA`, asText},
		{"OR SO THE MINERS SAY", `\OR SO THE MINERS SAY`, asText},
		{"AND NOW FOR THE HARVEST", `\AND NOW FOR THE HARVEST`, asText},
		{"NEAR MISS", `\NEAR MISS`, asText},
		{"READY OR NOT", `READY \OR \NOT`, asText},
		{"WHY NOT", `WHY \NOT`, asText},
		{"TO STRIKE OR NOT TO STRIKE", `TO STRIKE \OR \NOT TO STRIKE`, asText},
		{"FERRY SINKS NEAR ISLAND AS STORM AND TIDE RISE", `FERRY SINKS \NEAR ISLAND AS STORM \AND TIDE RISE`, asText},
		{"McCALLUM WILL NOT RESIGN", `McCALLUM WILL \NOT RESIGN`, asText},
		{"URSULA von der HAGEN WILL NOT RUN", `URSULA von der HAGEN WILL \NOT RUN`, asText},
		{"BRIDGE, 60m HIGH, WILL NOT OPEN", `BRIDGE 60m HIGH WILL \NOT OPEN`, asText},
		{"KANZLER WILL NICHT IN NOT GERATEN", `KANZLER WILL NICHT IN \NOT GERATEN`, asText},
		{"МИНИСТР WILL NOT ЕХАТЬ", `МИНИСТР WILL \NOT ЕХАТЬ`, asText},
		{`"PEACE NOW" IS NOT ENOUGH, SAYS ENVOY`, `"PEACE NOW" IS \NOT ENOUGH SAYS ENVOY`, asText},
		{"ENVOY: DEAL (FOR NOW) IS NOT DEAD", `ENVOY DEAL (FOR NOW) IS \NOT DEAD`, asText},
		{"MINE - NOT MILL - WILL CLOSE", `MINE \NOT MILL WILL CLOSE`, asText},
		{"SHIPS COLLIDE OFF CAPE NEAR", `SHIPS COLLIDE OFF CAPE \NEAR`, asText},
		{"TALKS MAY FAIL, NOT END...", `TALKS MAY FAIL \NOT END`, asText},

		{"PEACE NOT NEAR END", `PEACE \NOT \NEAR END`, asText},
		{"MINE REOPENING STILL NOT NEAR", `MINE REOPENING STILL \NOT \NEAR`, asText},

		// Operators, and hardly meant otherwise.
		{"OECD NOT NEAR/4 IMF", "OECD NOT NEAR/4 IMF", ""},
		{"ATLEAST/3 OECD OR IMF", "atleast/3 OECD OR IMF", ""},
		{"LEAD/100:OECD OR IMF", "lead/100:OECD OR IMF", ""},
		{"OECD OR IMF", "OECD OR IMF", ""},
		{"OECD OR IMF OR ECB", "OECD OR IMF OR ECB", ""},
		{"OECD NEAR/4 IMF", "OECD NEAR/4 IMF", ""},
		{"OECD NEAR IMF", "OECD NEAR/10 IMF", ""},
		{"OECD ADJ IMF", "OECD ADJ/10 IMF", ""},
		{"(OECD OR IMF) AND ECB", "(OECD OR IMF) AND ECB", ""},
		{"OECD AND TRADE BALANCE", "OECD AND TRADE BALANCE", ""},
		{"WHO OR UN", "WHO OR UN", ""},
		{"LOANS NOT (OECD OR IMF)", "LOANS -(OECD OR IMF)", ""},
		{"TITLE:OECD NOT THE IMF", "title:OECD -THE IMF", ""},
		{"WE WILL NOT TRAD*", "WE WILL -TRAD*", ""},
		{"opec NOT oil", "opec -oil", ""},
		{"OPEC NOT oil", "OPEC -oil", ""},
		{"The minister will NOT attend", "The minister will -attend", ""},
		{"北京 OR 上海", "北京 OR 上海", ""},
		{`"trade war" NOT tariff`, `"trade war" -tariff`, ""},

		// Operators, which is told.
		{"OECD NOT IMF", "OECD -IMF", asOperator},
		{"EU NOT READY", "EU -READY", asOperator},
		{"DISARM OR PERISH", "DISARM OR PERISH", ""},
		{"UNESCO OR UNICEF", "UNESCO OR UNICEF", ""},
		{"SURRENDER OR PERISH", "SURRENDER OR PERISH", asOperator},
		{"NORTH SUDAN OR CHAD", "NORTH SUDAN OR CHAD", asOperator},
		{"THE HAGUE OR GENEVA", "THE HAGUE OR GENEVA", asOperator},
		{"BANK OF GHANA OR ECB", "BANK OF GHANA OR ECB", asOperator},
		{"SHIP NEAR PORT", "SHIP NEAR/10 PORT", ""},
		{"NOT GUILTY", "-GUILTY", asOperator},
		{`"NORTH SUDAN" NOT "SOUTH SUDAN"`, `"NORTH SUDAN" -"SOUTH SUDAN"`, ""},
	}
	for _, tt := range tests {
		n, remarks, err := Read(tt.query)
		if err != nil {
			t.Errorf("Read(%s): %v", tt.query, err)
			continue
		}
		if got := n.String(); !sameQuery(got, tt.want) {
			t.Errorf("Read(%s) = %s, want %s", tt.query, got, tt.want)
		}
		if got := strings.Join(remarks, "; "); tt.remark == "" && got != "" || !strings.Contains(got, tt.remark) {
			t.Errorf("Read(%s) remarks %q, want one with %q", tt.query, got, tt.remark)
		}
		if lenient, warnings := ParseLenient(tt.query); lenient.String() != n.String() || len(warnings) != len(remarks) {
			t.Errorf("ParseLenient(%s) = %s, %q", tt.query, lenient, warnings)
		}
		checkTree(t, tt.query, n)
	}
}

// sameQuery compares a canonical form with one in which a backslash before an
// operator stands for however that is written as a word.
func sameQuery(got, want string) bool {
	n, err := Parse(want)
	return err == nil && n.String() == got
}

// TestReadMistakes: what is a mistake in small letters stays one where it is no
// headline either.
func TestReadMistakes(t *testing.T) {
	for _, q := range []string{"NEAR harbour", "a OR", "OR", "OECD OR", "OECD IMF AND", "NOT", "OECD NEAR/x IMF", `OECD "IMF`, "THE MINE WILL NOT (OPEN"} {
		if n, _, err := Read(q); err == nil {
			t.Errorf("Read(%s) = %s, want an error", q, n)
		}
	}
}

// TestEndings: what is written behind a quotation mark with an apostrophe is an
// ending, and asks for nothing.
func TestEndings(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{`"harbour review"'s editor`, `"harbour review" editor`},
		{`"HARBOUR REVIEW"'S EDITOR`, `"HARBOUR REVIEW" EDITOR`},
		{`"HARBOUR REVIEW"’S EDITOR`, `"HARBOUR REVIEW" EDITOR`},
		{`“Harbour Review”ʼs editor`, `"Harbour Review" editor`},
		{`"dockers"' strike`, `"dockers" strike`},
		{`"dockers"’ strike`, `"dockers" strike`},
		{`"Meydan"'nin müdürü`, `"Meydan" müdürü`},
		{`"MEYDAN"'DAKİ TOPLANTI`, `"MEYDAN" TOPLANTI`},
		{`"harbour review"'ll close, "gate"'d`, `"harbour review" close "gate"`},
		{`(harbour OR review)'s editor`, `(harbour OR review) editor`},
		{`"harbour review" 'editor`, `"harbour review" 'editor`},
		{`"harbour"'editorial`, `"harbour" 'editorial`},
	} {
		n, err := Parse(tt.in)
		if err != nil || !sameQuery(n.String(), tt.want) {
			t.Errorf("Parse(%s) = %v, %v, want %s", tt.in, n, err, tt.want)
		}
	}
}
