package article

func (r *reading) json(text string) error {
	n, err := r.parseJSON(text)
	if err != nil {
		return err
	}
	r.is("JSON")
	return r.tree(&n)
}

// tree reads a record of named fields: first as the mapping says, then by the
// dialect and the usual names.
func (r *reading) tree(n *node) error {
	r.mapped(n)
	n, path, err := r.unwrap(n, "")
	if err != nil {
		if r.values[Body] != "" { // the mapping knows better
			return nil
		}
		return err
	}
	if n.kind != object {
		return undecodable("JSON without an object: nothing in it has a name")
	}
	if n.get("text").kind == word && n.get("spans").kind == list {
		r.is("annotations") // whose offsets point into the texts as they are
		if title := n.get("title"); title.kind == word {
			r.values[Title], r.origin[Title] = title.text, path+"title"
		}
		r.body(n.get("text").text, path+"text", asReceived)
	}
	if isLinked(n) {
		if stated := r.choose([]node{*n}); stated.kind == object {
			r.is("JSON-LD")
			n, path = stated, path+"@type="+stated.get("@type").first()+": "
		}
	}
	r.named(n, path, usualNames)
	r.summary(n, path)
	if r.feed != nil {
		r.ofFeed(r.feed)
	}
	return r.enough(n)
}

// enough says what is wrong with a record that has no text.
func (r *reading) enough(n *node) error {
	at := index(n)
	if r.values[Body] != "" {
		return nil
	}
	if name := metadataOnly(at); name != "" {
		return undecodable("%s metadata without a text: no field holds one; looked for %s", name, usualBodies)
	}
	for _, name := range append(append([]string{}, usualNames[Body]...), summaryNames...) {
		if len(at.find(n, name)) > 0 {
			return nil // there is one, and it is empty
		}
	}
	if r.values[Title] == "" {
		return undecodable("no field holds a text; looked for %s", usualBodies)
	}
	return nil
}
