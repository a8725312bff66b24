"""Values that are stored inside events: their shape is part of the stored format."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Precision(StrEnum):
    """How exactly a target date was written."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    RANGE = "range"
    YEAR = "year"
    ONGOING = "ongoing"


class TargetDate(BaseModel):
    """A target date as somebody wrote it, beside the civil dates that it means.

    `due` is the last day on which the work is still on time, or None for "ongoing".
    `earliest` and `latest` bound the period that the words name (equal for a single day).
    `review_every_days` counts working days between reviews and is set for "ongoing" only.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_written: Annotated[str, Field(min_length=1, max_length=80)]
    precision: Precision
    earliest: dt.date | None = None
    latest: dt.date | None = None
    due: dt.date | None = None
    review_every_days: int | None = None
