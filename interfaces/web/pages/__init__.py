"""The pages, a file for each kind: they parse, ask the read models, and show."""
