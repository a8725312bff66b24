"""Tests of what people and other programs touch."""
