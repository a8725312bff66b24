"""How fast the log is, measured in one run beside the `eventsourcing` library."""
