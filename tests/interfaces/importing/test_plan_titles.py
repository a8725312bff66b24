from __future__ import annotations

import datetime as dt

import pytest

from interfaces.importing.plan_titles import period_in

FROM_2024 = (dt.date(2024, 1, 1), dt.date(2026, 12, 31))
UNCLEAR = (None, None)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Business Plan 2024-2026", FROM_2024),
        ("Business Plan 2024 – 2026", FROM_2024),
        ("Plan 2024 to 2026", FROM_2024),
        ("Plan, April 2024 to March 2026", (dt.date(2024, 4, 1), dt.date(2026, 3, 31))),
        ("Business Plan 2024-2025", UNCLEAR),
        ("Business Plan 2024/25", UNCLEAR),
        ("Business Plan 2025", UNCLEAR),
        ("Business Plan 2026-2024", UNCLEAR),
        ("Plan 2024-2026, after that of 2020-2023", UNCLEAR),
        ("Plan of 1.1.2024-2026", UNCLEAR),
        ("Plan, March 2026 to April 2024", UNCLEAR),
        ("Looking ahead", UNCLEAR),
    ],
)
def test_a_title_tells_its_period_only_where_it_is_clear(
    title: str, period: tuple[dt.date | None, dt.date | None]
) -> None:
    assert period_in(title) == period
