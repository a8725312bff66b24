"""Copying a record while it is worked with, and putting a copy in its place."""
