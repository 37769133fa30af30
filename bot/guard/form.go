package guard

import "github.com/whosays/whosays/bot/chat"

// form judges a form and a menu: in a reply that everybody sees there are none, nor fields of one; what we say in a form holds no
// number, as the labels of blocks don't. What is filled in stands in the form alone, and in blocks that say so.
func (c *checker) form() {
	r := c.reply
	if !r.Private() {
		c.publicly()
	}
	if f := r.Form; f != nil {
		for _, text := range append([]string{f.Title, f.Submit}, f.Pages...) {
			c.label(-1, text)
		}
		for i := range f.Fields {
			for _, text := range []string{f.Fields[i].Label, f.Fields[i].Hint, f.Fields[i].Problem} {
				c.label(-1, text)
			}
			c.choices(f.Fields[i].Choices)
		}
	}
	if r.Menu != nil {
		c.choices(r.Menu.Choices)
	}
}

func (c *checker) choices(all []chat.Choice) {
	for i := range all {
		c.visible(-1, all[i].Label)
	}
}

// publicly finds what only a reply to one person may have.
func (c *checker) publicly() {
	if c.reply.Form != nil || c.reply.Menu != nil || c.reply.File != nil {
		c.add(-1, string(c.reply.Outcome), WhyForm)
	}
	for i := range c.reply.Blocks {
		if role := c.reply.Blocks[i].Role; role == chat.RoleField || role == chat.RoleProblem {
			c.add(i, c.reply.Blocks[i].Text(), WhyForm)
		}
	}
}
