"""The tables of the log, as SQL, one file for each database."""
