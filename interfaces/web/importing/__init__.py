"""Importing a document on a page: what the form carries, what was asked of it, what is shown."""
