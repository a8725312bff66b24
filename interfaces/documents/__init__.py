"""Published documents, read into rows: a path goes in, rows and problems come out."""
