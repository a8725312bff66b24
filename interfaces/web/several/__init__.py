"""Changing several items of the board at once."""
