"""Charts, drawn on the server: where each mark stands. Templates make SVG of it, with a table."""
