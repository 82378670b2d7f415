package main

import (
	"bytes"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
)

// helpWidth is the width for which texts of help are written.
const helpWidth = 80

// hanging is how far a line goes in that continues the one above.
const hanging = 2

// column is the least indentation of a line that continues the one above it.
const column = 16

// printHelp prints the help on a command in the columns there are. A word that
// is no command gets no help, but the proposal that it gets without --help.
func (a *app) printHelp(cmd *cobra.Command, args []string, print func(*cobra.Command, []string)) {
	if words := cmd.Flags().Args(); cmd.HasAvailableSubCommands() && len(words) > 0 {
		a.helpErr = a.unknownCommand(cmd, words)
		return
	}
	width := a.messageWidth(a.stdout)
	if width == 0 || width > helpWidth {
		width = helpWidth
	}
	var b bytes.Buffer
	out := cmd.OutOrStdout()
	cmd.SetOut(&b)
	print(cmd, args)
	cmd.SetOut(out)
	if width < helpWidth {
		_, _ = out.Write([]byte(reflow(b.String(), width)))
		return
	}
	_, _ = out.Write(b.Bytes())
}

// reflow fits a text that is wrapped for helpWidth into fewer columns. Lines that
// are not indented are prose, and are filled anew; of an indented line that is too
// long, what stands behind a gap of two blanks goes below it, as the meaning of a
// flag does.
func reflow(text string, width int) string {
	var out []string
	var prose []string
	flush := func() {
		if len(prose) > 0 {
			out = append(out, wrapWords(strings.Join(prose, " "), width))
		}
		prose = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		switch {
		case line != "" && indent == 0:
			prose = append(prose, line)
			if strings.HasSuffix(line, ":") { // a heading, or the end of the prose
				flush()
			}
		case indent >= column && len(out) > 0 && prose == nil && strings.HasPrefix(out[len(out)-1], " "):
			out[len(out)-1] += " " + line[indent:] // it continues the meaning above
		default:
			flush()
			out = append(out, line)
		}
	}
	flush()
	for i, line := range out {
		if strings.HasPrefix(line, " ") {
			out[i] = fit(line, width)
		}
	}
	return strings.Join(out, "\n")
}

// fit breaks one line that may be too long: at a gap of two blanks, else between
// words. What continues it is indented further.
func fit(line string, width int) string {
	if ansi.StringWidth(line) <= width {
		return line
	}
	body := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(body)]
	if left, right := cutColumn(body); right != "" {
		below := indent + strings.Repeat(" ", 2*hanging) + right
		return fit(indent+left, width) + "\n" + fit(below, width)
	}
	deeper := indent + strings.Repeat(" ", hanging)
	if len(deeper) >= width/2 {
		return line
	}
	lines := strings.Split(wrapWords(body, width-len(deeper)), "\n")
	return indent + strings.Join(lines, "\n"+deeper)
}

// wrapWords breaks a line at blanks alone. ansi.Wordwrap breaks at hyphens too, and so
// within flags and paths, which a person copies.
func wrapWords(s string, width int) string {
	var lines []string
	line := ""
	for word := range strings.SplitSeq(s, " ") {
		if line != "" && ansi.StringWidth(line)+1+ansi.StringWidth(word) > width {
			lines = append(lines, strings.TrimRight(line, " "))
			line = word
			continue
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n")
}

// cutColumn parts a line at its widest gap of two blanks or more; right is empty
// where there is none, or where several are as wide, as in a list.
func cutColumn(line string) (left, right string) {
	widest, times := 1, 0
	left = line
	for i := 0; i < len(line); {
		n := len(line[i:]) - len(strings.TrimLeft(line[i:], " "))
		switch {
		case n > widest:
			widest, left, right, times = n, line[:i], line[i+n:], 1
		case n == widest && n > 1:
			times++
		}
		i += max(n, 1)
	}
	if times > 1 {
		return line, ""
	}
	return left, right
}
