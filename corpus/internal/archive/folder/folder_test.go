package folder

import "testing"

func TestName(t *testing.T) {
	for _, tt := range []struct {
		in, want string
		ok       bool
	}{
		{"a/b.html", "a/b.html", true},
		{"./a.html", "a.html", true},
		{`a\b.html`, "a/b.html", true},
		{"a//b.html", "a/b.html", true},
		{"caf\xc3\xa9.txt", "café.txt", true},
		{"a\nb.txt", "a b.txt", true},
		{"../a.html", "", false},
		{"a/../../b", "", false},
		{`..\a`, "", false},
		{"/etc/passwd", "", false},
		{`C:\a.txt`, "", false},
		{"a..b/c", "a..b/c", true},
	} {
		got, err := Name(tt.in)
		if (err == nil) != tt.ok || tt.ok && got != tt.want {
			t.Errorf("%q: %q, %v", tt.in, got, err)
		}
	}
}

func TestIsHidden(t *testing.T) {
	for name, want := range map[string]bool{
		"a/b.html": false, "a/.b": true, ".a/b": true, "__MACOSX/a/._b": true, "x/node_modules/y.json": true, "a.b/c": false,
	} {
		if IsHidden(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}

func TestBeside(t *testing.T) {
	for _, tt := range [][3]string{
		{"a/b.csv", "posts/1.html", "a/posts/1.html"},
		{"a/b/c.html", "../d.csv", "a/d.csv"},
		{"b.csv", "../d", ""},
		{"a/b", "../../c", ""},
		{"a/b", "/c", ""},
		{"a/b", "c/../../../d", ""},
		{"a/b", "", ""},
	} {
		if got := Beside(tt[0], tt[1]); got != tt[2] {
			t.Errorf("%q beside %q: %q, want %q", tt[1], tt[0], got, tt[2])
		}
	}
}
