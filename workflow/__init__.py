"""Commands and decisions, pure: what may happen next, and what follows from it."""
