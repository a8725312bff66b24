"""The command `goldthread`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typing_extensions import override

from interfaces.cli.invocation import Invocation
from interfaces.cli.lazy_group import LazyGroup, add_stand_ins

_AS_JSON: Final = "goldthread.as_json"


class Goldthread(LazyGroup):
    """The first level; here alone are exceptions turned into messages and exit codes."""

    @override
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # as below
        """Note whether answers are wanted in JSON, since refusals are told in it too then."""
        ctx.meta[_AS_JSON] = "--json" in args
        return super().parse_args(ctx, args)

    @override
    def invoke(self, ctx: Any) -> Any:  # typer keeps its classes private
        """Run a command; a refusal becomes a message on stderr and an exit code."""
        try:
            return super().invoke(ctx)
        except Exception as problem:
            # Heavy, and needed by refusals only.
            from interfaces.cli.refusing import refused  # noqa: PLC0415

            code = refused(problem, as_json=ctx.meta[_AS_JSON])
            if code is None:
                raise
            raise typer.Exit(code) from problem


app = typer.Typer(
    name="goldthread",
    cls=Goldthread,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
add_stand_ins(app)


def _tell_version(value: bool) -> None:
    if value:
        from importlib.metadata import version  # noqa: PLC0415 - for this answer only

        typer.echo(f"goldthread {version('goldthread')}")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            envvar="GOLDTHREAD_CONFIG",
            help="The configuration; config.toml in the working directory unless named.",
        ),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version."),
    ] = False,
) -> None:
    """Follow every recommendation, from the audit that found it to the difference that it made."""
    given = ctx.obj if isinstance(ctx.obj, Invocation) else Invocation()
    ctx.obj = Invocation(config or given.config, given.clock)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    app()
