"""What the link of a reminder opens, and what comes by it."""
