"""Records of people who want to be told of deadlines alone."""

from __future__ import annotations

from typing import Final

from tests.interfaces.running import CommandLine

_DIGESTS: Final = {"PE1": "monthly", "PE2": "weekly", "PE3": "weekly", "PE4": "weekly"}
"""Who would get a digest in the example directory, as far as anything moves in a small plan."""


def without_digests(cli: CommandLine) -> CommandLine:
    """Let nobody get a digest, so that only what is due is told."""
    for person, digest in _DIGESTS.items():
        cli.done("person", "switch-off-digest", person, "--digest", digest, "--as", person)
    return cli
