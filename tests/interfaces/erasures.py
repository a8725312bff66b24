"""Two people who have a text erased, in a test."""

from __future__ import annotations

from typing import Any

from tests.interfaces.running import CommandLine

ON_WHAT = ("--authority", "Request 17", "--reason", "A name that does not belong here")


def ask_to_erase(cli: CommandLine, entry: str | int, *options: str) -> str:
    """Ask as the business manager for an erasure, and return the request's entry."""
    return str(cli.answer("erase", "text", str(entry), *ON_WHAT, *options)["asked"])


def erase_file(cli: CommandLine, ref: str, *, by: str = "PE8") -> str:
    """Ask for the erasure of a file, agree to it as somebody else, and return what is told."""
    asked = str(cli.answer("erase", "file", ref, *ON_WHAT)["asked"])
    return cli.done("erase", "agree", asked, "--as", by)


def erase_text(cli: CommandLine, entry: str | int, *options: str, by: str = "PE8") -> Any:  # noqa: ANN401 - JSON
    """Ask for an erasure, and agree to it as somebody else."""
    return cli.answer("erase", "agree", ask_to_erase(cli, entry, *options), "--as", by)
