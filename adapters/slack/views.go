package slack

import (
	"strings"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/layout"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// formWords are the words of a form, in the language of the one who fills it in.
type formWords struct {
	Title, Label, Hint string // what it is for; what to write; an example, which may be empty
	Submit, Close      string
}

// reportInput is the id of the field of reportForm and of its block, and longestReport how much of it is taken.
const (
	reportInput   = "what"
	longestReport = 1000
)

// reportForm returns the form in which a mistake of a reply is reported. Its callback id is the target.
func reportForm(record string, w formWords) slack.ModalViewRequest {
	field := slack.NewPlainTextInputBlockElement(nil, reportInput)
	field.Multiline, field.MaxLength = true, longestReport
	if w.Hint != "" {
		field.Placeholder = plainText(w.Hint, maxPlaceholder)
	}
	return slack.ModalViewRequest{
		Type:       slack.VTModal,
		CallbackID: target.ID{Action: chat.CommandReport, Record: record}.String(),
		Title:      plainText(w.Title, maxModalTitle),
		Submit:     plainText(w.Submit, maxModalTitle),
		Close:      plainText(w.Close, maxModalTitle),
		Blocks:     slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock(reportInput, plainText(w.Label, maxInputLabel), nil, field)}},
	}
}

// home returns the App Home: what the bot can do and its example questions as buttons, as it says them in help, which digests come to
// the channels that whoever opens it can see, and how current its base is, as it says in the footer of status.
func home(help, status, digests chat.Reply) slack.HomeTabViewRequest {
	var blocks []slack.Block
	lead, items, _ := itemsOf(help)
	first, _, items := opening(lead, items, chat.Help)
	blocks = append(blocks, first...)
	r := roomBeside(nil)
	var examples []slack.BlockElement
	for _, it := range items {
		lines := it.lines[:0:0]
		for _, l := range it.lines {
			if l.role != chat.RoleExample {
				lines = append(lines, l)
			}
		}
		for _, p := range blocksOf(lines, r) {
			blocks = append(blocks, p.block)
		}
		for _, b := range it.Blocks {
			if question := layout.Text(b.Parts); b.Role == chat.RoleExample && question != "" && len(examples) < maxExamples {
				examples = append(examples, example(len(examples)+1, question))
			}
		}
	}
	if len(blocks) > maxHomeBlocks-3 {
		blocks = blocks[:maxHomeBlocks-3]
	}
	if len(examples) > 0 {
		blocks = append(blocks, slack.NewActionBlock("", examples...))
	}
	blocks = append(blocks, subscriptions(digests, maxHomeBlocks-2-len(blocks))...)
	if _, _, footer := layout.Items(status); footer != "" {
		blocks = append(blocks, slack.NewDividerBlock())
		blocks = append(blocks, closing("", prose.Cut(footer, longestFooter))...)
	}
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
}

// subscriptions returns a list of digests in at most so many blocks; none where there is no list.
func subscriptions(digests chat.Reply, most int) []slack.Block {
	if digests.Outcome != chat.Listed {
		return nil
	}
	lead, items, _ := itemsOf(digests)
	first, _, items := opening(lead, items, digests.Outcome)
	out := append([]slack.Block{slack.NewDividerBlock()}, first...)
	for _, it := range items {
		for _, p := range blocksOf(it.lines, roomBeside(nil)) {
			out = append(out, p.block)
		}
	}
	return out[:min(len(out), max(most, 0))]
}

// example returns the button of an example question, from 1.
func example(n int, question string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(exampleID(n), prose.Cut(strings.TrimSpace(question), maxValue), plainText(question, maxButton))
}
