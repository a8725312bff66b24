"""What every section of the configuration is."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""One line of text that cannot be empty."""


class Section(BaseModel):
    """A section of the configuration, or an entry of one; it refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
