"""Files that are evidence: how they come in, within which bounds, and how they go out."""
