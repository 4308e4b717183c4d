"""Works as commands are given them: by key, DOI, arXiv id or address."""

from __future__ import annotations

import re
import sqlite3

import typer

from kb.search.identifiers import find_key
from kb.views.models import WorkView
from kb.views.read import get_titles, get_work

__all__ = ["find_work", "titles_in"]

NAMED = re.compile(r"\[@([^\]\s]+)\]")
"""A work named in prose."""


def find_work(connection: sqlite3.Connection, typed: str) -> WorkView:
    """Give the work that was named; says on stderr when a key was taken for another one.

    Raises:
        Unknown: naming the nearest keys.
    """
    work = get_work(connection, find_key(connection, typed))
    if "/" not in typed and ":" not in typed and typed.casefold() != work.key.casefold():
        typer.echo(f"kb: no work {typed!r}; taken for {work.key}", err=True)
    return work


def titles_in(connection: sqlite3.Connection, *prose: str) -> dict[str, str]:
    """Give the titles of the works that prose names, by key."""
    return get_titles(connection, {key for text in prose for key in NAMED.findall(text)})
