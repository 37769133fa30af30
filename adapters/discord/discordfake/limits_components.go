package discordfake

import (
	"slices"
	"strings"
)

// The types of components (docs: components/reference).
const (
	actionRow    = 1
	button       = 2
	stringSelect = 3
	textInput    = 4
	userSelect   = 5
	roleSelect   = 6
	mentionables = 7
	channels     = 8
	section      = 9
	textDisplay  = 10
	thumbnail    = 11
	mediaGallery = 12
	file         = 13
	separator    = 14
	container    = 17
	label        = 18
)

const (
	linkStyle        = 5
	premiumStyle     = 6
	maxComponents    = 40 // in all
	maxRows          = 5
	maxCustomID      = 100
	maxDisplayedText = 4000 // over all text of a message of components
	maxTyped         = 4000 // into a text input
)

func isSelect(kind int) bool { return kind == stringSelect || kind >= userSelect && kind <= channels }

// checkComponents checks those of a message.
func (m *Message) checkComponents(errs *formErrors) {
	v2 := m.Flags&ComponentsV2 != 0
	if v2 && m.Content != "" {
		errs.add("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
			"The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
	}
	if v2 && len(m.Embeds) > 0 {
		errs.add("embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
			"The 'embeds' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
	}
	if !v2 && len(m.Components) > maxRows {
		errs.badLength("components", maxRows)
	}
	c := componentCheck{errs: errs, seen: map[string]bool{}, v2: v2}
	c.all("components", m.Components, 0)
	if c.count > maxComponents {
		errs.badLength("components", maxComponents)
	}
	if c.text > maxDisplayedText {
		errs.add("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Total displayable text size exceeds 4000")
	}
}

// componentCheck goes through the components of a message or of a modal.
type componentCheck struct {
	errs        *formErrors
	seen        map[string]bool
	v2, modal   bool
	count, text int
}

// allowed are the types that may stand inside another type; 0 is the outside.
func (c *componentCheck) allowed(parent int) []int {
	selects := []int{stringSelect, userSelect, roleSelect, mentionables, channels}
	switch {
	case parent == 0 && c.modal:
		return []int{actionRow, textDisplay, label}
	case parent == actionRow && c.modal:
		return []int{textInput}
	case parent == actionRow:
		return append(selects, button)
	case parent == label:
		return append(selects, textInput)
	case parent == section:
		return []int{textDisplay}
	case parent == 0 && !c.v2:
		return []int{actionRow}
	case parent == 0:
		return []int{actionRow, section, textDisplay, mediaGallery, file, separator, container}
	case parent == container:
		return []int{actionRow, section, textDisplay, mediaGallery, file, separator}
	default:
		return nil
	}
}

func (c *componentCheck) all(path string, components []Component, parent int) {
	for i := range components {
		c.one(at(path, i), &components[i], parent)
	}
}

func (c *componentCheck) one(path string, p *Component, parent int) {
	c.count++
	if !slices.Contains(c.allowed(parent), p.Type) {
		c.errs.add(path+".type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of those allowed here.")
		return
	}
	c.inner(path, p)
	if p.CustomID != "" {
		if c.seen[p.CustomID] {
			c.errs.add(path+".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
		}
		c.seen[p.CustomID] = true
	}
	if length(p.CustomID) > maxCustomID {
		c.errs.badLength(path+".custom_id", maxCustomID)
	}
	switch {
	case p.Type == button:
		c.button(path, p)
	case isSelect(p.Type):
		c.menu(path, p)
	case p.Type == textInput:
		c.input(path, p, parent)
	case p.Type == textDisplay:
		c.text += length(p.Content)
		checkText(path+".content", p.Content, maxDisplayedText, c.errs)
	}
}

// inner looks at what stands inside a component.
func (c *componentCheck) inner(path string, p *Component) {
	switch p.Type {
	case actionRow:
		most := 5
		if len(p.Components) > 0 && p.Components[0].Type != button {
			most = 1 // a select menu or a text input fills its row
		}
		if n := len(p.Components); n < 1 || n > most {
			c.errs.badLength(path+".components", most)
		}
	case section:
		if n := len(p.Components); n < 1 || n > 3 {
			c.errs.badLength(path+".components", 3)
		}
		if p.Accessory == nil {
			c.errs.required(path + ".accessory")
		}
	case label:
		checkText(path+".label", p.Label, 45, c.errs)
		if p.Component == nil {
			c.errs.required(path + ".component")
		} else {
			c.one(path+".component", p.Component, label)
		}
	}
	c.all(path+".components", p.Components, p.Type)
	if p.Accessory != nil {
		c.accessory(path+".accessory", p.Accessory)
	}
}

func (c *componentCheck) accessory(path string, p *Component) {
	switch p.Type {
	case button:
		c.one(path, p, actionRow)
	case thumbnail:
		c.count++
	default:
		c.errs.choice(path+".type", "(2, 11)")
	}
}

func (c *componentCheck) button(path string, p *Component) {
	link, premium := p.Style == linkStyle, p.Style == premiumStyle
	if p.Style < 1 || p.Style > premiumStyle {
		c.errs.choice(path+".style", "(1, 2, 3, 4, 5, 6)")
	}
	switch {
	case link && p.URL == "":
		c.errs.add(path, "BUTTON_COMPONENT_URL_REQUIRED", "A url is required")
	case (link || premium) && p.CustomID != "":
		c.errs.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
	case !link && !premium && p.CustomID == "":
		c.errs.add(path, "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required")
	case !link && p.URL != "":
		c.errs.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
	}
	if link {
		checkURL(path+".url", p.URL, c.errs, "http", "https", "discord")
	}
	if length(p.URL) > 512 {
		c.errs.tooLong(path+".url", 512)
	}
	if length(p.Label) > 80 {
		c.errs.tooLong(path+".label", 80)
	}
	if p.Label == "" && !premium && !strings.Contains(string(p.Raw), `"emoji"`) {
		c.errs.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or emoji is required")
	}
}

func (c *componentCheck) menu(path string, p *Component) {
	if p.CustomID == "" {
		c.errs.required(path + ".custom_id")
	}
	if length(p.Placeholder) > 150 {
		c.errs.tooLong(path+".placeholder", 150)
	}
	if p.Type != stringSelect {
		return
	}
	if n := len(p.Options); n < 1 || n > 25 {
		c.errs.badLength(path+".options", 25)
	}
	values := map[string]bool{}
	for i, o := range p.Options {
		checkText(at(path+".options", i)+".label", o.Label, 100, c.errs)
		checkText(at(path+".options", i)+".value", o.Value, 100, c.errs)
		if length(o.Description) > 100 {
			c.errs.tooLong(at(path+".options", i)+".description", 100)
		}
		if values[o.Value] {
			c.errs.add(at(path+".options", i)+".value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
				"The specified option value is already used")
		}
		values[o.Value] = true
	}
}

func (c *componentCheck) input(path string, p *Component, parent int) {
	if p.CustomID == "" {
		c.errs.required(path + ".custom_id")
	}
	if parent == actionRow { // in a label component it has none of its own
		checkText(path+".label", p.Label, 45, c.errs)
	}
	if p.Style != 1 && p.Style != 2 {
		c.errs.choice(path+".style", "(1, 2)")
	}
	most := maxTyped
	if p.MaxLength != nil {
		if *p.MaxLength < 1 || *p.MaxLength > maxTyped {
			c.errs.badLength(path+".max_length", maxTyped)
		}
		most = min(most, *p.MaxLength)
	}
	if length(p.Value) > most {
		c.errs.tooLong(path+".value", most)
	}
	if length(p.Placeholder) > 100 {
		c.errs.tooLong(path+".placeholder", 100)
	}
}
