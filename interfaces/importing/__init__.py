"""Taking a document into the record: what it would change, what has to be asked, and storing it."""
