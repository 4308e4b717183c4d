"""Institutions on the server, and the roles that write their rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.errors import UsageError
from kb.postgres.migrations import require_current

if TYPE_CHECKING:
    import psycopg

__all__ = ["add_institution", "list_institutions"]

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
"""Ids of institutions: lower-case letters, digits and hyphens."""

ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
"""Roles that need no quotes."""


def add_institution(
    connection: psycopg.Connection, name: str, title: str = "", role: str = ""
) -> None:
    """Add an institution and, with `role`, the role that alone may write its rows.

    A role that is not there is made, allowed to log in; give it a password or a line in
    `pg_hba.conf` yourself.

    Raises:
        UsageError: a name or role that cannot be one, or that is taken.
    """
    require_current(connection)
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot name an institution; lower-case letters, digits and -")
    if role and not ROLE.fullmatch(role):
        raise UsageError(f"{role!r} cannot be a role; lower-case letters, digits and _")
    with connection.transaction():
        taken = connection.execute(
            "select id from kb.institutions where id = %s or role = %s", (name, role or None)
        ).fetchone()
        if taken:
            raise UsageError(f"{taken[0]} is an institution already, or has that role")
        if role:
            there = connection.execute("select 1 from pg_roles where rolname = %s", (role,))
            if there.fetchone() is None:
                connection.execute(f'create role "{role}" login')
            connection.execute(f'grant kb_loader to "{role}"')
        connection.execute(
            "insert into kb.institutions (id, title, role) values (%s, %s, %s)",
            (name, title, role or None),
        )


def list_institutions(connection: psycopg.Connection) -> list[dict[str, object]]:
    """Give each institution with its role, works, semesters and last load."""
    require_current(connection)
    rows = connection.execute(
        "select i.id, i.title, coalesce(i.role::text, ''), "
        "(select count(*) from kb.works w where w.institution = i.id), "
        "(select count(*) from kb.semesters s where s.institution = i.id), "
        "(select max(finished)::text from kb.loads l where l.institution = i.id) "
        "from kb.institutions i order by i.id"
    ).fetchall()
    names = ("id", "title", "role", "works", "semesters", "loaded")
    return [dict(zip(names, row, strict=True)) for row in rows]
