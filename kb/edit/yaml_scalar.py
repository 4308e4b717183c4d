"""Text as YAML, in the style people write it by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["quote", "yaml_lines"]

PLAIN = re.compile(r"[A-Za-zÀ-ɏ0-9(/][^\n:#{}\[\],&*!|>'\"%@`]*")
"""Values that need no quotes, apart from `RESERVED`; commas are quoted to keep flow lists readable.
"""

RESERVED = re.compile(r"(?:true|false|yes|no|on|off|null|~|none)", re.IGNORECASE)
"""Words another YAML reader would not take for text."""


def quote(value: str) -> str:
    """Give a value as a YAML scalar on one line."""
    if PLAIN.fullmatch(value) and not RESERVED.fullmatch(value) and value == value.strip():
        return value
    if (
        re.fullmatch(r"[\w(“][^\n:#{}\[\]&*!|>\"%@`]*(?:, ?[^\n:#{}\[\]&*!|>\"%@`]*)*", value)
        and not RESERVED.fullmatch(value)
        and value == value.strip()
        and " #" not in value
    ):
        return value
    escaped = (
        value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    )
    return f'"{escaped}"'


def yaml_lines(value: object, indent: int = 0) -> Iterator[str]:
    """Give plain `str`, `list` and `dict` values as lines of block style."""
    space = " " * indent
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, dict | list) and inner:
                yield f"{space}{quote(str(key))}:"
                yield from yaml_lines(inner, indent + 2)
            else:
                yield f"{space}{quote(str(key))}: {empty(inner)}".rstrip()
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict | list) and inner:
                first, *rest = yaml_lines(inner, indent + 2)
                yield f"{space}- {first.lstrip()}"
                yield from rest
            else:
                yield f"{space}- {empty(inner)}".rstrip()


def empty(value: object) -> str:
    """Give a scalar or an empty collection."""
    return "{}" if value == {} else "[]" if value == [] else quote(str(value)) if value else ""
