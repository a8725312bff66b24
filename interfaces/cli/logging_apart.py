"""Keeping what the program logs out of its answers: those alone go to stdout."""

from __future__ import annotations

import sys

import structlog


def log_to_stderr() -> None:
    """Let whatever is logged from now on go to stderr, so that answers stay whole."""
    # Looked up for every line: whoever runs the command may have put another stream in its place.
    structlog.configure(logger_factory=lambda *_args: structlog.PrintLogger(sys.stderr))
