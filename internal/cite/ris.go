package cite

import (
	"fmt"
	"strings"
)

// AppendRIS appends an item in RIS, as Research Information Systems described it
// and as Zotero, EndNote and Mendeley read it.
//
// A record is lines that end with CR and LF: a tag of two characters, two blanks,
// a hyphen, a blank and the value. It begins with TY, the type, and ends with ER,
// behind whose hyphen a blank stands, too: some readers don't see the end without
// it. A value is one line. Dates are year/month/day/, with nothing between the
// slashes for what is not known. Family names stand before a comma; a name
// without one is taken as a whole.
func AppendRIS(b []byte, it *Item) []byte {
	line := func(tag, value string) {
		if value != "" {
			b = append(b, tag+"  - "+value+"\r\n"...)
		}
	}
	line("TY", risType(it.Kind))
	line("ID", it.ID)
	line("TI", it.Title)
	for _, n := range it.Authors {
		line("AU", risName(n))
	}
	line("T2", it.Container)
	if it.Issued.Year > 0 {
		line("PY", fmt.Sprintf("%04d", it.Issued.Year))
		line("DA", risDate(it.Issued))
	}
	line("SP", it.FirstPage)
	line("EP", it.LastPage)
	line("UR", it.URL)
	if it.Accessed.Year > 0 {
		line("Y2", risDate(it.Accessed))
	}
	line("LA", it.Language)
	line("AB", it.Abstract)
	for _, k := range it.Keywords {
		line("KW", k)
	}
	return append(b, "ER  - \r\n\r\n"...)
}

func risType(k Kind) string {
	switch k {
	case Newspaper:
		return "NEWS"
	case Webpage:
		return "ELEC"
	}
	return "GEN"
}

// risName returns a name as readers take it apart at commas. From a name that must
// stay whole they are left out.
func risName(n Name) string {
	if n.Whole != "" {
		return strings.ReplaceAll(n.Whole, ",", "")
	}
	return strings.TrimSpace(n.Particle+" "+n.Family) + ", " + n.Given
}

func risDate(d Date) string {
	s := fmt.Sprintf("%04d/", d.Year)
	if d.Month > 0 {
		s += fmt.Sprintf("%02d", d.Month)
	}
	s += "/"
	if d.Month > 0 && d.Day > 0 {
		s += fmt.Sprintf("%02d", d.Day)
	}
	return s + "/"
}
