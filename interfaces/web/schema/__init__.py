"""The SQL of the tables that the pages keep beside the log."""
