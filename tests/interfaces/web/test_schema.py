"""The API is as it is described, whatever it is asked: thousands of requests, right and wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from projections.catalogue import FOLD
from projections.checking import check
from tests.interfaces.web.schema.questions import PARTS, Plan, ask
from tests.interfaces.web.schema.record import ASKERS, Sample

# What is asked so often is measured elsewhere; to measure it here takes a third longer.
pytestmark = pytest.mark.no_cover

OTHERS = [name for name in ASKERS if name != "manager"]
"""Each asks a part of the routes, and each of them none that another asks."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample.made_in(tmp_path_factory.mktemp("sample") / "record")


@pytest.mark.parametrize("part", range(PARTS))
def test_each_value_of_each_field_is_answered_as_described(
    sample: Sample, tmp_path: Path, part: int
) -> None:
    with sample.asked_by(ASKERS["manager"], tmp_path / "record") as asked:
        told = ask(asked, Plan(examples=3, part=part))
        assert not told.breaches, told.told
        assert told.requests > 1_000
        assert min(told.statuses[one] for one in (200, 401, 404, 405, 422)) > 0
        # After all that the read models say what the record says.
        assert check(asked.partnership.log, FOLD) == ()


@pytest.mark.parametrize(("part", "name"), list(enumerate(OTHERS)))
def test_whoever_asks_is_answered_as_described(
    sample: Sample, tmp_path: Path, part: int, name: str
) -> None:
    with sample.asked_by(ASKERS[name], tmp_path / "record") as asked:
        told = ask(asked, Plan(examples=4, each_value=False, part=part))
        assert not told.breaches, told.told
        assert told.requests > 100
        assert min(told.statuses[one] for one in (403, 422)) > 0
