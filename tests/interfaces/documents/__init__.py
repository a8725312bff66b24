"""Tests of reading published documents into rows."""
