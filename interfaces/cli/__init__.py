"""The command line: parses, calls and shows; it decides nothing."""
