"""Ask the API all that its description allows and much that it does not, and judge the answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import schemathesis
from schemathesis.config import (
    ChecksConfig,
    CoveragePhaseConfig,
    GenerationConfig,
    PhasesConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder

from interfaces.web.api.problems import API
from tests.interfaces.web.schema import judging
from tests.interfaces.web.schema.record import Asked

PARTS: Final = 4
"""Into so many parts the routes fall, so that several processes share them."""


PATIENCE_SECONDS: Final = 100
"""A machine on which much else runs answers late, which is no breach."""


@dataclass(frozen=True)
class Plan:
    """What to ask. `examples`: how many requests are drawn for each route.

    `each_value`: also ask, route by route, with each kind of value in each field, right and wrong,
    and by every method. `part`: one of `PARTS`; None for all routes. `seed`: None for the same
    questions each time.
    """

    examples: int
    each_value: bool = True
    part: int | None = None
    seed: int | None = None


@dataclass
class Tally:
    """What was answered: how many requests, with which status, and every breach in words."""

    statuses: Counter[int] = field(default_factory=Counter)
    breaches: dict[tuple[str, str], str] = field(default_factory=dict)
    """By check and route, the first of each."""

    @property
    def requests(self) -> int:
        """Return how many requests were answered."""
        return self.statuses.total()

    @property
    def told(self) -> str:
        """Return every breach in words, with what has to be sent to see it."""
        return "\n\n".join(
            f"{check}, {route}\n{said}" for (check, route), said in self.breaches.items()
        )

    def include(self, other: Tally) -> None:
        """Count what was counted elsewhere."""
        self.statuses.update(other.statuses)
        self.breaches = other.breaches | self.breaches

    def add(self, recorder: ScenarioRecorder) -> None:
        """Count the requests of a route, and keep the first breach of each check."""
        for exchange in recorder.interactions.values():
            if exchange.response is not None:
                self.statuses[exchange.response.status_code] += 1
        for case_id, checks in recorder.checks.items():
            for check in checks:
                if check.failure_info is not None:
                    told = f"{check.failure_info.failure}\n{check.failure_info.code_sample}"
                    case = recorder.cases[case_id].value
                    self.breaches.setdefault((check.name, case.operation.label), told)


def ask(asked: Asked, plan: Plan, most: int | None = None) -> Tally:
    """Ask as planned, `most` requests or hardly more. Raises what stops the questions."""
    schema = schemathesis.openapi.from_asgi(
        f"{API}/openapi.json",
        asked.pages,
        config=_config(asked.token, plan),
        timeout=PATIENCE_SECONDS,
    )
    judging.adapt(schema.raw_schema)
    # What reads comes first, so that a part has some of it.
    paths = sorted(schema.raw_schema["paths"], key=lambda path: (f"{API}/commands/" in path, path))
    step = slice(None) if plan.part is None else slice(plan.part, None, PARTS)
    routes = schema.include(path=paths[step])
    tally, stream = Tally(), from_schema(routes).execute()
    for event in stream:
        match event:
            case events.ScenarioFinished():
                tally.add(event.recorder)
                if most is not None and tally.requests >= most:
                    stream.stop()
            case events.NonFatalError():
                raise event.value
            case events.FatalError():
                raise event.exception
            case _:
                pass
    return tally


def _config(token: str, plan: Plan) -> SchemathesisConfig:
    is_same = plan.seed is None
    project = ProjectConfig(
        headers={"Authorization": f"Bearer {token}"},
        request_timeout=PATIENCE_SECONDS,
        checks=ChecksConfig.from_dict(judging.CHECKS),
        phases=PhasesConfig(coverage=CoveragePhaseConfig(enabled=plan.each_value)),
        generation=GenerationConfig(
            max_examples=plan.examples,
            codec=None,  # Halves of pairs, too, which are no text.
            database="none",
            deterministic=is_same,
            no_shrink=is_same,
        ),
    )
    return SchemathesisConfig(seed=plan.seed or 0, projects=ProjectsConfig(default=project))
