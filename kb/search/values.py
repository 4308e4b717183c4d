"""What the fields with values mean: `topic:`, `year:`, `semester:`, `kind:`, `assigned:`,
`annotated:`, `key:`.

Each is decided on a narrow table by the number of the document.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable

from kb.findings import nearest
from kb.kinds import KINDS, kinds_named
from kb.search.query import And, Condition, Filter, Node, Text
from kb.text import fold, fold_words

__all__ = ["Condition", "read_filter", "topics_named"]

YES = frozenset({"yes", "y", "true", "1", "on"})
NO = frozenset({"no", "n", "false", "0", "off"})


def read_filter(connection: sqlite3.Connection, found: Filter) -> tuple[Node, str]:
    """Give the condition that a filter means, with a note when it means nothing and is taken
    otherwise."""
    value = found.value.strip()
    node: Node | None
    match found.name:
        case "year":
            node, hint = read_year(value), "write year:2019 or year:2018..2021"
        case "topic":
            node, hint = read_topic(connection, value)
        case "semester":
            node, hint = read_semester(connection, value)
        case "kind":
            kind = kinds_named(value)
            node = Condition("x.kind = ?", (kind,)) if kind else None
            hint = "there are " + ", ".join(KINDS)
        case "assigned":
            node, hint = read_yes_no(value, "x.assigned"), "write assigned:yes or assigned:no"
            if node is None:
                node, hint = read_semester(connection, value)
        case "annotated":
            node, hint = read_yes_no(value, "x.annotated"), "write annotated:yes or annotated:no"
        case _:
            node, hint = (
                Condition(
                    "x.id = (select id from documents where work = ? collate nocase)", (value,)
                ),
                "",
            )
    if node is not None:
        return node, ""
    words = fold_words(value)
    searched = Text(words, "topics" if found.name == "topic" else "") if words else And(())
    return searched, f"{found.name}:{value[:60]} was searched as words; {hint}"


def read_yes_no(value: str, sql: str) -> Condition | None:
    """Give a condition that holds or does not."""
    name = value.casefold()
    if name in YES:
        return Condition(sql)
    return Condition(f"not {sql}") if name in NO else None


def read_year(value: str) -> Condition | None:
    """Read `2019`, `2018..2021`, `2018..`, `..2021`, `2018-2021`, `>=2018`, `<2020`, `none`."""
    text = value.replace(" ", "")
    if text.casefold() in {"none", "unknown", "no"}:
        return Condition("x.year is null")
    if match := re.fullmatch(r"(\d{1,4})?(?:\.{2,}|-|to)(\d{1,4})?", text):
        first, last = match.groups()
        if first or last:
            low, high = int(first or 0), int(last or 9999)
            return Condition("x.year between ? and ?", (min(low, high), max(low, high)))
    if match := re.fullmatch(r"(>=|<=|>|<|=)?(\d{1,4})", text):
        return Condition(f"x.year {match[1] or '='} ?", (int(match[2]),))
    return None


def topics_named(connection: sqlite3.Connection, value: str) -> tuple[str, ...]:
    """Give the slugs that a person means: a slug, the end of one, a title, another name, or the
    beginning of a slug."""
    topics = list(connection.execute("select slug, title from topics order by position"))
    aliases = list(
        connection.execute("select topic, alias from topic_aliases order by topic, position")
    )
    wanted, words = fold(value).strip("/"), fold_words(value)
    if not wanted.rstrip("*"):
        return ()
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda slug, name: slug == wanted,
        lambda slug, name: (
            slug.rsplit("/", 1)[-1] == wanted or fold_words(slug.rsplit("/", 1)[-1]) == words
        ),
        lambda slug, name: fold_words(name) == words,
        lambda slug, name: any(part.startswith(wanted.rstrip("*")) for part in slug.split("/")),
    )
    for fits in tests:
        found = [slug for slug, name in [*topics, *aliases] if fits(slug, name)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def read_topic(connection: sqlite3.Connection, value: str) -> tuple[Condition | None, str]:
    """Give works under a topic and the topics below it."""
    slugs = topics_named(connection, value)
    if not slugs:
        known = [
            slug for (slug,) in connection.execute("select slug from topics order by position")
        ]
        close = nearest(value.casefold(), [*known, *{s.rsplit("/", 1)[-1] for s in known}])
        return (
            None,
            f"there is no such topic; nearest: {', '.join(close)}"
            if close
            else "there is no such topic; `kb topics` lists them",
        )
    below = [
        t
        for (t,) in connection.execute("select slug from topics order by position")
        if any(t == s or t.startswith(f"{s}/") for s in slugs)
    ]
    below += [s for s in slugs if s not in below]
    sql = (
        "exists (select 1 from document_topics t where t.id = x.id and t.topic in "
        f"({', '.join('?' * len(below))}))"
    )
    return Condition(sql, tuple(below)), ""


def read_semester(connection: sqlite3.Connection, value: str) -> tuple[Condition | None, str]:
    """Give works that a semester assigned."""
    known = [name for (name,) in connection.execute("select id from semesters order by position")]
    name = next((k for k in known if k.casefold() == value.casefold()), None)
    if name is None:
        return (
            None,
            f"there is no such semester; there are {', '.join(known)}"
            if known
            else "there are no semesters",
        )
    return Condition(
        "exists (select 1 from document_semesters s where s.id = x.id and s.semester = ?)", (name,)
    ), ""
