"""Tests of decisions: what is given, what is asked, what follows."""
