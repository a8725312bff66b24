"""What to tell whom and when, and how it leaves the house."""
