"""Read models as plain data for JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date

__all__ = ["plain"]


def plain(value: object) -> object:
    """Give dataclasses as objects, tuples as lists, days and moments as ISO text.

    Examples:
        >>> plain({"a": (1, date(2022, 8, 31))})
        {'a': [1, '2022-08-31']}
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return value.isoformat() if isinstance(value, date) else value
