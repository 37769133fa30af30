package console

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/whosays/whosays/adapters/checkup"
)

// Findings draws what was found of the parts of an installation, a block each, and how many of them fail.
func (s Screen) Findings(all []checkup.Finding) string {
	wide := 0
	for _, f := range all {
		wide = max(wide, lipgloss.Width(named(f)))
	}
	var out strings.Builder
	count := map[checkup.State]int{}
	for _, f := range all {
		count[f.State]++
		out.WriteString(s.finding(f, wide))
	}
	out.WriteString("\n" + s.verdict(count) + "\n")
	return out.String()
}

// named is how a finding is called.
func named(f checkup.Finding) string { return Clean(strings.TrimSpace(f.Part + " " + f.What)) }

// stateColumn is as wide as the longest state, and a gap.
const stateColumn = len(checkup.Doubtful) + 2

// finding draws one: its state, its name, what was seen, and below that what to do.
func (s Screen) finding(f checkup.Finding, wide int) string {
	p := page{screen: s}
	hang := strings.Repeat(" ", stateColumn+wide+2)
	pad := strings.Repeat(" ", stateColumn-len(f.State))
	name := named(f)
	head := s.paint(styleOf(f.State), string(f.State)) + pad + name + strings.Repeat(" ", wide-lipgloss.Width(name)+2)
	lines := p.hanging(head, hang, Clean(f.Saw))
	if f.Do != "" {
		lines = append(lines, p.hanging(hang+"→ ", hang+"  ", Clean(f.Do))...)
	}
	return strings.Join(lines, "\n") + "\n"
}

// hanging is wrap with the indent in front of all lines but the first.
func (p *page) hanging(head, hang, body string) []string {
	lines := p.wrap(head, hang, body)
	for i := 1; i < len(lines); i++ {
		lines[i] = hang + lines[i]
	}
	return lines
}

func styleOf(state checkup.State) lipgloss.Style {
	style := lipgloss.NewStyle()
	switch state {
	case checkup.Good:
		return style.Foreground(lipgloss.Green)
	case checkup.Doubtful:
		return style.Foreground(lipgloss.Yellow)
	case checkup.Failed:
		return style.Foreground(lipgloss.Red).Bold(true)
	case checkup.Off:
		return style.Faint(true)
	}
	return style
}

// verdict sums up in a line.
func (s Screen) verdict(count map[checkup.State]int) string {
	failed, doubtful := count[checkup.Failed], count[checkup.Doubtful]
	var parts []string
	if failed > 0 {
		parts = append(parts, fmt.Sprintf("%d fail%s", failed, ending(failed)))
	}
	if doubtful > 0 {
		parts = append(parts, fmt.Sprintf("%d need%s a look", doubtful, ending(doubtful)))
	}
	if len(parts) == 0 {
		return "Nothing fails."
	}
	return strings.Join(parts, ", ") + "."
}

// ending is that of a verb.
func ending(n int) string {
	if n == 1 {
		return "s"
	}
	return ""
}
