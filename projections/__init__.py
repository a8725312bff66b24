"""Read models folded from events, the status of today and of any past day."""
