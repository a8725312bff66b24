"""The past as it was worked out: walks, months, what differs, and long work."""
