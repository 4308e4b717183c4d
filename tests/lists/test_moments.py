"""Days and moments as people type them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kb.errors import UsageError
from kb.lists.moments import local_moment

NOW = datetime(2022, 8, 31, 17, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", "2022-08-31T13:20"),
        ("now", "2022-08-31T13:20"),
        ("today", "2022-08-31T00:00"),
        ("tomorrow", "2022-09-01T00:00"),
        ("wednesday", "2022-08-31T00:00"),
        ("monday", "2022-09-05T00:00"),
        ("2022-9-6", "2022-09-06T00:00"),
        ("2022-09-06T12:00", "2022-09-06T12:00"),
        ("2022-09-06 12:00", "2022-09-06T12:00"),
        ("2022-08-31T17:20Z", "2022-08-31T13:20"),
        ("2022-08-31T17:20z", "2022-08-31T13:20"),
        ("2022-08-31T17:20+02:00", "2022-08-31T11:20"),
    ],
)
def test_a_moment_is_given_as_the_clocks_of_the_course_show_it(text: str, moment: str) -> None:
    found = local_moment(text, "America/New_York", NOW)
    assert found.isoformat(timespec="minutes") == moment


@pytest.mark.parametrize("text", ["soon", "2022-13-01", "2022-02-30", "2022-09-06T25:00", "6/9"])
def test_anything_else_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match="write a day as 2022-09-06"):
        local_moment(text, "America/New_York", NOW)
