package digest

// Fresh returns an editor that has composed nothing yet.
func (e *Editor) Fresh() *Editor { return &Editor{base: e.base, writers: e.writers} }
