"""Opening a partnership for one call of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from events.log import Clock
from interfaces.bootstrap import Partnership, assembled, opened, system_clock
from interfaces.cli.invocation import Invocation
from interfaces.settings import Settings
from interfaces.settings_reading import read_settings


def settings_of(ctx: typer.Context) -> Settings:
    """Read the configuration of this call. Raises `BadSettings`."""
    return read_settings(_invocation(ctx).config, os.environ)


def clock_of(ctx: typer.Context) -> Clock:
    """Return the clock of this call."""
    return _invocation(ctx).clock or system_clock


@contextmanager
def partnership_of(ctx: typer.Context) -> Iterator[Partnership]:
    """Open the partnership of this call, for daily work (see `bootstrap.opened`)."""
    with opened(settings_of(ctx), clock_of(ctx)) as partnership:
        yield partnership


@contextmanager
def tables_of(ctx: typer.Context) -> Iterator[Partnership]:
    """Open the partnership of this call, whatever release made its tables."""
    with assembled(settings_of(ctx), clock_of(ctx)) as partnership:
        yield partnership


def _invocation(ctx: typer.Context) -> Invocation:
    found = ctx.find_object(Invocation)
    return found if found is not None else Invocation()
